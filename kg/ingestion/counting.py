"""Inputs → the table ``combinations`` (file, platform, day, codes, n): the one expression run, and every row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, SourceError
from kg.ingestion import checking
from kg.ingestion.dsa import statements, statistics
from kg.ingestion.engines import Engine
from kg.ingestion.figures import escaped, keep
from kg.ingestion.inputs import Input, staged
from kg.ingestion.rejects import Rejects

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str, int], None]


def count(
    inputs: Sequence[Input], columns: Sequence[str], runs: Engine, connection: duckdb.DuckDBPyConnection,
    scratch: Path, rejects: Rejects, progress: Progress,
) -> dict[str, int]:  # fmt: skip
    """Make ``combinations`` and ``files`` of the inputs, of one kind; what became of the rows that were read, by what they are.

    Raises KgError where these do not add up to what was read: nothing may be lost.
    """
    sha1: dict[str, str | None] = {}
    if inputs[0].kind == "statistics":
        read, became = _statistics(inputs, columns, runs, connection)
    else:
        read, became = _statements(inputs, columns, runs, connection, scratch, rejects, progress, sha1)
    _files(connection, [each.path.name for each in inputs], sha1)
    if read != sum(became.values()):
        raise KgError(f"{read:,} rows were read but {sum(became.values()):,} accounted for ({became}); please report this")
    if not became["figure"]:
        raise SourceError(f"none of {read:,} rows can be counted as a figure; give other files", rejects.first)
    return {"read": read} | became


def _files(connection: duckdb.DuckDBPyConnection, names: Sequence[str], sha1: Mapping[str, str | None]) -> None:
    import pyarrow as pa

    columns = {"name": names, "escaped": list(map(escaped, names)), "sha1": pa.array(map(sha1.get, names), pa.string())}
    keep(connection, "files", pa.table({"number": pa.array(range(len(names)), pa.int32())} | columns))


def _statistics(
    inputs: Sequence[Input], columns: Sequence[str], runs: Engine, connection: duckdb.DuckDBPyConnection
) -> tuple[int, dict[str, int]]:
    every = runs.table([each.path for each in inputs], lambda table: statistics.rows(table, columns))
    runs.keep(connection, "kinds", statistics.kinds(every))
    runs.keep(connection, "combinations", statistics.counted(every))
    checking.published(connection, [each.path.name for each in inputs])
    found = dict(connection.execute("SELECT kind, n FROM kinds").fetchall())
    return _rows(inputs), {kind: int(found.get(kind, 0)) for kind in statistics.KINDS}


def _statements(
    inputs: Sequence[Input], columns: Sequence[str], runs: Engine, connection: duckdb.DuckDBPyConnection,
    scratch: Path, rejects: Rejects, progress: Progress, sha1: dict[str, str | None],
) -> tuple[int, dict[str, int]]:  # fmt: skip
    reads, read = [], 0
    for each in inputs:
        if each.kind == "dump":
            path, rows, sha1[each.path.name] = staged(each, scratch, columns, rejects, lambda done: progress("reading dumps", done))
        else:
            path, rows = each.path, _rows([each])
        reads.append(path)
        read += rows
    read += rejects.records
    progress("counting", 0)
    every = runs.table(reads, lambda table: statements.rows(table, columns))
    runs.keep(connection, "combinations", statements.counted(every, columns))
    runs.view(connection, "decisions", every)
    for reject in checking.wrong(connection, [(each.path.name, path) for each, path in zip(inputs, reads, strict=True)]):
        rejects(reject)
    counted: Any = connection.execute("SELECT coalesce(sum(n), 0) FROM combinations").fetchone()
    return read, {"figure": int(counted[0]), "rejected": rejects.records}


def _rows(inputs: Sequence[Input]) -> int:
    from pyarrow import parquet

    return sum(parquet.read_metadata(each.path).num_rows for each in inputs)
