"""Sums of figures, only where adding is right: disjoint, of one unit, and numbers at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.errors import QueryError
from kg.graph import Graph
from kg.questions import query, short
from kg.reasons import find

_FIGURES = """SELECT ?p ?o WHERE { $measure ?p ?o }"""
_ABOVE = """SELECT ?whole WHERE { $measure (^enf:subject/enf:partOf)+ ?whole }"""
_OPERATORS = """SELECT ?platform WHERE { $measure enf:platform/enf:operator* ?platform }"""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: ``value`` of ``unit``, ``min`` and ``max`` where all parts' words bound it, and the ``measures`` added."""

    value: int
    min: int | None
    max: int | None
    unit: str
    measures: tuple[str, ...]


def counted(graph: Graph, iri: str) -> dict[str, Any]:
    """What is known of what a measure counts, as ``objection`` takes it."""
    facts: dict[str, Any] = {"id": short(iri), "platforms": set(), "besides": set()}
    for row in query(graph, _FIGURES, measure=iri):
        name = row["p"].rpartition("#")[2]
        facts.setdefault(name, row["o"])
        if name == "besides":
            facts["besides"].add(short(row["o"]))
    facts["wholes"] = {short(row["whole"]) for row in query(graph, _ABOVE, measure=iri)}
    facts["platforms"] = {short(row["platform"]) for row in query(graph, _OPERATORS, measure=iri)}
    return facts


def _apart_in_time(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return any(x.get("periodEnd") and y.get("periodStart") and x["periodEnd"] < y["periodStart"] for x, y in ((a, b), (b, a)))


def _same_series(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """Two counts of one thing at two times: what was done, to what, in one campaign are all the same."""
    keys = ("campaign", "penalty", "accountType", "violation", "actor")
    return bool(a.get("penalty")) and all(a.get(key) == b.get(key) for key in keys)


def objection(a: dict[str, Any], b: dict[str, Any]) -> str:
    """Why two measures' figures cannot be added, or ''."""
    pair = f"'{a['id']}' and '{b['id']}'"
    if a.get("unit") != b.get("unit"):
        return f"different units: {pair} count {short(a.get('unit'))} and {short(b.get('unit'))}"
    if a["id"] in b["wholes"] or b["id"] in a["wholes"]:
        return f"part-of: one of {pair} is a part of the other, by at least one source"
    if _apart_in_time(a, b) or (a["platforms"] and b["platforms"] and not a["platforms"] & b["platforms"]):
        return ""
    if a["id"] in b["besides"] or b["id"] in a["besides"]:
        return ""
    if _same_series(a, b):
        return f"cumulative: {pair} count the same over periods that overlap or are not known"
    return f"overlapping: nothing says that what {pair} count is not the same twice"


def total(graph: Graph, measures: Iterable[str]) -> Total:
    """The sum of the reference figures of ``measures`` (ids, IRIs or names), or QueryError with the reason against it.

    Two figures are added only where their unit is one, neither is a part of the other, and it is known that they
    count different things: other periods, other platforms, or words such as "further" in the reference.

    >>> total(graph, ["measure/cac-self-media-2023/handled", "measure/cac-self-media-2023/closures"])
    Traceback (most recent call last):
    kg.errors.QueryError: part-of: one of 'measure/cac-self-media-2023/handled' and ...
    """
    parts = [counted(graph, iri) for iri in dict.fromkeys(find(graph, measure) for measure in measures)]
    if not parts:
        raise QueryError("no measure was named; name those to add")
    for part in parts:
        if part.get("value") is None:
            raise QueryError(f"'{part['id']}' has no number that can be added ({part.get('text') or 'no figure'}); leave it out")
    for a, b in combinations(parts, 2):
        if reason := objection(a, b):
            raise QueryError(f"{reason}; name figures that do not overlap")
    low, high = ([_bound(part, end) for part in parts] for end in ("min", "max"))
    return Total(
        value=sum(part["value"] for part in parts),
        min=None if None in low else sum(filter(None, low)),
        max=None if None in high else sum(filter(None, high)),
        unit=short(parts[0].get("unit")),
        measures=tuple(part["id"] for part in parts),
    )


def _bound(part: dict[str, Any], end: str) -> int | None:
    """What the words bound the figure by at this end; a figure without any modifier bounds itself."""
    exact = str(part.get("comparator", "")).endswith("/exactly")
    bound: int | None = part["value"] if exact else part.get(end)
    return bound
