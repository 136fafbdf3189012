"""Totals: what is added, and what is refused with which reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import kg
from kg.errors import QueryError
from kg.graph import Graph
from kg.totals import Total
from tests.samples import claim, write

A, B = "measure/drive/a", "measure/drive/b"
POST = {"text": "50", "value": 50, "comparator": "exactly", "unit": "post"}
DOZENS = {"text": "dozens", "min": 12, "max": 99, "comparator": "order", "unit": "account"}


def made(folder: Path, *claims: dict[str, Any]) -> Graph:
    return kg.build(write(folder / "data", *claims), folder / "out").graph


def pair(folder: Path, a: dict[str, Any], b: dict[str, Any]) -> Graph:
    return made(folder, claim("a", **a), claim("b", **b))


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "accounts and posts": ({}, {"figure": POST, "penalty": "content-removal"}, "different units"),
    "accounts and posts on two platforms": (
        {"platform": "platform/north"}, {"figure": POST, "platform": "platform/south"}, "different units"),
    "a whole and its part": ({}, {"partOf": A}, "part-of"),
    "a whole and its part in another month": ({"from": "2024-01", "to": "2024-01"}, {"from": "2024-03", "partOf": A}, "part-of"),
    "two penalties": ({}, {"penalty": "mute"}, "overlapping"),
    "two penalties on a platform and its operator": (
        {"platform": "platform/north"}, {"platform": "platform/owner", "penalty": "mute"}, "overlapping"),
    "two penalties, one of them on a platform": ({"platform": "platform/north"}, {"penalty": "mute"}, "overlapping"),
    "one penalty twice": ({}, {}, "cumulative"),
    "one penalty by May and by June": ({"to": "2024-05"}, {"to": "2024-06"}, "cumulative"),
    "one penalty in periods that share a day": (
        {"from": "2024-01-01", "to": "2024-01-31"}, {"from": "2024-01-31", "to": "2024-02-01"}, "cumulative"),
    "one penalty in January and in the year": ({"from": "2024-01", "to": "2024-01"}, {"from": "2024", "to": "2024"}, "cumulative"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_figures_that_may_count_the_same_twice_are_not_added(tmp_path: Path, case: str) -> None:
    a, b, reason = REFUSED[case]
    graph = pair(tmp_path, a, b)
    for order in ([A, B], [B, A]):
        with pytest.raises(QueryError, match=f"^{reason}: "):
            kg.total(graph, order)


ADDED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "platforms apart": ({"platform": "platform/north"}, {"platform": "platform/south"}),
    "periods apart": ({"from": "2024-01", "to": "2024-01"}, {"from": "2024-02", "to": "2024-02"}),
    "one besides the other": ({}, {"penalty": "mute", "besides": A}),
}


@pytest.mark.parametrize("case", ADDED)
def test_figures_that_are_known_to_be_apart_are_added(tmp_path: Path, case: str) -> None:
    graph = pair(tmp_path, *ADDED[case])
    assert kg.total(graph, [A, B]) == Total(value=100, min=100, max=100, unit="unit/account", measures=(A, B))


def test_a_part_of_a_part_is_a_part(tmp_path: Path) -> None:
    graph = made(tmp_path, claim("a"), claim("b", partOf=A), claim("c", partOf=B, platform="platform/south"))
    with pytest.raises(QueryError, match="part-of"):
        kg.total(graph, [A, "measure/drive/c"])


def test_all_pairs_must_be_apart_not_only_neighbours(tmp_path: Path) -> None:
    graph = made(
        tmp_path, claim("a", platform="platform/north"), claim("b", platform="platform/south"), claim("c", platform="platform/owner")
    )
    assert kg.total(graph, [A, B]).value == 100
    with pytest.raises(QueryError, match="'measure/drive/a' and 'measure/drive/c'"):
        kg.total(graph, [A, B, "measure/drive/c"])


def test_words_without_a_number_are_not_added(tmp_path: Path) -> None:
    graph = pair(tmp_path, {"platform": "platform/north"}, {"platform": "platform/south", "figure": DOZENS})
    with pytest.raises(QueryError, match=r"'measure/drive/b' has no number .*\(dozens\)"):
        kg.total(graph, [A, B])


def test_bounds_are_added_only_where_all_parts_have_them(tmp_path: Path) -> None:
    over = {"text": "over 60", "value": 60, "comparator": "over", "unit": "account"}
    graph = pair(tmp_path, {"platform": "platform/north"}, {"platform": "platform/south", "figure": over})
    assert kg.total(graph, [A, B]) == Total(value=110, min=110, max=None, unit="unit/account", measures=(A, B))


def test_a_measure_named_twice_is_counted_once(tmp_path: Path) -> None:
    assert kg.total(pair(tmp_path, {}, {}), [A, A, "the a"]).value == 50


def test_one_measure_is_its_own_total(graph: Graph) -> None:
    assert kg.total(graph, ["measure/cac-self-media-2023/closures"]).value == 66600


def test_nothing_is_no_total(graph: Graph) -> None:
    with pytest.raises(QueryError, match="no measure was named"):
        kg.total(graph, [])


def test_an_unknown_measure_is_told_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(QueryError, match="did you mean 'measure/cac-self-media-2023/closures'"):
        kg.total(graph, ["measure/cac-self-media-2023/closure"])


def test_the_regulators_closures_are_not_added_to_what_it_handled_in_all(graph: Graph) -> None:
    with pytest.raises(QueryError, match="part-of"):
        kg.total(graph, ["measure/cac-self-media-2023/handled", "measure/cac-self-media-2023/closures"])
