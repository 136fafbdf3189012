"""Where things stand: columns from left to right, rows ordered so that few links cross. The same input, the same picture.

networkx holds the links and finds what hangs together; the rows are ordered by barycentre (Sugiyama, Tagawa and
Toda 1981, step 2): each thing as near as may be to the mean place of what it is linked to.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Mapping
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx

# A thing's place: itself and its label to the right of it, in units of the picture (pixels at zoom 1).
BOX = {"left": 24, "right": 176, "height": 42}
_ROW = BOX["height"] + 2
_CELL = BOX["left"] + BOX["right"] + 10
_GAP = 90  # between columns, for links and what they carry
_BAND = 2 * _ROW  # between what is shown at first and what is not
_ROWS = 24  # a column of so many is never split
_WIDE = 1.6  # how much wider than high a picture may be
_EXACT = 2_000  # so many things are ordered with care; more of them with two sweeps

Orders = dict[int, list[str]]
Places = dict[str, tuple[float, float]]
Weights = list[tuple[str, float]]


def place(columns: Mapping[str, int], network: networkx.Graph[str], aside: Collection[str] = frozenset()) -> Places:
    """The centre of each thing of ``columns`` (thing → column, 0 leftmost); those ``aside`` stand below the rest.

    No two boxes (see ``BOX``) overlap. A link draws its ends together by its ``weight`` (1 where it has none).
    A column longer than the picture should be high continues beside itself.

    >>> import networkx
    >>> place({"a": 0, "b": 1, "c": 1}, networkx.Graph([("a", "b"), ("a", "c")]))
    {'a': (0.0, 0.0), 'b': (300.0, -22.0), 'c': (300.0, 22.0)}
    """
    shown = _ordered({thing: column for thing, column in columns.items() if thing not in aside}, network)
    rest = _ordered({thing: column for thing, column in columns.items() if thing in aside}, network)
    bands = [(orders, _rows(orders)) for orders in (shown, rest) if orders]
    folds = {column: max(_folds(orders, column, rows) for orders, rows in bands) for column in sorted(set(columns.values()))}
    found: Places = {}
    top = 0.0
    for number, (orders, rows) in enumerate(bands):
        height = _ROW * max(ceil(len(order) / _folds(orders, column, rows)) for column, order in orders.items())
        middle = 0.0 if number == 0 else top + _BAND + height / 2
        top = middle + height / 2
        _fill(found, orders, rows, folds, middle, height)
    return found


def _folds(orders: Orders, column: int, rows: int) -> int:
    return max(1, ceil(len(orders.get(column, ())) / rows))


def _width(orders: Orders, rows: int) -> int:
    return sum(_folds(orders, column, rows) * _CELL for column in orders) + _GAP * (len(orders) - 1)


def _rows(orders: Orders) -> int:
    """The least height in rows at which the picture is not too wide, found by halving."""
    low, high = _ROWS, max(_ROWS, *(len(order) for order in orders.values()))
    while low < high:
        middle = (low + high) // 2
        if _width(orders, middle) <= _WIDE * middle * _ROW:
            high = middle
        else:
            low = middle + 1
    return low


def _fill(found: Places, orders: Orders, rows: int, folds: Mapping[int, int], middle: float, height: float) -> None:
    left = 0.0
    for column, width in folds.items():
        order = orders.get(column, [])
        beside = _folds(orders, column, rows)
        down = ceil(len(order) / beside)
        pitch = max(_ROW, min(height / max(1, down), 2 * _ROW))  # a short column takes more room, up to twice as much
        for number, thing in enumerate(order):
            row, fold = divmod(number, beside)
            found[thing] = (left + fold * _CELL, round(middle + (row - (down - 1) / 2) * pitch, 1))
        left += width * _CELL + _GAP


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


def _near(thing: str, columns: Mapping[str, int], network: networkx.Graph[str]) -> Weights:
    """What a thing is linked to in other columns, with the weights of the links."""
    links = network.adj[thing].items() if thing in network else ()
    return [(other, link.get("weight", 1)) for other, link in links if columns[other] != columns[thing]]


def _sweep(orders: Orders, near: Mapping[str, Weights], group_of: Mapping[str, int], backward: bool) -> None:
    """Order each column by the mean height of what its things are linked to; heights run from 0 to 1 in every column."""
    heights = {thing: (number + 0.5) / len(order) for order in orders.values() for number, thing in enumerate(order)}
    for column in sorted(orders, reverse=backward):
        order = orders[column]
        means = {thing: _mean(near[thing], heights, heights[thing]) for thing in order}
        order.sort(key=lambda thing: (group_of.get(thing, len(group_of)), means[thing]))
        heights |= {thing: (number + 0.5) / len(order) for number, thing in enumerate(order)}


def _mean(near: Weights, heights: Mapping[str, float], own: float) -> float:
    return sum(heights[other] * weight for other, weight in near) / sum(weight for _, weight in near) if near else own


def _crossings(orders: Orders, near: Mapping[str, Weights]) -> int:
    """How many pairs of links between the same two columns cross."""
    row = {thing: (column, number) for column, order in orders.items() for number, thing in enumerate(order)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for thing, others in near.items():
        for other, _ in others:
            if row[thing] < row[other]:
                between[row[thing][0], row[other][0]].append((row[thing][1], row[other][1]))
    crossed = 0
    for links in between.values():
        ends: list[int] = []
        for _, end in sorted(links):
            crossed += len(ends) - bisect_right(ends, end)
            insort(ends, end)
    return crossed
