"""English parts, wholes and verbs with more than one word, as a careful person reads them."""

from __future__ import annotations

import pytest

import kg


def told(text: str) -> list[tuple[str, str, str, str | None]]:
    """Quote, unit, penalty and the quote of what it is a part of, figure by figure."""
    figures = kg.extract(text, "en").figures
    return [(f.quote, f.unit, f.penalty, figures[f.relation[1]].quote if f.relation and f.relation[0] == "of" else None) for f in figures]


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        (
            "It closed 5,000 accounts and removed 90,000 posts. Of the accounts closed, 90 were fake. Of the posts removed, 800 were spam.",
            [None, None, "5,000 accounts", "90,000 posts"],
        ),
        (
            "X took down 8,000 posts and banned 2,000 accounts. The main grounds for removing posts were fraud (700) and gambling (400).",
            [None, None, "8,000 posts", "8,000 posts"],
        ),
        (
            "Meta acted on 500 posts on Facebook and 300 posts on Instagram. Of the posts on Facebook, 120 were spam.",
            [None, None, "500 posts"],
        ),
        ("X deleted 40 of the 60 posts flagged by police. Of the posts deleted, 30 sold drugs.", ["60 posts", None, "40"]),
        ("It froze 480 accounts, up from 190 a year earlier, and referred 31 of them to the police.", [None, None, "480 accounts"]),
        ("It removed 9 million videos. More than half of the videos removed, 5.2 million, were spam.", [None, "9 million videos"]),
        ("Facebook took down 2,549 posts. In the first half of this year it took down 2,549 posts.", [None, None]),
    ],
)
def test_a_part_is_of_the_whole_that_its_words_name(text: str, wholes: list[str | None]) -> None:
    assert [whole for _, _, _, whole in told(text)] == wholes


def test_a_list_is_of_what_its_heading_names() -> None:
    text = "X removed 8,100 videos and banned 5,000 accounts. The videos break down as follows:\n- Nudity: 3,000\n- Violence: 2,100\n"
    assert told(text)[2:] == [("3,000", "video", "content-removal", "8,100 videos"), ("2,100", "video", "content-removal", "8,100 videos")]


def test_a_verb_left_out_is_that_of_the_part_before() -> None:
    found = kg.extract("It removed 40,000 posts. Of the posts, 9,000 concerned suicide, 4,000 bullying and 600 terrorism.", "en").figures
    assert [(f.quote, f.violations) for f in found[1:]] == [("9,000", ("suicide",)), ("4,000", ("bullying",)), ("600", ("terrorism",))]
    assert [penalty for _, _, penalty, _ in told("It acted on 900 accounts, including 130 suspended for spam and 24 for gambling.")] == [
        "handled",
        "suspension",
        "suspension",
    ]


def test_where_a_part_was_found_is_not_what_was_done_to_it() -> None:
    assert [penalty for _, _, penalty, _ in told("It deleted 1,000 posts. Of these, 700 were found on X.")] == ["content-removal"] * 2
    assert [penalty for _, _, penalty, _ in told("It received 900 complaints, of which 700 were dealt with.")] == ["reported", "handled"]


@pytest.mark.parametrize(
    ("text", "penalties"),
    [
        ("China pulls 31 audio apps from stores.", ["app-removal"]),
        ("The 31 apps were taken out of the official app stores.", ["app-removal"]),
        ("A further 120 accounts were stripped of all their followers.", ["follower-removal"]),
        ("It summoned seven sites, two of which were ordered to suspend updates.", ["summons", "function-suspension"]),
        ("It told 12 sites to suspend some updates.", ["function-suspension"]),
        ("It told 12 sites to correct their rankings.", ["correction-order"]),
        ("Platforms took down 400 posts out of 600 reported to them.", ["content-removal", "reported"]),
        ("The agency cancelled the registration of 62 websites.", ["licence-revocation"]),
        ("X blocked 8 government-flagged handles.", ["closure"]),
    ],
)
def test_a_verb_is_read_around_what_stands_between_its_words(text: str, penalties: list[str]) -> None:
    assert [penalty for _, _, penalty, _ in told(text)] == penalties


