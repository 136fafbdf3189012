r"""CSV as PHP's fputcsv writes it, read slowly and strictly, for the few records that a fast reader cannot be trusted with.

fputcsv quotes a field that holds a comma, a quote, a backslash, a space, a tab or a line's end, and doubles each quote in it, save one
that follows a backslash. So ``\"`` may be a quote of the text, or the end of a text that ends in a backslash. Both readings are followed
until one of them is none: one is inside of quotes and the other outside, each quote swaps them, and a backslash outside ends the one, so
there are never more than two. What only one reading is left of is certain, and no text can pass for a record. Files by the common rule
(RFC 4180), which doubles that quote too, are understood where PHP's rule gives no reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

BARE = {True: re.compile(rb'[^", \t\r\n\\]*'), False: re.compile(rb'[^",\r\n]*')}  # a field without quotes: by PHP's rule, by any
INSIDE = {True: re.compile(rb'(?:[^"\\]++|""|\\(?!"))*+'), False: re.compile(rb'(?:[^"]++|"")*+')}  # a quoted text, up to what may end it
DOUBLED = {True: re.compile(rb'(\\")|""'), False: re.compile(rb'((?!))|""')}
BREAK = re.compile(rb"[\r\n]*")
START = re.compile(rb'"?[^,\n"]{8}-[^,\n"]{4}-[^,\n"]{4}-[^,\n"]{4}-[^,\n"]{12}"?,')
ANY = re.compile(b"")  # the start of a record that need not begin with a UUID
LONGEST = 1 << 20  # bytes of one record
WIDEST = 128  # fields of one record


class MoreError(Exception):
    """The text ends before it is certain what its last record is."""


@dataclass(frozen=True, slots=True)
class Row:
    """The columns read of one record, and where it starts and ends."""

    start: int
    end: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that has no reading: where it starts and ends, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What a record is: how many ``columns`` it has (0: any number), how it begins, and whether the text is ``final`` or goes on."""

    columns: int
    begins: re.Pattern[bytes] = START
    final: bool = True
    php: bool = True


Fields = tuple[tuple[int, int], ...]  # of a record: where each starts and ends, quotes included


class Reading(NamedTuple):
    """One way to read a text: the place it has come to, the record and the field it is in, and the records until then."""

    place: int
    record: int
    field: int
    inside: bool = False
    fields: Fields = ()
    records: tuple[tuple[Fields, int], ...] = ()
    halted: bool = False  # what follows is no record, or nothing


def steps(text: bytes, now: Reading, rule: Rule) -> list[Reading]:
    """How a reading goes on, in no way where it is none; raises MoreError where the text would have to go on."""
    if now.place - now.record > LONGEST:
        return []
    if not now.inside:
        if text.startswith(b'"', now.place):
            return [Reading(now.place + 1, now.record, now.field, True, now.fields, now.records)]
        return ended(text, now, BARE[rule.php].match(text, now.place).end(), rule)  # type: ignore[union-attr]
    place = INSIDE[rule.php].match(text, now.place).end()  # type: ignore[union-attr]
    if place > now.place:
        return [Reading(place, now.record, now.field, True, now.fields, now.records)]
    if place == len(text):
        return more(rule)
    if text[place] == ord('"'):
        return ended(text, now, place + 1, rule)
    return [Reading(place + 2, now.record, now.field, True, now.fields, now.records), *ended(text, now, place + 2, rule)]


def more(rule: Rule) -> list[Reading]:
    """What there is at a text's end: nothing, where it is the end of all."""
    if rule.final:
        return []
    raise MoreError


def ended(text: bytes, now: Reading, end: int, rule: Rule) -> list[Reading]:
    """How a reading goes on after a field that ends here."""
    fields = (*now.fields, (now.field, end))
    if text.startswith(b",", end):
        going_on = len(fields) < (rule.columns or WIDEST)
        return [Reading(end + 1, now.record, end + 1, fields=fields, records=now.records)] if going_on else []
    after = BREAK.match(text, end).end()  # type: ignore[union-attr]
    if after == len(text) and not rule.final:
        return more(rule)
    if (after < len(text) and b"\n" not in text[end:after]) or len(fields) != (rule.columns or len(fields)):
        return []
    halted = after == len(text) or not rule.begins.match(text, after)
    return [Reading(after, after, after, records=(*now.records, (fields, after)), halted=halted)]


