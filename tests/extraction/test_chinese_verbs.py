"""Chinese sentences: what was done to a part, what only tells after what, what is said of an act, whose unit an elided noun has."""

from __future__ import annotations

import kg
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return kg.extract(text, "zh", "2025-11-20").figures


def penalties(text: str) -> list[str]:
    return [figure.penalty for figure in figures(text)]


def units(text: str) -> list[str]:
    return [figure.unit for figure in figures(text)]


def test_what_was_done_to_a_whole_is_not_what_was_done_to_its_part() -> None:
    assert penalties("被误停用的账号中，有2.4万个经申诉恢复使用。") == ["restored"]
    assert penalties("被停用的账号2.4万个。") == ["suspension"]


def test_a_verb_that_only_says_after_what_does_not_govern() -> None:
    assert penalties("屏蔽文章5.7万篇，其中3.2万篇补注出处后恢复展示。") == ["content-disabling", "restored"]


def test_an_act_that_is_counted_is_what_was_done() -> None:
    assert penalties("共开展约谈6次，均已整改到位。") == ["summons"]
    assert penalties("约谈平台12家，立案2起。") == ["summons", "case-opened"]


def test_a_verb_that_tells_of_an_act_is_none() -> None:
    assert penalties("微博通报处置账号8,200余个。") == ["handled"]
    assert penalties("微博通报违规账号8,200余个。") == ["public-notice"]


def test_a_kind_has_the_unit_of_what_it_is_a_kind_of() -> None:
    assert units("清理违规商品41万件，其中票务诈骗类19万件、买卖个人信息类7万件。") == ["product"] * 3
    assert units("清理短视频类3万条。") == ["video"]


def test_persons_are_told_by_their_classifier() -> None:
    assert units("对2,100余名受雇发帖的学生批评教育，近百名账号持有人被约谈。") == ["person", "person"]


def test_a_noun_before_a_verb_that_is_one_word_with_it_is_counted() -> None:
    assert units("删除视频5万条，对数百个账号限流，对反复违规的账号降权30个。") == ["video", "account", "account"]


def test_an_elided_noun_keeps_its_kind() -> None:
    kinds = [figure.account_types for figure in figures("封禁主播账号5,230个，限流8.6万个，另有20个因造谣被禁言。")]
    assert kinds == [("streamer",), ("streamer",), ()]


def test_what_follows_from_a_finding_has_its_causes() -> None:
    assert figures("发现76款App违规收集个人信息，遂下发整改通知书76份。")[1].violations == ("personal-data",)
    assert figures("发现76款App违规收集个人信息，约谈企业3家。")[1].violations == ()


def test_a_clause_of_its_own_behind_a_semicolon_ends_the_parts() -> None:
    told = figures("约谈平台86家，其中杭州、宁波分别为29家、18家；对31家予以警告。")
    assert [bool(figure.relation) for figure in told] == [False, True, True, False]
    told = figures("处置账号900个，其中关闭300个；禁言200个。")
    assert [bool(figure.relation) for figure in told] == [False, True, True]


def test_a_daily_average_is_a_figure_beside_its_total_alone() -> None:
    assert [figure.value for figure in figures("平台封禁水军账号31万个，日均约1万个。")] == [310000, 10000]
    assert figures("平台日均新增账号约1万个。") == ()


def test_goods_are_no_accounts_and_bystanders_have_nothing_done_to_them() -> None:
    assert figures("关闭售卖假冒品牌商品的商家账号1.3万余个。")[0].account_types == ("business-account",)
    assert figures("关闭直播功能，逾九千万用户受影响。") == ()


def test_a_number_is_told_to_be_exceeded() -> None:
    assert [(f.value, f.comparator) for f in figures("接获投诉破万件。")] == [(10000, "over")]


def test_the_first_months_of_a_year_are_a_period() -> None:
    periods = [kg.extract(f"{when}，平台关闭账号20个。", "zh", "2025-11-20").period for when in ("今年首五个月", "去年前11个月")]
    assert periods == [("2025-01", "2025-05"), ("2024-01", "2024-11")]


def test_each_of_two_figures_keeps_a_verb_of_its_own() -> None:
    assert penalties("全年处理账号5万个，300名主播遭到封禁。") == ["handled", "closure"]
    assert penalties("清理违规内容1.1万条，120个账号禁言。") == ["content-removal", "mute"]
    assert penalties("账号500个，群组30个被处置。") == ["handled", "handled"]


def test_a_part_has_its_own_verb_behind_it_and_not_the_one_before_its_whole() -> None:
    assert penalties("各地共查办案件2.3万余件，罚没金额1.45亿元，其中278件移送公安机关。") == ["handled", "police-referral"]
