"""The DSA's dumps as they are published, read as record batches of the few columns that figures are made of."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.ingestion.dsa import archives, parquet
from kg.ingestion.dsa.archives import Part, refused
from kg.ingestion.dsa.headers import other, shape
from kg.ingestion.dsa.parts import headed, records
from kg.ingestion.dsa.php_csv import START
from kg.ingestion.dsa.records import COLUMNS, Reject, Rejecting, shown

if TYPE_CHECKING:
    import pyarrow

__all__ = ["COLUMNS", "Reject", "read"]


def read(path: str | Path, reject: Rejecting, verified: Callable[[str | None], object] = bool) -> Iterator[pyarrow.RecordBatch]:
    """The statements of a dump (a zip of zips, one of its inner zips, a CSV part) or of a Parquet file, batch by batch.

    The columns are ``COLUMNS``, text as it stands and "" for none, and ``file``, ``part`` (the path inside the dump) and ``line``: the line
    of the part where the record starts, in Parquet the row's number. What cannot be taken is given to ``reject``; all records of the dump
    are yielded or rejected. The file's SHA-1 is verified before anything is yielded, where a file beside it tells it; ``verified`` hears
    it, or None.

    Raises SourceError where the dump cannot be read at all; what was yielded until then should not be used.

    >>> list(read("missing.zip", print))
    Traceback (most recent call last):
    kg.errors.SourceError: ...
    """
    path = Path(path)
    with archives.reading(str(path)), path.open("rb") as stream:
        start = stream.read(4)
    verified(archives.checksum(path))
    batches = parquet.statements(path, reject) if start == b"PAR1" else dump(path, start, reject)
    for batch in batches:
        if batch.num_rows:
            yield batch if "file" in batch.schema.names else placed(batch, path.name, "")


def placed(batch: pyarrow.RecordBatch, file: str, part: str) -> pyarrow.RecordBatch:
    """A batch with the names of the file and the part it comes from."""
    import pyarrow as pa

    names = [pa.repeat(pa.scalar(name, pa.string()), batch.num_rows) for name in (file, part)]
    return pa.record_batch([*batch.columns[:-1], *names, batch.column("line")], names=[*COLUMNS, "file", "part", "line"])


def dump(path: Path, start: bytes, reject: Rejecting) -> Iterator[pyarrow.RecordBatch]:
    """The statements of a zip or of a CSV file; all archives are looked into before anything is yielded."""
    with path.open("rb") as stream:
        zipped = start[:2] == b"PK" or path.suffix.lower() == ".zip"
        parts = list(archives.parts(stream, str(path))) if zipped else [Part("", lambda: stream)]
        if not parts:
            raise refused(str(path), "there is no CSV part in it", "give a dump as it was published")
        if not zipped:
            stream.seek(0)
        wrong: set[str] = set()
        for part in parts:
            wrong.add((yield from part_of(path, part, reject)))
    if "" not in wrong:
        raise refused(str(path), min(wrong), f"a dump's header has {', '.join(COLUMNS)}")


def part_of(path: Path, part: Part, reject: Rejecting) -> Generator[pyarrow.RecordBatch, None, str]:
    """The statements of one part; why it was not taken as a whole, "" where it was."""
    with archives.reading(f"{path}/{part.name}"):
        stream = part.open()

    def piece(size: int) -> bytes:
        with archives.reading(f"{path}/{part.name}"):
            return stream.read(size)

    header, first = headed(piece)
    form = shape(header)
    if isinstance(form, str):
        reject(Reject(path.name, part.name, 1, *left_out(header, first, piece, form)))
        return form
    for done in records(piece, first, form):
        yield placed(done.batch, path.name, part.name)
        for line, reason, text in done.faults:
            reject(Reject(path.name, part.name, line, reason, shown(text)))
    return ""


def left_out(header: bytes, first: bytes, piece: Callable[[int], bytes], reason: str) -> tuple[str, str, int]:
    """What is said of a part that is not taken: why, its header, and how many records it has."""
    count, unsure = int(bool(START.match(header))), False
    for done in records(piece, first, other(header, first)):
        count += done.batch.num_rows + len(done.faults)
        unsure = unsure or bool(done.faults)
    doubt = "; not all of them could be told apart, so their number is not sure" if unsure else ""
    return f"{reason}; all its records are left out{doubt}", shown(header), count
