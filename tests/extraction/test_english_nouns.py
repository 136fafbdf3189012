"""English nouns and numbers: what is counted where the noun stands far, is left out, or belongs to others."""

from __future__ import annotations

import kg
from kg.extraction.model import Figure


def figures(text: str) -> tuple[Figure, ...]:
    return kg.extract(text, "en", "2025-11-20").figures


def test_things_that_someone_only_hosts_sells_or_sends_are_no_figures() -> None:
    assert not figures("The seized market hosted 90,000 videos.")
    assert [figure.value for figure in figures("The market that hosted 90,000 videos was shut, and 300 accounts were closed.")][-1:] == [
        300
    ]
    assert [figure.penalty for figure in figures("Ministries sent 310 requests.")] == ["reported"]


def test_whoever_takes_part_in_a_removal_is_no_audience() -> None:
    told = figures("It was rare then, with the forum removing 303 users and 514 groups for piracy.")
    assert [(figure.value, figure.unit) for figure in told] == [(303, "person"), (514, "group")]


def test_a_noun_stands_behind_participles_names_of_endings_and_ratings() -> None:
    told = figures(
        "The registry took 1,600 '.uk' domains offline. The shop purged 150k 1-star reviews. Police closed 300 related accounts."
    )
    assert [(figure.value, figure.unit) for figure in told] == [(1600, "domain"), (150000, "post"), (300, "account")]


def test_a_number_alone_counts_what_its_sentence_or_its_verb_names() -> None:
    assert [figure.unit for figure in figures("Most requests came from France (3,210), Germany (2,145) and Spain (987).")] == [
        "request"
    ] * 3
    assert [(figure.unit, figure.penalty) for figure in figures("57 arrested in raids against bot farms")] == [("person", "arrest")]
    told = figures("As for channels, 4,410,349 of them were removed.")
    assert [(figure.unit, figure.penalty) for figure in told] == [("channel", "closure")]


def test_what_someone_is_asked_to_have_done_is_only_asked_for() -> None:
    told = figures(
        "The court sent a request to have over 5,000 links removed. It refused requests from the telecoms watchdog to remove 27 links."
    )
    assert [figure.penalty for figure in told] == ["reported", "reported"]


def test_one_counts_beside_another_number_alone() -> None:
    assert [figure.value for figure in figures("The site banned 61 accounts and one group.")] == [61, 1]
    assert [figure.value for figure in figures("One of the sites removed 15 comments.")] == [15]


def test_names_share_the_verb_of_the_first() -> None:
    told = figures("Alpha took down 220 posts, Beta 31, Gamma 5 and Delta, three.")
    assert [(figure.value, figure.unit, figure.penalty) for figure in told] == [
        (value, "post", "content-removal") for value in (220, 31, 5, 3)
    ]
