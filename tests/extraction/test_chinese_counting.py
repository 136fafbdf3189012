"""Chinese sentences: bare numbers that go on with what was counted, totals and what they are shared out to, acts that are counted."""

from __future__ import annotations

import kg
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return kg.extract(text, "zh", "2025-11-20").figures


def penalties(text: str) -> list[str]:
    return [figure.penalty for figure in figures(text)]


def test_a_bare_number_goes_on_with_what_the_sentence_before_counts_in_the_same_word() -> None:
    told = figures("平台注销帐号3.1万个。剩下的8600个被限流。")
    assert [(f.unit, f.penalty, f.relation) for f in told][1] == ("account", "reach-restriction", ("of", 0))
    told = figures("某平台关掉了八千多个造谣账号。论国别，印度4102个，巴西3058个。秘鲁159个。")
    assert [(f.penalty, f.relation) for f in told[1:]] == [("closure", ("of", 0))] * 3
    told = figures("本周封禁账号7765个。上一周封禁数为9100余个。")
    assert [(f.penalty, f.relation) for f in told] == [("closure", None)] * 2
    assert len(figures("本周封禁账号7765个。志愿者送出盒饭9100余份。")) == 1


def test_parts_that_follow_words_for_sharing_out_have_each_its_own_reason() -> None:
    told = figures("全年受理举报5万件。拆开来看，赌博类最多，1.4万件；宣传毒品的9200件，儿童色情的6000件。")
    assert [f.violations for f in told[1:]] == [("gambling",), ("drugs",), ("child-abuse-material",)]


def test_a_noun_in_a_list_of_kinds_only_names_a_kind() -> None:
    told = figures("平台删除违规内容5000条：造谣3000条、色情图片1200条、假账号800条。")
    assert [(f.unit, f.relation) for f in told[1:]] == [("post", ("of", 0))] * 3
    assert [f.unit for f in figures("平台清理视频300条、评论200条、账号15个。")] == ["video", "comment", "account"]


def test_the_items_of_a_list_are_parts_of_the_figures_before_its_heading_each_of_its_kind() -> None:
    told = figures(
        "清理内容4274条，113个账号被禁言。分类如下：\n● 造谣：清理帖文3122条，处置账号48个\n● 谩骂：清理帖文1152条，处置账号65个"
    )
    assert [f.relation for f in told] == [None, None, ("of", 0), ("of", 1), ("of", 0), ("of", 1)]
    assert [f.penalty for f in told[3::2]] == ["handled"] * 2


def test_numbers_that_add_up_to_a_total_or_tell_what_each_platform_had_of_it_are_its_parts() -> None:
    told = figures("该台屏蔽频道4500个，1月700个，2月1200个，3月2600个。")
    assert [f.relation for f in told] == [None, ("of", 0), ("of", 0), ("of", 0)]
    told = figures("前三季通报下架的广告逾7万则；单看8月，Meta5761则，Google59则。")
    assert [(f.penalty, f.relation) for f in told[1:]] == [(told[0].penalty, ("of", 0))] * 2
    assert [f.relation for f in figures("抖音处置账号3200个，快手2100个，小红书900个。")] == [None] * 3
    told = figures("本周合计处置违规账号1.2万个。微博3200个，知乎1100个。")
    assert [(f.unit, f.relation) for f in told[1:]] == [("account", ("of", 0))] * 2


def test_what_grew_from_one_number_to_another_was_so_many_times_and_so_many() -> None:
    assert [f.value for f in figures("处置账号由5200个增至6100个。")] == [5200, 6100]
    assert [f.value for f in figures("封禁账号数由上月的5200个升至6100个。")] == [5200, 6100]
    assert [f.value for f in figures("下架视频98万条，比上季的85万条有所增加。")] == [980000, 850000]
    assert not figures("行动由5200名志愿者协助。")


def test_a_measure_for_some_days_is_a_suspension() -> None:
    assert penalties("428个账号，先停7天；331个账号停3天；80个账号永久封号。") == ["suspension", "suspension", "closure"]


def test_orders_and_fines_are_counted_themselves() -> None:
    assert [(f.unit, f.penalty) for f in figures("开出限期改善处分5件。")] == [("complaint", "warning")]
    assert [(f.unit, f.penalty) for f in figures("裁罚12件。")] == [("case", "fine")]


