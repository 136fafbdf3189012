"""One ingestion, step by step: count, read the codes, check, write, load, swap in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.builder import counts
from kg.errors import QueryError, SourceError
from kg.graph import Graph, digest, open_graph
from kg.ingestion import figures, triples
from kg.ingestion.codes import Alignment, Slots, words
from kg.ingestion.counting import count
from kg.ingestion.dsa import CAMPAIGN, STATEMENTS, STATISTICS, UNIT, statements, statistics
from kg.ingestion.engines import duckdb_at, engine
from kg.ingestion.folder import filling, swap
from kg.ingestion.inputs import Input
from kg.ingestion.rejects import Rejects
from kg.ingestion.writing import base_of, load, write
from kg.questions import query
from kg.vocabulary import BASE, vocabulary

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str, int], None]
REJECTS = "rejects.jsonl"
EVERY = {"basis": "basis/row", "comparator": "comparator/exactly"}
_PLATFORMS = """SELECT ?name ?platform WHERE { ?platform a enf:Platform ; rdfs:label|skos:altLabel|skos:hiddenLabel ?label
    BIND(STR(?label) AS ?name) } ORDER BY ?name DESC(?platform)"""
_LANGUAGES = "SELECT DISTINCT ?language WHERE { enf:Platform rdfs:label ?label BIND(LANG(?label) AS ?language) } ORDER BY ?language"


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for, see ``kg.ingestion.ingest``: ``columns`` of codes are read into the properties ``keys``."""

    inputs: tuple[Input, ...]
    out: Path
    graph: Path
    by: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    rows: bool
    engine: str
    master: str


def run(job: Job, alignment: Alignment, progress: Progress) -> Mapping[str, Any]:
    """Do the job; returns the manifest. See ``kg.ingestion.ingest``."""
    if job.rows and _source(job) == STATISTICS:
        raise QueryError("a table of statistics tells no single decisions; leave out --rows")
    graph = open_graph(job.graph)
    base = base_of(job.graph, graph)
    for thing in (CAMPAIGN, _source(job)):
        if not query(graph, f"ASK {{ <{thing}> a ?class }}")[0]["answer"]:
            raise SourceError(f"{job.graph}: says nothing of {thing}; build it from the shipped facts, or add that to yours")
    with filling(job.out) as work:
        scratch = work / "scratch"
        scratch.mkdir()
        with duckdb_at(scratch) as connection:
            with Rejects(work / REJECTS) as rejects, engine(job.engine, job.master, connection) as runs:
                read = count(job.inputs, job.columns, runs, connection, scratch, rejects, progress)
            sha1 = dict(connection.execute("SELECT name, sha1 FROM files").fetchall())
            told, terms, new = _tell(job, alignment, connection, graph)
            decisions = triples.of_decisions(connection, terms, job.columns) if job.rows else ""
            written = write(connection, base, terms, new, decisions, work, scratch, lambda done: progress("writing triples, bytes", done))
        shutil.rmtree(scratch)
        manifest = told | written | _loaded(work, progress) | {
            "rows": read, "by": job.by, "dimensions": list(job.keys),
            "inputs": [
                {"file": each.path.name, "sha256": digest(each.path)} | ({"sha1": sha1[each.path.name]} if each.kind == "dump" else {})
                for each in job.inputs
            ],
            "ontology": vocabulary().version, "software": version("enforcement-kg"), "data": graph.manifest["sha256"],
        }  # fmt: skip
        return swap(job.out, work, manifest)


def _loaded(work: Path, progress: Progress) -> dict[str, Any]:
    """What the manifest says of the loaded graph; the store is closed, since an open one writes on."""
    store, read = load(work, lambda done: progress("loading the store, bytes", done))
    return read | {"counts": counts(store)}


def _source(job: Job) -> str:
    return STATISTICS if job.inputs[0].kind == "statistics" else STATEMENTS


def _tell(
    job: Job, alignment: Alignment, connection: duckdb.DuckDBPyConnection, graph: Graph
) -> tuple[dict[str, Any], triples.Terms, bytes]:
    """Make the figures table; what the manifest says of it, what its rows have in common, and the lines of new platforms."""
    marginal = job.inputs[0].kind == "statistics"
    source = _source(job)
    columns = statistics.COLUMNS if marginal else job.columns
    known = {row["name"]: row["platform"].removeprefix(BASE) for row in query(graph, _PLATFORMS)}
    named = figures.platforms(connection, known)
    new = {name: platform for name, platform in named.items() if name not in known}

    def read(row: Mapping[str, str]) -> Slots:
        if marginal:
            return replace(alignment.read({row["column"]: row["variant"]}), words=words(row), column=alignment.ids[row["column"]])
        return alignment.read(row)

    unmatched = figures.slots(connection, columns, read, job.keys)
    told = ("platform", "start_date") if marginal else (statements.NAME, statements.CREATED)
    every = EVERY | {"source": source, "unit": UNIT, "campaign": CAMPAIGN}
    number = figures.make(connection, source, columns, job.by)
    figures.widen(connection, every, job.keys, [key for key in alignment.properties if key not in job.keys], told)
    terms = triples.Terms(every, source, number)
    said = {
        "figures": number, "unmatched": unmatched, "platforms": {"registered": len(named) - len(new), "new": len(new)},
        "gaps": figures.gaps(connection),
    }  # fmt: skip
    return said, terms, triples.of_platforms(new, [row["language"] for row in query(graph, _LANGUAGES)])
