"""How news retells a campaign: whose kind, whose reason and whose verb it is where several figures stand together."""

from __future__ import annotations

import pytest

import kg
from kg.extraction.model import Figure


def told(text: str) -> list[Figure]:
    """The figures of ``text``."""
    return list(kg.extract(text, "en").figures)


def test_a_predicate_with_an_adverb_is_no_part_of_what_is_counted() -> None:
    _, teachers, others = told(
        "It shut 9,000 accounts. Some 400 allegedly offered advice on shares without any licence. About 70 were closed for spam."
    )
    assert (teachers.unit, others.unit, others.penalty) == ("account", "account", "closure")


def test_those_that_pose_count_accounts_whoever_is_named_between() -> None:
    figures = told("It dealt with 250 accounts that impersonated clinics, 190 that impersonated papers, and 140 that posed as soldiers.")
    assert [figure.unit for figure in figures] == ["account"] * 3


def test_each_has_its_own_kind_in_a_row() -> None:
    soldiers, schools = told("The office dealt with 120 fake military accounts and 45 accounts that posed as schools.")
    assert soldiers.account_types == ("counterfeit-military",)
    assert (soldiers.violations, schools.violations) == ((), ("impersonation",))


@pytest.mark.parametrize(
    ("sentence", "violations"),
    [
        ("It shut 310 accounts of bogus news anchors.", ()),
        ("It shut 310 accounts that spread fake news.", ("false-information",)),
        ("It punished 80 accounts that used the names of towns.", ()),
        ("It punished 80 accounts that used the names of hospitals.", ("impersonation",)),
        ("It closed 45 accounts for hyping touchy issues.", ("trend-riding",)),
    ],
)
def test_what_a_kind_is_called_tells_no_offence(sentence: str, violations: tuple[str, ...]) -> None:
    [figure] = told(sentence)
    assert figure.violations == violations


def test_what_only_one_is_called_is_not_passed_on() -> None:
    items, accounts = told("Some 4,000 items of harmful information were removed, and 760 accounts dealt with.")
    assert (items.violations, accounts.violations) == (("harmful-information",), ())


def test_offences_are_things_only_where_they_are_counted() -> None:
    [rumours] = told("The portal deleted 1,200 rumours.")
    assert (rumours.unit, rumours.penalty) == ("post", "content-removal")
    _, part = told("It closed 670 accounts. Some 80 of these had spread rumours.")
    assert (part.unit, part.relation) == ("account", ("of", 0))


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("It deleted 4,000 posts after a probe into false news and people pretending to be generals.", ()),
        ("It deleted 300 videos in which AI impersonated celebrities.", ("ai-impersonation", "counterfeit-public-figure")),
        ("It closed 400 accounts for false news and for pretending to be soldiers.", ("counterfeit-military",)),
        ('It deleted 4,000 posts in a drive against "self-media".', ("self-media",)),
    ],
)
def test_whom_others_pose_as_makes_no_kind_of_posts(sentence: str, kinds: tuple[str, ...]) -> None:
    [figure] = told(sentence)
    assert figure.account_types == kinds


def test_the_former_and_the_latter_go_by_their_order() -> None:
    text = "It closed 670 accounts and deleted 5,000 posts. About 80 of the {} were taken down over rumours."
    assert [told(text.format(which))[2].relation for which in ("former", "latter")] == [("of", 0), ("of", 1)]


def test_others_may_be_said_to_be_punished_by_a_participle_alone() -> None:
    assert [figure.penalty for figure in told("Some 66 accounts were closed and 92 others punished.")] == ["closure", "handled"]


def test_more_who_posed_add_to_those_before() -> None:
    _, more = told("It closed 670 accounts. 25 more impersonated clinics.")
    assert (more.unit, more.relation) == ("account", ("besides", 0))


def test_the_rest_between_dashes_is_a_part() -> None:
    _, _, rest = told("It dealt with 340 accounts. Of these 75 were closed. The remainder -- about 265 -- were muted.")
    assert (rest.relation, rest.penalty) == (("of", 0), "mute")


def test_an_aside_that_names_platforms_begins_no_parts() -> None:
    _, notices = told("Platforms deleted 5,000 posts. The big ones, including Weibo and Douyin, posted over 110 notices.")
    assert (notices.relation, notices.penalty) == (None, "public-notice")


def test_a_word_that_ends_phrases_can_begin_a_kind() -> None:
    [figure] = told('The office shut over 660 illegal "we media" accounts.')
    assert (figure.value, figure.account_types) == (660, ("self-media",))


def test_plus_adds_before_a_number_and_exceeds_behind_one() -> None:
    assert [figure.comparator for figure in told("It closed 90 accounts, plus 800 posts.")] == ["exactly", "exactly"]
    assert [figure.comparator for figure in told("It closed 5,000-plus accounts.")] == ["over"]


def test_a_compound_with_a_participle_is_no_noun() -> None:
    removed, posts = told("Of all that came in, 592 out of 593 user-flagged posts were removed.")
    assert (removed.unit, removed.penalty, posts.unit) == ("post", "content-removal", "post")


def test_what_goes_up_to_a_number_reaches_it() -> None:
    assert [figure.comparator for figure in told("Complaints shot up to 1,067 from 893.")] == ["exactly", "exactly"]
    assert [figure.comparator for figure in told("It closed up to 300 accounts.")] == ["at-most"]


def test_what_requests_are_called_by_was_not_done() -> None:
    text = "The service got 602 grievances. Of these, 149 were for account support, 357 for ban appeals and 49 for lost passwords."
    _, *parts = told(text)
    assert [(part.unit, part.penalty, part.relation) for part in parts] == [("complaint", "reported", ("of", 0))] * 3
    _, *rows = told("It got 380 complaints, of which 190 concerned lost passwords, 81 other support, 62 the product and 47 safety.")
    assert [(row.value, row.unit, row.relation) for row in rows] == [(n, "complaint", ("of", 0)) for n in (190, 81, 62, 47)]
    _, appeals = told("It got 602 grievances; 357 were ban appeals.")
    assert (appeals.unit, appeals.penalty) == ("complaint", "reported")


def test_number_words_have_decimals_too() -> None:
    assert [figure.value for figure in told("It closed one point four million accounts and two point five lakh groups.")] == [
        1_400_000,
        250_000,
    ]
    assert [figure.value for figure in told("From that point four accounts were closed.")] == [4]


def test_a_number_in_brackets_behind_a_name_counts_its_bearers_followers() -> None:
    assert told('The accounts of "Brother Li" (2.3 million) and "Aunt Wu" (900,000) were closed.') == []
