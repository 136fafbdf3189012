"""What the stretches of one text yield, put together: each in its own language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.errors import SourceError
from kg.extraction.model import Extraction, Figure

Part = tuple[int, Extraction, str]  # where it begins, what it yields, why nothing was read of it


def joined(text: str, parts: Sequence[Part]) -> Extraction:
    """One extraction of ``text``, in the language of most of it; raises SourceError where no stretch could be read."""
    read = [found for _, found, fault in parts if not fault]
    if not read:
        raise SourceError(parts[0][2])
    lengths = Counter[str]()
    mentions: dict[str, set[str]] = {}
    for found in read:
        lengths[found.language] += len(found.text)
        for kind, codes in found.mentions.items():
            mentions.setdefault(kind, set()).update(codes)
    return Extraction(
        text,
        lengths.most_common(1)[0][0],
        tuple(_figures(parts)),
        {kind: tuple(sorted(codes)) for kind, codes in mentions.items()},
        next((found.period for found in read if found.period), None),
        tuple(f"a stretch was not read: {fault}" for fault in dict.fromkeys(fault for *_, fault in parts if fault)),
    )


def _figures(parts: Sequence[Part]) -> Iterator[Figure]:
    """The figures of all stretches, in order, as they stand in the whole text."""
    before = 0
    for start, found, _ in parts:
        for figure in found.figures:
            relation = (figure.relation[0], figure.relation[1] + before) if figure.relation else None
            clause = (figure.clause[0] + start, figure.clause[1] + start)
            yield replace(figure, start=figure.start + start, end=figure.end + start, clause=clause, relation=relation)
        before += len(found.figures)
