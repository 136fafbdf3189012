r"""One CSV part, as record batches: Arrow's reader for what is plain, PHP's rule for the few records that are not.

Each piece of a part is read from where it is certain that the one before it ended: a line within quotes that looks like a record's start
is none. A record with ``\"`` in it is taken out and read by PHP's rule. A piece that Arrow's reader refuses, or in which it finds other
records than the lines that start with a UUID, is halved until little is left, which is read slowly: one broken record costs nobody else's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.ingestion.dsa.headers import Shape
from kg.ingestion.dsa.php_csv import ANY, BREAK, START, Fault, Row, Rule, rows

if TYPE_CHECKING:
    import pyarrow

BLOCK = 4 << 20  # bytes read at once
SMALL = 16 << 10  # bytes that are read slowly rather than halved again


class UnclearError(Exception):
    """A piece that the fast reader cannot be trusted with: somewhere, or "here" at its start."""


@dataclass(frozen=True, slots=True)
class Found:
    """Records, the last column being their lines; those that have no reading, with their lines and texts; and where the reading ended."""

    batch: pyarrow.RecordBatch
    faults: list[tuple[int, str, bytes]]
    end: int


def letters(text: bytes) -> Any:
    """A text as an array of bytes: to look for one letter in it is much faster than by Python's own means."""
    import numpy as np

    return np.frombuffer(text, np.uint8)


def number(text: bytes, letter: str) -> int:
    r"""How many times a letter stands in a text.

    >>> number(b"a\nb", "\n")
    1
    """
    import numpy as np

    return int(np.count_nonzero(letters(text) == ord(letter)))


def escape(text: bytes, place: int, end: int) -> int:
    r"""The place of the next ``\"`` before ``end``, -1 where there is none; backslashes are few, so each is looked at.

    >>> escape(rb'a\b\"', 0, 5)
    3
    """
    while (place := text.find(b"\\", place, end)) >= 0 and not text.startswith(b'"', place + 1):
        place += 1
    return place


def before(text: bytes, low: int, end: int) -> int:
    r"""The last place up to ``end`` where a record starts outside of quotes; one starts at ``low``, and no ``\"`` stands between."""
    odd, last = 0, -1
    while (end := text.rfind(b"\n", low, end)) >= 0:
        if START.match(text, end + 1):
            odd ^= number(text[low : end + 1] if last < 0 else text[end + 1 : last], '"') % 2
            if not odd:
                return end + 1
            last = end + 1
    return low


def starts(text: bytes) -> tuple[Any, Any]:
    """The line, from 0, and the place of each UUID that a line starts with, as arrays."""
    import numpy as np

    array = letters(text)
    heads = np.concatenate([[0], np.flatnonzero(array == ord("\n")) + 1])
    found = np.flatnonzero(heads + 38 < len(array))
    heads[found] += array[heads[found]] == ord('"')
    for place, letter in ((8, "-"), (13, "-"), (18, "-"), (23, "-")):
        found = found[array[heads[found] + place] == ord(letter)]
    found = found[(array[heads[found] + 36] == ord(",")) | (array[heads[found] + 36] == ord('"'))]
    return found, heads[found]


def outside(text: bytes, places: Any) -> Any:
    """Which places are outside of quotes, where all of these open and close a field or are doubled."""
    import numpy as np

    array = letters(b"\n%b\n" % text)
    quotes = np.flatnonzero(array == ord('"'))
    around = (array[quotes[::2] - 1], array[quotes[1::2] + 1])
    if not all(np.isin(each, [ord(letter) for letter in ',"\r\n']).all() for each in around):
        raise UnclearError
    return np.searchsorted(quotes, places + 1) % 2 == (array[places] == ord('"'))


def same(column: Any, text: bytes, places: Any) -> bool:
    """Are these the UUIDs that stand at those places?"""
    import numpy as np

    _, offsets, values = column.buffers()
    if (np.frombuffer(offsets, np.int32)[: len(places) + 1] != np.arange(len(places) + 1) * 36).any():
        return False
    found = np.frombuffer(values, np.uint8)[: len(places) * 36].reshape(-1, 36)
    return bool((found == np.lib.stride_tricks.sliding_window_view(letters(text), 36)[places]).all())


