"""English figures whose noun, verb or whole stands in the words before them, and numbers that only look like such figures."""

from __future__ import annotations

import pytest

import kg

Told = list[tuple[str, str, str, str | None]]


def told(text: str) -> Told:
    """Value, unit, penalty and the relation's kind, figure by figure."""
    return [(f"{f.value}", f.unit, f.penalty, f.relation[0] if f.relation else None) for f in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("X removed 3,200 channels. 1,140 came from Spain and 809 from Chile.", ("809", "channel", "closure", "of")),
        ("It banned 46 accounts. Twelve others met the same fate, and 380 were muted.", ("380", "account", "mute", None)),
        ("Police closed 40 Facebook groups in May. So have 57 pages been.", ("57", "page", "closure", None)),
        ("It suspended 16,632 domains. In the previous year there had been 8,049.", ("8049", "domain", "function-suspension", None)),
        ("Police arrested 11 suspects last year, as against seven in 2021.", ("7", "person", "arrest", None)),
        ("Police arrested seven men from Spain and five from Chile.", ("5", "person", "arrest", None)),
        ("Police cracked 21 cases and arrested 64.", ("64", "person", "arrest", None)),
        ("Complaints came in all spring. The hotline registered 12,400 of them.", ("12400", "complaint", "reported", None)),
        ("India sent 11 requests, while Japan had three.", ("3", "request", "reported", None)),
        ("That brings the number of channels banned this year to 94.", ("94", "channel", "closure", None)),
        ("Seven channels were closed: six were Indian and one was run from abroad.", ("1", "channel", "closure", "of")),
        ("The ministry had 472 websites blocked. A paper printed all 472 websites.", ("472", "website", "service-blocking", None)),
    ],
)
def test_what_a_figure_leaves_out_stands_before_it(text: str, last: tuple[str, str, str, str | None]) -> None:
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("X removed 90 posts. Y accounted for 41, spam for 22 and scams for nine.", [None, "of", "of", "of"]),
        ("X removed 93 posts. Copyright was the most common ground: 80 posts were removed for it.", [None, "of"]),
        ("Of the 300 deleted posts, 76 were rumours and the other 224 were insults.", [None, "of", "of"]),
        ("More accounts were suspended in June (41,200) than in May (38,900).", [None, None]),
        ("X removed 61 pages. As a result of this sweep, it banned nine accounts and four pages.", [None, None, None]),
        ("Platforms including Weibo have deleted 680 posts and labelled 125 others.", [None, "besides"]),
    ],
)
def test_parts_are_told_from_what_is_set_beside_them(text: str, relations: list[str | None]) -> None:
    assert [relation for *_, relation in told(text)] == relations


@pytest.mark.parametrize(
    "text",
    [
        "Platforms honoured eight requests in ten.",
        "In every 10,000 orders a mere 1.5 raised a suspicion.",
        "Some 40 police officers and clerks work on the requests.",
        "The gang is accused of targeting 50,000 people.",
        "The pages were closed; one drew 3,400 comments.",
        "The seized drugs include over 25,000 pills, officials said.",
    ],
)
def test_rates_those_who_act_and_what_things_drew_are_no_figures(text: str) -> None:
    assert told(text) == []


def test_what_information_is_about_is_not_rough() -> None:
    figures = kg.extract("Governments asked for information about 474 accounts and for about 20 removals.", "en").figures
    assert [(f.quote, f.comparator) for f in figures] == [("474 accounts", "exactly"), ("about 20 removals", "about")]


def test_a_list_of_things_ends_where_the_next_number_begins() -> None:
    assert [value for value, *_ in told("It took down six accounts, two oddities, and seven pages.")] == ["6", "7"]
