"""Tables in a text: rows a line, cells parted by tabs, as reading writes them; a cell's figure is told by its column and its row."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.grammar import Sentence
from kg.extraction.model import Span


def cells(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """``sentence`` itself; of a table's row each cell that holds a number, with the heads of its column and its row.

    >>> text = "Reason\\tPosts removed\\nSpam\\t12,400"
    >>> [(text[c.start : c.end], [text[slice(*o)] for o in c.openings]) for c in cells(text, Sentence(21, 32))]
    [('12,400', ['Posts removed', 'Spam'])]
    """
    if text.find("\t", sentence.start, sentence.end) < 0:
        yield sentence
        return
    row = _spans(text, text.rfind("\n", 0, sentence.end - 1) + 1, sentence.end)
    head = _head(text, row[0][0])
    for column, (start, end) in enumerate(row):
        if column and any(character.isdigit() for character in text[start:end]):
            yield Sentence(start, end, tuple(([head[column]] if column < len(head) else []) + [row[0]]))


def _spans(text: str, start: int, end: int) -> list[Span]:
    """The cells of one row."""
    found = []
    for cell in text[start:end].rstrip("\n").split("\t"):
        found.append((start, start + len(cell)))
        start += len(cell) + 1
    return found


def _head(text: str, row: int) -> list[Span]:
    """The cells of the first of the rows that lead up to the one at ``row``; none where that is the first itself."""
    first = row
    while first and "\t" in text[(before := text.rfind("\n", 0, first - 1) + 1) : first]:
        first = before
    end = text.find("\n", first)
    return _spans(text, first, end) if first < row else []
