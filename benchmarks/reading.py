"""Rows counted, and dumps read: the ways of ``kg ingest``, and the same by what is beneath them, bare."""

from __future__ import annotations

import resource
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.exporting import counted
from benchmarks.measuring import Stages, main
from kg.ingestion.codes import Alignment
from kg.ingestion.dsa.records import COLUMNS, Reject
from kg.ingestion.inputs import Input, staged
from kg.vocabulary import vocabulary


def count(rows: str) -> Mapping[str, Any]:
    """Parquet → combinations of codes, checked and accounted for."""
    stages = Stages()
    with counted(rows, stages) as (connection, _):
        found = connection.execute("SELECT count(*), sum(n)::BIGINT FROM combinations").fetchone()
    return {"stages": stages.seconds, "combinations": found[0], "rows": found[1]}


def group(rows: str) -> Mapping[str, Any]:
    """The same columns scanned and grouped by DuckDB, as a user would write it: nothing checked, nothing accounted for."""
    stages = Stages()
    names = ", ".join(f'"{column}"' for column in Alignment(vocabulary()).columns)
    import duckdb

    with (
        tempfile.TemporaryDirectory(dir=Path(rows).parent) as folder,
        duckdb.connect(f"{folder}/bare.duckdb") as connection,
        stages("count"),
    ):
        connection.execute(f"""CREATE TABLE combinations AS SELECT platform_name, left(created_at, 10) AS day, {names}, count(*) AS n
            FROM '{rows}/*.parquet' GROUP BY ALL""")
        found: Any = connection.execute("SELECT count(*), sum(n)::BIGINT FROM combinations").fetchone()
    return {"stages": stages.seconds, "combinations": found[0], "rows": found[1]}


def stage(dump: str, out: str) -> Mapping[str, Any]:
    """A dump as published → narrow Parquet: unzipped as it is read, SHA-1 verified, each record read or rejected."""
    stages = Stages()
    rejected: list[Reject] = []
    folder = Path(out)
    folder.mkdir(exist_ok=True)
    with stages("read"):
        _, rows, _ = staged(Input(Path(dump), "dump"), folder, tuple(Alignment(vocabulary()).columns), rejected.append, lambda _: None)
    return {"stages": stages.seconds, "rows": rows, "rejected": sum(each.records for each in rejected)}


def unpacked(dump: str, out: str) -> Mapping[str, Any]:
    """The parts of a dump as CSV files in a folder, for readers that do not take zips in zips."""
    folder = Path(out)
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(dump) as outer:
        for name in outer.namelist():
            with outer.open(name) as stream, zipfile.ZipFile(stream) as inner:
                inner.extractall(folder)
    return {"bytes": sum(path.stat().st_size for path in folder.glob("*.csv")), "parts": len(list(folder.glob("*.csv")))}


def pyarrow(parts: str, out: str) -> Mapping[str, Any]:
    """The unpacked parts by Arrow's reader."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    stages, rows = Stages(), 0
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    with stages("read"), parquet.ParquetWriter(out, schema, compression="zstd") as file:
        for path in sorted(Path(parts).glob("*.csv")):
            convert = csv.ConvertOptions(include_columns=COLUMNS, column_types=dict.fromkeys(COLUMNS, pa.string()))
            table = csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=convert)
            file.write_table(table)
            rows += table.num_rows
    return {"stages": stages.seconds, "rows": rows}


def duckdb(parts: str, out: str) -> Mapping[str, Any]:
    """The unpacked parts by DuckDB's reader."""
    import duckdb

    stages = Stages()
    with stages("read"):
        options = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', strict_mode = false"
        read = f"read_csv('{parts}/*.csv', {options})"
        duckdb.sql(f"COPY (SELECT {', '.join(COLUMNS)} FROM {read}) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
        rows: Any = duckdb.sql(f"SELECT count(*) FROM read_parquet('{out}')").fetchone()
    return {"stages": stages.seconds, "rows": rows[0]}


def earlier(table: str, number: str, out: str) -> Mapping[str, Any]:
    """Write the statistics of the database's first days, as many as give at most so many figures by day."""
    import duckdb

    names = ", ".join(f"'{column}'" for column in Alignment(vocabulary()).columns)
    kept = f'count > 0 AND platform IS NOT NULL AND entity IS NULL AND variant IS NOT NULL AND "column" IN ({names})'
    days = f"SELECT start_date, sum(count(*)) OVER (ORDER BY start_date) AS n FROM '{table}' WHERE {kept} GROUP BY start_date"
    last = f"SELECT max(start_date) FROM ({days}) WHERE n <= {number}"
    duckdb.sql(f"COPY (FROM '{table}' WHERE start_date <= ({last})) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
    return {}


def ingest(table: str, graph: str, out: str) -> Mapping[str, Any]:
    """The whole of ``kg ingest --by day``: CPU seconds by stage, and the peak before the store is loaded."""
    import time

    import kg.ingestion

    reached: dict[str, float] = {}
    memory: dict[str, int] = {}

    def progress(step: str, _: int) -> None:
        if step not in reached:
            reached[step], memory[step] = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    manifest = kg.ingestion.ingest(table, out=out, graph=graph, by="day", progress=progress)
    writing, loading, end = reached["writing triples"], reached["loading the store"], time.process_time()
    files = manifest["files"]
    return {
        "stages": {"count, read codes, check": writing, "write triples and table": loading - writing, "load the store": end - loading},
        "memory": memory["loading the store"], "figures": manifest["figures"], "triples": manifest["triples"],
        "bytes": {"graph.nt": files["graph.nt"], "figures.parquet": files["figures.parquet"],
                  "store": sum(size for name, size in files.items() if name.startswith("store/"))},
        "content": manifest["content"], "rows": manifest["rows"]["read"],
    }  # fmt: skip


if __name__ == "__main__":
    main({task.__name__: task for task in (count, group, stage, unpacked, pyarrow, duckdb, earlier, ingest)})
