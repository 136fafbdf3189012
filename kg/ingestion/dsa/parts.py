r"""One CSV part, as record batches: Arrow's reader for what is plain, PHP's rule for the few records that are not.

A part is cut into blocks where a record starts. A record with ``\"`` in it is taken out and read by PHP's rule. A block that Arrow's reader
refuses, or in which it counts other than there are lines that start with a UUID, is halved until little is left, which is read slowly: one
broken record costs nobody else's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.ingestion.dsa.php_csv import START, Fault, Row, rows
from kg.ingestion.dsa.records import COLUMNS

if TYPE_CHECKING:
    import pyarrow

BLOCK = 4 << 20  # bytes read at once
GROWN = 8  # how many times that a block may grow where no record starts in it outside of quotes
SMALL = 16 << 10  # bytes that are read slowly rather than halved again
CUTS = 8  # how many records' starts are looked at for a cut outside of quotes
NEXT = re.compile(rb"\n(?=" + START.pattern + rb")")
Found = tuple["pyarrow.RecordBatch", list[Fault]]


class UnclearError(Exception):
    """A block that the fast reader cannot be trusted with."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The header of a part: its columns, and where those that are read stand among them."""

    columns: tuple[str, ...]

    @property
    def wanted(self) -> list[int]:
        """The places of the columns that are read."""
        return [self.columns.index(name) for name in COLUMNS]


def shape(line: bytes) -> Shape | str:
    r"""The shape that a header line gives, or what is wrong with it.

    >>> shape(b"uuid,colour\n")
    'its header lacks decision_visibility and 14 other columns'
    """
    names = tuple(next(csv.reader([line.decode("utf-8-sig", "replace").rstrip("\r\n")]), []))
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        others = f" and {len(missing) - 1} other columns" if len(missing) > 1 else ""
        return f"its header lacks {missing[0]}{others}"
    if names[0] != COLUMNS[0] or len(set(names)) < len(names):
        return f"its header does not begin with {COLUMNS[0]}, or names a column twice"
    return Shape(names)


def letters(text: bytes) -> Any:
    """A text as an array of bytes: to look for one letter in it is much faster than by Python's own means."""
    import numpy as np

    return np.frombuffer(text, np.uint8)


def lines(text: bytes) -> int:
    r"""How many lines end in a text.

    >>> lines(b"a\nb")
    1
    """
    import numpy as np

    return int(np.count_nonzero(letters(text) == ord("\n")))


def escapes(text: bytes) -> list[int]:
    r"""The places of all ``\"``; backslashes are few, so each is looked for.

    >>> escapes(rb'a\b\"')
    [3]
    """
    places = []
    place = text.find(b"\\")
    while place >= 0:
        if text.startswith(b'"', place + 1):
            places.append(place)
        place = text.find(b"\\", place + 1)
    return places


def balanced(text: bytes) -> bool:
    """Are all quotes closed, by PHP's rule?"""
    import numpy as np

    return (int(np.count_nonzero(letters(text) == ord('"'))) - len(escapes(text))) % 2 == 0


def cut(text: bytes, near: int, anyhow: bool) -> int:
    """A place not after ``near`` where a record starts, outside of quotes or ``anyhow``; 0 where there is none close by."""
    places: list[int] = []
    end = near
    while len(places) < CUTS and (end := before(text, end)) > 0:
        if balanced(text[:end]):
            return end
        places.append(end)
    return places[0] if places and anyhow else 0


def before(text: bytes, end: int) -> int:
    """The start of the last record that starts before ``end``, but for the first; 0 where there is none."""
    while (end := text.rfind(b"\n", 0, max(end - 1, 0))) >= 0:
        if START.match(text, end + 1):
            return end + 1
    return 0


def blocks(read: Callable[[int], bytes], size: int = BLOCK) -> Iterator[bytes]:
    """The text that ``read`` gives, cut where records start; the first block has the header."""
    held = read(size)
    while piece := read(size):
        large = len(held) > GROWN * size
        place = cut(held, len(held), anyhow=large) or large * len(held)
        if place:
            yield held[:place]
        held = held[place:] + piece
    if held:
        yield held


