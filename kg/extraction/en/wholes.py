"""The words by which English names what a figure is a part of: "of the posts taken down", a list's heading."""

from __future__ import annotations

import re

from kg.extraction.candidate import Candidate
from kg.extraction.model import Sentence, Span

_NAMES_ON = r"\b(?:(?! were\b| was\b)[^,.;:()\d\n]){2,80}"
_OF_WHOLE = re.compile(
    r"\s+(?:out )?of (?:the|these|those|its|their|our|all)\b"
    r"(?:(?:(?! (?:and|or|were|was)\b)|(?<=\bthat)|(?<=\bwhich)|(?<=\bwho))[^,.;:()\d\n]){2,70}",
    re.I,
)
_WHOLE_AHEAD = re.compile(
    r"(?:[,;:]\s|\bthat\s|^\s*)"
    rf"(?:(?:\w+\s){{0,4}}?(?:of|among|amongst) (?:the|all|these|those)|(?:of|among|amongst) (?:its|their|our)){_NAMES_ON}",
    re.I,
)
_FRONTED = re.compile(r"\s*(?:on|at|in|for)\s[^,.;:()\d\n]{2,40},", re.I)
_THEY_NAME = re.compile(
    r"\b(?:they|these|(?:request|demand|order|letter|notice|application|complaint|report|appeal)s)\s+(?:together\s+)?"
    r"(?:name|cover|concern|target|list|specifie|identifie|affect)(?:e?d)?\s+(?:a total of\s+)?(?:\w+\s+){0,2}$",
    re.I,
)


class Wholes:
    """What English says of the whole of a part."""

    former = re.compile(r"\bthe (?:former|(latter))\b", re.I)
    of_kind = re.compile(r" of (?:(?! (?:were|was|are|have|has|had|that|which|who|from|on|in|for|by|to|\w+ed|taken)\b)[^.;:,\d\n]){1,60}")

    def wholes(self, text: str, sentence: Sentence, part: Candidate) -> list[Span]:
        """The words that name what a figure is a part of: behind it, ahead of it, in its list's heading, before its brackets."""
        found = [opening for opening in sentence.openings[:1] if part.elided]
        if behind := _OF_WHOLE.match(text, part.words[1]):
            found = [behind.span()]
        elif ahead := [m.span() for m in _WHOLE_AHEAD.finditer(text[sentence.start : part.start])]:
            start, end = sentence.start + ahead[-1][0], sentence.start + ahead[-1][1]
            found = [(start, end)] if ";" not in text[end : part.start] else found
        elif part.bracketed:
            found = [(sentence.start, text.find("(", sentence.start, part.start + 1))]
        fronted = _FRONTED.match(text, sentence.start, part.start) if found else None
        return [*found, fronted.span()] if fronted else found

    def they_name(self, text: str, figure: Candidate) -> bool:
        """Whether a figure is what those just spoken of are about: "We received 90 requests. They named 214 accounts"."""
        return bool(_THEY_NAME.search(text, figure.start - 50, figure.start))
