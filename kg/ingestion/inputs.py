"""What is given to be ingested: files and folders, told apart by what is in them, and read into combinations of codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import SourceError
from kg.graph import digest
from kg.ingestion.dsa import statements, statistics
from kg.ingestion.dsa.dumps import read
from kg.ingestion.dsa.records import COLUMNS, Reject

if TYPE_CHECKING:
    import pyarrow

SUFFIXES = (".zip", ".parquet", ".csv")
DUMP = re.compile(r"sor-(?P<of>.+)-(?P<day>\d{4}-\d\d-\d\d)-(?P<form>full|light)(?P<part>(?:-\d+)*)")
EVERY = "global"  # what a dump of all platforms has in its name


@dataclass(frozen=True, slots=True)
class Input:
    """A file and what it is: a 'statistics' table, 'statements' in Parquet, or a 'dump'."""

    path: Path
    kind: str


def gather(paths: Iterable[str | Path]) -> list[Input]:
    """The inputs among files and folders, in the order of their names within a folder; raises SourceError.

    >>> gather(["no-such-file.zip"])
    Traceback (most recent call last):
    kg.errors.SourceError: no-such-file.zip: there is no such file or folder; name a dump, a Parquet file or a folder of them
    """
    found = [Input(file, _kind(file)) for path in paths for file in _files(Path(path))]
    if not found:
        raise SourceError("no input was named; name a dump, a Parquet file or a folder of them")
    if len({each.kind == "statistics" for each in found}) == 2:
        raise SourceError("a table of statistics and statements of reasons count the same decisions; ingest one of them at a time")
    seen: dict[str, Path] = {}
    for each in found:
        if (other := seen.setdefault(each.path.name, each.path)) is not each.path:
            raise SourceError(f"{each.path}: a file of this name is given twice (also {other}); give each file once, under its own name")
    _once(found)
    _different(found)
    return found


def _different(inputs: Sequence[Input]) -> None:
    """Refuse a file that was given twice under two names."""
    sizes = Counter(each.path.stat().st_size for each in inputs)
    seen: dict[str, Path] = {}
    for path in (each.path for each in inputs if sizes[each.path.stat().st_size] > 1):
        if (other := seen.setdefault(digest(path), path)) is not path:
            raise SourceError(f"{path}: the same bytes as {other}, which would be counted twice; give one of them")


def _once(inputs: Sequence[Input]) -> None:
    """Refuse dumps that, by their names, hold the same statements: a day's of all platforms beside one platform's, full beside light,
    a whole beside a part of it.
    """
    days: dict[str, dict[tuple[str, str, tuple[str, ...]], str]] = {}
    for name in (each.path.name for each in inputs):
        if told := DUMP.search(name):
            part = tuple(told["part"].split("-")[1:])
            known = days.setdefault(told["day"], {})
            for (of, form, piece), other in known.items():
                apart = told["form"] == form and any(a != b for a, b in zip(part, piece, strict=False))
                if (told["of"] == of and not apart) or (told["of"] != of and EVERY in (told["of"], of)):
                    raise SourceError(f"{name} and {other} hold the same decisions, which would be counted twice; give one of them")
            known[told["of"], told["form"], part] = name


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise SourceError(f"{path}: there is no such file or folder; name a dump, a Parquet file or a folder of them")
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not found:
        raise SourceError(f"{path}: no input here ({', '.join(SUFFIXES)}); name the folder that holds them")
    return found


def _kind(path: Path) -> str:
    import pyarrow as pa
    from pyarrow import parquet

    if path.suffix.lower() != ".parquet":
        return "dump"
    try:
        schema = parquet.read_schema(path)
    except (OSError, pa.ArrowInvalid) as error:
        raise SourceError(f"{path}: not Parquet, or cut short ({str(error).splitlines()[0]}); download it again") from error
    names = set(schema.names)
    if set(statistics.NEEDED) <= names:
        return "statistics"
    if missing := [name for name in COLUMNS if name not in names]:
        raise SourceError(f"{path}: has no column '{missing[0]}'; give statements of reasons or a statistics table")
    if numbers := [name for name in COLUMNS if pa.types.is_integer(schema.field(name).type)]:
        raise SourceError(f"{path}: the column '{numbers[0]}' holds numbers; give text, or a time as a timestamp")
    return "statements"


def staged(
    each: Input, folder: Path, columns: Sequence[str], reject: Callable[[Reject], None], progress: Callable[[int], None]
) -> tuple[Path, int, str | None]:
    """A dump as narrow Parquet of the columns that are counted: the file, its rows, the dump's verified SHA-1. Nothing else is unpacked."""
    import pyarrow as pa
    from pyarrow import parquet

    kept = [statements.UUID, statements.NAME, statements.CREATED, *columns, "part", "line"]
    rows, sha1 = 0, list[str | None]()

    def narrow() -> Iterator[pyarrow.RecordBatch]:
        nonlocal rows
        for batch in read(each.path, reject, sha1.append):
            rows += batch.num_rows
            progress(rows)
            yield batch.select(kept)

    into = folder / f"{each.path.name}.parquet"
    schema = pa.schema([(name, pa.int64() if name == "line" else pa.string()) for name in kept])
    with parquet.ParquetWriter(into, schema, compression="zstd") as writer:
        for batch in narrow():
            writer.write_batch(batch)
    return into, rows, sha1[0]
