"""Ingestion: tables of decisions and counts → claims that are measures too, joined to a built graph, at any size.

One expression counts what the inputs hold (DuckDB or Spark runs it); its combinations of codes are read by the ontology;
the figures are written as N-Triples and as a table, and loaded into a store on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import QueryError, nearest
from kg.ingestion.codes import Alignment
from kg.ingestion.engines import NAMES
from kg.ingestion.figures import PERIODS
from kg.vocabulary import vocabulary

Progress = Callable[[str, int], None]  # the step, and what of it is done


def _quiet(_: str, __: int) -> None:
    """No progress shown."""


def ingest(
    *paths: str | Path, out: str | Path = "dsa", graph: str | Path = "build", by: str = "month", dimensions: Sequence[str] = (),
    rows: bool = False, engine: str = "duckdb", master: str = "local[*]", progress: Progress = _quiet,
) -> Mapping[str, Any]:  # fmt: skip
    """Join the figures of DSA dumps, of Parquet of the same rows or of a statistics table to a built graph, in the folder ``out``.

    ``by``: the period of a figure, 'day' or 'month'. ``dimensions``: which properties a figure is told by (default: all that
    the ontology reads from the data set's columns). ``rows``: each decision becomes a thing as well. Returns the manifest: what was
    read, stored, left out and rejected. Raises SourceError (an input or the folder), ShapeError, KgError; the last good
    content of ``out`` stays as it is.

    >>> ingest("no-such-file.zip")
    Traceback (most recent call last):
    kg.errors.SourceError: no-such-file.zip: there is no such file or folder; name a dump, a Parquet file or a folder of them
    """
    alignment = Alignment(vocabulary())
    keys = tuple(sorted(set(dimensions))) or alignment.properties
    for word, known in ((by, PERIODS), (engine, NAMES), *((key, alignment.properties) for key in keys)):
        if word not in known:
            raise QueryError(f"'{word}' is not known here; {nearest(word, known)}")
    if rows and "penalty" not in keys:
        raise QueryError("a decision says what was done; with 'rows' keep 'penalty' among the dimensions")
    from kg.ingestion.inputs import gather
    from kg.ingestion.running import Job, run

    columns = tuple(column for column, key in alignment.columns.items() if key in keys)
    job = Job(tuple(gather(paths)), Path(out), Path(graph), by, columns, keys, rows, engine, master)
    return run(job, alignment, progress)
