"""English sentences, headlines and the items of lists, each item with its list's heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.model import Sentence

_SENTENCE_END = re.compile(
    r"[.!?][\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9\u00c0-\u00de])|\n(?=\s*(?:[-–—•*·▪◦]|\d+[.)]\s))|\n(?=[A-Z0-9\"“])|"
    r"\n\s*\n|[.!?][\"”’')\]]*\s*$"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|no|vs|e\.g|i\.e|etc|u\.s|u\.k|inc|ltd|co|corp|art|sec|approx|jan|feb|mar|apr|jun|"
    r"jul|aug|sept|sep|oct|nov|dec|gen|sen|rep|gov)|\b[A-Z])\.$",
    re.I,
)
_BULLET = re.compile(r"\s*(?:[-–—•*·▪◦]|\d+[.)]\s)\s*")
_ITEM = re.compile(r"^[^.!?;]*;\s*$|^[^.!?;:]{2,80}(?:\s[-–—]|:)\s*[\d][\d,.]*(?: [a-z]+)?[;,.]?\s*$")


def _is_item(text: str, heading: Sentence, start: int, end: int) -> bool:
    """Whether a line below a heading with a colon is an item of its list: it ends with a semicolon, or with its number."""
    line = text[start:end]
    return text[heading.start : heading.end].rstrip().endswith(":") and len(line) < 120 and bool(_ITEM.search(line))


class Sentences:
    """How an English text falls to sentences."""

    def sentences(self, text: str) -> Iterator[Sentence]:
        """Sentences, headlines and list items, in order; a list item has its list's heading as opening."""
        at = 0
        heading: Sentence | None = None
        for m in _SENTENCE_END.finditer(text):
            if m.start() < at or (text[m.start()] == "." and _ABBREVIATION.search(text, max(at, m.start() - 8), m.start() + 1)):
                continue
            end = m.end() if text[m.start()] != "\n" else m.start()
            if text[at:end].strip():
                bullet = bool(_BULLET.match(text, at) or (heading and _is_item(text, heading, at, end)))
                sentence = Sentence(at, end, ((heading.start, heading.end),) if bullet and heading else ())
                heading = heading if bullet else sentence
                yield sentence
            at = end
        if text[at:].strip():
            bullet = bool(_BULLET.match(text, at))
            yield Sentence(at, len(text), ((heading.start, heading.end),) if bullet and heading else ())
