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
]

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
    ("会同电信部门取消78家网站的备案。", [("78家网站", 78, "exactly", "website", "licence-revocation", None)]),
]  # fmt: skip

JOINTS = ["\n\n", "- ", "（", "67\u200b,000 ", "万余个", " of the ", "\t", "\u3000"]

NO_FIGURES = [
    "The firm was fined 1.2 million yuan in 2023 and has 2 billion users in 180 countries.",
    "In May 2024, 98.5 per cent of posts were seen by people aged 18 to 24, and Article 17 applies for 30 days.",
    "罚款3.2亿元，同比增长12%，2024年5月22日起施行，第17条规定18岁以下用户每天使用不超过2小时。",
    "举报热线12377全天开通，粉丝超过100万。",
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


def test_a_number_whose_scale_words_contradict_each_other_is_flagged() -> None:
    (figure,) = kg.extract("The service banned 4.7 million lakh accounts.").figures
    assert figure.doubts == ("'million' and 'lakh' cannot stand in one figure: the first was taken",)


def test_an_umbrella_verb_is_never_promoted_to_a_closure() -> None:
    texts = ("The agency dealt with 300 accounts that spread rumours.", "依法处置造谣账号300个。")
    assert [figure.penalty for text in texts for figure in kg.extract(text).figures] == ["handled", "handled"]


def test_a_table_gives_each_number_the_heads_of_its_column_and_its_row() -> None:
    found = kg.extract("Reason\tPosts removed\tAccounts suspended\nSpam\t12,400\t310\nHate speech\t3,210\t95\n", "en")
    assert [(f.value, f.unit, f.penalty, f.violations) for f in found.figures] == [
        (12400, "post", "content-removal", ("spam",)), (310, "account", "suspension", ("spam",)),
        (3210, "post", "content-removal", ("hate-speech",)), (95, "account", "suspension", ("hate-speech",)),
    ]  # fmt: skip


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
