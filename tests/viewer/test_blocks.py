"""The layout of claims: each thing told of has rows of its own, so that links are short and cross no others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.graph import Graph
from kg.viewer.blocks import place
from kg.viewer.model import model
from tests.viewer.test_layout import overlapping

HEADS = st.lists(st.integers(0, 9), max_size=60)


def placed_of(heads: list[int]) -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    of = {f"claim-{n}": f"thing-{head}" for n, head in enumerate(heads)}
    return of, place(of, {claim: f"source-{n % 7}" for n, claim in enumerate(of)})


@given(HEADS)
def test_no_two_boxes_overlap(heads: list[int]) -> None:
    of, placed = placed_of(heads)
    assert len(placed) == len(of) + len(set(of.values())) + min(len(of), 7)
    assert overlapping(placed) == []


@given(HEADS)
def test_no_two_things_share_a_row(heads: list[int]) -> None:
    of, placed = placed_of(heads)
    rows: dict[float, set[str]] = {}
    for claim, head in of.items():
        rows.setdefault(placed[claim][1], set()).add(head)
    assert all(len(each) == 1 for each in rows.values())


@given(HEADS)
def test_a_thing_stands_level_with_the_first_that_is_said_of_it(heads: list[int]) -> None:
    of, placed = placed_of(heads)
    first = {head: claim for claim, head in reversed(of.items())}
    assert all(placed[head][1] == placed[claim][1] for head, claim in first.items())


def test_columns_go_from_what_is_told_of_to_what_is_said_to_who_says_it() -> None:
    placed = place({"a": "A", "b": "B"}, {"a": "x", "b": "y"})
    assert placed["A"][0] < placed["a"][0] < placed["x"][0]
    assert placed["x"][1] < placed["y"][1]


def test_of_all_that_is_said_of_a_thing_the_reference_stands_first_and_what_departs_most_from_it_last(graph: Graph) -> None:
    found = model(graph, layer="claims")
    severity = {kind["id"]: kind["severity"] for kind in found["kinds"]}
    places = {node["id"]: (node["y"], node["x"]) for node in found["nodes"]}
    [handled] = [node for node in found["nodes"] if node["id"] == "measure/cac-self-media-2023/handled"]
    claims = sorted((found["claims"][number] for number in handled["claims"]), key=lambda claim: places[claim["id"]])
    assert [claim["id"] for claim in claims if claim.get("reference")] == [claims[0]["id"]]
    gravest = [max((severity[kind] for kind in claim.get("kinds", ())), default=0) for claim in claims if "text" in claim]
    assert gravest == sorted(gravest)
    assert gravest[-1] == 3


def test_what_is_shown_stands_above_what_is_not(graph: Graph) -> None:
    subjects = [node for node in model(graph, layer="claims")["nodes"] if node["class"] == "Measure"]
    hidden = [node["y"] for node in subjects if node.get("hidden")]
    assert max(node["y"] for node in subjects if not node.get("hidden")) < min(hidden)


def test_nothing_has_no_places() -> None:
    assert place({}, {}) == {}