def starts(text: bytes) -> Any:
    """The line, from 0, of each record that starts with a UUID, as an array."""
    import numpy as np

    array = letters(text)
    heads = np.concatenate([[0], np.flatnonzero(array == ord("\n")) + 1])
    found = np.flatnonzero(heads + 36 < len(array))
    for place, letter in ((36, ","), (8, "-"), (13, "-"), (18, "-"), (23, "-")):
        found = found[array[heads[found] + place] == ord(letter)]
    return found


def fast(text: bytes, form: Shape) -> pyarrow.RecordBatch:
    """A block by Arrow's reader, all quotes being of the common kind."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    if not balanced(text):
        raise UnclearError
    try:
        table = arrow.read_csv(
            pa.BufferReader(text),
            arrow.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=form.columns),
            arrow.ParseOptions(newlines_in_values=True),
            arrow.ConvertOptions(include_columns=COLUMNS, column_types=dict.fromkeys(COLUMNS, pa.string())),
        )
    except pa.ArrowInvalid as error:
        raise UnclearError from error
    heads = starts(text)
    if table.num_rows != len(heads):
        raise UnclearError
    return table.append_column("line", pa.array(heads, pa.int64())).combine_chunks().to_batches()[0]


def slow(text: bytes, form: Shape, line: int = 0) -> Found:
    """A block by PHP's rule, and what has no reading; ``line`` is added to all lines."""
    import pyarrow as pa

    found = list(rows(text, len(form.columns), form.wanted))
    good = [row for row in found if isinstance(row, Row)]
    values = list(zip(*(row.values for row in good), strict=True)) or [()] * len(COLUMNS)
    columns = [pa.array(column, pa.string()) for column in values]
    batch = pa.record_batch([*columns, pa.array([row.line + line for row in good], pa.int64())], names=[*COLUMNS, "line"])
    return batch, [Fault(row.line + line, row.reason, row.text) for row in found if isinstance(row, Fault)]


def escaped(text: bytes) -> Iterator[tuple[int, int]]:
    r"""Where the records with ``\"`` in them start and end."""
    end = 0
    for place in escapes(text):
        if place >= end:
            start = max(before(text, place + 1), end)
            following = NEXT.search(text, place)
            end = following.end() if following else len(text)
            yield start, end


def mixed(text: bytes, form: Shape) -> pyarrow.RecordBatch:
    r"""A block by Arrow's reader, but for the records with ``\"`` in them; in their place stand empty lines, which are no records."""
    import pyarrow as pa

    kept, batches, last, line = [], [], 0, 0
    for start, end in escaped(text):
        line += lines(text[last:start])
        batch, faults = slow(text[start:end], form, line)
        if faults:
            raise UnclearError
        batches.append(batch)
        empty = b"\n" * lines(text[start:end])
        kept += [text[last:start], empty]
        last, line = end, line + len(empty)
    rest = b"".join([*kept, text[last:]])
    if not batches or rest.strip(b"\r\n"):
        batches.append(fast(rest, form))
    return batches[0] if len(batches) == 1 else pa.Table.from_batches(batches).sort_by("line").combine_chunks().to_batches()[0]


def found(text: bytes, form: Shape, line: int) -> Iterator[Found]:
    """All records of a block, and its faults; ``line`` is added to all lines."""
    try:
        batch = mixed(text, form)
    except UnclearError:
        place = cut(text, len(text) // 2, anyhow=True) if len(text) > SMALL else 0
        if not place:
            yield slow(text, form, line)
            return
        yield from found(text[:place], form, line)
        yield from found(text[place:], form, line + lines(text[:place]))
    else:
        yield moved(batch, line), []


def moved(batch: pyarrow.RecordBatch, line: int) -> pyarrow.RecordBatch:
    """A batch with ``line`` added to all its lines."""
    from pyarrow import compute

    return batch.set_column(len(COLUMNS), "line", compute.add(batch.column("line"), line))
