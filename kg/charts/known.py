"""What is known of the figures: names, sources with licences, periods, and notes on what is wrong with them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.graph import Graph
from kg.questions import query

_LABELS = """SELECT ?thing ?label (LANG(?label) AS ?language) WHERE {{ VALUES ?thing {{ {} }}
    ?thing rdfs:label|skos:prefLabel ?label }} ORDER BY ?thing ?label"""
_SOURCE = """SELECT ?source ?publisher ?url ?licence WHERE { $from enf:derivedFrom* ?source
    OPTIONAL { ?source enf:publisher ?publisher } OPTIONAL { ?source enf:url ?url } OPTIONAL { ?source dcterms:license ?licence } }"""


def labels(graph: Graph, things: Iterable[str]) -> dict[str, dict[str, str]]:
    """The labels of things by language, of each its first.

    >>> from kg.vocabulary import BASE
    >>> labels(graph, [BASE + "penalty/closure"])[BASE + "penalty/closure"]["zh"]
    '永久关闭'
    """
    found: dict[str, dict[str, str]] = {}
    for row in query(graph, _LABELS.format(" ".join(f"<{each}>" for each in sorted(set(things))))):
        found.setdefault(row["thing"], {}).setdefault(row["language"], row["label"])
    return found


def sources(graph: Graph, source: str) -> list[dict[str, Any]]:
    """A source and those it is derived from, with publisher, address and licence."""
    return [dict(row) for row in query(graph, _SOURCE, **{"from": source})]


def months(graph: Graph, campaign: str, source: str) -> list[dict[str, Any]]:
    """The months from the first to the last that a data set's figures count, with the first and last day that is counted in each.

    ``whole``: those are the month's own. A month between them of which nothing is known has no days: time goes on without data.
    """
    rows = {row["month"]: row for row in query(graph, "data-periods", campaign=campaign) if row["source"] == source}
    return [
        {"month": month, "from": rows[month]["from"], "to": rows[month]["to"], "whole": _whole(rows[month])}
        if month in rows
        else {"month": month, "from": None, "to": None, "whole": False}
        for month in _through(min(rows), max(rows))
    ]


def _through(first: str, last: str) -> list[str]:
    """The months from one to another, both with them, as YYYY-MM.

    >>> _through("2024-11", "2025-02")
    ['2024-11', '2024-12', '2025-01', '2025-02']
    """
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def _whole(row: Mapping[str, Any]) -> bool:
    year, month = map(int, row["month"].split("-"))
    return bool(row["from"] == f"{row['month']}-01" and row["to"] == f"{row['month']}-{monthrange(year, month)[1]}")


def notes(graph: Graph, about: set[str]) -> list[dict[str, Any]]:
    """What is known to be wrong with the figures of things, or to limit them, numbered."""
    found = [row for row in query(graph, "notes") if row["about"] in about]
    return [dict(row) | {"number": number} for number, row in enumerate(found, 1)]


def marked(note: Mapping[str, Any], within: Sequence[str]) -> str:
    """The month in which a note's mark stands: where its period begins or, if that is not known, ends; '' where that is not drawn."""
    if note["from"]:
        return max(within[0], note["from"][:7]) if note["from"][:7] <= within[-1] and (note["to"] or "9") >= within[0] else ""
    return (note["to"] or "")[:7] if (note["to"] or "")[:7] in within else ""
