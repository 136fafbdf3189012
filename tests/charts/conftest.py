"""A small table of statistics, ingested beside the shipped facts, and its charts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

import kg
from kg.charts import Charts, chart
from kg.graph import Graph

DAYS = ["2024-05-01", "2024-05-31", "2024-06-01", "2024-06-30", "2025-06-01", "2025-06-30", "2025-07-01", "2025-07-10"]
MONTHS = ["2024-05", "2024-06", "2025-06", "2025-07"]
# Each platform closes so many accounts on each of the days, a day more than another only by its place.
CLOSED = {
    "TikTok": 9_000, "Instagram": 8_000, "Facebook": 700, "Vinted": 60, "YouTube": 50, "Pinterest": 40, "Temu": 30, "Snapchat": 20,
    "Google Play": 3, "X": 2, "Google Shopping": 1_000_000, "=HYPERLINK(1)": 10,
}  # fmt: skip
CATEGORIES = {"STATEMENT_CATEGORY_SCAMS_AND_FRAUD": 3, "STATEMENT_CATEGORY_VIOLENCE": 1}
SCHEMA = pa.schema(
    [("start_date", pa.date32()), ("end_date", pa.date32())]
    + [(name, pa.string()) for name in ("tag", "platform", "category", "column", "entity", "variant", "text")]
    + [(name, pa.int64()) for name in ("count", "min", "mean", "max")]
)


def figures() -> Iterator[tuple[str, str, str, str, int]]:
    """Day, platform, column, code and count."""
    for place, day in enumerate(DAYS):
        for platform, count in CLOSED.items():
            if platform == "Vinted" and day < "2025":
                continue  # it joined later
            yield day, platform, "decision_account", "DECISION_ACCOUNT_TERMINATED", count + place
            for code, part in CATEGORIES.items():
                yield day, platform, "category", code, part * count
            yield day, platform, "category_specification", "KEYWORD_PHISHING", 2_000 * count
            yield day, platform, "automated_decision", "AUTOMATED_DECISION_FULLY", 2 * count
            yield day, platform, "automated_decision", "AUTOMATED_DECISION_NOT_AUTOMATED", count


def table(path: Path) -> Path:
    """The statistics as they are carried."""
    rows = []
    for day, platform, column, code, count in figures():
        when = date.fromisoformat(day)
        told: dict[str, Any] = {
            "start_date": when,
            "end_date": when,
            "platform": platform,
            "column": column,
            "variant": code,
            "count": count,
        }
        rows.append(dict.fromkeys(SCHEMA.names) | told)
    parquet.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path)
    return path


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the shipped facts and the table's figures by month."""
    folder = tmp_path_factory.mktemp("charts")
    kg.build(out=folder / "build")
    kg.ingest(table(folder / "statistics.parquet"), out=folder / "dsa", graph=folder / "build")
    return folder / "dsa"


@pytest.fixture(scope="session")
def charted(ingested: Path) -> Graph:
    return kg.open(ingested)


@pytest.fixture(scope="session")
def charts(charted: Graph) -> Charts:
    return chart(charted)
