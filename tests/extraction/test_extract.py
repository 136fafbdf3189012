"""Extraction reads figures as a careful person would: numbers, what they count, what was done, and what they are a part of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import SourceError
from kg.extraction import Extractor
from kg.extraction.model import Extraction, Figure
from kg.vocabulary import vocabulary

# sentence → quote, value (or bounds), comparator, unit, penalty, relation: kind and quote
Case = tuple[str, list[tuple[str, object, str, str, str, tuple[str, str] | None]]]

ENGLISH: list[Case] = [
    ("The regulator closed over 430,000 accounts.", [("over 430,000 accounts", 430000, "over", "account", "closure", None)]),
    ("WhatsApp banned 66 lakh accounts in May.", [("66 lakh accounts", 6600000, "exactly", "account", "closure", None)]),
    ("Some 1.4 million posts were deleted.", [("Some 1.4 million posts", 1400000, "about", "post", "content-removal", None)]),
    (
        "It removed hundreds of thousands of posts.",
        [("hundreds of thousands of posts", (100000, 999999), "order", "post", "content-removal", None)],
    ),
    (
        "Nearly 8,000 of the 67,000 permanently closed accounts were shut for spreading rumours.",
        [
            ("Nearly 8,000", 8000, "under", "account", "closure", ("of", "67,000 permanently closed accounts")),
            ("67,000 permanently closed accounts", 67000, "exactly", "account", "closure", None),
        ],
    ),
    (
        "Police suspended 430,000 accounts and a further 187,000 were muted.",
        [
            ("430,000 accounts", 430000, "exactly", "account", "suspension", None),
            ("187,000", 187000, "exactly", "account", "mute", ("besides", "430,000 accounts")),
        ],
    ),
    (
        "Two hundred and five websites were blocked.",
        [("Two hundred and five websites", 205, "exactly", "website", "service-blocking", None)],
    ),
    (
        "Between 3,000 and 4,000 groups were closed.",
        [("3,000 and 4,000 groups", (3000, 4000), "order", "group", "group-dissolution", None)],
    ),
    (
        "The agency closed 67,000 accounts and removed millions of posts.",
        [
            ("67,000 accounts", 67000, "exactly", "account", "closure", None),
            ("millions of posts", (1000000, 999999999), "order", "post", "content-removal", None),
        ],
    ),
    ("Action was taken against 930,000 accounts.", [("930,000 accounts", 930000, "exactly", "account", "handled", None)]),
    (
        "Removals in May: 500 videos. Of these, 120 were for spam.",
        [
            ("500 videos", 500, "exactly", "video", "content-removal", None),
            ("120", 120, "exactly", "video", "content-removal", ("of", "500 videos")),
        ],
    ),
    ("The platform took 32 websites offline.", [("32 websites", 32, "exactly", "website", "site-closure", None)]),
    (
        "It deleted 900 posts: 500 in Spain and just over 90 in Malta.",
        [
            ("900 posts", 900, "exactly", "post", "content-removal", None),
            ("500", 500, "exactly", "post", "content-removal", ("of", "900 posts")),
            ("just over 90", 90, "over", "post", "content-removal", ("of", "900 posts")),
        ],
    ),
    ("“We have closed 1,200 accounts,” he said.", [("1,200 accounts", 1200, "exactly", "account", "closure", None)]),
    ("Accounts closed: 1,118.", [("1,118", 1118, "exactly", "account", "closure", None)]),
    ("It paused the earnings of 36 channels.", [("36 channels", 36, "exactly", "channel", "monetisation-suspension", None)]),
    (
        "The followers of 58 accounts that chased clicks were wiped.",
        [("58 accounts", 58, "exactly", "account", "follower-removal", None)],
    ),
    ("It reported 24 clips of abuse to the police.", [("24 clips", 24, "exactly", "video", "police-referral", None)]),
    (
        "The court received 41 orders, 19 of them from Spain and 11 from Malta.",
        [
            ("41 orders", 41, "exactly", "request", "reported", None),
            ("19", 19, "exactly", "request", "reported", ("of", "41 orders")),
            ("11", 11, "exactly", "request", "reported", ("of", "41 orders")),
        ],
    ),
    ("Police arrest 57 in a raid.", [("57", 57, "exactly", "person", "arrest", None)]),
    ("15 to 20 sites were shut.", [("15 to 20 sites", (15, 20), "order", "website", "site-closure", None)]),
    ("Three quarters of a million posts were deleted.", [
        ("Three quarters of a million posts", 750000, "exactly", "post", "content-removal", None),
    ]),
    ("It removed 4,100 videos called harmful. It restricted 12 sites.", [
        ("4,100 videos", 4100, "exactly", "video", "content-removal", None),
        ("12 sites", 12, "exactly", "website", "service-measure", None),
    ]),
    ("900 flagged posts were removed.", [("900 flagged posts", 900, "exactly", "post", "content-removal", None)]),
]  # fmt: skip

CHINESE: list[Case] = [
    ("累计处置账号92.76万余个。", [("账号92.76万余个", 927600, "over", "account", "handled", None)]),
    ("全年清理违法信息1.34亿条。", [("信息1.34亿条", 134000000, "exactly", "post", "content-removal", None)]),
    ("公安机关侦办案件万余起，行政处罚10700多人。", [
        ("案件万余起", 10000, "over", "case", "case-opened", None),
        ("10700多人", 10700, "over", "person", "administrative-penalty", None),
    ]),
    ("截至5月22日，处置账号近5万个，其中永久关闭超过6000个。", [
        ("账号近5万个", 50000, "under", "account", "handled", None),
        ("超过6000个", 6000, "over", "account", "closure", ("of", "账号近5万个")),
    ]),
    ("平台封禁直播间１，２３４个。", [("直播间１，２３４个", 1234, "exactly", "livestream-room", "livestream-closure", None)]),
    ("平台移除貼文逾3.2萬則，停權帳號1,500個。", [
        ("貼文逾3.2萬則", 32000, "over", "post", "content-removal", None),
        ("帳號1,500個", 1500, "exactly", "account", "suspension", None),
    ]),
    ("对11159家网站平台予以约谈。", [("11159家网站平台", 11159, "exactly", "website", "summons", None)]),
    ("删除信息数十万条。", [("信息数十万条", (100000, 999999), "order", "post", "content-removal", None)]),
    ("半年內刪逾五千萬段影片，關了直播間3,085個。", [
        ("逾五千萬段影片", 50000000, "over", "video", "content-removal", None),
        ("直播間3,085個", 3085, "exactly", "livestream-room", "livestream-closure", None),
    ]),
    ("为1.9万条视频补打显式标签，暂停76个账号的广告分成权限。", [
        ("1.9万条视频", 19000, "exactly", "video", "content-label", None),
        ("76个账号", 76, "exactly", "account", "monetisation-suspension", None),
    ]),
    ("封禁账号900个（造谣500个，其他违规400个）。", [
        ("账号900个", 900, "exactly", "account", "closure", None),
        ("500个", 500, "exactly", "account", "closure", ("of", "账号900个")),
        ("400个", 400, "exactly", "account", "closure", ("of", "账号900个")),
    ]),
    ("封禁帐号700个，其中130个是在尚未接获检举前即主动封禁。", [
        ("帐号700个", 700, "exactly", "account", "closure", None),
        ("130个", 130, "exactly", "account", "closure", ("of", "帐号700个")),
    ]),
    ("约谈网站平台236家，责令限期整改118家。", [
        ("平台236家", 236, "exactly", "website", "summons", None),
        ("118家", 118, "exactly", "website", "correction-order", None),
    ]),
    ("百度等8家平台共封禁账号四五百个，大约删掉了8,800条帖子。", [
        ("账号四五百个", (400, 500), "order", "account", "closure", None),
        ("大约删掉了8,800条帖子", 8800, "about", "post", "content-removal", None),
    ]),
    ("处理数以万计的帖子，受理举报8万2千余件。", [
        ("数以万计的帖子", (10000, 99999), "order", "post", "handled", None),
        ("举报8万2千余件", 82000, "over", "complaint", "reported", None),
    ]),
    ("下属平台受理举报90万件，报社受理举报20万件。在报社受理的举报中，诈骗类5万件。", [
        ("举报90万件", 900000, "exactly", "complaint", "reported", None),
        ("举报20万件", 200000, "exactly", "complaint", "reported", None),
        ("5万件", 50000, "exactly", "complaint", "reported", ("of", "举报20万件")),
    ]),
    ("约谈网站平台190家，对其中52家予以警告，责令31家网站暂停更新，下架应用程序、小程序87款。", [
        ("平台190家", 190, "exactly", "website", "summons", None),
        ("52家", 52, "exactly", "website", "warning", ("of", "平台190家")),
        ("31家网站", 31, "exactly", "website", "function-suspension", None),
        ("小程序87款", 87, "exactly", "app", "app-removal", None),
    ]),
    ("期间共封禁逾两万个账号，另有310个账号遭禁言。被封账号之中，208个冒充军队单位。", [
        ("逾两万个账号", 20000, "over", "account", "closure", None),
        ("310个账号", 310, "exactly", "account", "mute", ("besides", "逾两万个账号")),
        ("208个", 208, "exactly", "account", "closure", ("of", "逾两万个账号")),
    ]),
    ("关闭造谣账号45个，另对12个账号采取禁言措施。", [
        ("账号45个", 45, "exactly", "account", "closure", None),
        ("12个账号", 12, "exactly", "account", "mute", ("besides", "账号45个")),
    ]),
    ("通报46款侵害用户权益的App，对19款违规使用个人信息的应用予以下架。", [
        ("46款侵害用户权益的App", 46, "exactly", "app", "public-notice", None),
        ("19款违规使用个人信息的应用", 19, "exactly", "app", "app-removal", None),
    ]),
    ("解散群组26个，当中21个设于Telegram。", [
        ("群组26个", 26, "exactly", "group", "group-dissolution", None),
        ("21个", 21, "exactly", "group", "group-dissolution", ("of", "群组26个")),
    ]),
    ("两个月封号逾三万\n公署发出118份停止披露通知。", [
        ("封号逾三万", 30000, "over", "account", "closure", None),
        ("118份停止披露通知", 118, "exactly", "notice", "warning", None),
    ]),
    ("公署打击冒充公营机构的账号，去年已促使平台停用53个。", [("53个", 53, "exactly", "account", "suspension", None)]),
    ("约谈平台18家次，作出行政处罚7件。", [
        ("平台18家次", 18, "exactly", "website", "summons", None),
        ("行政处罚7件", 7, "exactly", "case", "administrative-penalty", None),
    ]),
    ("会同电信部门取消78家网站的备案。", [("78家网站", 78, "exactly", "website", "licence-revocation", None)]),
]  # fmt: skip

JOINTS = ["\n\n", "- ", "（", "67\u200b,000 ", "万余个", " of the ", "\t", "\u3000"]

NO_FIGURES = [
    "The firm was fined 1.2 million yuan in 2023 and has 2 billion users in 180 countries.",
    "In May 2024, 98.5 per cent of posts were seen by people aged 18 to 24, and Article 17 applies for 30 days.",
    "罚款3.2亿元，同比增长12%，2024年5月22日起施行，第17条规定18岁以下用户每天使用不超过2小时。",
    "The youngest of the suspects is 17; call the hotline (12381) or 021-5555 0134, and see Articles 9 and 20.",
    "The firm has published 41 reports, and one in 5 complaints is about pupils aged 13 to 15.",
    "举报热线12377全天开通，粉丝超过100万。",
    "根据第六十一条，共投入志愿者230名，创作者将获得100个薯币奖励，每人可提交2次申诉。",
]


def told(figure: Figure, found: Extraction) -> tuple[object, ...]:
    number = figure.value if figure.value is not None else (figure.min, figure.max)
    relation = (figure.relation[0], found.figures[figure.relation[1]].quote) if figure.relation else None
    return (figure.quote, number, figure.comparator, figure.unit, figure.penalty, relation)


@pytest.mark.parametrize(("sentence", "figures"), [*ENGLISH, *CHINESE], ids=lambda given: given[:40] if isinstance(given, str) else "")
def test_a_sentence_says_these_figures(sentence: str, figures: list[tuple[object, ...]]) -> None:
    found = kg.extract(sentence)
    assert [told(figure, found) for figure in found.figures] == figures


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_money_shares_dates_ages_and_audiences_are_no_figures(sentence: str) -> None:
    assert kg.extract(sentence).figures == ()


# sentence → the offences of each figure
SHARED: list[tuple[str, list[tuple[str, ...]]]] = [
    ("It shut 12 sites and blocked 30 apps in a crackdown on gambling.", [("gambling",), ("gambling",)]),
    ("It removed 410 videos and suspended 21 accounts for spreading rumours.", [("rumour",), ("rumour",)]),
    ("Two sites were closed for gambling, while 19 apps were delisted for spam.", [("gambling",), ("spam",)]),
    ("Weibo labelled 560 posts about storms, and Douyin closed 74 accounts for spreading rumours.", [(), ("rumour",)]),
    ("It deleted 40 posts that spread rumours, along with 12 accounts.", [("rumour",), ("rumour",)]),
    ("It removed 40 gambling sites and 300 accounts.", [("gambling",), ()]),
    ("It received 900 reports about rumours (500) and gambling (400).", [("rumour", "gambling"), ("rumour",), ("gambling",)]),
]


@pytest.mark.parametrize(("sentence", "offences"), SHARED)
def test_an_offence_belongs_to_every_figure_that_the_sentence_gives_it_to(sentence: str, offences: list[tuple[str, ...]]) -> None:
    assert [figure.violations for figure in kg.extract(sentence, "en").figures] == offences


def test_whom_an_account_poses_as_may_stand_behind_other_words() -> None:
    (figure,) = kg.extract("It closed 73 accounts that posed as large local banks, ministries and foreign news outlets.", "en").figures
    assert figure.account_types == ("counterfeit-enterprise", "counterfeit-party-government", "counterfeit-news-media")
    (other,) = kg.extract("It closed 73 accounts for impersonating others, the banks said.", "en").figures
    assert other.account_types == ()


NAMED = [
    ("Douyin closed 7,400 bogus hospital accounts.", ("counterfeit-public-institution",)),
    ("Weibo banned 300 sham broadcasters.", ("counterfeit-news-media",)),
    ("平台关闭山寨税务局账号300个。", ("counterfeit-party-government",)),
    ("平台关闭冒充退役军官的账号300个。", ("counterfeit-military",)),
    (
        "微信对仿冒党政机关、新闻媒体和银行的公众号300个予以封禁。",
        ("counterfeit-party-government", "counterfeit-news-media", "counterfeit-enterprise"),
    ),
]


@pytest.mark.parametrize(("sentence", "kinds"), NAMED)
def test_what_labels_say_of_one_noun_is_read_of_every_noun_of_its_kind(sentence: str, kinds: tuple[str, ...]) -> None:
    (figure,) = kg.extract(sentence).figures
    assert figure.account_types == kinds


def test_a_text_names_no_penalty_that_a_figure_took_as_another_and_no_word_as_a_platform() -> None:
    found = kg.extract("The followers of 58 accounts were wiped. Users read the threads of X.", "en")
    assert (found.mentions["penalty"], found.mentions["platform"]) == (("follower-removal",), ("x",))


def test_a_number_whose_scale_words_contradict_each_other_is_flagged() -> None:
    (figure,) = kg.extract("The service banned 4.7 million lakh accounts.").figures
    assert figure.doubts == ("'million' and 'lakh' cannot stand in one figure: the first was taken",)


def test_a_platform_whose_name_is_a_common_word_is_not_found_by_the_word() -> None:
    text = "Police closed 300 accounts that bumble along, sow discord in threads and cross the line in app stores."
    assert kg.extract(text).mentions.get("platform", ()) == ()
    named = kg.extract("Discord Inc and the LINE app closed 300 accounts.").mentions["platform"]
    assert named == ("discord", "line")


def test_persons_and_accounts_told_as_what_came_of_chinese_cases_and_content_share_their_offence() -> None:
    cases = kg.extract("共查处网络谣言案件132起，对97人作出行政处罚，另有40余人接受了批评教育。").figures
    content = kg.extract("清理涉谣信息252万条，关停账号21万个。").figures
    others = kg.extract("清理谣言信息1.2万条，对300个账号予以禁言，关闭低俗账号26个。").figures
    assert [f.violations for f in (*cases, *content)] == [("rumour",)] * 5
    assert [f.violations for f in others] == [("rumour",), ("rumour",), ("vulgar-content",)]


def test_a_chinese_title_names_whose_rules_it_is_and_an_office_commits_no_offence() -> None:
    found = kg.extract("依据《微博社区公约》和《网络谣言治理办法》关闭账号5个。市民可向私隐公署举报。").mentions
    assert (found["platform"], found["violation"]) == (("weibo",), ())


def test_chinese_staff_devices_and_divisions_of_a_site_are_no_figures() -> None:
    texts = ("公署有职员约120人，未来会增拨资源打击骗案。", "吴某操控两千多部手机批量发布虚假消息。", "下线视频860条，涉及12个频道分区。")
    assert [len(kg.extract(text).figures) for text in texts] == [0, 0, 1]


def test_an_umbrella_verb_is_never_promoted_to_a_closure() -> None:
    texts = ("The agency dealt with 300 accounts that spread rumours.", "依法处置造谣账号300个。")
    assert [figure.penalty for text in texts for figure in kg.extract(text).figures] == ["handled", "handled"]


def test_a_purpose_said_first_is_of_all_figures_and_a_modifier_of_its_own_alone() -> None:
    purpose = kg.extract("针对人身攻击等网络暴力行为，删除弹幕42万条、封禁账号31个。").figures
    modifier = kg.extract("删除谣言内容6,300条；封禁账号41个。").figures
    assert [figure.violations for figure in purpose] == [("cyber-violence",)] * 2
    assert [figure.violations for figure in modifier] == [("rumour",), ()]


def test_a_preamble_ties_nothing_to_the_items_of_its_list_and_a_headlines_parts_are_one_sentence() -> None:
    items = kg.extract("站方对蹭炒热点开展治理，现公布进展。\n1. 清理博文64,870条。\n2. 封禁账号58个。").figures
    (headline,) = kg.extract("内地整顿「自媒体」　逾4,300个帐号被封").figures
    assert [figure.violations for figure in items] == [(), ()]
    assert headline.account_types == ("self-media",)


def test_a_topic_opens_parts_and_brackets_close_them() -> None:
    topic = kg.extract("全国受理举报1,800万件。全部举报中，色情类600万件；诈骗类70万件，其中来自手机端的9万件。").figures
    brackets = kg.extract("处理内容1.8亿条（其中涉赌3,100万条），封禁账号1,560万个。").figures
    assert [figure.relation for figure in topic] == [None, ("of", 0), ("of", 0), ("of", 2)]
    assert [figure.relation for figure in brackets] == [None, ("of", 0), None]


def test_a_noun_left_out_is_that_of_the_figure_before_and_what_remains_is_a_part() -> None:
    silent = kg.extract("被永久封号的主播有2.1万名，受到口头警告的约8,600名。").figures
    remaining = kg.extract("责令118款App限期整改，拒不改正的41款予以下架。").figures
    assert [(figure.penalty, figure.account_types) for figure in silent] == [("closure", ("streamer",)), ("warning", ("streamer",))]
    assert [(figure.penalty, figure.relation) for figure in remaining] == [("correction-order", None), ("app-removal", ("of", 0))]


def test_actions_told_in_turn_are_each_done_to_their_own_figure() -> None:
    turns = kg.extract("依法对6家网站、11款App分别作出约谈、下架处理。").figures
    both = kg.extract("对无视警告的26家机构、4家商户予以清退。").figures
    assert [figure.penalty for figure in turns] == ["summons", "app-removal"]
    assert [figure.penalty for figure in both] == ["closure", "closure"]


def test_a_label_is_not_found_across_the_border_of_two_words_but_around_a_word_within_a_name() -> None:
    across = kg.extract("平台封禁药店账号320个。").figures  # no 禁药
    (named,) = kg.extract("仿冒某知名商业银行的账号221个被暂停使用。").figures
    assert [figure.violations for figure in across] == [()]
    assert (named.penalty, named.account_types) == ("suspension", ("counterfeit-enterprise",))


def test_numbers_of_services_fractions_averages_and_onlookers_are_no_figures() -> None:
    texts = (
        "通过12377涉企举报专区反映问题，警方已约谈。",
        "约1/3的违规账号被封禁。",
        "快递业务量日均超6亿件，平台被约谈。",
        "通讯录里有2,600多名考生家长，手机已被缴获。",
    )
    assert [kg.extract(text).figures for text in texts] == [()] * 4


def test_a_hidden_character_inside_a_number_neither_breaks_it_nor_moves_its_offsets() -> None:
    text = "The regulator closed 67\u200b,000 accounts."
    (figure,) = kg.extract(text, "en").figures
    assert (figure.value, text[figure.start : figure.end]) == (67000, "67\u200b,000 accounts")


def test_a_new_concept_is_recognised_without_any_change_of_code(tmp_path: Path) -> None:
    from shutil import copytree

    from kg import resources

    folder = tmp_path / "ontology"
    copytree(resources.ontology(), folder)
    (folder / "codes" / "more.ttl").write_text(
        """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/enforcement-kg/violation/time-travel> a skos:Concept ; skos:inScheme <https://w3id.org/enforcement-kg/violation> ;
    skos:prefLabel "time travel"@en , "穿越时空"@zh .
