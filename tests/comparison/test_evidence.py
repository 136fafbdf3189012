"""What stands behind a cell: quotes kept whole, every verdict told, nothing set beside itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.comparison import Cell, Comparison, compare
from kg.comparison.evidence import Evidence, evidence
from kg.comparison.passages import passages
from kg.graph import Graph


@pytest.fixture(scope="module")
def comparison(graph: Graph) -> Comparison:
    return compare(graph, "cac-self-media-2023")


def every_evidence(comparison: Comparison) -> Iterator[tuple[Cell, Evidence]]:
    return ((cell, evidence(cell, comparison)) for cell in comparison)


def test_marks_take_nothing_from_a_quote(comparison: Comparison) -> None:
    for cell, found in every_evidence(comparison):
        assert "".join(text for text, _ in found.own.quote) == cell.quote
        assert "".join(text for text, _ in found.own.gloss) == cell.gloss


def test_every_verdict_of_a_cell_stands_in_its_evidence(comparison: Comparison) -> None:
    for cell, found in every_evidence(comparison):
        assert {told.kind.code for told in found.verdicts} == set(cell.verdicts)
        told = {(each.kind.code, name) for each in found.verdicts for name in each.properties}
        assert told == {(each.kind, comparison.words.label(f"ontology#{each.property}")) for each in cell.details}


def test_a_cell_is_never_set_beside_a_claim_of_its_own_source(comparison: Comparison) -> None:
    sides = [(cell, found.reference) for cell, found in every_evidence(comparison) if found.reference]
    assert len(sides) > 50
    assert all(comparison.world.claims[side.claim].one("source") != cell.source for cell, side in sides)


def test_chinese_is_compared_by_its_characters() -> None:
    assert passages("账号6.66万余个", "账号6.66万个")[0] == [("账号6.66万", False), ("余", True), ("个", False)]


def test_passages_without_a_common_word_differ_whole() -> None:
    assert passages("one two", "three") == ([("one two", True)], [("three", True)])
    assert passages("", "three") == ([], [("three", True)])
