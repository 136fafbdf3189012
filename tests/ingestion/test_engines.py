"""One expression, two engines: what Spark counts is what DuckDB counts, byte for byte."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pytest
from pyarrow import parquet

import kg
from kg.errors import KgError
from kg.ingestion.dsa.records import COLUMNS
from tests.ingestion import tables
from tests.ingestion.tables import CLOSED, REMOVED, VIOLENCE, content, of_statements, of_statistics

MASTER = "local[2]"


@pytest.fixture(autouse=True)
def _spark() -> None:
    pytest.importorskip("pyspark", reason="Spark is not installed ('make spark' installs it and runs these tests)")
    if not shutil.which("java"):
        pytest.skip("Java is not installed here; Spark needs Java 17")


def both(base: Path, out: Path, *paths: Path, rows: bool = False) -> list[dict[str, bytes]]:
    """What each engine makes of the same input."""
    found = []
    for engine in ("duckdb", "spark"):
        kg.ingest(*paths, out=out / engine, graph=base, rows=rows, engine=engine, master=MASTER)
        place = content(out / engine)
        found.append({name: (place / name).read_bytes() for name in ("graph.nt", "figures.parquet", "rejects.jsonl")})
    return found


# pyspark's own files and sockets are closed late; that is no fault of ours
@pytest.mark.filterwarnings("ignore")
def test_figures_and_rows_are_the_same_bytes(tmp_path: Path, base: Path) -> None:
    kinds = [{"decision_account": CLOSED}, {}, {"account_type": 'NEW "X"\n'}, {"created_at": "soon"}, {"platform_name": ""}]
    kinds += [{"decision_visibility": value} for value in (f'["{REMOVED}","DECISION_VISIBILITY_OTHER"]', "[]", "")]
    given = [row | {"platform_name": name} for row in kinds for name in ("TikTok", "Ünï & Co", row.get("platform_name", "[]"))] * 40
    one = of_statements(tmp_path / "x[1].parquet", *given)
    two = of_statements(tmp_path / "lists {a}.parquet", *given, lists=["decision_visibility"], first=10_000)
    part = tables.csv(tmp_path / "part.csv", *given, first=20_000)
    duckdb, spark = both(base, tmp_path / "out", one, two, part, rows=True)
    assert duckdb == spark
    assert duckdb["rejects.jsonl"].count(b"\n") > 100


@pytest.mark.filterwarnings("ignore")
def test_odd_lists_and_times_are_the_same_bytes(tmp_path: Path, base: Path) -> None:
    cells = [[None], ['a"b', "DECISION_VISIBILITY_OTHER"], ["x", None], ["c,d\\", "\n"], [], None, ["\\u0041"]]
    made = tables.rows(*[{}] * len(cells))
    times = [datetime.datetime(2025, 7, 1, 23, 59, 59, 999_999)] * len(cells)
    kinds = [pa.timestamp(unit, tz=zone) for unit in ("s", "ms", "us", "ns") for zone in (None, "UTC")]
    paths = []
    for n, kind in enumerate([*kinds, pa.date32()]):
        columns = {name: [row[name] for row in made] for name in COLUMNS} | {"created_at": pa.array(times).cast(kind, safe=False)}
        columns |= {"uuid": [str(UUID(int=100 * n + i)) for i in range(len(cells))], "decision_visibility": pa.array(cells)}
        paths.append(tmp_path / f"{n}.parquet")
        parquet.write_table(pa.table(columns), paths[-1])
    duckdb, spark = both(base, tmp_path / "out", *paths, rows=True)
    assert duckdb == spark
    codes = {code for row in tables.figures(tmp_path / "out" / "spark") for code in row["code"]}
    assert codes == {"\n", 'a"b', "c,d\\", "null", "x", "\\u0041"}
    assert sum(row["value"] for row in tables.figures(tmp_path / "out" / "spark")) == 9 * len(cells)


@pytest.mark.filterwarnings("ignore")
def test_a_master_that_is_none_is_told_in_one_line(tmp_path: Path, base: Path) -> None:
    path = of_statements(tmp_path / "a.parquet", {})
    with pytest.raises(KgError, match=r"Spark cannot be started at 'nonsense://x': .*; see that Java 17 is there"):
        kg.ingest(path, out=tmp_path / "out", graph=base, engine="spark", master="nonsense://x")


@pytest.mark.filterwarnings("ignore")
def test_statistics_are_the_same_bytes(tmp_path: Path, base: Path) -> None:
    rows: list[tuple[object, ...]] = [("2024-01-01", name, "category", VIOLENCE, 5) for name in ("TikTok", "Acast", None)]
    rows += [("2024-01-02", "TikTok", "decision_account", CLOSED, 0), ("2024-01-03", "TikTok", "category", None, 1)]
    duckdb, spark = both(base, tmp_path / "out", of_statistics(tmp_path / "s.parquet", *rows))
    assert duckdb == spark
