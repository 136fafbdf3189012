"""Tables in a text: rows a line, cells parted by tabs, as reading writes them; every cell is read by itself.

What a figure in a cell counts and what was done to it, the head of its column tells, else the label of its row, else the
table's caption; a scale in the head ("millions", 万个) multiplies the cells. A row that sums up the others is their whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES, Grammar
from kg.extraction.mentions import Mentions
from kg.extraction.model import Sentence, Span
from kg.extraction.rows import cells

_NUMBER = re.compile(r"[\W_]*\d[\d.,\u00a0\u202f ]*(?P<measure>[^\W\d]{0,8})\W*")
_YEAR = re.compile(r"\W*(?:19|20)\d\d\W*")
_LAST = re.compile(r"(?:^|[(（\[/／,，](?:[^()（）,，]*[:：])?)([^()（）\[\]/／,，:：]*)[)）\]]?\s*$")  # where a head tells its scale
_CAPTION = 160  # characters that a line above a table has at most
_NAMING = (*CODES, "platform", "authority")


def figures(text: str, lines: Sequence[Span], grammar: Grammar, mentions: Mentions) -> Iterator[tuple[Sentence, list[Candidate]]]:
    """The cells of one table that hold figures, in order, each with what speaks for it and with its figures."""
    table = _Table(text, grammar, mentions, [cells(text, *line) for line in lines])
    _sum_up(table)
    for (row, column), found in table.found.items():
        start, end = table.rows[row][column]
        told = tuple(table.openings(row, column))
        for figure in found:
            figure.told = told
        for sentence in grammar.sentences(text[start:end]) if len(found) > 1 else [Sentence(0, end - start)]:
            whole = Sentence(start + sentence.start, start + sentence.end, told)
            yield whole, [figure for figure in found if whole.start <= figure.start < whole.end]


class _Table:
    """One table: ``heads`` by column, ``labels`` by row, the ``caption`` above it; ``found``: the figures by row and column."""

    def __init__(self, text: str, grammar: Grammar, mentions: Mentions, rows: list[list[Span]]) -> None:
        self.text, self.grammar, self.mentions, self.rows = text, grammar, mentions, rows
        above = list(takewhile(lambda row: not self._is_body(row, row is rows[0]), rows))
        while above and len(above[-1]) == 1:
            above.pop()  # a line that speaks for the rows below it
        first = len(above) if len(above) < len(rows) else 0
        self.heads = self._heads(rows[:first])
        of_which = (column for column, head in enumerate(self.heads) if any(grammar.parts_begin(text, *span) is not None for span in head))
        self.parts = {column for column in of_which if column > 1}
        self.caption = self._caption()
        self.labels: dict[int, list[Span]] = {}
        self.found: dict[tuple[int, int], list[Candidate]] = {}
        self._read(first)
        self._tie()

    def _read(self, first: int) -> None:
        """The figures of all rows, and what names each row: a line of one cell above it, a cell that spans rows, its own words."""
        group: list[Span] = []
        label: list[Span] = []
        for number, row in enumerate(self.rows[first:], start=first):
            if len(row) == 1:
                group = row
                continue
            label = row[:1] if row[0][0] < row[0][1] else label
            found = self._row(row)
            self.found |= {(number, column): figures for column, figures in found.items() if figures}
            own = [row[column] for column, figures in found.items() if not figures and row[column][0] < row[column][1]]
            self.labels[number] = [*group, *(label if row[0] != label[0] else []), *own] if label else [*group, *own]

    def _tie(self) -> None:
        """Leave out what counts nothing; make what stands below "of which …" a part of what stands left of it."""
        told = {column for _, column in self.found if self._tells(column)}
        for (number, column), found in list(self.found.items()):
            if not self._count(found, number, column, bool(told) and column not in told):
                del self.found[number, column]
            elif column in self.parts and (number, column - 1) in self.found:
                found[0].relation, found[0].target = "of", self.found[number, column - 1][0]

    def openings(self, row: int, column: int) -> list[Span]:
        """What speaks for a cell, what speaks best last."""
        spans = [*self.caption, *self.labels[row], *self._head(column)]
        last = (_LAST.search(self.text, *span) if self._multiplier(span) else None for span in spans)
        return [(start, scale.start() if scale else end) for (start, end), scale in zip(spans, last, strict=True)]

    def _head(self, column: int) -> list[Span]:
        """What stands above a column; above one of parts ("of which …") what stands above that of the whole too."""
        own = self.heads[column] if column < len(self.heads) else []
        return [*self._head(column - 1), *own] if column in self.parts else own

    def _heads(self, rows: Sequence[Sequence[Span]]) -> list[list[Span]]:
        """The cells above each column; one that spans several columns stands above each of them."""
        heads: list[list[Span]] = [[] for _ in range(max(map(len, rows), default=0))]
        for number, row in enumerate(rows, start=1):
            last: list[Span] = []
            for column, head in enumerate(heads):
                cell = [span for span in row[column : column + 1] if span[0] < span[1]]
                last = cell or (last if number < len(rows) else [])
                head += last
        return heads

    def _caption(self) -> list[Span]:
        """The line above the table, where it is short."""
        at = self.rows[0][0][0]
        above = self.text[max(0, at - _CAPTION) : at].rstrip()
        line, end = above.rpartition("\n")[2], max(0, at - _CAPTION) + len(above)
        is_whole = line != above or at <= _CAPTION
        return [(end - len(line), end)] if line and is_whole and "\t" not in line else []

    def _is_body(self, row: Sequence[Span], is_first: bool) -> bool:
        """Whether a row holds numbers, not only the years that stand above columns."""
        numbers = [cell for cell in row[1:] if self._is_number(cell)]
        years = all(_YEAR.fullmatch(self.text, *cell) for cell in numbers)
        return bool(numbers) and not (years and (is_first or len(numbers) > 1))

    def _is_number(self, cell: Span) -> bool:
        """Whether a cell is a number and its measure, no words around it."""
        near = self.mentions.within("comparator", cell[0], min(cell[1], cell[0] + 12))
        start = near[0].end if near and near[0].start == cell[0] else cell[0]
        found = _NUMBER.fullmatch(self.text, start, cell[1])
        return bool(found and (not found["measure"] or self._candidates(cell)))

    def _row(self, row: Sequence[Span]) -> dict[int, list[Candidate]]:
        """The figures of a row; its first cell names it, unless no other cell holds any or it says itself what was done."""
        found = {column: self._figures(cell, column, row) for column, cell in enumerate(row)}
        if any(figures for column, figures in found.items() if column) and not self.mentions.within("penalty", *row[0]):
            found[0] = []
        return found

    def _figures(self, cell: Span, column: int, row: Sequence[Span]) -> list[Candidate]:
        if not any(map(str.isdigit, self.text[slice(*cell)])):
            return []
        scale = self._scale(column) if self.text[cell[1] - 1].isdigit() and self._is_number(cell) else ""
        found = self._candidates(cell, scale)
        for figure in found:
            figure.scale = scale.strip()
        return found or (self._candidates(cell, self._noun([*row, *self._head(column)])) if _YEAR.fullmatch(self.text, *cell) else [])

    def _candidates(self, cell: Span, behind: str = "") -> list[Candidate]:
        """The figures of a cell alone, as if the words ``behind`` stood behind it."""
        alone = f"\t{self.text[slice(*cell)]}{behind}"
        found = self.grammar.candidates(alone, Mentions(self.grammar.named(alone)))
        begin = cell[0] - 1
        for figure in found:
            figure.start, figure.end = begin + figure.start, min(begin + figure.end, cell[1])
            figure.words, figure.head = ((begin + start, min(begin + end, cell[1])) for start, end in (figure.words, figure.head))
        return found

    def _scale(self, column: int) -> str:
        """The words of a head, else of the caption, that multiply the cells below."""
        space = " " if self.grammar.lexicon.spaced else ""
        found = (self._multiplier(span) for span in (*self._head(column)[::-1], *self.caption))
        return next((space + self.text[slice(*words)] for words in found if words), "")

    def _multiplier(self, head: Span) -> Span | None:
        """From a word of scale in the last bracket of a head to the end of that."""
        last = _LAST.search(self.text, *head)
        words = self.mentions.within("scale", *last.span(1)) if last else []
        return (words[0].start, last.end(1)) if words and last else None

    def _noun(self, spans: Sequence[Span]) -> str:
        """The last noun in what speaks for a cell, as it stands behind a number."""
        units = [unit for span in spans for unit in self.mentions.within("unit", *span)]
        return f" {self.text[units[-1].start : units[-1].end]}" if units and self.grammar.lexicon.spaced else ""

    def _tells(self, column: int) -> bool:
        """Whether the head of a column tells what is counted or what was done to it."""
        return any(self.mentions.within(kind, *span) for span in self._head(column) for kind in ("unit", "penalty"))

    def _count(self, found: Sequence[Candidate], row: int, column: int, is_silent: bool) -> bool:
        """Give the number of a cell its unit; whether it counts anything: not below a silent head among others that tell."""
        if not self._is_number(self.rows[row][column]):
            return True
        openings = self.openings(row, column)
        units = [unit.code for span in openings for unit in self.mentions.within("unit", *span)]
        for figure in found if not is_silent else ():
            figure.unit = figure.unit or (units[-1] if units else figure.fallback)
        return all(figure.unit for figure in found) or (not is_silent and any(self.mentions.within("penalty", *span) for span in openings))


def _sum_up(table: _Table) -> None:
    """Make the figures of a table parts of those in its first or last row, where these name nothing and are the others' sums."""
    rows = list(dict.fromkeys(row for row, _ in table.found))
    for whole in (rows[-1:] + rows[:1]) if len(rows) > 2 else []:
        if any(table.mentions.within(kind, *span) for kind in _NAMING for span in table.labels[whole]):
            continue
        sums = {}
        for column in {column for row, column in table.found if row == whole}:
            parts = [table.found[row, column][0] for row in rows if row != whole and (row, column) in table.found]
            sums[column] = parts if len(parts) > 1 and _total(parts) == table.found[whole, column][0].value else []
        if sums and all(sums.values()):
            for column, parts in sums.items():
                for part in parts:
                    part.relation, part.target = "of", table.found[whole, column][0]
            return


def _total(parts: Sequence[Candidate]) -> int:
    return sum(part.value or 0 for part in parts)
