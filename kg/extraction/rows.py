"""Where the tables of a text stand: rows a line, cells parted by tabs, as reading writes them; the rest is prose."""

from __future__ import annotations

import re

from kg.extraction.grammar import Grammar
from kg.extraction.model import Mention, Span

_MARKER = re.compile(r"\s*(?:[^\w\s]|\w{1,3}[.)、）])\s*\t[^\t]*$")  # a list's item, no row of two cells
_ABOVE = re.compile(r"[(（][^()（）\d\n]*[)）](?=\s*\n\n)")


def parted(text: str) -> tuple[str, list[list[Span]]]:
    """``text`` without the rows of its tables, as long as ``text``; and of each table the lines.

    >>> parted("Reason\\tPosts\\nSpam\\t12\\n\\nIt said so.")[0].strip(), parted("Reason\\tPosts\\nSpam\\t12\\n\\nIt said so.")[1]
    ('It said so.', [[(0, 12), (13, 20)]])
    """
    if "\t" not in text:
        return text, []
    lines = text.split("\n")
    kinds = [_kind(line) for line in lines]
    prose, tables, begins = lines[:], [], 0
    held: list[Span] = []  # the table under way
    for number, line in enumerate(lines):
        begin, begins = begins, begins + len(line) + 1
        kind, after = kinds[number], kinds[number + 1 : number + 2]
        is_row = kind == "row" or (kind == "indented" and bool(held or after == ["row"]))
        if is_row and not held:
            tables.append(held)
        if not is_row and (not kind or not held or after != ["row"]):
            held = []
        elif is_row or held:
            held.append((begin, begin + len(line)))
        if is_row:
            prose[number] = "\n" * len(line)
    return "\n".join(prose), tables


def _kind(line: str) -> str:
    """What a line may be: a row, one that a tab begins, some words; '' for nothing."""
    if "\t" not in line or _MARKER.match(line):
        return "words" if line.strip() else ""
    return "row" if "\t" in line.strip() else "indented" if line.strip() else ""


def uncaptioned(prose: str) -> str:
    """``prose`` without what captions say in brackets, as long as ``prose``: （单位：万个） counts nothing."""
    return _ABOVE.sub(lambda found: " " * len(found[0]), prose)


def named(text: str, grammar: Grammar) -> list[Mention]:
    """Every label in ``text``; none reaches from one cell of a table into another."""
    prose, tables = parted(text)
    found = grammar.named(prose)
    rows = (cells(text, *line) for lines in tables for line in lines)
    for start, end in (cell for row in rows for cell in row if len(row) > 1):
        if any(map(str.isalpha, text[start:end])):
            found += [mention._replace(start=start + mention.start, end=start + mention.end) for mention in grammar.named(text[start:end])]
    return sorted(found) if tables else found


def cells(text: str, start: int, end: int) -> list[Span]:
    """The cells of one row, without the spaces around their words."""
    found = []
    for cell in text[start:end].split("\t"):
        inner = start + len(cell) - len(cell.lstrip())
        found.append((inner, inner + len(cell.strip())))
        start += len(cell) + 1
    return found
