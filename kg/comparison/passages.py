"""Two passages word by word: which words of each are not in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

Passage = list[tuple[str, bool]]  # pieces in order; True where the words differ

_IDEOGRAPH = "\u3400-\u9fff"  # Chinese is written without spaces: each character counts as a word
_LETTER = rf"(?:(?![{_IDEOGRAPH}])\w)"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|{_LETTER}+(?:[.,'’-]{_LETTER}+)*")


def passages(one: str, other: str) -> tuple[Passage, Passage]:
    """Both texts in pieces, those marked that the other does not have; case does not count.

    >>> passages("Over 66,600 accounts", "67,000 accounts")[1]
    [('67,000', True), (' accounts', False)]
    """
    mine, theirs = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    matcher = SequenceMatcher(None, [w.group().casefold() for w in mine], [w.group().casefold() for w in theirs], autojunk=False)
    differing = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        list(_pieces(one, mine, [(start, end) for _, start, end, _, _ in differing])),
        list(_pieces(other, theirs, [(start, end) for _, _, _, start, end in differing])),
    )


def _pieces(text: str, words: list[re.Match[str]], spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The text cut at the spans, which count words."""
    at = 0
    for start, end in spans:
        if start < end:
            first, last = words[start].start(), words[end - 1].end()
            if at < first:
                yield text[at:first], False
            yield text[first:last], True
            at = last
    if at < len(text):
        yield text[at:], False
