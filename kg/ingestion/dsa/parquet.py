"""Statements of reasons in Parquet, as the same batches that the CSV parts give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.ingestion.dsa.archives import refused
from kg.ingestion.dsa.records import COLUMNS, Reject, Rejecting

if TYPE_CHECKING:
    import pyarrow

ROWS = 1 << 16  # of one batch
DAY = "%Y-%m-%d %H:%M:%S"


def texts(column: Any) -> Any:
    """A column as the dumps write it: lists as JSON, times as text, "" for none."""
    import pyarrow as pa
    from pyarrow import compute, types

    kind = column.type
    if types.is_list(kind) or types.is_large_list(kind):
        values = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "" for value in column.to_pylist()]
        return pa.array(values, pa.string())
    if types.is_timestamp(kind) or types.is_date(kind):
        column = compute.strftime(column.cast(pa.timestamp("s"), safe=False), DAY)
    return compute.fill_null(column.cast(pa.string()), "")


def whole(batch: pyarrow.RecordBatch) -> bool:
    """Is all its text UTF-8?"""
    import pyarrow as pa

    try:
        batch.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def sound(batch: pyarrow.RecordBatch, first: int, file: str, reject: Rejecting) -> Iterator[pyarrow.RecordBatch]:
    """The rows whose text is UTF-8; the others are rejected by their number."""
    if whole(batch):
        yield batch
    elif batch.num_rows == 1:
        reject(Reject(file, "", first, "a column that is read is not UTF-8"))
    else:
        half = batch.num_rows // 2
        yield from sound(batch.slice(0, half), first, file, reject)
        yield from sound(batch.slice(half), first + half, file, reject)


def statements(path: Path, reject: Rejecting) -> Iterator[pyarrow.RecordBatch]:
    """The rows of a Parquet file; ``line`` is a row's number, from 1."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            missing = [name for name in COLUMNS if name not in file.schema_arrow.names]
            if missing:
                raise refused(str(path), f"it lacks the columns {', '.join(missing)}", "statements of reasons have them all")
            first = 1
            for batch in file.iter_batches(ROWS, columns=list(COLUMNS), use_threads=False):
                plain = pa.record_batch(
                    [*(texts(batch.column(name)) for name in COLUMNS), pa.array(range(first, first + batch.num_rows), pa.int64())],
                    names=[*COLUMNS, "line"],
                )
                yield from sound(plain, first, path.name, reject)
                first += batch.num_rows
    except (pa.ArrowException, OSError) as error:
        raise refused(str(path), f"it is no Parquet, or damaged: {error}") from error
