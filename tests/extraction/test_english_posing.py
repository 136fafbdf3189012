"""English sentences: whom accounts pose as, in the words of many newsrooms, and the numbers that stand right before what was done wrong."""

from __future__ import annotations

import pytest

from kg.extraction import extract
from kg.extraction.model import Figure

_LEAD = "The regulator closed 51,000 accounts and deleted 900,000 posts.\n\n"


def told(text: str) -> list[Figure]:
    return [figure for figure in extract(_LEAD + text, "en").figures if figure.start >= len(_LEAD)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Some 4,300 accounts had dressed themselves up as army units.", "counterfeit-military"),
        ("About 4,300 accounts copied news organisations.", "counterfeit-news-media"),
        ("Nearly 4,300 accounts passed for military units.", "counterfeit-military"),
        ("Some 4,300 accounts used the name of listed companies.", "counterfeit-enterprise"),
        ("Around 4,300 accounts aped well-known singers.", "counterfeit-public-figure"),
    ],
)
def test_whom_accounts_pose_as_is_read_behind_any_verb_of_posing(text: str, kind: str) -> None:
    assert [(f.unit, f.account_types, f.violations) for f in told(text)] == [("account", (kind,), ("impersonation",))]


@pytest.mark.parametrize(
    "text",
    [
        "In all, 6,200 accounts passed as news agencies and 4,300 as soldiers.",
        "Some 6,200 accounts impersonated news agencies and nearly 4,300 accounts army units.",
        "Some 6,200 accounts imitated news agencies, and 4,300 mimicked soldiers.",
    ],
)
def test_the_verb_of_posing_goes_on_where_it_is_left_out(text: str) -> None:
    kinds = [("counterfeit-news-media",), ("counterfeit-military",)]
    assert [(f.unit, f.account_types, f.violations) for f in told(text)] == [("account", kind, ("impersonation",)) for kind in kinds]


def test_an_adjective_is_shared_by_two_kinds_of_account() -> None:
    (figure,) = told("Some 4,300 accounts of counterfeit newsrooms and anchors were wiped.")
    assert set(figure.account_types) == {"counterfeit-news-media", "counterfeit-news-anchor"}


def test_what_was_done_behind_a_number_tells_what_it_counts() -> None:
    assert [(f.unit, f.penalty) for f in told("Another 7,000 were shut down for seeking cheap fame.")] == [("account", "closure")]
    assert [f.unit for f in told("Nearly 7,000 had imitated news organisations.")] == ["account"]


def test_the_whole_of_a_part_is_the_figure_it_restates() -> None:
    part, whole = told("Nearly 8,000 of the 51,000 were removed for rumours.")
    assert (part.unit, part.penalty, whole.unit, whole.penalty) == ("account", "closure", "account", "closure")


def test_lesser_penalties_are_no_closures() -> None:
    assert [f.penalty for f in told("A further 93,000 accounts were spared closure but lost their followers.")] == ["account-measure"]
    assert [f.penalty for f in told("The ministry blocked 40,000 accounts from earning money.")] == ["monetisation-revocation"]


def test_a_total_behind_a_date_is_no_other_end_of_it() -> None:
    assert [f.value for f in told("The blocks bring the number of gambling items taken offline since Oct. 20 to 478,000.")] == [478_000]


@pytest.mark.parametrize("text", ["The prefix is +91 there.", "Comment (0)", "The museum copied 300 paintings of generals."])
def test_what_only_looks_like_it_is_no_figure(text: str) -> None:
    assert not told(text)


def test_a_verb_that_may_mean_something_else_tells_of_posing_only_with_its_object() -> None:
    assert not extract("The site copied 40 films and closed 30 accounts.", "en").figures[-1].violations
