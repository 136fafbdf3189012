"""The published marginals of the DSA's statements by platform, as tables to draw from."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from kg import resources

DSA = resources.ontology().parent.parent / "shared" / "dsa"
KINDS = {"decision_visibility": "vis", "decision_monetary": "mon", "decision_provision": "pro", "decision_account": "acc"}
ARRAYS = {"decision_visibility", "category_addition", "category_specification", "content_type", "territorial_scope"}
AREA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()
AREAS = {"EEA": AREA, "EEA_no_IS": [c for c in AREA if c != "IS"], "EU": [c for c in AREA if c not in ("IS", "LI", "NO")]}


@dataclass(frozen=True)
class Draw:
    """One column: its values, and for each platform which of them a number between 0 and 1 draws."""

    values: list[str]
    edges: Any
    codes: Any

    def draw(self, rng: np.random.Generator, platforms: Any) -> Any:
        """The places among ``values`` of one value a row."""
        return self.codes[np.searchsorted(self.edges, platforms + rng.random(len(platforms)), side="right")]


def rows_of(name: str, version: str) -> list[dict[str, str]]:
    """The rows of one table of marginals."""
    with (DSA / "marginals" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row.get("era", version) == version]


@cache
def platforms(version: str) -> dict[str, int]:
    """How many statements each platform made."""
    return {row["platform"]: int(row["n"]) for row in rows_of("platform", version) if int(row["n"])}


@cache
def counts(version: str) -> dict[str, dict[str, dict[str, int]]]:
    """How often each value of each column occurs, by column and platform."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows_of("platform_by_column_value", version):
        found[row["col"]][row["platform"]][row["value"]] = int(row["n"])
    return found


def written(column: str, values: Sequence[str]) -> str:
    """A value as the dumps write it: arrays are JSON, and "" is none."""
    values = [code for value in values for code in AREAS.get(value, [value]) if code]
    return (json.dumps(values, separators=(",", ":")) if values else "") if column in ARRAYS else "".join(values)


def weights(column: str, told: dict[str, int], total: int) -> dict[str, int]:
    """How often each written value occurs: where rows have more than one value, the two commonest stand together in the excess."""
    excess = sum(told.values()) - total if column in ARRAYS and column != "territorial_scope" else 0
    told = {value: n for value, n in told.items() if value or column not in KINDS} or {"": 1}
    first, second, *_ = [*sorted((value for value in told if value), key=lambda value: -told[value]), "", ""]
    if excess <= 0 or excess >= told.get(second, 0):
        return {written(column, [value]): n for value, n in told.items()}
    alone = {written(column, [value]): n - excess * (value in (first, second)) for value, n in told.items()}
    return alone | {written(column, [first, second]): excess}


@cache
def table(column: str, version: str) -> Draw:
    """How to draw a column of the marginals."""
    values: dict[str, int] = {}
    edges, codes = [], []
    for place, (platform, total) in enumerate(platforms(version).items()):
        told = weights(column, counts(version)[column].get(platform, {"": 1}), total)
        shares = np.cumsum(list(told.values()), dtype=float)
        edges.append(place + shares / shares[-1])
        codes += [values.setdefault(value, len(values)) for value in told]
    return Draw(list(values), np.concatenate(edges), np.array(codes, np.int32))


def delays(rng: np.random.Generator, version: str, which: str, places: Any) -> Any:
    """Whole days from one date of a row to the next: exponential, with each platform's mean."""
    means = {row["platform"]: float(row["mean_days"]) for row in rows_of("delays_days", version) if row["col"] == which}
    mean = np.array([means.get(platform, 0.0) for platform in platforms(version)])
    return (rng.exponential(1.0, len(places)) * mean[places]).astype(np.int32)
