"""Chinese sentences: what was asked for and done, lists within lists, wholes told once more, posts and where they stand."""

from __future__ import annotations

import kg
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return kg.extract(text, "zh", "2025-11-20").figures


def penalties(text: str) -> list[str]:
    return [figure.penalty for figure in figures(text)]


def test_what_follows_a_request_was_done_and_not_only_asked_for() -> None:
    assert penalties("平台应该部要求移除了违规内容2630项。") == ["content-removal"]
    assert penalties("按照网信部门要求，公司封停账号1.2万个。") == ["closure"]
    assert penalties("该部要求平台移除违规内容2630项。") == ["reported"]


def test_an_outer_list_goes_on_behind_an_inner_one() -> None:
    one = "一、账号。本月封禁账号5万个，包括：\n1. 诈骗：2万个\n2. 造谣：9800个\n"
    told = figures(one + "二、内容。清理评论33万条，其中：\n1. 低俗：8万条\n三、投诉。受理投诉900件。")
    assert [(figure.value, figure.relation) for figure in told] == [
        (50000, None),
        (20000, ("of", 0)),
        (9800, ("of", 0)),
        (330000, None),
        (80000, ("of", 3)),
        (900, None),
    ]


def test_a_whole_that_is_told_once_more_in_round_had_the_same_done_to_it_for_the_same_cause() -> None:
    told = figures("该部封锁网址28079个，其中涉赌的8903个。在这28000多个网址中，甲占10976个，乙和丙分别为2211个和2198个。")
    assert {figure.penalty for figure in told} == {"service-blocking"}
    assert [figure.violations for figure in told] == [(), ("gambling",), (), (), (), ()]
    assert [figure.relation for figure in told[3:]] == [("of", 2)] * 3


def test_a_whole_is_told_once_more_nearly() -> None:
    assert penalties("平台删除帖文4,986条。这近5000条帖文中，3100条涉及仇恨言论。") == ["content-removal"] * 3


def test_a_part_of_complaints_was_passed_on() -> None:
    assert penalties("接获投诉3.2万件，其中转交警方210件，涉诈骗的90件。") == ["reported", "police-referral", "reported"]


def test_a_rate_is_no_verb() -> None:
    assert penalties("受理举报13.8万件，按期办结率99.2%，其中涉诈骗的2.1万件。") == ["reported", "reported"]


def test_what_parts_are_about_is_not_what_is_counted() -> None:
    told = figures("查办案件1.6万件。其中，涉及直播带货的6120件，涉及食品的5900余件。")
    assert {figure.unit for figure in told} == {"case"}


def test_posts_are_counted_and_not_where_they_stand_or_what_they_are_about() -> None:
    assert [figure.unit for figure in figures("平台移除广告9万则，其中甲有8万则，其他平台合计7,199则。")] == ["advertisement"] * 3
    told = figures("移除内容99万条，其中最多的两类是：低俗色情（61万条）、枪支等管制商品（27万条）。")
    assert [(figure.unit, figure.violations) for figure in told][::2] == [("post", ()), ("post", ("firearms",))]
    assert [figure.unit for figure in figures("关闭网站、平台2家。")] == ["website"]


def test_words_behind_a_figure_say_that_it_is_a_part() -> None:
    for said in ("也在其中", "也包括在内"):
        told = figures(f"关闭直播间3.1万个，诱导打赏的4230个{said}。")
        assert [figure.relation for figure in told] == [None, ("of", 0)], said


def test_another_before_a_number_alone_adds_to_the_whole_and_not_to_its_part() -> None:
    told = figures("永久停權用戶2,386名，其中914名散布詐騙連結；另外6,702名用戶則被暫時停權。")
    assert told[2].relation == ("besides", 0)
    assert told[2].violations == ()


def test_words_that_point_back_go_on_to_what_is_listed_with_their_noun() -> None:
    told = figures("平台关闭诱导打赏的直播间5600间。同时清理相关短视频2.7万条、评论9万条。")
    assert [figure.violations for figure in told] == [("tip-inducement",)] * 3
    assert figures("平台关闭诱导打赏的直播间5600间。清理短视频2.7万条、评论9万条。")[2].violations == ()


def test_an_average_that_was_done_is_a_figure_and_an_audience_or_an_annex_is_none() -> None:
    assert [figure.value for figure in figures("单是6月，每天平均就有3100多条涉赌留言被删除。")] == [3100]
    assert figures("清理微短剧，用户规模已达5.76亿。") == ()
    assert [figure.value for figure in figures("下架应用6款（名单见附件2）。")] == [6]


def test_blanks_between_digits_and_characters_part_no_period() -> None:
    assert kg.extract("2025 年 4 月 1 日至 5 月 31 日，删除视频 3 万条。", "zh", "2025-11-20").period == ("2025-04-01", "2025-05-31")


def test_a_classifier_tells_which_unit_a_number_without_a_noun_can_count() -> None:
    told = figures("全年关闭网站30家、账号500个，其中境外输入病例62例，涉诈的12家。")
    assert [(figure.value, figure.unit) for figure in told] == [(30, "website"), (500, "account"), (12, "website")]


def test_things_of_an_unknown_kind_are_no_figures() -> None:
    assert not figures("该馆清理出土文物220余件，展出标本5万多件。")
    assert not figures("部门下架处置不力，12条河流、54个收费站入口关闭，二期工程公布。")
    assert [figure.unit for figure in figures("平台清理违规信息3条，受理12件。")] == ["post", "complaint"]


def test_the_numbers_of_a_lists_items_are_no_figures() -> None:
    told = figures("快讯：\n（1）警方逮捕嫌疑人11名；\n（2）平台封禁账号30个；（3）下架应用8款。")
    assert [figure.value for figure in told] == [11, 30, 8]


def test_a_noun_can_end_a_text() -> None:
    assert [(figure.value, figure.unit) for figure in figures("平台封禁8個違規帳號")] == [(8, "account")]


def test_reports_are_counted_and_not_what_they_are_about() -> None:
    assert [figure.unit for figure in figures("4月，各地受理网民举报违法信息310.4万件。")] == ["complaint"]
    assert [figure.unit for figure in figures("平台清理网民举报的违法信息310.4万条。")] == ["post"]


def test_who_did_not_mend_in_time_is_counted() -> None:
    assert [figure.penalty for figure in figures("目前尚有48款APP未完成整改。")] == ["handled"]
    assert [figure.penalty for figure in figures("该局对未按要求完成整改的26款APP进行了下架处理。")] == ["app-removal"]


def test_shops_are_sites_and_dens_are_named_behind_where_they_are() -> None:
    assert [(figure.unit, figure.penalty) for figure in figures("该局关闭违规网店300家。")] == [("website", "site-closure")]
    assert [figure.value for figure in figures("警方捣毁9个盘踞在山区的诈骗窝点。")] == [9]


def test_what_a_breakdown_lists_are_parts_of_the_total_before_it() -> None:
    told = figures("八个月共删除内容11949则。部长列出的明细是：赌博7026则、诈骗1842则。")
    assert [(figure.penalty, figure.relation) for figure in told] == [("content-removal", None), *[("content-removal", ("of", 0))] * 2]
    told = figures("全年收到举报1120万件。分开来看：交到举报中心的有17万件，由各地接手的107万件。")
    assert [figure.relation for figure in told] == [None, ("of", 0), ("of", 0)]


def test_so_many_of_those_that_something_more_was_done_to_are_a_part() -> None:
    assert [figure.relation for figure in figures("平台处置违规账号9200个，永久关闭的有660个。")] == [None, ("of", 0)]
