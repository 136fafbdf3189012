"""What a bare number counts in English, whom no figure counts, and what is told beside what."""

from __future__ import annotations

import pytest

import kg


def told(text: str) -> list[tuple[int | None, str, str, str]]:
    """Value, unit, penalty and relation, figure by figure."""
    return [(f.value, f.unit, f.penalty, f.relation[0] if f.relation else "") for f in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The game's maker banned 29,800 accounts on Tuesday. Wednesday brought 41,300.", (41300, "account", "closure", "")),
        ("In June it removed 12,400 videos. In July the count came to 13,900.", (13900, "video", "content-removal", "")),
        ("It blocked 310 sites in spring and 205 in summer. Add them and you get 515.", (515, "website", "service-blocking", "")),
        ("It closed 4,600 channels on Monday. By Friday the tally had climbed to 9,870.", (9870, "channel", "closure", "")),
        ("It got 804 complaints in October. A month earlier there had been 655.", (655, "complaint", "reported", "")),
        ("The police arrested 43 suspects. Rainfall came to 120.", (43, "person", "arrest", "")),
        ("It closed 300 accounts. Turnout stood at 45,000.", (300, "account", "closure", "")),
        ("The desk got 640 grievances. 85 concerned payments.", (85, "complaint", "reported", "")),
        ("It deleted 90 pages. It warned 300 concerned citizens.", (300, "person", "warning", "")),
        ("It closed 5,200 accounts.\n- Some 81,000 got off with a lesser penalty.", (81000, "account", "account-measure", "")),
        ("It suspended 12 X accounts, three on Snapchat and one on Reddit.", (1, "account", "suspension", "")),
        ("The dealer's profiles, 17 in all, were suspended.", (17, "account", "suspension", "")),
        ("It got 980 complaints. Most members grumbled about fraud (410).", (410, "complaint", "reported", "of")),
        ("It banned 300 channels as part of its investigation, plus another 28 tied to Iran.", (28, "channel", "closure", "besides")),
        ("It took down 90 videos. As for channels, 4,000 of them were removed.", (4000, "channel", "closure", "")),
    ],
)
def test_a_bare_number_counts_what_was_counted_before_it(text: str, last: tuple[int, str, str, str]) -> None:
    assert told(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "Most of Kenya's 13 million WhatsApp users never noticed. It closed the case.",
        "Tips came from 12 partner organisations.",
        "The raid was run by Interpol with 40 police forces.",
        "Some 70 firms were trained to label clips.",
        "The apps that it removed made 900 million ad requests.",
        "Four video platforms announced that they would remove rumours.",
        "Three of the eight most popular apps were removed from view.",
        "The regulator's interview desk: +49 30 000 0000.",
        "The report on closed accounts runs to 21 pages.",
    ],
)
def test_audiences_and_those_who_act_are_no_figures(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [("Over 2 million users were banned.", 2000000), ("It dealt with 26 organisations.", 26)],
)
def test_a_crowd_or_an_office_that_something_was_done_to_is(text: str, count: int) -> None:
    assert [value for value, *_ in told(text)] == [count]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The watchdog blocked 12,400 pages about suicide.", "web-address"),
        ("The watchdog had Facebook block 12,400 pages about suicide.", "page"),
        ("It removed 94 accounts and 17 Pages.", "page"),
        ("It blocked 300 pages. Weibo was not among them.", "web-address"),
    ],
)
def test_pages_are_those_of_a_service_where_one_is_named(text: str, unit: str) -> None:
    assert told(text)[-1][1] == unit


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("It got six orders. It obeyed and complied with all six.", ["", "of"]),
        ("It got 2,000 reports and removed 600. Of the other 1,400 reports, it acted on 250.", ["", "", "besides", "of"]),
        ("The forum deleted 31 accounts and muted another 260 users.", ["", "besides"]),
        ("It removed 2.6 million posts. In all, 2.6 million posts were removed.", ["", ""]),
    ],
)
def test_all_of_them_the_others_and_users_beside_accounts(text: str, relations: list[str]) -> None:
    assert [relation for *_, relation in told(text)] == relations
