"""Figures of campaigns for the penalty of a chart: on its axis where the guard of totals allows it, else apart, with why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.graph import Graph
from kg.questions import query, short
from kg.totals import counted, objection

_SHOWN = ("campaign", "measure", "text", "value", "unit", "from", "to", "publisher", "url")


def beside(graph: Graph, parameters: Mapping[str, str], rows: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each measure of the chart's penalty; ``objection``: the kind of reason why it stands apart, '' where it may be drawn.

    ``rows``: what the chart draws, as the guard knows a measure (see ``kg.totals.counted``).
    """
    if not parameters:
        return []
    found = []
    for row in query(graph, "measures-by-penalty", **parameters):
        if not row["measure"]:
            continue  # rows of a data set, which the chart draws
        reason = objection(dict(rows), counted(graph, row["measure"]))
        found.append({key: row[key] for key in _SHOWN} | {"objection": reason.partition(":")[0]})
    return found


def as_measure(first: Mapping[str, Any], platforms: set[str], months: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows of a chart as the guard knows a measure: what they count, on which platforms, from when to when."""
    return {
        "id": short(first["source"]), "unit": first["unit"], "campaign": first["campaign"], "platforms": set(map(short, platforms)),
        "besides": set(), "wholes": set(), "periodStart": months[0]["from"], "periodEnd": months[-1]["to"],
    }  # fmt: skip