def test_a_verb_that_only_tells_of_the_next_one_is_not_what_was_done() -> None:
    assert penalties("39款应用仍旧没改，13日被通报下架。") == ["app-removal"]
    assert penalties("5款应用被通报。") == ["public-notice"]


def test_verbs_are_parted_from_their_objects_by_nothing_or_by_an_aspect() -> None:
    assert penalties("对230个账号取消打赏权限。") == ["monetisation-revocation"]
    assert penalties("给5600篇笔记加了标签。") == ["content-label"]
    assert penalties("经核查，8起案件立了案。") == ["case-opened"]


def test_sites_that_are_shut_out_are_blocked_and_accounts_closed() -> None:
    assert penalties("近4000个网站遭封。") == ["service-blocking"]
    assert penalties("近4000个账号遭封。") == ["closure"]


def test_words_for_a_matter_take_up_the_offences_of_the_sentence_before() -> None:
    assert figures("警方侦破一起网络诈骗案。至今，该案共抓到嫌疑人37名。")[-1].violations == ("scam",)
    assert figures("近期造谣传谣现象突出。针对相关问题，平台处置账号8.1万个。")[0].violations == ("rumour",)


def test_what_content_is_called_is_not_said_of_the_accounts_beside_it() -> None:
    assert [f.violations for f in figures("清理违法不良信息126万条，关闭310个网站。")] == [("harmful-information",), ()]
    assert [f.violations for f in figures("清理谣言信息3.2万条，关停账号1200个。")] == [("rumour",), ("rumour",)]


def test_the_noun_before_a_verb_is_what_its_number_counts_unless_it_acts() -> None:
    told = figures("删除帖文600条，营销号也封禁了40个，流量卡清理近3万张。")
    assert [(f.unit, f.penalty) for f in told] == [("post", "content-removal"), ("account", "closure"), ("product", "content-removal")]
    assert [f.unit for f in figures("平台删除3000条，网站清理300条。")] == ["post", "post"]
    assert [f.unit for f in figures("非法网站关停了近百个。")] == ["website"]


def test_a_verb_in_what_was_before_is_but_the_occasion() -> None:
    assert penalties("封禁帐号734万个，当中121万个在接获任何用户投诉前就被主动封禁。") == ["closure", "closure"]


def test_a_number_told_as_that_of_one_case_alone_is_a_part() -> None:
    told = figures("平台今年删掉9000篇涉毒笔记，光是上周就删了700篇。")
    assert (told[1].penalty, told[1].relation, told[1].violations) == ("content-removal", ("of", 0), ("drugs",))


def test_platforms_before_counts_of_things_say_where_they_were() -> None:
    told = figures("封停的账号共90个，包括视频号50个、微博25个、头条号15个。")
    assert [(f.unit, f.relation) for f in told[1:]] == [("account", ("of", 0))] * 3
    assert [f.unit for f in figures("解散微信群2.9万个。")] == ["group"]


def test_ages_followers_and_what_was_built_or_written_count_nothing() -> None:
    assert [(f.quote, f.unit) for f in figures("平台停用了约470万个16岁以下账号。")] == [("约470万个16岁以下账号", "account")]
    assert [f.value for f in figures("封禁主播账号2个，追随者各有800人和1200人。")] == [2]
    assert not figures("处置时查明，该号上月发稿70余篇，粉丝5万。")


def test_what_a_request_is_for_is_not_done() -> None:
    assert [(f.unit, f.penalty) for f in figures("公署向27个网上平台发出逾2000项移除要求。")] == [("request", "reported")]


def test_rings_counted_as_cases_are_cases_and_agents_are_taken_down() -> None:
    assert [f.unit for f in figures("刑事局查獲詐欺集團1,542件。")] == ["case"]
    assert penalties("平台下架智能体1.4万个。") == ["app-removal"]
    assert penalties("该平台起诉4家网站。") == ["procedure"]


def test_the_rest_are_a_part_and_no_further_ones() -> None:
    [whole, rest] = kg.extract("查处违规App100款，其余37款限期整改。", "zh").figures
    assert (rest.value, rest.relation) == (37, ("of", 0))
    assert whole.value == 100
