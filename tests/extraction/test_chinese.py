"""Chinese sentences, simplified and traditional: which whole a part is of, which noun is counted, whose verb it is, what is no figure."""

from __future__ import annotations

import kg


def told(text: str) -> list[tuple[str, str, str]]:
    """Quote, unit and penalty of every figure."""
    return [(figure.quote, figure.unit, figure.penalty) for figure in kg.extract(text, "zh").figures]


def wholes(text: str) -> list[tuple[str, str, str]]:
    """For every figure that is told as a part, or as one more: its quote, the kind of relation, and the other's quote."""
    figures = kg.extract(text, "zh").figures
    return [(f.quote, f.relation[0], figures[f.relation[1]].quote) for f in figures if f.relation]


def test_items_of_a_list_are_parts_of_a_total_in_its_own_paragraph_alone() -> None:
    items = "\n- 造谣：关闭账号300个；\n- 引流：关闭账号120个。\n"
    assert wholes(f"本月关闭账号900个\n\n治理情况如下：\n{items}") == []
    assert [whole for _, _, whole in wholes(f"本月关闭账号900个，具体如下：\n{items}")] == ["账号900个", "账号900个"]


def test_parts_are_of_what_was_done_or_counted_in_the_words_before_them() -> None:
    closed = "发现仿冒账号6850个，其中3120个被永久关闭。被永久关闭的账号中，仿冒媒体账号1340个。"
    assert wholes(closed)[-1] == ("账号1340个", "of", "3120个")
    apps = kg.extract("36款App被公开通报。在这36款App中，9款已被下架。", "zh").figures
    assert [(f.penalty, f.relation) for f in apps] == [("public-notice", None), ("public-notice", None), ("app-removal", ("of", 1))]
    assert wholes("清理笔记17万篇，其中医美类6万篇；封禁账号5万个。\n") == [("6万篇", "of", "笔记17万篇")]
    assert wholes("封禁账号5.3万个\n\n清理笔记17万篇，其中医美类6万篇；封禁账号5.3万个。")[1:] == []


def test_further_ones_are_of_the_same_kind() -> None:
    assert wholes("移除影片1100支，另移除留言860則。") == []
    assert wholes("关闭账号2000个，再有310个账号被禁言。") == [("310个账号", "besides", "账号2000个")]


def test_a_noun_stands_behind_the_clause_that_qualifies_it() -> None:
    assert told("对75家未按要求公示证照的企业责令改正。") == [("75家未按要求公示证照的企业", "company", "correction-order")]
    assert told("下架15款未備案的聊天程式。") == [("15款未備案的聊天程式", "app", "app-removal")]
    assert told("其中310个多次发布谣言的账号被永久关闭。") == [("310个多次发布谣言的账号", "account", "closure")]
    assert told("处置账号50个，其中12个因发布的视频侵权被禁言。")[1] == ("12个", "account", "mute")


def test_a_verb_goes_on_to_what_is_listed_with_its_object_and_not_to_others() -> None:
    groups = told("处置群聊4.1万个，其中解散赌博群1.7万个、诈骗群9600余个，部分群聊被限制功能。")
    assert [penalty for _, _, penalty in groups] == ["handled", "group-dissolution", "group-dissolution"]
    assert told("全国备案网站390余万个，去年依法下架违规App 1600款。") == [("App 1600款", "app", "app-removal")]
    assert told("另对410个群聊限制功能。") == [("410个群聊", "group", "function-suspension")]


def test_a_word_that_is_a_part_of_a_verb_is_not_what_is_counted() -> None:
    units = [unit for _, unit, _ in told("下架小程序420个，督促整改1100余个。")]
    assert units == ["mini-program", "mini-program"]
    assert told("处罚账号9万个，其中限制发布商品6.4万个。")[1] == ("6.4万个", "account", "account-measure")
    assert told("行政处罚198件。")[0][2] == "administrative-penalty"


def test_what_is_bought_made_employed_planned_or_more_than_before_is_no_figure() -> None:
    for text in (
        "团伙购置手机7200余部。",
        "有人每天利用AI生成4000至7000篇文章。",
        "审核团队增加到1.2万人。",
        "将对属地200余家平台开展巡查。",
        "比去年底多出197款。",
        "3.4万名主播完成实名核验，以防账号被关闭。",
    ):
        assert told(text) == [], text
    assert told("警方與五間電訊商合作，封鎖網站3400個。") == [("網站3400個", "website", "service-blocking")]
    assert told("约谈制作机构31家。") == [("机构31家", "company", "summons")]
    assert told("AI生成的虚假视频300条被清理。") == [("视频300条", "video", "content-removal")]


def test_rules_that_are_applied_are_no_offence_and_rules_that_are_broken_are() -> None:
    applied, broken = (kg.extract(f"{how}社区规则，封禁账号300个。", "zh").figures for how in ("依据", "因违反"))
    assert (applied[0].violations, broken[0].violations) == ((), ("platform-terms",))


def test_what_semicolons_part_says_nothing_of_each_other() -> None:
    (closed,) = kg.extract("“甲”等账号编造谣言；“乙”等12个账号低俗炒作，被关闭。", "zh").figures
    assert "rumour" not in closed.violations


def test_an_act_is_named_beside_the_kind_of_account() -> None:
    (figure,) = kg.extract("12个账号假冒退役军人带货，被依法关闭。", "zh").figures
    assert (figure.account_types, figure.violations) == (("counterfeit-military",), ("impersonation",))


def test_traditional_numbers_and_words_are_read_as_simplified_ones() -> None:
    text = "移除廣告12.7萬則，停用帳號3億多個，逾百萬則貼文遭刪除，約350個帳號的觸及遭限縮，1200個帳號失去分潤資格。"
    values = [(f.value, f.comparator, f.penalty) for f in kg.extract(text, "zh-Hant-TW").figures]
    assert values == [
        (127000, "exactly", "content-removal"),
        (300000000, "over", "suspension"),
        (1000000, "over", "content-removal"),
        (350, "about", "reach-restriction"),
        (1200, "exactly", "monetisation-revocation"),
    ]


def test_of_two_ranges_that_say_the_same_the_closer_is_the_period() -> None:
    text = "9月至10月关闭账号800个\n\n9月1日至10月31日，关闭账号800个。"
    assert kg.extract(text, "zh", "2023-11-08").period == ("2023-09-01", "2023-10-31")
