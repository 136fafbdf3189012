"""Which figures are parts of which, and which come on top of which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extraction.grammar import Candidate, Reader, Sentence

# How many figures back a figure's words can point; none was seen to reach so far.
_REACH = 60


def find_wholes(reader: Reader, here: list[Candidate]) -> None:
    """ "8,000 of the 67,000": the whole stands behind its part."""
    for part, whole in pairwise(here):
        if reader.grammar.part_of(reader.text, part.head[1], whole.start):
            part.relation, part.target = "of", whole


def relate(reader: Reader, sentence: Sentence, here: list[Candidate]) -> None:
    """Which figures are parts of which, and which come on top of which."""
    at = reader.grammar.parts_begin(reader.text, sentence.start, sentence.end)
    roots = [figure for figure in reader.found[-_REACH:] if figure.relation != "of"]
    _list_parts(reader, sentence, here, roots)
    if here and len(here) > 1 and reader.grammar.parts_end(reader.text, here[-1].head[1]):
        for figure in here[1:]:
            figure.relation = figure.relation or "of"
    for index, figure in enumerate(here):
        if index and figure.elided and not figure.relation and _lists(reader.text, here[0], figure):
            figure.relation, figure.target = "of", here[0]
        earlier = [f for f in here[:index] if f.relation != "of"]
        if figure.relation != "besides" and not figure.target and (figure.bracketed or (at is not None and figure.start >= at)):
            figure.relation = "of"
        if figure.relation and not figure.target:
            figure.target = _target(figure, [*roots, *earlier])
        if figure.target is None:
            figure.relation = ""


def _lists(text: str, whole: Candidate, part: Candidate) -> bool:
    """Whether a colon between two figures makes the second an item of what the first counts: "900 accounts: 500 in Spain …"."""
    mark = max(text.find(colon, whole.head[1], part.start) for colon in (":", "："))
    return mark >= 0 and (whole.value or 0) >= (part.value or 0) and part.unit == whole.unit


def _list_parts(reader: Reader, sentence: Sentence, here: list[Candidate], roots: Sequence[Candidate]) -> None:
    """The items of a list are parts of the figure in its heading, where they can be."""
    if not sentence.openings:
        return
    start, end = sentence.openings[0]
    wholes = [f for f in roots if start <= f.start < end]
    if not wholes and reader.text[start:end].rstrip().endswith((":", "：")):
        wholes = [f for f in roots if f.unit == here[0].unit and f.start < start] if here else []
    for figure in here[:1]:
        if wholes and wholes[-1].unit == figure.unit and (figure.value or 0) <= (wholes[-1].value or 0):
            figure.relation, figure.target = "of", wholes[-1]


def _target(figure: Candidate, roots: Sequence[Candidate]) -> Candidate | None:
    """The nearest figure before it of the same unit that can hold it (or, for further ones, that it adds to)."""
    for root in reversed(roots):
        if root.unit == figure.unit and (
            figure.relation == "besides" or root.value is None or figure.value is None or root.value >= figure.value
        ):
            return root
    fits = [root for root in roots if figure.relation == "besides" or (root.value or 0) >= (figure.value or 0)]
    return fits[-1] if fits else None
