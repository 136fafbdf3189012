"""How a sentence falls to its figures: the stretch of text that each one's action and codes are looked for in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.extraction.candidate import Candidate
from kg.extraction.model import Sentence, Span


class Regions(NamedTuple):
    """How a sentence falls to its figures: ``shared`` belongs to all, ``own`` one stretch a figure, ``joined`` with the one before."""

    shared: Span
    own: tuple[Span, ...]
    joined: tuple[bool, ...]


def regions(
    sentence: Sentence, figures: Sequence[Candidate], cut: Callable[[int, int], tuple[int, bool]], first: Callable[[int, int], int]
) -> Regions:
    """Cut ``sentence`` between its figures.

    ``cut(end, start)`` says where, between the head of one figure and the quote of the next, the one's clause ends, and
    whether the two are only coordinated objects; ``first(start, quote)`` where the clause of the first figure begins.
    """
    bounds = [first(sentence.start, figures[0].start)]
    joined = [False]
    for one, other in pairwise(figures):
        at, only = cut(one.head[1], min(other.start, other.head[0]))
        bounds.append(at)
        joined.append(only)
    ends = [*bounds[1:], sentence.end]
    return Regions((sentence.start, bounds[0]), tuple(zip(bounds, ends, strict=True)), tuple(joined))


def groups(joined: Sequence[bool]) -> list[list[int]]:
    """For each figure the numbers of those that it is coordinated with, itself among them.

    >>> groups([False, True, False])
    [[0, 1], [0, 1], [2]]
    """
    groups: list[list[int]] = []
    for index, only in enumerate(joined):
        groups.append(groups[-1] if only and groups else [])
        groups[-1].append(index)
    return groups


def own_span(here: Sequence[Candidate], index: int, own: Sequence[Span], members: Sequence[int]) -> Span:
    """The stretch of a figure's own: with that of its whole behind it, whose is but its noun phrase."""
    if index + 1 < len(here) and here[index].target is here[index + 1]:
        return own[index][0], own[index + 1][1]
    if index and here[index - 1].target is here[index]:
        # with a participle right behind it: "of the 6,000 flagged by police"
        return here[index].head[0], min(here[index].head[1] + 2, own[index][1])
    return own[members[0]][0], own[members[-1]][1]


def reason_before(text: str, figure: Candidate, own: Sequence[Span], index: int) -> list[Span]:
    """The reason right before a figure in brackets: "spam (4,120), bullying (900)"."""
    if not figure.bracketed:
        return []
    floor = own[index][0] if index == 0 else own[index - 1][0]
    return [(max(floor, *(text.rfind(mark, floor, figure.start - 1) for mark in ",;:(，；：、（")), figure.start)]
