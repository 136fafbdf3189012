"""Chinese sentences as the press writes them: spaces and ASCII marks, what offenders did, list numbers, clauses of their own."""

from __future__ import annotations

import kg
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return kg.extract(text, "zh", "2025-11-20").figures


def quotes(text: str) -> list[str]:
    return [figure.quote for figure in figures(text)]


def test_spaces_that_set_digits_off_say_nothing() -> None:
    text = "处置账号 1.6 万余个，下架 AI 换脸应用 12 款。"
    found = figures(text)
    assert [(f.quote, f.unit, f.comparator) for f in found] == [("账号 1.6 万余个", "account", "over"), ("应用 12 款", "app", "exactly")]
    assert all(text[f.start : f.end] == f.quote for f in found)
    assert found[1].violations == ("ai-misuse",)


def test_a_space_parts_the_clauses_of_a_headline() -> None:
    assert quotes("网信办整治谣言 300个账号被关闭") == ["300个账号"]


def test_ascii_marks_beside_ideographs_are_chinese_ones() -> None:
    assert quotes("下架“小程序”240个,形成震慑,遏制了短剧乱象.约谈平台3家.") == ["小程序”240个", "平台3家"]


def test_what_offenders_did_was_not_done_to_them() -> None:
    assert quotes("黑客三年间入侵网站5万个。") == []
    assert quotes("网警查获被入侵的网站5万个。") == ["网站5万个"]
    assert quotes("爆炸造成3人死亡，警方抓获5人。") == ["5人"]


def test_numbers_of_lists_grades_and_taxes_count_nothing() -> None:
    assert quotes("处置如下：1、关闭账号12个。2、约谈平台4家。") == ["账号12个", "平台4家"]
    assert quotes("某百万级网红被捕。") == []
    assert quotes("该主播偷税640.2万，账号被封禁。") == []


def test_a_notice_that_says_something_is_no_act() -> None:
    assert quotes("公告称，这一年的用户账号有300万个。") == []


def test_whose_part_a_number_is_need_not_be_known() -> None:
    assert [f.relation for f in figures("收到命令183份，其中法国71份，德国40份。")] == [None, ("of", 0), ("of", 0)]


def test_accounts_are_called_what_nobody_did() -> None:
    assert [(f.account_types, f.violations) for f in figures("关闭假冒仿冒账号300个。")] == [(("counterfeit",), ())]
    assert [f.violations for f in figures("关闭假冒他人的账号300个。")] == [("impersonation",)]


def test_police_break_up_gangs_and_sites_are_closed() -> None:
    found = figures("警方打掉诈骗团伙12个，捣毁窝点9处，打掉赌博网站16个。")
    assert [(f.unit, f.penalty) for f in found] == [("person", "arrest"), ("person", "arrest"), ("website", "site-closure")]


def test_a_verb_behind_with_an_object_of_its_own_is_of_that() -> None:
    assert [f.penalty for f in figures("处置违规商品1300个，并对屡犯账号实施封禁。")] == ["handled"]
    assert [f.penalty for f in figures("约谈网站12家，警告54家，48家暂停更新。")] == ["summons", "warning", "function-suspension"]


def test_clauses_that_semicolons_part_tell_of_different_cases() -> None:
    found = figures("甲市破获编造火情谣言案，抓获2人；乙市网警侦破倒卖个人信息案，斩断黑链，处罚3人。")
    assert [f.violations for f in found] == [("rumour",), ("personal-data",)]
    found = figures("为打击网络谣言，公安机关侦办案件5起；网信部门加强巡查，关闭账号600个。")
    assert [f.violations for f in found] == [("rumour",), ("rumour",)]


def test_a_place_before_a_number_is_not_what_is_counted() -> None:
    assert quotes("删除了应用商店236万个违规应用。") == ["236万个违规应用"]
    assert quotes("移除200多万个与境外园区、赌场有关的账号。") == ["200多万个与境外园区、赌场有关的账号"]


def test_a_part_of_another_kind_is_none() -> None:
    assert [f.relation for f in figures("处置账号3万个，包括处置违规笔记539条。")] == [None, None]
    assert [f.relation for f in figures("通报应用65款，到期还有16款没有改完。")] == [None, ("of", 0)]


def test_what_is_said_of_a_bracket_stays_in_it() -> None:
    found = figures("抓获嫌疑人54名（其中网红主播11人），已批准逮捕18人。")
    assert [f.account_types for f in found] == [(), ("streamer",), ()]
