"""Where things stand: columns from left to right, rows ordered so that few links cross. The same input, the same picture.

networkx holds the links and finds what hangs together; the rows are ordered by barycentre (Sugiyama, Tagawa and
Toda 1981, step 2): each thing as near as may be to the mean place of what it is linked to.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

# A thing's place: itself and its label to the right of it, in units of the picture (pixels at zoom 1).
BOX = {"left": 24, "right": 176, "height": 42}
ROW = BOX["height"] + 2
CELL = BOX["left"] + BOX["right"] + 10
GAP = 90  # between columns, for links and what they carry
_WIDE = 1.6  # how much wider than high a picture may be
_ROWS = 24  # a column of so many is never split
_EXACT = 2_000  # so many things are ordered with care; more of them with two sweeps

Orders = dict[int, list[str]]
Places = dict[str, tuple[float, float]]


def place(columns: Mapping[str, int], network: networkx.Graph[str], aside: Mapping[str, str] | None = None) -> Places:
    """The centre of each thing of ``columns`` (thing → column, 0 leftmost).

    No two boxes (see ``BOX``) overlap, but of those ``aside``: they are not shown at first, and stand where they are wanted
    once they are, level with what holds them (thing → holder, or '') or amid what they are linked to; whoever shows them
    makes room. A column longer than the picture should be high continues beside itself.

    >>> import networkx
    >>> place({"a": 0, "b": 1, "c": 1}, networkx.Graph([("a", "b"), ("a", "c")]))
    {'a': (0.0, 0.0), 'b': (300.0, -22.0), 'c': (300.0, 22.0)}
    """
    held = aside or {}
    orders: Orders = {column: [] for column in sorted(set(columns.values()))}
    orders |= _ordered({thing: column for thing, column in columns.items() if thing not in held}, network)
    found, lefts = _filled(orders, _rows(orders))
    for thing in sorted(held, key=lambda thing: not held[thing]):
        near = [found[other][1] for other in network.adj[thing] if other in found] if thing in network else []
        level = found[held[thing]][1] if held[thing] in found else sum(near) / len(near) if near else 0.0
        found[thing] = (lefts[columns[thing]], round(level, 1))
    return found


def _folds(order: list[str], rows: int) -> int:
    return max(1, ceil(len(order) / rows))


def _width(orders: Orders, rows: int) -> int:
    return sum(_folds(order, rows) * CELL for order in orders.values()) + GAP * (len(orders) - 1)


def _rows(orders: Orders) -> int:
    """The least height in rows at which the picture is not too wide, found by halving."""
    low, high = _ROWS, max([_ROWS, *(len(order) for order in orders.values())])
    while low < high:
        middle = (low + high) // 2
        if _width(orders, middle) <= _WIDE * middle * ROW:
            high = middle
        else:
            low = middle + 1
    return low


def _filled(orders: Orders, rows: int) -> tuple[Places, dict[int, float]]:
    """The places of all things, and where each column begins."""
    found: Places = {}
    lefts: dict[int, float] = {}
    left = 0.0
    height = ROW * max((ceil(len(order) / _folds(order, rows)) for order in orders.values()), default=0)
    for column, order in orders.items():
        lefts[column] = left
        beside = _folds(order, rows)
        down = ceil(len(order) / beside)
        pitch = max(ROW, min(height / max(1, down), 2 * ROW))  # a short column takes more room, up to twice as much
        for number, thing in enumerate(order):
            row, fold = divmod(number, beside)
            found[thing] = (left + fold * CELL, round((row - (down - 1) / 2) * pitch, 1))
        left += beside * CELL + GAP
    return found, lefts


def _ordered(columns: Mapping[str, int], network: networkx.Graph[str]) -> Orders:
    """The things of each column from top to bottom: what hangs together stands together, the largest first."""
    import networkx

    orders: Orders = {column: [] for column in sorted(set(columns.values()))}
    for thing, column in columns.items():
        orders[column].append(thing)
    part = network if columns.keys() == set(network) else network.subgraph(columns)  # a view of all of it is slow
    groups = sorted(networkx.connected_components(part), key=lambda group: (-len(group), min(group)))
    group_of = {thing: number for number, group in enumerate(groups) for thing in group}
    near = {thing: _near(thing, columns, part) for thing in columns}
    for order in orders.values():
        order.sort(key=lambda thing: group_of.get(thing, len(groups)))
    careful = len(columns) <= _EXACT
    best, fewest = {column: list(order) for column, order in orders.items()}, _crossings(orders, near) if careful else 0
    for sweep in range(12 if careful else 2):
        _sweep(orders, near, group_of, backward=bool(sweep % 2))
        if not careful or (crossed := _crossings(orders, near)) < fewest:
            best = {column: list(order) for column, order in orders.items()}
            fewest = crossed if careful else 0
    return best


def _near(thing: str, columns: Mapping[str, int], network: networkx.Graph[str]) -> list[str]:
    """What a thing is linked to in other columns."""
    return [other for other in (network.adj[thing] if thing in network else ()) if columns[other] != columns[thing]]


def _sweep(orders: Orders, near: Mapping[str, list[str]], group_of: Mapping[str, int], backward: bool) -> None:
    """Order each column by the mean height of what its things are linked to; heights run from 0 to 1 in every column."""
    heights = {thing: (number + 0.5) / len(order) for order in orders.values() for number, thing in enumerate(order)}
    for column in sorted(orders, reverse=backward):
        order = orders[column]
        means = {thing: _mean(near[thing], heights, heights[thing]) for thing in order}
        order.sort(key=lambda thing: (group_of.get(thing, len(group_of)), means[thing]))
        heights |= {thing: (number + 0.5) / len(order) for number, thing in enumerate(order)}


def _mean(near: list[str], heights: Mapping[str, float], own: float) -> float:
    return sum(heights[other] for other in near) / len(near) if near else own


def _crossings(orders: Orders, near: Mapping[str, list[str]]) -> int:
    """How many pairs of links between the same two columns cross."""
    row = {thing: (column, number) for column, order in orders.items() for number, thing in enumerate(order)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for thing, others in near.items():
        for other in others:
            if row[thing] < row[other]:
                between[row[thing][0], row[other][0]].append((row[thing][1], row[other][1]))
    crossed = 0
    for links in between.values():
        ends: list[int] = []
        for _, end in sorted(links):
            crossed += len(ends) - bisect_right(ends, end)
            insort(ends, end)
    return crossed
