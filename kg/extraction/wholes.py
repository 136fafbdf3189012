"""Which of the figures before it a part is of: the one that the words for the whole name, "among the posts taken down", most fully."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES, Reader
from kg.extraction.model import Sentence

_OTHERS = (*CODES, "platform")
_TOLD = ("unit", "penalty", *_OTHERS)


def named(reader: Reader, sentence: Sentence, part: Candidate, roots: Sequence[Candidate]) -> list[Candidate]:
    """Those of ``roots`` that the words for the whole of ``part`` name best; none where they name none of them."""
    spans = reader.grammar.wholes(reader.text, sentence, part) if roots else []
    fit = [root for root in roots if root.start < part.start and _holds(root, part)] if spans else []
    if not fit:
        return []
    together = [root for root in fit if root.sentence == fit[-1].sentence]
    if told := next(filter(None, (reader.grammar.former.search(reader.text, *span) for span in spans)), None):
        return [together[-1 if told[1] else 0]]
    said = [{kind: {m.code for m in reader.mentions.within(kind, *span)} for kind in _TOLD} for span in spans]
    likeness = [sum(_likeness(reader, root, codes) for codes in said) for root in fit]
    best = max(likeness)
    return [root for root, like in zip(fit, likeness, strict=True) if like == best] if best else []


def _holds(root: Candidate, part: Candidate) -> bool:
    return root.value is None or part.value is None or root.value >= part.value


def _likeness(reader: Reader, root: Candidate, said: Mapping[str, set[str]]) -> int:
    """How much of what was told of ``root`` is ``said`` again, by kind: its unit first, then what was done to it, where, and why."""
    concepts, units = reader.concepts, said["unit"]
    kin = not units.isdisjoint(concepts.ancestors("unit", root.unit))
    done = any(concepts.fitting(code, root.unit) == root.penalty for code in said["penalty"])
    again = any(not said[kind].isdisjoint(root.codes.get(kind, ())) for kind in _OTHERS)
    return 4 * (root.unit in units) + 2 * kin + 3 * done + 2 * again
