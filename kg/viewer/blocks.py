"""Where claims stand: each thing that is told of has rows of its own, with all that is said of it beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from math import ceil

from kg.viewer.layout import CELL, GAP, ROW, Places

_WIDE = 1.05  # how much wider than high a picture may be
_HEADS = CELL + 2 * GAP  # how wide the column of heads is
_BETWEEN = ROW // 3  # between what is told of one thing and of the next

Blocks = dict[str, list[str]]


def place(heads: Mapping[str, str], ends: Mapping[str, str], hidden: Collection[str] = frozenset()) -> Places:
    """The places of the members of blocks (member → head), of their heads to the left, and to the right of where they come from.

    ``ends``: member → end. Blocks and members stand in the order of ``heads``, row by row, ends in that of the mean heights of
    their members; a column longer than the picture continues beside itself. Links of a block stay in its rows and cross no others.
    ``hidden``: what is not shown at first, which is not asked how wide the picture should be.

    >>> place({"a": "A", "b": "A", "c": "B"}, {"a": "x", "b": "x", "c": "x"})
    {'A': (0.0, 0.0), 'a': (390.0, 0.0), 'b': (390.0, 44.0), 'B': (0.0, 102.0), 'c': (390.0, 102.0), 'x': (690.0, 0.0)}
    """
    blocks: Blocks = defaultdict(list)
    for member, head in heads.items():
        blocks[head].append(member)
    beside = _beside({head: [each for each in members if each not in hidden] for head, members in blocks.items()})
    found: Places = {}
    top = bottom = 0
    for head, members in blocks.items():
        found[head] = (0.0, float(top))
        for number, member in enumerate(members):
            row, fold = divmod(number, beside)
            found[member] = (float(_HEADS + fold * CELL), float(top + row * ROW))
        top += ceil(len(members) / beside) * ROW + _BETWEEN
        bottom = bottom if all(each in hidden for each in members) else top
    _place_ends(found, ends, float(_HEADS + beside * CELL + GAP), bottom)
    return found


def _beside(blocks: Blocks) -> int:
    """How many members stand in a row: as many as make the picture lower and not too wide."""
    most = max(map(len, blocks.values()), default=1)
    best, lowest = 1, _height(blocks, 1)
    for beside in range(2, most + 1):
        height = _height(blocks, beside)
        if _HEADS + (beside + 1) * CELL + GAP > _WIDE * height:
            break
        if height < lowest:
            best, lowest = beside, height
    return best


def _height(blocks: Blocks, beside: int) -> int:
    return sum(ceil(len(members) / beside) * ROW + _BETWEEN for members in blocks.values() if members)


def _place_ends(found: Places, ends: Mapping[str, str], left: float, height: float) -> None:
    heights: dict[str, list[float]] = defaultdict(list)
    for member, end in ends.items():
        heights[end].append(found[member][1])
    order = sorted(heights, key=lambda end: (sum(heights[end]) / len(heights[end]), end))
    beside = max(1, ceil(len(order) * ROW / max(height, ROW)))
    pitch = max(ROW, height / max(1, ceil(len(order) / beside)))
    for number, end in enumerate(order):
        row, fold = divmod(number, beside)
        found[end] = (left + fold * CELL, round(row * pitch, 1))