def certain(text: bytes, place: int, rule: Rule) -> tuple[tuple[Fields, int], ...]:
    r"""The next records, as soon as only one reading of them is left: the fields of each and where it ends; () where there is none.

    Where none is left to the end, the one that came furthest. Raises MoreError.

    >>> certain(rb'"a\","b c"', 0, Rule(2))
    ((((0, 4), (5, 10)), 10),)
    """
    alive, best = [Reading(place, place, place)], tuple[tuple[Fields, int], ...]()
    while alive:
        now = alive.pop(min(range(len(alive)), key=lambda i: alive[i].place) if len(alive) > 1 else 0)
        if now.records and (now.place == len(text) if now.halted else not alive):
            return now.records
        after = [] if now.halted else steps(text, now, rule)
        if not after:
            best = max(best, now.records, key=lambda records: records[-1][1] if records else -1)
        alive += after
    return best


def plain(field: bytes, php: bool) -> str:
    r"""A field's own text.

    >>> plain(rb'"say ""a\"b"" now"', php=True)
    'say "a\\"b" now'
    """
    if not field.startswith(b'"'):
        return field.decode()
    return DOUBLED[php].sub(lambda quote: quote[1] or b'"', field[1:-1]).decode()


def row(text: bytes, fields: Fields, end: int, wanted: Sequence[int], php: bool) -> Row | Fault:
    """The wanted columns of a record."""
    start = fields[0][0]
    try:
        return Row(start, end, tuple(plain(text[slice(*fields[i])], php) for i in wanted))
    except UnicodeDecodeError:
        return Fault(start, end, "a column that is read is not UTF-8")


def some(text: bytes, place: int, rule: Rule, wanted: Sequence[int]) -> list[Row | Fault]:
    """The next records, or the one that is faulty: it ends where its quotes say, and where they say nothing at the next record's start."""
    begins = rule.begins.match(text, place)
    for php in (True, False):
        if begins and (found := certain(text, place, replace(rule, php=php))):
            return [row(text, fields, end, wanted, php) for fields, end in found]
    reason = f"it cannot be read as {rule.columns} columns" if begins else "it does not begin with a UUID"
    for php in (True, False):
        if found := certain(text, place, replace(rule, columns=0, php=php)):
            return [Fault(place, found[0][1], reason)]
    return [Fault(place, following(text, place, rule if begins else replace(rule, begins=ANY)), reason)]


def following(text: bytes, place: int, rule: Rule) -> int:
    """The place of the next line that a record may start with."""
    while end := text.find(b"\n", place) + 1:
        place = end
        if rule.begins.match(text, place):
            return place
    if len(text) - place <= LONGEST:
        more(rule)
    return len(text)


def rows(text: bytes, rule: Rule, wanted: Sequence[int], place: int = 0, stop: int = LONGEST) -> Iterator[Row | Fault]:
    """The records that start before ``stop``, read or faulty, in order, as far as it is certain what they are.

    After one whose quotes are broken, reading goes on at the next line that starts with a UUID.

    >>> from uuid import UUID
    >>> good, bad = f"{UUID(int=1)},yes".encode(), f"{UUID(int=2)},yes,no".encode()
    >>> [type(row).__name__ for row in rows(bad + bytes([10]) + good, Rule(2), [1])]
    ['Fault', 'Row']
    """
    place = BREAK.match(text, place).end()  # type: ignore[union-attr]
    try:
        while place < min(stop, len(text)):
            for found in some(text, place, rule, wanted):
                yield found
                place = found.end
            place = BREAK.match(text, place).end()  # type: ignore[union-attr]
    except MoreError:
        return
