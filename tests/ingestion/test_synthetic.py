"""The generator of synthetic statements: it says that they are synthetic, and what it writes is read whole in every form."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.statements import write
from tests.ingestion.test_dumps import taken


@pytest.mark.parametrize("form", ["full", "light", "narrow"])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_synthetic_dumps_and_parquet_hold_the_same_rows_and_all_are_read(tmp_path: Path, version: str, form: str) -> None:
    zips = write(tmp_path / "zip", 3_001, version, form, days=2)
    tables = write(tmp_path / "parquet", 3_001, version, form, days=2, as_parquet=True)
    for zipped, table, count in zip(zips, tables, (1_501, 1_500), strict=True):
        rows, rejects = taken(zipped)
        same, _ = taken(table)
        assert (len(rows), rejects) == (count, [])
        where = {"file": "", "part": "", "line": 0}
        assert [row | where for row in rows] == [row | where for row in same]
        assert len({row["uuid"] for row in rows}) == count
        assert {row["created_at"][:10] for row in rows} == {zipped.name.removeprefix("synthetic-sor-global-")[:10]}


def test_synthetic_statements_say_so_and_are_the_same_each_time(tmp_path: Path) -> None:
    (once,), (again,) = (write(tmp_path / name, 500) for name in ("a", "b"))
    assert once.read_bytes() == again.read_bytes()
    assert once.name.startswith("synthetic-") and once.with_name(f"{once.name}.sha1").is_file()
    assert "no row of it ever happened" in once.with_name("SYNTHETIC.txt").read_text("utf-8")


def test_every_synthetic_row_carries_a_decision_and_platforms_have_about_their_share(tmp_path: Path) -> None:
    rows, _ = taken(write(tmp_path, 5_000)[0])
    kinds = ("decision_visibility", "decision_monetary", "decision_provision", "decision_account")
    assert all(any(row[kind] for kind in kinds) for row in rows)
    assert 0.55 < Counter(row["platform_name"] for row in rows)["Google Shopping"] / 5_000 < 0.63