def fast(text: bytes, form: Shape) -> pyarrow.RecordBatch:
    r"""A piece without ``\"`` by Arrow's reader."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    if form.begins is ANY or number(text, '"') % 2:
        raise UnclearError
    try:
        table = arrow.read_csv(
            pa.BufferReader(text),
            arrow.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=form.columns),
            arrow.ParseOptions(newlines_in_values=True),
            arrow.ConvertOptions(include_columns=form.wanted, column_types=dict.fromkeys(form.wanted, pa.string())),
        )
    except pa.ArrowInvalid as error:
        raise UnclearError from error
    heads, places = starts(text)
    if table.num_rows != len(heads):
        real = outside(text, places)
        heads, places = heads[real], places[real]
    if table.num_rows != len(heads) or not same(table.column(0).combine_chunks(), text, places):
        raise UnclearError
    return table.append_column("line", pa.array(heads, pa.int64())).combine_chunks().to_batches()[0]


def batch_of(good: Sequence[tuple[int, Row]], form: Shape) -> pyarrow.RecordBatch:
    """Records and their lines as a batch."""
    import pyarrow as pa

    values = list(zip(*(row.values for _, row in good), strict=True)) or [()] * len(form.wanted)
    columns = [*(pa.array(column, pa.string()) for column in values), pa.array([line for line, _ in good], pa.int64())]
    return pa.record_batch(columns, names=[*form.wanted, "line"])


def slow(text: bytes, place: int, stop: int, form: Shape, final: bool, line: int = 0) -> tuple[list[tuple[int, Row | Fault]], int]:
    """The records that start before ``stop`` by PHP's rule, with their lines; the first starts at ``place``, in this line. And the end."""
    found, last = list[tuple[int, Row | Fault]](), place
    for row in rows(text, Rule(len(form.columns), form.begins, final), form.places, place, stop):
        line, last, place = line + text.count(b"\n", last, row.start), row.start, row.end
        found.append((line, row))
    return found, BREAK.match(text, place).end()  # type: ignore[union-attr]


def apart(text: bytes, start: int, stop: int, form: Shape, final: bool) -> Iterator[tuple[int, list[tuple[int, Row]], int]]:
    r"""The records with ``\"`` in them, some at a time: where they start, themselves with their lines from there, and where they end."""
    place = low = start
    while (place := escape(text, place, stop)) >= 0:
        head = before(text, start, place)
        done, end = slow(text, head, place + 1, form, final)
        good = [(line, row) for line, row in done if isinstance(row, Row)]
        if len(good) < len(done):
            if head == low:
                raise UnclearError("here")
            good, end = [], head
        yield head, good, end
        if end <= place:
            return
        start = place = end


def mixed(text: bytes, start: int, stop: int, form: Shape, final: bool) -> Found:
    r"""A piece by Arrow's reader, but for the records with ``\"`` in them; in their place stand empty lines, which are no records."""
    import pyarrow as pa

    kept, good, batches, last, line = list[bytes](), list[tuple[int, Row]](), list[Any](), start, 0
    for head, some, end in apart(text, start, stop, form, final):
        line += number(text[last:head], "\n")
        good += [(line + at, row) for at, row in some]
        empty = b"\n" * text.count(b"\n", head, end)
        kept += [text[last:head], empty]
        last, line = end, line + len(empty)
    whole = final and stop == len(text)
    end = last if escape(text, last, stop) >= 0 else stop if whole else before(text, last, stop)  # last: the text ends in that record
    rest = b"".join([*kept, text[last:end]])
    if rest.strip(b"\r\n"):
        batches.append(fast(rest, form))
    if end == start or not (good or batches):
        raise UnclearError
    if good:
        batches.append(batch_of(good, form))
    batch = batches[0] if len(batches) == 1 else pa.Table.from_batches(batches).sort_by("line").combine_chunks().to_batches()[0]
    return Found(batch, [], end)


def found(text: bytes, form: Shape, line: int, final: bool) -> Iterator[Found]:
    """All records of a text whose first line is this one, as far as they are certain, and its faults."""
    place, size = 0, len(text)
    while place < len(text):
        try:
            done = mixed(text, place, min(place + size, len(text)), form, final)
        except UnclearError as unclear:
            if size > SMALL and not unclear.args:
                size = min(size, len(text) - place) // 2
                continue
            some, end = slow(text, place, place + SMALL, form, final)
            faults = [(line + at, row.reason, text[row.start : row.end]) for at, row in some if isinstance(row, Fault)]
            done = Found(batch_of([(at, row) for at, row in some if isinstance(row, Row)], form), faults, end)
        if done.end == place:
            return
        yield Found(moved(done.batch, line), done.faults, done.end)
        line += number(text[place : done.end], "\n")
        place, size = done.end, size * 2


def moved(batch: pyarrow.RecordBatch, line: int) -> pyarrow.RecordBatch:
    """A batch with ``line`` added to all its lines."""
    from pyarrow import compute

    return batch.set_column(batch.num_columns - 1, "line", compute.add(batch.column("line"), line))


def headed(read: Callable[[int], bytes], size: int = BLOCK) -> tuple[bytes, bytes]:
    """The header, and what else of the text was read with it."""
    held = b""
    while b"\n" not in held and len(held) < BLOCK and (piece := read(size)):
        held += piece
    header, _, rest = held.partition(b"\n")
    return header, rest


def records(read: Callable[[int], bytes], held: bytes, form: Shape, line: int = 2, size: int = BLOCK) -> Iterator[Found]:
    """All records of a part that starts with ``held``, in this line, and goes on as ``read`` gives it."""
    piece = held or read(size)
    held = b""
    while piece or held:
        held += piece
        piece, end = read(size), 0
        for done in found(held, form, line, final=not piece):
            yield done
            end = done.end
        if not piece:
            return
        line, held = line + number(held[:end], "\n"), held[end:]
