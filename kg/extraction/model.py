"""What extraction finds in a text: figures with everything that the text ties to them, and what the whole text names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Span = tuple[int, int]


class Mention(NamedTuple):
    """A label of the ontology or of a registry in a text: code points ``start`` to ``end``, what kind, which code.

    ``kind`` is the local name of the SKOS scheme (``penalty``, ``unit`` …), or ``authority`` or ``platform``.
    """

    start: int
    end: int
    kind: str
    code: str


class Sentence(NamedTuple):
    """A stretch of text that codes are tied in; ``openings``: stretches that speak for it too: a list's heading, a cell's heads.

    ``title``: what heads its paragraph, and says what all in it is about.
    """

    start: int
    end: int
    openings: tuple[Span, ...] = ()
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text; offsets are Unicode code points, ``text[start:end] == quote`` always.

    ``words`` are the number and its comparator alone. ``relation``: ``("of" | "besides", index of the other figure)``.
    ``clause``: the stretch that the codes were read from. ``doubts``: what a person should look at, in plain words.
    ``scale``: the words above a cell of a table that multiply its number.
    """

    quote: str
    start: int
    end: int
    words: str
    value: int | None
    min: int | None
    max: int | None
    comparator: str
    unit: str
    penalty: str
    account_types: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    relation: tuple[str, int] | None = None
    period: tuple[str | None, str | None] | None = None
    clause: Span = (0, 0)
    doubts: tuple[str, ...] = ()
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one text yields: its ``figures`` in order, codes named anywhere by kind, and the period it speaks of (EDTF).

    ``doubts``: what of it was not read, and why.
    """

    text: str
    language: str
    figures: tuple[Figure, ...] = ()
    mentions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    period: tuple[str | None, str | None] | None = None
    doubts: tuple[str, ...] = ()
