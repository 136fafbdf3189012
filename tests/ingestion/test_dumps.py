"""The dumps as they are published: every form of them gives the same rows, and every record is yielded or rejected."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kg.ingestion.dsa.dumps import COLUMNS, Reject, read
from tests.ingestion.statements import SHARED, header, packed, statement, text, zipped

Rows = list[dict[str, Any]]


def taken(path: Path) -> tuple[Rows, list[Reject]]:
    rejects: list[Reject] = []
    batches = list(read(path, rejects.append))
    return [row for batch in batches for row in batch.to_pylist()], rejects


@pytest.mark.parametrize("name", ["sor-sample-v1-2024.csv", "sor-sample-v2-2025-07-01.csv"])
def test_real_rows_of_both_versions_are_read_as_the_csv_module_reads_them(name: str) -> None:
    rows, rejects = taken(SHARED / name)
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        told = [{column: row[column] for column in COLUMNS} for row in csv.DictReader(file)]
    assert [{column: row[column] for column in COLUMNS} for row in rows] == told
    assert [(row["file"], row["part"], row["line"]) for row in rows] == [(name, "", i + 2) for i in range(len(told))]
    assert rejects == []


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["stored", "deflated"])
@pytest.mark.parametrize("form", ["full", "light"])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_zip_of_zips_gives_the_rows_of_all_its_parts_with_their_places(tmp_path: Path, version: str, form: str, method: int) -> None:
    columns = header(version, form)
    parts = [text([statement(10 * part + i, columns, account_type=str(i)) for i in range(3)], columns) for part in range(3)]
    rows, rejects = taken(packed(tmp_path, parts, method=method))
    name = "sor-global-2025-07-01-full"
    assert [(row["part"], row["line"], row["account_type"]) for row in rows] == [
        (f"{name}-{part // 2:05}.csv.zip/{name}-{part // 2:05}-{part % 2:05}.csv", i + 2, str(i)) for part in range(3) for i in range(3)
    ]
    assert rejects == []


def test_an_inner_zip_and_a_part_of_it_give_the_same_rows(tmp_path: Path) -> None:
    part = text([statement(i) for i in range(5)])
    (tmp_path / "a.csv").write_bytes(part)
    inner = zipped(tmp_path / "a.csv.zip", {"a.csv": part}, zipfile.ZIP_DEFLATED)
    alone, packed_ = taken(tmp_path / "a.csv")[0], taken(inner)[0]
    assert [row | {"file": "", "part": ""} for row in alone] == [row | {"file": "", "part": ""} for row in packed_]
    assert {(row["file"], row["part"]) for row in packed_} == {("a.csv.zip", "a.csv")}