<https://w3id.org/enforcement-kg/penalty/exile> a skos:Concept ; skos:inScheme <https://w3id.org/enforcement-kg/penalty> ;
    skos:prefLabel "exiled"@en , "放逐"@zh .""",
        "utf-8",
    )
    extractor = Extractor(vocabulary(folder))
    for text in ("The council exiled 12 accounts for time travel.", "平台因穿越时空放逐账号12个。"):
        (figure,) = extractor.extract(text).figures
        assert (figure.penalty, figure.violations) == ("exile", ("time-travel",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La policía cerró trescientas cuentas por difundir rumores en la red.", "es"),
        ("警察は詐欺に関わる三百のアカウントを閉鎖したと発表した。", "ja"),
    ],
)
def test_a_text_in_another_language_is_told_and_not_guessed(text: str, language: str) -> None:
    with pytest.raises(SourceError, match=f"the text is in '{language}', which is not read"):
        kg.extract(text)


def test_short_traditional_text_is_read_as_chinese() -> None:
    assert kg.extract("逾500個帳號被封。").figures[0].value == 500


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [text for text, _ in [*ENGLISH, *CHINESE]] + ["\n\n", "- ", "（", "67\u200b,000 ", "万余个", " of the ", "\t", "\u3000"]
        ),
        max_size=8,
    )
)
def test_every_quote_stands_in_the_text_at_its_offsets_whatever_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    for language in ("en", "zh"):
        found = kg.extract(text, language)
        assert found == kg.extract(text, language)
        assert all(text[f.start : f.end] == f.quote and f.quote for f in found.figures)
        assert [f.start for f in found.figures] == sorted(f.start for f in found.figures)
        assert all(0 <= f.relation[1] < len(found.figures) for f in found.figures if f.relation)


def acted_on(text: str) -> list[tuple[str, str, str]]:
    return [(figure.quote, figure.unit, figure.penalty) for figure in kg.extract(text, "en").figures]


def test_a_sentence_deals_out_units_and_penalties_in_order() -> None:
    assert acted_on("Posts deleted and accounts closed came to 4,300 and 120, respectively.") == [
        ("4,300", "post", "content-removal"),
        ("120", "account", "closure"),
    ]
    assert [penalty for _, _, penalty in acted_on("Posts deleted and accounts closed came to 4,300 and 120.")] != [
        "content-removal",
        "closure",
    ]


def test_what_is_ordered_of_services_is_done_and_what_is_asked_of_one_is_a_request() -> None:
    assert acted_on("A court ordered providers to block 40 websites.") == [("40 websites", "website", "service-blocking")]
    assert acted_on("X said that India had ordered it to block 800 accounts.") == [("800 accounts", "account", "reported")]
    assert acted_on("The ministry demanded that it block 719 accounts.") == [("719 accounts", "account", "reported")]


def test_an_aside_says_nothing_of_the_figures_behind_it() -> None:
    (figure,) = kg.extract("Under Article 16, which lets anyone flag illegal content, the shop received 93,000 notices.", "en").figures
    assert figure.violations == ()
    (other,) = kg.extract("Another 40 accounts, which spread rumours, were closed.", "en").figures
    assert other.violations == ("rumour",)


def test_a_verb_does_not_reach_into_a_clause_of_its_own() -> None:
    assert acted_on("It fined 40 shops before the sales, when parcels peaked at 729 million a day.") == [("40 shops", "company", "fine")]
    assert [quote for quote, _, _ in acted_on("It was the third purge, said a lecturer, who has tracked 60 celebrities.")] == []


def test_those_who_act_or_are_harmed_are_no_figures() -> None:
    assert [quote for quote, _, _ in acted_on("Two firms removed 300 posts.")] == ["300 posts"]
    assert [quote for quote, _, _ in acted_on("Two firms were fined.")] == ["Two firms"]
    assert [quote for quote, _, _ in acted_on("It fined 56 people over the storm, which killed about 300.")] == ["56 people"]
    assert [quote for quote, _, _ in acted_on("It muted 900 accounts, of which two thirds were new.")] == ["900 accounts"]


def test_a_predicate_behind_a_noun_is_read_as_before_it() -> None:
    (figure,) = kg.extract("It found 382 products that were unsafe.", "en").figures
    assert (figure.unit, figure.violations) == ("product", ("unsafe-products",))
    (plain,) = kg.extract("It removed 382 products that were cheap.", "en").figures
    assert plain.violations == ()


def test_items_of_a_list_of_parts_are_of_what_it_parts() -> None:
    text = "The officer received 9,167 complaints. They break down as follows:\n\n- Ban appeals: 6,410\n- Account support: 1,933\n"
    assert acted_on(text) == [(quote, "complaint", "reported") for quote in ("9,167 complaints", "6,410", "1,933")]


def test_a_count_of_things_before_it_takes_their_noun_and_a_possessive_the_last() -> None:
    assert acted_on("It has been closing groups as well. They number 230 so far.") == [("230", "group", "group-dissolution")]
    assert acted_on("Dozens of influencers' pages were suspended on Facebook.") == [("Dozens of influencers' pages", "page", "suspension")]
    assert acted_on("It took part in Operation 404.") == []


@pytest.mark.parametrize("between", ["\n", " ", "\n\n"])
def test_each_stretch_of_a_text_in_two_languages_is_read_by_its_own_grammar(between: str) -> None:
    english = " ".join(["The regulator closed 900 accounts. Of these, 300 were run by streamers."] * 20)
    text = f"{english}{between}网信部门关闭账号500个，其中抖音账号300个。"
    found = kg.extract(text)
    assert [f.value for f in found.figures] == [900, 300] * 20 + [500, 300]
    assert all(text[f.start : f.end] == f.quote and f.clause[0] <= f.start < f.clause[1] for f in found.figures)
    assert [found.figures[f.relation[1]].value for f in found.figures if f.relation] == [900] * 20 + [500]
    assert (found.language, found.doubts) == ("en", ())


def test_a_stretch_in_a_language_that_is_not_read_is_told() -> None:
    found = kg.extract("La policía cerró trescientas cuentas de la red social en mayo.\n网信部门关闭账号500个。")
    assert [f.value for f in found.figures] == [500]
    assert found.doubts == ("a stretch was not read: the text is in 'es', which is not read: grammars are there for en, zh",)


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội: Facebook removed 5,000 posts, TikTok 300 videos, YouTube 20 channels.",
        "Regulators closed 237 accounts, 374 accounts, 512 accounts, 88 accounts and 17 accounts.",
        "【通报】Weibo: 关闭账号300个 Douyin: 关闭账号20个 Kuaishou: 关闭账号30个",
    ],
)
def test_lists_of_names_and_numbers_are_in_no_small_language(text: str) -> None:
    assert len(kg.extract(text).figures) >= 3


@pytest.mark.parametrize(
    ("text", "said", "periods"),
    [
        ("From 10 March to 22 May 2023, the CAC closed 66,600 accounts.", "", [("2023-03-10", "2023-05-22")]),
        (
            "The drive ran from 10 March to 22 May 2023. It closed 66,600 accounts. In 2022 it had closed 5,000 accounts.", "",
            [("2023-03-10", "2023-05-22"), ("2022", "2022")],
        ),
        ("It closed 300 accounts in March 2023 and 200 accounts in April 2023.", "", [("2023-03", "2023-03"), ("2023-04", "2023-04")]),
        ("In March 2023 it closed 300 accounts and removed 200 groups.", "", [("2023-03", "2023-03")] * 2),
        ("It closed 30 accounts. In May it removed 200 posts. It muted 5 users.", "2023-06-01", [None, *[("2023-05", "2023-05")] * 2]),
        ("截至5月22日，处置违规账号92.76万余个，其中永久关闭账号6.66万余个。", "2023-05-27", [(None, "2023-05-22")] * 2),
        ("2023年3月关闭账号300个，4月关闭账号200个。", "", [("2023-03", "2023-03"), (None, None)]),
        ("It closed 300 accounts between 5 May 2023 and 3 March 2023.", "", [None]),
    ],
)  # fmt: skip
def test_a_figure_is_of_the_period_that_its_clause_its_sentence_or_the_text_states(text: str, said: str, periods: list[object]) -> None:
    assert [figure.period for figure in kg.extract(text, said=said).figures] == periods
