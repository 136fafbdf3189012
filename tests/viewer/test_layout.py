"""The layout: the same picture every time, nothing over anything else, and few links that cross."""

from __future__ import annotations

import random
from itertools import combinations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import Graph
from kg.viewer.layout import BOX, Places, place
from kg.viewer.model import model

LINKS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=80)
COLUMNS = st.lists(st.integers(0, 3), min_size=41, max_size=41)


def overlapping(places: Places) -> list[tuple[str, str]]:
    """Pairs of things whose boxes share a point inside."""
    wide, high = BOX["left"] + BOX["right"], BOX["height"]
    return [
        (one, other)
        for (one, (x, y)), (other, (u, v)) in combinations(places.items(), 2)
        if abs(x - u) < wide and abs(y - v) < high
    ]  # fmt: skip


def grid(size: int) -> tuple[dict[str, int], networkx.Graph[str]]:
    """Two columns, each thing linked to the one beside it, in an order that crosses nearly everything."""
    rows = list(range(size))
    random.Random(1).shuffle(rows)
    columns = {f"left-{n:04}": 0 for n in range(size)} | {f"right-{n:04}": 1 for n in range(size)}
    return columns, networkx.Graph([(f"left-{n:04}", f"right-{row:04}") for n, row in enumerate(rows)])


@given(COLUMNS, LINKS, st.sets(st.integers(0, 40)))
def test_no_two_boxes_overlap(columns: list[int], links: list[tuple[int, int]], aside: set[int]) -> None:
    network = networkx.Graph([(str(a), str(b)) for a, b in links])
    placed = place({str(n): column for n, column in enumerate(columns)}, network, {str(n): "" for n in aside})
    assert len(placed) == len(columns)
    assert overlapping({thing: spot for thing, spot in placed.items() if int(thing) not in aside}) == []


@pytest.mark.parametrize("layer", ["facts", "claims"])
def test_no_two_labels_of_the_shipped_graph_overlap(graph: Graph, layer: str) -> None:
    assert overlapping({node["id"]: (node["x"], node["y"]) for node in model(graph, layer=layer)["nodes"] if not node.get("hidden")}) == []


def test_things_stand_in_their_columns_from_left_to_right() -> None:
    placed = place({"a": 0, "b": 1, "c": 3}, networkx.Graph([("a", "b"), ("b", "c")]))
    assert placed["a"][0] < placed["b"][0] < placed["c"][0]
    assert placed["a"][1] == placed["b"][1] == placed["c"][1]


def test_the_order_of_links_does_not_move_anything() -> None:
    columns, network = grid(12)
    backward: networkx.Graph[str] = networkx.Graph(list(network.edges)[::-1])
    assert place(columns, network) == place(columns, backward)


def test_links_that_need_not_cross_do_not() -> None:
    columns, network = grid(20)
    placed = place(columns, network)
    assert all(placed[one][1] == placed[other][1] for one, other in network.edges)


def test_what_is_set_aside_is_wanted_level_with_its_holder_or_amid_its_links_and_moves_nothing_else() -> None:
    columns, network = grid(10)
    network.add_edges_from([("held", "left-0003"), ("linked", "held"), ("linked", "right-0005")])
    placed = place(columns | {"held": 1, "linked": 0}, network, {"held": "left-0003", "linked": ""})
    assert placed["held"][1] == placed["left-0003"][1]
    assert placed["linked"][1] == (placed["held"][1] + placed["right-0005"][1]) / 2
    assert {thing: spot for thing, spot in placed.items() if thing in columns} == place(*grid(10))


def test_a_long_column_continues_beside_itself_so_that_the_picture_stays_a_picture() -> None:
    placed = place({f"n{n}": 0 for n in range(2_000)}, networkx.Graph())
    width = max(x for x, _ in placed.values()) - min(x for x, _ in placed.values())
    height = max(y for _, y in placed.values()) - min(y for _, y in placed.values())
    assert 1 < width / height < 2


def test_nothing_has_no_places() -> None:
    assert place({}, networkx.Graph()) == {}
