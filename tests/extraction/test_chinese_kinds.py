"""Chinese sentences: which offences and kinds of account a figure is tied to, and whether posing is an act or what accounts are."""

from __future__ import annotations

import pytest

import kg


def tied(text: str) -> list[tuple[str, set[str], set[str]]]:
    """Quote, offences and kinds of account of every figure."""
    return [(figure.quote, set(figure.violations), set(figure.account_types)) for figure in kg.extract(text, "zh").figures]


@pytest.mark.parametrize("between", ["。", "\n"])
def test_the_title_of_an_item_speaks_for_its_paragraph_and_no_other(between: str) -> None:
    text = f"一、打击网络谣言{between}关闭账号300个。另有20个被禁言。\n二、清理低俗内容{between}下架视频1200条。\n本周共约谈网站9家。"
    assert [offences for _, offences, _ in tied(text)] == [{"rumour"}, {"rumour"}, {"vulgar-content"}, set()]


def test_a_list_of_offences_alone_is_no_title_of_what_follows() -> None:
    assert tied("● 传播低俗内容\n● 恶意引流\n● 造谣传谣\n本月处置账号300个。") == [("账号300个", set(), set())]
    assert tied("一、陈某编造传播谣言案\n警方另查处3人。")[0][1] == set()


def test_items_in_one_line_do_not_share_their_offences() -> None:
    text = "（1）恶意引流：禁言账号30个；（2）假冒记者、明星：封禁账号44个；（3）传播谣言：封禁账号5个。"
    kinds = {"counterfeit-news-media", "counterfeit-public-figure"}
    assert [told[1:] for told in tied(text)] == [({"traffic-baiting"}, set()), ({"impersonation"}, kinds), ({"rumour"}, set())]


@pytest.mark.parametrize(
    "text",
    [
        "针对假冒党政机关、新闻媒体等问题，平台封禁账号500个。",
        "2. 假冒党政机关及电视台。处置账号25个。",
        "封禁假冒税务局、晚报的账号25个。",
        "严打仿冒公安局和新闻网行为，关闭账号90个。",
    ],
)
def test_posing_is_an_offence_where_it_is_told_as_an_act(text: str) -> None:
    assert tied(text)[0][1:] == ({"impersonation"}, {"counterfeit-party-government", "counterfeit-news-media"})


def test_what_accounts_are_is_no_act() -> None:
    assert tied("清理仿冒新闻媒体及主播账号300个，仿冒企事业单位账号20个。") == [
        ("账号300个", set(), {"counterfeit-news-media", "counterfeit-news-anchor"}),
        ("账号20个", set(), {"counterfeit-public-institution", "counterfeit-enterprise"}),
    ]
    assert tied("查处假冒注册商标的账号3个。")[0][1] == {"trademark"}


def test_what_was_cleared_away_names_no_offence_but_content_does() -> None:
    assert tied("对90个账号清理违规涨粉。") == [("90个账号", set(), set())]
    assert tied("清理有害信息90条。") == [("信息90条", {"harmful-information"}, set())]


def test_a_clause_with_its_own_list_qualifies_the_noun_behind_it() -> None:
    assert tied("12个打着公益旗号编造故事、诱导打赏的账号被关闭。")[0][0] == "12个打着公益旗号编造故事、诱导打赏的账号"
    assert tied("对编造故事博流量的账号45个予以处罚。")[0][0] == "账号45个"


def test_platforms_told_by_what_they_show_act_and_admirers_are_not_acted_on() -> None:
    assert [quote for quote, _, _ in tied("15家重点直播、短视频平台累计清理视频235万条。")] == ["视频235万条"]
    assert [quote for quote, _, _ in tied("约谈15家违规直播、短视频平台。")] == ["15家违规直播、短视频平台"]
    assert tied("该帖获2.1万人点赞后被删。") == []
