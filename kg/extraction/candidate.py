"""A number of a text that may be a figure, under way through the steps of extraction."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.model import Span


@dataclass(slots=True)
class Candidate:
    """A number that may be a figure, under way.

    ``start``, ``end``: the quote; ``words``: number and comparator; ``head``: the noun phrase. ``unit`` is '' where it is left out
    (``elided``). ``relation``: the kind that the words state, '' for none; ``target``: what it is stated of. ``bracketed``: in brackets
    behind what it counts. ``told``: what speaks for a table's cell, the best last; ``scale``: the words of it that multiply it."""

    start: int
    end: int
    words: Span
    head: Span
    value: int | None
    comparator: str
    unit: str
    classifier: str = ""
    fallback: str = ""
    elided: bool = False
    bounds: tuple[int, int] | None = None
    relation: str = ""
    target: Candidate | None = None
    bracketed: bool = False
    doubts: list[str] = field(default_factory=list)
    told: tuple[Span, ...] = ()
    scale: str = ""
    penalty: str = ""
    codes: dict[str, list[str]] = field(default_factory=dict)
    clause: Span = (0, 0)
    sentence: Span = (0, 0)

    @property
    def part(self) -> bool:
        """Whether it is a part of a figure named before it: what "4,400 of the 6,000" were can be told of 4,400 later."""
        return self.relation == "of" and not (self.target and self.target.start > self.start)
