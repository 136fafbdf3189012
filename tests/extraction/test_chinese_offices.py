"""Chinese sentences of courts, customs, tax and other offices: what they count, what they did to it, and what counts nothing."""

from __future__ import annotations

import kg
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return kg.extract(text, "zh", "2025-11-20").figures


def told(text: str) -> list[tuple[str, str, str]]:
    return [(figure.quote, figure.unit, figure.penalty) for figure in figures(text)]


def test_goods_are_counted_in_lots_and_pieces() -> None:
    assert told("海关查扣侵权货物2.4万批次、370万件。") == [("货物2.4万批次", "product", "handled"), ("370万件", "product", "handled")]
    assert told("缴获假酒5.4万瓶、假烟2300余箱。") == [("假酒5.4万瓶", "product", "handled"), ("假烟2300余箱", "product", "handled")]
    assert told("集中曝光3批次30起典型案例。") == [("30起典型案例", "case", "public-notice")]


def test_what_courts_count_without_a_noun_are_cases() -> None:
    found = figures("检察机关提出检察建议1.6万件，提起诉讼1100余件。")
    assert [figure.unit for figure in found] == ["notice", "case"]
    assert told("全国法院新收知识产权案件15万件，审结14万件。") == [("案件15万件", "case", "case-opened"), ("14万件", "case", "procedure")]


def test_a_number_without_a_noun_counts_what_was_counted_alike() -> None:
    found = figures("检查经营单位43万家次，办结案件1.1万件，责令停业整顿320家次。")
    assert [figure.unit for figure in found] == ["company", "case", "company"]


def test_firms_are_counted_where_no_site_is_named() -> None:
    assert [figure.unit for figure in figures("督察组责令整改4300家。")] == ["company"]
    assert [figure.unit for figure in figures("网信办约谈网站平台负责人，责令整改43家。")] == ["website"]


def test_devices_count_where_they_were_seized() -> None:
    assert told("警方查获120台服务器。") == [("120台服务器", "product", "handled")]
    assert told("查处黑客案件3起，病毒感染了120台服务器。") == [("案件3起", "case", "handled")]


def test_a_scale_word_alone_counts_nothing() -> None:
    assert told("百姓关心的个人信息买卖，警方侦破案件31起。") == [("案件31起", "case", "case-opened")]
    assert told("平台停权逾万账号。") == [("逾万账号", "account", "suspension")]


def test_one_is_counted_where_words_say_that_it_is() -> None:
    assert told("商店下架了至少一款应用。") == [("至少一款应用", "app", "app-removal")]
    assert told("封禁账号300个，其中一个是“某某”。") == [("账号300个", "account", "closure")]


def test_parts_of_things_of_no_known_kind_are_none() -> None:
    assert told("查处案件12起，26条措施中已落实23条。") == [("案件12起", "case", "handled")]
    assert told("网信办发布11项网络直播打赏规定。") == []


def test_what_will_follow_was_not_done() -> None:
    assert [figure.penalty for figure in figures("对78款App责令限期整改，逾期未完成整改的，依法依规予以下架。")] == ["correction-order"]
    assert [figure.penalty for figure in figures("通报46款App，其中31款逾期未整改，已予下架。")] == ["public-notice", "app-removal"]


def test_a_list_says_whom_accounts_imitate() -> None:
    found = figures("处置仿冒甲部、乙局等政府机关账号279个，冒充张某、李某等知名演员的账号31个。")
    assert [figure.account_types for figure in found] == [("counterfeit-party-government",), ("counterfeit-public-figure",)]


def test_what_offenders_do_may_name_what_is_counted() -> None:
    assert told("税务部门查处骗取补贴企业31户。") == [("企业31户", "company", "handled")]
    assert told("黑客骗取市民手机12部。") == []


def test_a_period_may_be_open_or_several_years_long() -> None:
    periods = [kg.extract(f"{when}，法院审结案件20件。", "zh", "2025-11-20").period for when in ("2021年至今", "2021年至2024年")]
    assert periods == [("2021", None), ("2021", "2024")]
