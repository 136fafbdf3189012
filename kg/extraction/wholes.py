"""Which of the figures before it a part is of: the one that the words for the whole name, "among the posts taken down", most fully."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.grammar import CODES, Candidate, Reader, Sentence
from kg.extraction.model import Span


def named(reader: Reader, sentence: Sentence, part: Candidate, roots: Sequence[Candidate]) -> list[Candidate]:
    """Those of ``roots`` that the words for the whole of ``part`` name best; none where they name none of them."""
    spans = reader.grammar.wholes(reader.text, sentence, part) if roots else []
    fit = [root for root in roots if root.start < part.start and _holds(root, part)] if spans else []
    if not fit:
        return []
    likeness = [sum(_likeness(reader, root, span) for span in spans) for root in fit]
    best = max(likeness)
    return [root for root, like in zip(fit, likeness, strict=True) if like == best] if best else []


def _holds(root: Candidate, part: Candidate) -> bool:
    return root.value is None or part.value is None or root.value >= part.value


def _likeness(reader: Reader, root: Candidate, span: Span) -> int:
    """How much of what was said of ``root`` stands in ``span``: its unit first, then what was done to it, where, and why."""
    concepts, mentions = reader.concepts, reader.mentions
    units = {mention.code for mention in mentions.within("unit", *span)}
    kin = bool(units & set(concepts.ancestors("unit", root.unit)))
    done = {concepts.fitting(mention.code, root.unit) for mention in mentions.within("penalty", *span)}
    said = [mention.code in root.codes.get(kind, ()) for kind in (*CODES, "platform") for mention in mentions.within(kind, *span)]
    return 4 * (root.unit in units) + 2 * kin + 3 * (root.penalty in done) + 2 * any(said)
