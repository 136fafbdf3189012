"""How English news puts things: whom figures leave out, what was only asked for, what a list or a number told again is of."""

from __future__ import annotations

import pytest

import kg


def told(text: str) -> list[tuple[str, str, str]]:
    """Quote, unit and penalty of each figure of ``text``."""
    return [(figure.quote, figure.unit, figure.penalty) for figure in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    "sentence",
    [
        "The group, run by four brothers and two hacking crews, was banned.",
        "Some 400 people attended the hearing on the ban.",
        "More than 9,000 sellers were verified after the platform had removed scams.",
        "Some 7,000 people were notified that their passwords had leaked, and the forum closed.",
        "The storm killed 20 people and shut down the airport.",
        "Police freed 31 people who were held by scammers.",
        "The studio, which has 3,000 employees, banned cheating.",
    ],
)
def test_those_to_whom_nothing_was_done_are_no_figures(sentence: str) -> None:
    assert told(sentence) == []


def test_where_things_come_from_and_go_to_is_no_figure() -> None:
    assert told("The site removed 300 videos from 40 channels.") == [("300 videos", "video", "content-removal")]
    assert [quote for quote, _, _ in told("It flagged 2,145 posts to 11 platforms.")] == ["2,145 posts"]
    assert [quote for quote, _, _ in told("Providers cut off 910 portals, up from 602 in 2021.")] == ["910 portals", "602"]


def test_what_others_were_asked_to_do_is_a_request() -> None:
    assert told("These are besides the 5,240 links that a guild asked a forum to delete.")[0][2] == "reported"
    assert told("The petition seeks the deletion of 77 blogs.")[0][2] == "reported"
    assert told("It told 12 sites to suspend some updates.")[0][2] == "function-suspension"


def test_removal_from_search_results_is_no_closure_of_a_site() -> None:
    assert told("The portal dropped 16 domains from its search index.") == [("16 domains", "domain", "search-delisting")]
    assert told("The company deindexed 90 sites.") == [("90 sites", "website", "search-delisting")]


def test_a_short_form_that_the_text_explains_is_its_noun() -> None:
    found = told("The bank answered 210 production orders (POs) in May. It got 95 POs in June.")
    assert [unit for _, unit, _ in found] == ["request", "request"]


def test_a_whole_told_again_is_a_figure_with_parts_and_a_comparison_is_none() -> None:
    whole, again, part = kg.extract("The office blocked at least 6,150 sites. Of the 6,150, 730 sold drugs.", "en").figures
    assert (again.unit, again.penalty) == (whole.unit, whole.penalty)
    assert part.relation == ("of", 1)
    figures = kg.extract(
        "It deleted 900 posts. In comparison, it deleted 700 posts in May. Reasons were spam (300) and scams (200).", "en"
    ).figures
    assert [figure.relation for figure in figures[2:]] == [("of", 0), ("of", 0)]


def test_lines_below_a_colon_are_items_of_its_list() -> None:
    found = told("The inspectors blocked sites of three sorts:\n\nbetting — 640;\n\nsale of drugs - 310;\n\nfraud - 90.\n")
    assert found[:2] == [("640", "website", "service-blocking"), ("310", "website", "service-blocking")]


def test_verbs_that_stand_side_by_side_tell_by_the_one_that_says_most() -> None:
    assert told("Around 4,900 profiles were detected and closed.") == [("Around 4,900 profiles", "account", "closure")]
    assert told("In May, 17 appeals were handled.")[0][2] == "handled"
    assert told("Moderators handled close to 5,000 posts.")[0][2] == "handled"
    assert told("The host got 18 complaints, and 7 clips came back online.")[1][2] == "restored"
    assert told("It took down 35 of 240 clips.")[0] == ("35", "video", "content-removal")
    assert told("They removed 90 posts and suspended 30 accounts. Moderators removed 84 more.")[2][1] == "post"
