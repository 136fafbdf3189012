"""Small inputs of `kg ingest` as tests want them: statements and statistics in Parquet, a graph to join, and what was made of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyoxigraph as ox
from pyarrow import parquet

import kg
from kg import resources
from kg.ingestion.dsa.records import COLUMNS
from tests.ingestion.statements import statement, text

# The columns that hold codes which the ontology reads.
CODES = (
    "account_type", "automated_decision", "category", "category_addition", "category_specification",
    "decision_account", "decision_monetary", "decision_provision", "decision_visibility",
)  # fmt: skip
CLOSED, REMOVED = "DECISION_ACCOUNT_TERMINATED", "DECISION_VISIBILITY_CONTENT_REMOVED"
SCAMS, VIOLENCE = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD", "STATEMENT_CATEGORY_VIOLENCE"
Row = Mapping[str, Any]


def base(folder: Path) -> Path:
    """A small built graph that holds what figures of the DSA need, and the registered platforms."""
    data = folder / "facts"
    data.mkdir(parents=True)
    (data / "registry.yaml").write_bytes((resources.data() / "platforms.yaml").read_bytes())
    for name in ("campaign", "statements", "statistics"):
        (data / f"{name}.yaml").write_bytes((resources.data() / "dsa-transparency-database" / f"{name}.yaml").read_bytes())
    kg.build(data, folder / "graph")
    return folder / "graph"


def rows(*given: Row, first: int = 1) -> list[dict[str, str]]:
    """Statements of reasons, each with the columns that are read; what is not given is as ``statement`` has it."""
    return [dict(zip(COLUMNS, statement(n, COLUMNS, **row), strict=True)) for n, row in enumerate(given, first)]


def csv(path: Path, *given: Row, first: int = 1) -> Path:
    """A CSV part of a dump."""
    path.write_bytes(text([statement(n, **row) for n, row in enumerate(given, first)]))
    return path


def of_statements(path: Path, *given: Row, lists: Sequence[str] = (), first: int = 1) -> Path:
    """The same rows in Parquet: text, but for the columns of ``lists``, which hold arrays."""
    made = rows(*given, first=first)
    columns = {name: [json.loads(row[name] or "[]") if name in lists else row[name] for row in made] for name in COLUMNS}
    kinds = [(name, pa.list_(pa.string()) if name in lists else pa.string()) for name in COLUMNS]
    parquet.write_table(pa.table(columns, schema=pa.schema(kinds)), path)
    return path


STATISTICS = pa.schema(
    [("start_date", pa.date32()), ("end_date", pa.date32())]
    + [(name, pa.string()) for name in ("tag", "platform", "category", "column", "entity", "variant", "text")]
    + [(name, pa.int64()) for name in ("count", "min", "mean", "max")]
)


def of_statistics(path: Path, *figures: Sequence[Any]) -> Path:
    """A statistics table: each figure is day, platform, column, variant, count and, where it is a subset, entity."""
    import datetime

    made = []
    for day, platform, column, variant, count, *entity in figures:
        date = datetime.date.fromisoformat(day)
        told = {"start_date": date, "end_date": date, "platform": platform, "column": column, "variant": variant, "count": count}
        made.append(dict.fromkeys(STATISTICS.names) | told | {"entity": entity[0] if entity else None})
    parquet.write_table(pa.Table.from_pylist(made, schema=STATISTICS), path)
    return path


def figures(out: Path) -> list[dict[str, Any]]:
    """The rows of the columnar companion."""
    found: list[dict[str, Any]] = parquet.read_table(content(out) / "figures.parquet").to_pylist()
    return found


def content(out: Path) -> Path:
    """The folder of files that the manifest names."""
    return out / str(json.loads((out / "manifest.json").read_bytes())["content"])


def rejects(out: Path) -> list[dict[str, Any]]:
    """What was rejected."""
    return [json.loads(line) for line in (content(out) / "rejects.jsonl").read_text("utf-8").splitlines()]


def told(out: Path) -> dict[str, int]:
    """Each figure by its locator."""
    found = {row["locator"]: row["value"] for row in figures(out)}
    assert len(found) == len(figures(out))
    return found


def added(out: Path, graph: Path) -> list[str]:
    """The lines of N-Triples that stand in the joined graph and not in the one it joined, after all of them were parsed."""
    lines = (content(out) / "graph.nt").read_text("utf-8").splitlines(keepends=True)
    known = (graph / "graph.nt").read_text("utf-8").splitlines(keepends=True)
    assert lines[: len(known)] == known
    parsed = list(ox.parse("".join(lines[len(known) :]), format=ox.RdfFormat.N_TRIPLES))
    assert len(parsed) == len(lines) - len(known)
    return lines[len(known) :]


def counted(given: Iterable[Row], columns: Sequence[str] = CODES, length: int = 7) -> dict[str, int]:
    """What figures have to say, counted in plain Python: by locator, the number of rows; ``length`` of a day tells the period."""

    def cell(value: str) -> str:
        return ",".join(sorted(set(json.loads(value)))) if value.startswith("[") else value

    def locator(row: Row) -> str:
        words = "; ".join(f"{name}={cell(row[name])}" for name in sorted(columns))
        return f"platform_name={row['platform_name']}; created_at={row['created_at'][:length]}; {words}"

    return dict(Counter(map(locator, given)))
