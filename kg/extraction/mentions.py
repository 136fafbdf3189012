"""Mentions by kind and place: what a grammar asks of the labels that were found in a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.extraction.model import Mention, Span


class Mentions:
    """Mentions by kind, in order, with the questions that a grammar asks of them."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._by_kind: dict[str, list[Mention]] = {}
        for mention in mentions:
            self._by_kind.setdefault(mention.kind, []).append(mention)
        self._starts = {kind: [m.start for m in found] for kind, found in self._by_kind.items()}

    def within(self, kind: str, start: int, end: int) -> list[Mention]:
        """Mentions of ``kind`` that begin at ``start`` or later and end at ``end`` or before."""
        starts = self._starts.get(kind, ())
        low = bisect_left(starts, start)
        if low == len(starts) or starts[low] >= end:
            return []
        return [m for m in self._by_kind[kind][low : bisect_left(starts, end, low)] if m.end <= end]

    def beginning(self, kind: str, start: int, end: int) -> list[Mention]:
        """Mentions of ``kind`` that begin at ``start`` or later and before ``end``."""
        starts = self._starts.get(kind)
        if not starts or starts[-1] < start:
            return []
        low = bisect_left(starts, start)
        return self._by_kind[kind][low : bisect_left(starts, end, low)] if starts[low] < end else []

    def without(self, spans: Sequence[Span], kinds: Sequence[str]) -> Mentions:
        """These mentions without those of ``kinds`` that begin in ``spans``."""
        gone = {m for kind in kinds for span in spans for m in self.beginning(kind, *span)}
        return Mentions([m for found in self._by_kind.values() for m in found if m not in gone]) if gone else self

    def last(self, kind: str, end: int) -> list[str]:
        """The code of ``kind`` mentioned last before ``end``; none where there is none."""
        at = bisect_left(self._starts.get(kind, []), end)
        return [self._by_kind[kind][at - 1].code] if at else []

    def all(self, kind: str) -> list[Mention]:
        """All mentions of ``kind``."""
        return self._by_kind.get(kind, [])
