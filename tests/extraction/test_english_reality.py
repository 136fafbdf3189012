"""English: what is not said to have happened is no figure; what is planned, told as a rate or of some only is one with a doubt."""

from __future__ import annotations

import pytest

import kg


def told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Quote, penalty and doubts of each figure of ``text``."""
    return [(figure.quote, figure.penalty, figure.doubts) for figure in kg.extract(text, "en").figures]


@pytest.mark.parametrize(
    "sentence",
    [
        "The agency has not blocked 5,200 sites.",
        "Some 5,200 sites were never blocked.",
        "The forum failed to delete 310 posts.",
        "The forum denied that it had deleted 310 posts.",
        "The forum denied deleting 310 posts.",
        "It is not true that the forum deleted 310 posts.",
        "Reports that the forum deleted 310 posts are baseless.",
        "If the forum deleted 310 posts, nobody would notice.",
        "A reporter asked whether 310 posts had been deleted.",
        "The forum went on without deleting 310 posts.",
    ],
)
def test_what_is_denied_or_hangs_on_an_if_is_no_figure(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The agency did not block 5,200 sites until June.",
        "The agency did not hesitate to block 5,200 sites.",
        "The agency did not only block 5,200 sites.",
        "The agency denied any haste after it had blocked 5,200 sites.",
        "It checks whether shops are real and blocked 5,200 sites.",
        "If 5,200 sites were blocked in a week, how many were missed?",
        "The agency blocked 5,200 sites of firms that had not answered.",
        "The agency blocked no fewer than 5,200 sites.",
        "The agency blocked 5,200 sites in a day.",
    ],
)
def test_what_happened_all_the_same_is_a_figure_without_a_doubt(sentence: str) -> None:
    assert [(penalty, doubts) for _, penalty, doubts in told(sentence)] == [("service-blocking", ())]


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The agency plans to block 5,200 sites.", "plans to"),
        ("Some 5,200 sites will be blocked by June.", "will"),
        ("The agency might soon block 5,200 sites.", "might"),
        ("The agency blocks 5,200 sites per day.", "per day"),
        ("Some 5,200 sites are blocked every week.", "every week"),
        ("The agency blocked an average of 5,200 sites.", "average of"),
    ],
)
def test_plans_and_rates_leave_a_doubt(sentence: str, word: str) -> None:
    ((_, penalty, doubts),) = told(sentence)
    assert penalty == "service-blocking"
    assert [doubt.partition(":")[0].partition(" tells")[0] for doubt in doubts] == [f"'{word}'"]


@pytest.mark.parametrize("share", ["15% of", "None of", "One in six of", "Most of", "Two thirds of"])
def test_a_share_of_them_leaves_open_what_befell_all(share: str) -> None:
    assert told(f"{share} the 5,200 sites were blocked.") == [("5,200 sites", "handled", (f"'{share}' tells of some of them, not of all",))]
    assert told(f"{share} the 5,200 sites that were blocked sold pills.")[0][1:] == ("service-blocking", ())


@pytest.mark.parametrize(
    "rest",
    [
        "60% of which were blocked",
        "of which some were blocked",
        "many of them blocked",
        "and most of them were blocked",
        "half of them blocked",
    ],
)
def test_what_befell_some_is_not_said_of_all(rest: str) -> None:
    assert told(f"The agency dealt with 5,200 sites, {rest}.") == [("5,200 sites", "handled", ())]


def test_a_share_told_with_a_verb_takes_nothing_from_what_befell_all() -> None:
    assert told("The agency blocked 5,200 sites, 84% of them before anyone had reported them.")[0][1] == "service-blocking"
    assert told("The shop suspended 40 accounts, most of which were later restored.")[0][1] == "suspension"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The agency blocked sites in May. The figure was 5,200 sites.", ("5,200 sites", "service-blocking")),
        ("The agency blocked sites in May. The total came to 5,200 sites.", ("5,200 sites", "service-blocking")),
        ("WhatsApp took action. It covered 52 lakh accounts.", ("52 lakh accounts", "handled")),
        ("The forum deleted posts. There were 310 of them.", ("310", "content-removal")),
        ("The forum punished accounts over scams. In all, 310 were affected.", ("310", "handled")),
    ],
)
def test_a_count_told_in_the_next_sentence_is_of_what_was_said_to_be_done(text: str, expected: tuple[str, str]) -> None:
    assert [(quote, penalty) for quote, penalty, _ in told(text)] == [expected]


@pytest.mark.parametrize(
    "text", ["The forum deleted posts. There were 310 protesters.", "The forum deleted posts. The total was 310 shops."]
)
def test_a_count_of_other_things_in_the_next_sentence_is_not(text: str) -> None:
    assert told(text) == []