def test_words_of_a_label_that_are_too_far_apart_or_in_two_clauses_are_no_label() -> None:
    assert [penalty for _, _, penalty, _ in told("It removed 300 posts and banned ads from app stores.")] == ["content-removal"]
    assert kg.extract("It closed 40 accounts that had induced rage and lived on tips.", "en").figures[0].violations == ()


def test_a_reason_is_shared_within_a_main_clause_alone() -> None:
    found = kg.extract("X cut 9 groups and closed 20 accounts for gambling, while Y muted 40 accounts for spreading rumours.", "en").figures
    assert [f.violations for f in found][1:] == [("gambling",), ("rumour",)]
    listed = kg.extract("A and B closed 1,240 and 835 accounts, respectively, that misused AI to pose as celebrities.", "en").figures
    assert listed[0].violations == listed[1].violations == ("ai-misuse", "impersonation")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("It removed 300 posts between October 20, 2024, and May 6, 2025.", ("2024-10-20", "2025-05-06")),
        ("Since the campaign began in May, platforms have deleted 300 posts.", ("2025-05", None)),
        ("Since it stepped up checks in 2019, the ministry has named 300 apps.", ("2019", None)),
        ("It closed 300 accounts in the stage, which started in April.", ("2025-04", None)),
        ("In the year to June 2024, it fined 12 companies.", ("2023-07", "2024-06")),
        ("As of May 20, 300 accounts had been closed.", (None, "2025-05-20")),
    ],
)
def test_a_period_may_be_told_by_what_began_it(text: str, period: tuple[str | None, str | None]) -> None:
    assert kg.extract(text, "en", said="2025-06-20").period == period


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The judges have fined 11 candidates and cautioned 54.", [("person", "fine"), ("person", "warning")]),
        ("The court fined 12 widget-makers 300 euros each.", [("person", "fine")]),
        ("For hateful names, 340 covens were disbanded.", [("group", "group-dissolution")]),
        ("It removed 300 posts after 40 sunsets.", [("post", "content-removal")]),
        ("The pop star was fined three times.", []),
        ("TikTok pulls more than 412,000 videos in Kenya.", [("video", "content-removal")]),
        ("Ministry axes 187,300 gambling posts.", [("post", "content-removal")]),
        ("Instagram boots 6,021 casino pages, Facebook 8,744.", [("page", "closure"), ("page", "closure")]),
        ("The company axes its plan for a store.", []),
        ("Eleven cases were handed to the Fiji Police Force.", [("case", "police-referral")]),
        ("On appeal, 97 sellers got their shops back.", [("company", "restored")]),
        ("TikTok counts videos: it deleted 16.4 million.", [("video", "content-removal")]),
        ("The profiles of collectors, 884 in number, were deleted too.", [("account", "closure")]),
    ],
)
def test_nouns_and_verbs_that_are_no_labels_are_told_by_their_clause(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(figure.unit, figure.penalty) for figure in kg.extract(text, "en").figures] == figures


