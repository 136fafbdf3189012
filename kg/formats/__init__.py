"""One table of all format facts, and export by a file's name. One file a family: rdf, network, tables."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import FormatError, nearest
from kg.formats import network, rdf, tables
from kg.graph import Graph, replacing
from kg.questions import Rows


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its suffix, media type (IANA), what it holds, and how a graph and how rows become its bytes."""

    name: str
    suffix: str
    media_type: str
    holds: str
    of_graph: Callable[[Graph], bytes] | None = None
    of_rows: Callable[[Rows, bool], bytes] | None = None


FORMATS: tuple[Format, ...] = (
    Format("turtle", ".ttl", "text/turtle", "the graph", rdf.turtle),
    Format("trig", ".trig", "application/trig", "the graph", rdf.trig),
    Format("ntriples", ".nt", "application/n-triples", "the graph, sorted", rdf.ntriples),
    Format("nquads", ".nq", "application/n-quads", "the graph, sorted", rdf.ntriples),
    Format("jsonld", ".jsonld", "application/ld+json", "the graph, compact", rdf.jsonld),
    Format("rdfxml", ".rdf", "application/rdf+xml", "the graph", rdf.rdfxml),
    Format("graphml", ".graphml", "application/graphml+xml", "things and links", network.graphml),
    Format("gexf", ".gexf", "application/gexf+xml", "things and links", network.gexf),
    Format("cytoscape", ".cyjs", "application/json", "things and links", network.cytoscape),
    Format("csv", ".csv", "text/csv", "claims, or rows", tables.claims_csv, tables.csv),
    Format("parquet", ".parquet", "application/vnd.apache.parquet", "claims, or rows", tables.claims_parquet, tables.parquet),
    Format("tsv", ".tsv", "text/tab-separated-values", "rows", None, tables.tsv),
    Format("json", ".json", "application/json", "rows", None, tables.json_rows),
    Format("xml", ".srx", "application/sparql-results+xml", "rows", None, tables.xml),
    Format("markdown", ".md", "text/markdown", "rows", None, tables.markdown),
)


def by_name(name: str) -> Format:
    """The format called ``name``; raises FormatError naming the nearest.

    >>> by_name("turtle").suffix
    '.ttl'
    """
    for entry in FORMATS:
        if entry.name == name:
            return entry
    raise FormatError(f"no format is called '{name}'; {nearest(name, [entry.name for entry in FORMATS])}")


def writer(path: Path) -> Callable[[Graph], bytes]:
    """What makes a graph the bytes of a file of this name; raises FormatError."""
    writable = {entry.suffix: entry.of_graph for entry in FORMATS if entry.of_graph}
    if path.suffix not in writable:
        raise FormatError(f"{path}: '{path.suffix}' is no suffix of an export; known: {' '.join(writable)} ('kg formats')")
    return writable[path.suffix]


def export(graph: Graph, *paths: str | os.PathLike[str]) -> None:
    """Write ``graph`` to each path, in the format of its suffix, each file whole or not at all.

    Raises FormatError for a suffix that is not known (before anything is written), SourceError where a file cannot
    be written.

    >>> import tempfile
    >>> export(graph, tempfile.mkdtemp() + "/graph.ttl")
    """
    targets = [(Path(path), writer(Path(path))) for path in paths]
    for path, write in targets:
        content = write(graph)
        with replacing(path) as file:
            file.write(content)


def table() -> list[dict[str, Any]]:
    """All formats as rows, for people and docs."""
    return [
        {"name": f.name, "suffix": f.suffix, "media type": f.media_type, "holds": f.holds,
         "kg export": "yes" if f.of_graph else "", "kg query": "yes" if f.of_rows else ""}
        for f in FORMATS
    ]  # fmt: skip
