"""What the page shows, as plain data: charts with their numbers, what is known of them, and figures that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg import pages
from kg.charts.beside import as_measure, beside
from kg.charts.cube import OTHERS, REST, Cube
from kg.charts.known import labels, marked, months, notes, sources
from kg.charts.plan import Plan, plans
from kg.errors import QueryError
from kg.graph import Graph
from kg.questions import query, short
from kg.vocabulary import BASE

Model = dict[str, Any]
LINES = "lines"


def model(graph: Graph) -> Model:
    """The model of a graph's charts; raises QueryError where no data set is in it."""
    charts = [drawn for plan in plans().charts for drawn in _charts(graph, plan)]
    if not charts:
        raise QueryError("no figure of a data set is here to be drawn; 'kg ingest' joins one to a graph, then name that with --graph")
    known = notes(graph, {each for drawn in charts for each in (*_whole(drawn), *drawn["platforms"])})
    for drawn in charts:
        _note(drawn, known)
    found: Model = {"charts": charts, "notes": known, "without": plans().without if any(map(_can_leave_out, charts)) else ""}
    found["sources"] = {drawn["source"]: sources(graph, drawn["source"]) for drawn in charts}
    return found | {"names": _names(graph, found), "languages": pages.languages()}


def _charts(graph: Graph, plan: Plan) -> Iterator[Model]:
    """A chart for each unit of each data set that answers: figures of different units, campaigns and sources are not added."""
    alike: dict[tuple[str, str, str], list[Any]] = {}
    for row in query(graph, plan.question, **plan.parameters):
        if not row.get("measure") and (not plan.column or short(row["column"]) in ("", plan.column)):
            alike.setdefault((row["campaign"], row["source"], row["unit"]), []).append(row)
    for number, rows in enumerate(alike.values()):
        yield _chart(graph, plan, rows) | {"id": f"{plan.id}-{number}" if number else plan.id}


def _chart(graph: Graph, plan: Plan, rows: list[Any]) -> Model:
    cube, within = Cube(rows, plan.parts), months(graph, rows[0]["campaign"], rows[0]["source"])
    days = [each["month"] for each in within]
    groups = [each for each in cube.groups(plans().shown, BASE + plans().without) if plan.mark == LINES or each.key != REST]
    parts = {each: [each] for each in cube.parts[: plans().shown]} | ({REST: rest} if (rest := cube.parts[plans().shown :]) else {})
    return {
        "title": plan.title, "about": plan.about, "mark": plan.mark, "months": within, "parts": list(parts),
        "question": plan.question, "parameters": plan.parameters, "platforms": cube.platforms,
        "groups": [{"key": each.key, "when": each.when} for each in groups],
        "values": {each.key: [cube.numbers(each.platforms, members, days) for members in parts.values()] for each in groups},
        "beside": beside(graph, plan.parameters, as_measure(rows[0], set(cube.platforms), within)),
    } | {key: rows[0][key] for key in ("campaign", "source", "unit")}  # fmt: skip


def _can_leave_out(drawn: Model) -> bool:
    return any(each["key"] == OTHERS for each in drawn["groups"])


def _note(drawn: Model, known: list[Model]) -> None:
    """The notes on a chart's figures: where each is marked, and on which of its groups."""
    groups = {each["key"] for each in drawn["groups"]}
    days = [each["month"] for each in drawn["months"]]
    drawn["notes"] = [
        {"number": note["number"], "month": marked(note, days), "group": note["about"] if note["about"] in groups else ""}
        | {"everywhere": note["about"] in _whole(drawn)}
        for note in known
        if note["about"] in {*_whole(drawn), *drawn["platforms"]}
    ]


def _whole(drawn: Model) -> tuple[str, str]:
    """What all figures of a chart are of: the campaign that they belong to and the source that tells them."""
    return drawn["campaign"], drawn["source"]


def _names(graph: Graph, found: Model) -> dict[str, dict[str, str]]:
    """The names of all things that the page shows, by language."""
    things = {note["about"] for note in found["notes"]} | {BASE + found["without"]}
    for drawn in found["charts"]:
        things |= {drawn["campaign"], drawn["unit"], *drawn["parts"], *(each["key"] for each in drawn["groups"])}
        things |= {row[key] for row in drawn["beside"] for key in ("campaign", "measure", "unit") if row[key]}
    return labels(graph, {each for each in things if each.startswith(BASE)})
