"""What Chinese texts claim and what they do not: numbers in every script, parts and shares, what was denied, planned or is so a day."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return extract(text, "zh", said="2026-07-10").figures


@pytest.mark.parametrize(
    ("text", "value", "bounds"),
    [
        ("平台处罚5至8万个违规账号。", None, (50000, 80000)),
        ("平台处罚三到六万个违规账号。", None, (30000, 60000)),
        ("平台下架300–500款应用。", None, (300, 500)),
        ("平台清理帖文2千至5千条。", None, (2000, 5000)),
        ("警方封禁廿三個帳號。", 23, (None, None)),
        ("法院责令关闭网站卅个。", 30, (None, None)),
        ("平台关闭账号壹万贰仟个。", 12000, (None, None)),
        ("平台关闭账号41·5万个。", 415000, (None, None)),
        ("平台关闭账号41'500个。", 41500, (None, None)),
        ("占比12%的账号被恢复，共恢复700个。", 700, (None, None)),
    ],
)
def test_a_number_is_read_in_every_way_it_is_written(text: str, value: int | None, bounds: tuple[int | None, int | None]) -> None:
    assert [(f.value, (f.min, f.max)) for f in figures(text)] == [(value, bounds)]


def test_numbers_that_only_stand_side_by_side_are_not_added() -> None:
    assert [f.value for f in figures("关闭账号1200 34000。")] == [1200, 34000]
    assert [f.value for f in figures("平台\t关闭账号\t删除帖文\n甲站\t1200\t34000\n")] == [1200, 34000]


def test_a_number_that_may_be_read_otherwise_is_doubted() -> None:
    (spaced,) = figures("平台关闭账号67 000个。")
    assert (spaced.value, spaced.doubts) == (67000, ("'67 000' was read as one number, the space as what parts thousands",))
    (pointed,) = figures("67.000个账号被关闭。")
    assert (pointed.value, pointed.doubts) == (67, ("'67.000' was read with a decimal point",))


def test_further_ones_have_done_to_them_what_their_own_verb_says() -> None:
    one, other = figures("平台关闭账号2.4万个，另处置51万余个。")
    assert (one.penalty, other.penalty, other.relation) == ("closure", "handled", ("besides", 0))


@pytest.mark.parametrize(
    "text",
    [
        "平台并未关闭300个账号。",
        "平台没有封禁这300个账号。",
        "平台否认封禁过300个账号。",
        "上述300个账号无一被封禁。",
        "这300个账号未被封禁。",
        "如果平台封禁300个账号，用户将会流失。",
        "300个账号中有12%被封禁。",
        "水军团伙通常一次性操控数十个机器账号发帖。",
    ],
)
def test_what_is_denied_supposed_or_true_of_a_share_alone_is_no_figure(text: str) -> None:
    assert figures(text) == ()


@pytest.mark.parametrize("text", ["平台拟封禁300个账号。", "计划年内封禁账号300个。", "有300个账号将被封禁。", "平台将封禁300个账号。"])
def test_what_is_planned_is_a_figure_with_a_doubt(text: str) -> None:
    assert [(f.value, f.penalty, f.doubts) for f in figures(text)] == [
        (300, "closure", ("what is announced is not said to have been done",))
    ]


def test_a_rate_is_a_figure_with_a_doubt() -> None:
    assert [f.doubts for f in figures("平台日均封禁账号300个。")] == [("'日均' tells a rate, not how many in all",)]
    assert [f.doubts for f in figures("平台平均每月清理帖文2万条。")] == [("'平均每月' tells a rate, not how many in all",)]
    assert [f.doubts for f in figures("平台封禁账号300个。")] == [()]


def test_what_was_found_and_shall_be_closed_is_not_yet_closed() -> None:
    assert [(f.value, f.penalty) for f in figures("平台发现违规账号300个，将依法关闭。")] == [(300, "handled")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("上月一批账号被封禁。数量为300个。", (300, "account", "closure")),
        ("平台采取了封禁措施。涉及账号约1.2万个。", (12000, "account", "closure")),
        ("通信管理局下架一批应用。此次涉及41款。", (41, "app", "app-removal")),
    ],
)
def test_a_number_goes_on_about_the_sentence_before(text: str, told: tuple[int, str, str]) -> None:
    assert [(f.value, f.unit, f.penalty) for f in figures(text)] == [told]


def test_brackets_in_a_list_hold_parts_of_the_whole_before() -> None:
    text = "平台受理投诉9万件。从问题看，客服态度（3万件）、发货拖延（2万件）投诉较为集中。"
    assert [(f.value, f.unit, f.relation) for f in figures(text)] == [
        (90000, "complaint", None),
        (30000, "complaint", ("of", 0)),
        (20000, "complaint", ("of", 0)),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("警方逮捕12人并移送检方。", [(12, "person", "arrest")]),
        ("继上月抓获40名涉诈嫌疑人之后，打击行动再传捷报。", [(40, "person", "arrest")]),
        ("公开曝光违规收集使用个人信息的应用21款。", [(21, "app", "public-notice")]),
        ("尚有6款应用未按规定落实整改，现对涉事应用予以下架。", [(6, "app", "app-removal")]),
        ("平台督促超过2万家商户完成整改。", [(20000, "company", "correction-order")]),
        ("平台9月起将删除120部用户收藏的影片。", [(120, "video", "content-removal")]),
        ("33个账号被回收直播权限。", [(33, "account", "function-suspension")]),
        ("运营主体为甲公司、乙公司、丙公司三家公司。", []),
        ("黑客从论坛买到90万条个人信息。", []),
        ("2万名用户参与平台评审计划，7款应用被下架。", [(7, "app", "app-removal")]),
    ],
)
def test_what_was_done_is_told_of_what_it_was_done_to(text: str, told: list[tuple[int, str, str]]) -> None:
    assert [(f.value, f.unit, f.penalty) for f in figures(text)] == told


def test_the_offences_of_figures_told_in_one_breath_are_the_same() -> None:
    rooms, accounts = figures("平台处置诱导消费的直播间34个，12个账号被处罚。")
    assert rooms.violations == accounts.violations == ("tip-inducement",)


def test_what_sums_a_list_up_adds_no_offence() -> None:
    assert [f.violations for f in figures("平台清理赌博、谣言等违法和不良信息3万条。")] == [("gambling", "rumour")]


def test_cheats_who_pose_as_officials_are_no_kind_of_account() -> None:
    assert [f.account_types for f in figures("警方侦破冒充平台客服人员实施诈骗的团伙案，抓获嫌疑人35名。")] == [()]


def test_where_news_was_read_is_no_platform_that_acts() -> None:
    assert "wechat" not in extract("据市网信办官方微信公众号消息，平台关闭账号30个。", "zh").mentions.get("platform", ())