@pytest.mark.parametrize(
    ("text", "violations"),
    [
        (
            "It took down 900 posts. Of that number, 500 concerned gambling, 295 bullying and 84 the promotion of terrorism.",
            [(), ("gambling",), ("bullying",), ("terrorism",)],
        ),
        (
            "It removed 53,000 posts promoting drugs, 18,240 describing methods of suicide and 970 with child pornography.",
            [("drugs",), ("suicide",), ("child-abuse-material",)],
        ),
        ("Of the 5,400 complaints, 2,100 concerned romance scams and 1,300 fake shops.", [(), ("scam",), ("fake-listing",)]),
        ("Facebook closed 2,140 accounts, and TikTok 655, for gambling.", [("gambling",), ("gambling",)]),
    ],
)
def test_parts_share_the_verb_of_the_one_before_but_not_its_object(text: str, violations: list[tuple[str, ...]]) -> None:
    assert [figure.violations for figure in kg.extract(text, "en").figures] == violations


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "We received 90 requests. They named 214 accounts and 17 pages.",
            [("90 requests", "reported"), ("214 accounts", "reported"), ("17 pages", "reported")],
        ),
        ("Police sent us 90 demands. The demands covered 4,100 posts.", [("90 demands", "reported"), ("4,100 posts", "reported")]),
        ("It removed 300 posts. They named 40 accounts.", [("300 posts", "content-removal")]),
        (
            "Monetisation was suspended for 40 channels, and 30 Facebook pages were removed.",
            [("40 channels", "monetisation-suspension"), ("30 Facebook pages", "closure")],
        ),
        ("It closed 9,000 sites in 2024. That makes about 25 a day.", [("9,000 sites", "site-closure"), ("about 25", "site-closure")]),
        ("It switched off the gift function in almost 240 rooms.", [("almost 240 rooms", "function-suspension")]),
        ("Lawyers won the lifting of a block for three websites.", [("three websites", "restored")]),
        ("It sent 5,000 warnings to traders in 11 of the 27 Member States.", [("5,000 warnings", "warning")]),
        ("It closed its office and dismissed its 40 employees.", []),
        ("The service was blocked after use peaked at 1.5 million people a day.", []),
    ],
)
def test_a_figure_has_what_its_own_clause_or_the_requests_before_it_say(text: str, figures: list[tuple[str, str]]) -> None:
    assert [(quote, penalty) for quote, _, penalty, _ in told(text)] == figures


def test_a_listed_part_has_a_predicate_and_no_noun() -> None:
    text = "It handled 900 accounts:\n\n- 400 impersonated newspapers and were closed;\n- 300 got warnings;\n- 200 lost their followers.\n"
    assert told(text)[1:] == [
        ("400", "account", "closure", "900 accounts"),
        ("300", "account", "warning", "900 accounts"),
        ("200", "account", "follower-removal", "900 accounts"),
    ]
    assert told("It handled 900 accounts. Of these, 300 verified accounts were closed.")[1][0] == "300 verified accounts"


def test_an_average_is_no_whole_and_days_of_work_count_nothing() -> None:
    text = "It closed 9,000 channels. That makes about 300 a day. Included in the total are 200 channels that sold drugs."
    assert told(text)[-1][-1] == "9,000 channels"
    found = told("It named 57 apps. Of these, 38 were ordered to rectify within 10 working days, and 19 are withdrawn from the app stores.")
    assert [quote for quote, *_ in found][1:] == ["38", "19"]


def test_two_adjectives_share_a_noun() -> None:
    (figure,) = kg.extract("It removed 4,922 items of false and anti-state content.", "en").figures
    assert figure.violations == ("false-information", "anti-state-content")


@pytest.mark.parametrize(
    ("text", "penalties"),
    [
        ("China closed 67,000 accounts; another 930,000 were punished.", ["closure", "handled"]),
        ("China closed 67,000 accounts and took action against another 930,000.", ["closure", "handled"]),
        ("China closed 67,000 accounts. It took action against another 930,000.", ["closure", "handled"]),
        ("关闭账号6.66万个，另处置93万余个。", ["closure", "handled"]),
        ("It closed 67,000 accounts in May and another 5,000 in June.", ["closure", "closure"]),
        ("关闭账号6.66万个，另有300个。", ["closure", "closure"]),
    ],
)
def test_what_comes_on_top_had_done_to_it_what_its_own_words_say(text: str, penalties: list[str]) -> None:
    first, further = kg.extract(text).figures
    assert [first.penalty, further.penalty] == penalties
    assert further.relation == ("besides", 0)
