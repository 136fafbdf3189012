r"""CSV as PHP's fputcsv writes it, read slowly and strictly, for the few records that a fast reader cannot be trusted with.

fputcsv quotes a field that holds a comma, a quote, a backslash, a space, a tab or a line's end, and doubles each quote in it, save one
that follows a backslash. So ``\"`` may be a quote of the text, or the end of a text that ends in a backslash. Only one of them leads to a
whole record: where two readings part, one is inside of quotes and the other outside; each quote swaps them, a backslash outside ends the
one, and at the record's end only one is outside. Files by the common rule (RFC 4180), which doubles that quote too, are understood where
PHP's rule gives no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BARE = {True: re.compile(rb'[^", \t\r\n\\]*'), False: re.compile(rb'[^",\r\n]*')}  # a field without quotes: by PHP's rule, by any
DOUBLED = {True: re.compile(rb'(\\")|""'), False: re.compile(rb'((?!))|""')}
START = re.compile(rb"[^,\n]{8}-[^,\n]{4}-[^,\n]{4}-[^,\n]{4}-[^,\n]{12},")
FALSE_STARTS = 100  # how many lines of one record may look like the start of another
LINES = 2_000  # lines of one record


@dataclass(frozen=True, slots=True)
class Row:
    """The columns read of one record, and the line it starts at, from 0."""

    line: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that has no reading: where it starts, why, and its text."""

    line: int
    reason: str
    text: bytes


def closings(text: bytes, start: int, php: bool) -> Iterator[int]:
    r"""Where the quoted field whose text begins at ``start`` may end: the places after its closing quote.

    >>> list(closings(rb'"a\",b\"",c', 1, php=True))
    [4, 9]
    """
    place = text.find(b'"', start)
    while place >= 0:
        following = text[place + 1 : place + 2]
        ends = following in (b"", b",")
        if php and place > start and text[place - 1] == 0x5C:
            if ends:
                yield place + 1
        elif following == b'"':
            place += 1
        else:
            if ends:
                yield place + 1
            return
        place = text.find(b'"', place + 1)


def readings(text: bytes, columns: int, php: bool) -> Iterator[tuple[bytes, ...]]:
    r"""Each way to read a record as so many fields, still quoted.

    >>> list(readings(rb'"a\","b c"', 2, php=True))
    [(b'"a\\"', b'"b c"')]
    """
    dead: set[tuple[int, int]] = set()

    def fields(start: int, left: int) -> Iterator[tuple[bytes, ...]]:
        if (start, left) in dead:
            return
        found = False
        quoted = text.startswith(b'"', start)
        for end in closings(text, start + 1, php) if quoted else [BARE[php].match(text, start).end()]:  # type: ignore[union-attr]
            field = text[start:end]
            if left == 1:
                rests: Iterator[tuple[bytes, ...]] = iter([()] if end == len(text) else [])
            else:
                rests = fields(end + 1, left - 1) if text[end : end + 1] == b"," else iter(())
            for rest in rests:
                found = True
                yield (field, *rest)
        if not found:
            dead.add((start, left))

    return fields(0, columns)


def plain(field: bytes, php: bool) -> str:
    r"""A field's own text.

    >>> plain(rb'"say ""a\"b"" now"', php=True)
    'say "a\\"b" now'
    """
    if not field.startswith(b'"'):
        return field.decode()
    return DOUBLED[php].sub(lambda quote: quote[1] or b'"', field[1:-1]).decode()


def record(text: bytes, columns: int, wanted: Sequence[int]) -> tuple[str, ...] | str:
    r"""The wanted columns of one record, or why they cannot be had.

    >>> record(b'a,"b ""c"" d"', 2, [1])
    ('b "c" d',)
    >>> record(b'a,b,c', 2, [1])
    'it cannot be read as 2 columns'
    """
    for php in (True, False):
        for fields in readings(text, columns, php):
            try:
                return tuple(plain(fields[i], php) for i in wanted)
            except UnicodeDecodeError:
                return "a column that is read is not UTF-8"
    return f"it cannot be read as {columns} columns"


def spans(lines: Sequence[bytes], first: int) -> Iterator[int]:
    """After how many lines the record that starts at ``first`` may end: each next line, past some that look like a record's start."""
    starts = 0
    for count in range(1, min(len(lines) - first, LINES) + 1):
        yield count
        if first + count < len(lines) and START.match(lines[first + count]):
            starts += 1
            if starts > FALSE_STARTS:
                return


def one(lines: Sequence[bytes], first: int, columns: int, wanted: Sequence[int]) -> tuple[int, Row | Fault]:
    """The record that starts at a line and how many lines it takes; a faulty one takes all up to the next record's start.

    A reading that ends where a record starts goes before a shorter one that leaves lines over: a text may end in a quote,
    a comma and a line's end as a record can.
    """
    if not START.match(lines[first]):
        return 1, Fault(first, "it does not begin with a UUID", lines[first])
    told, short = "", None
    for count in spans(lines, first):
        found = record(b"".join(lines[first : first + count]).rstrip(b"\r\n"), columns, wanted)
        whole = not any(line.strip() for line in lines[first + count : first + count + 1]) or bool(START.match(lines[first + count]))
        if not isinstance(found, str):
            short = short or (count, Row(first, found))
            if whole:
                return count, Row(first, found)
        elif not short:
            told = told or found
        if short and whole:
            break
    if short:
        return short
    after = next((i for i in range(first + 1, len(lines)) if START.match(lines[i])), len(lines))
    return after - first, Fault(first, told, b"".join(lines[first:after]))


def rows(text: bytes, columns: int, wanted: Sequence[int]) -> Iterator[Row | Fault]:
    """Every record of a text, read or faulty, in order; after a faulty one reading goes on at the next line that starts with a UUID.

    >>> from uuid import UUID
    >>> good, bad = f"{UUID(int=1)},yes".encode(), f"{UUID(int=2)},yes,no".encode()
    >>> [type(row).__name__ for row in rows(bad + bytes([10]) + good, 2, [1])]
    ['Fault', 'Row']
    """
    lines = re.split(rb"(?<=\n)", text)
    first = 0
    while first < len(lines):
        if not lines[first].strip(b"\r\n"):
            first += 1
            continue
        taken, row = one(lines, first, columns, wanted)
        yield row
        first += taken
