"""A free query's answer: rows, a truth value or triples, whole and in the format that the client likes best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import Graph
from kg.server import guard, screens
from kg.server.answers import LARGEST, PROBLEM, Answer, problem
from kg.server.negotiation import preferred
from kg.vocabulary import BASE, prefixes

_PAGE = "text/html"
_ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON, "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV, "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON, "application/xml": ox.QueryResultsFormat.XML,
}  # fmt: skip
_TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES, "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML, "application/trig": ox.RdfFormat.TRIG, "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/json": ox.RdfFormat.JSON_LD, "application/xml": ox.RdfFormat.RDF_XML,
}  # fmt: skip


def sparql(
    graph: Graph, query: str, default: Sequence[str], named: Sequence[str], accept: str, tongue: Sequence[str] = ("en", "")
) -> Answer:
    """The answer to a free query (SPARQL 1.1 Protocol, §2.1), over the protocol's dataset where it names one."""
    held = {name.value for name in graph.store.named_graphs() if isinstance(name, ox.NamedNode)}
    chosen: dict[str, Any] = {}
    try:
        guard.check(query, held | ({*default, *named}))
        if default or named:
            chosen = {"default_graph": [ox.NamedNode(each) for each in default], "named_graphs": [ox.NamedNode(each) for each in named]}
        found = graph.store.query(query, base_iri=BASE, prefixes=prefixes(), **chosen)
    except QueryError as error:
        return _refused(400, str(error), query, accept, tongue)
    except (SyntaxError, ValueError) as error:
        return _refused(400, f"not a query that can be answered: {error}; mend the SPARQL", query, accept, tongue)
    if preferred(accept, [*(_TRIPLES if isinstance(found, ox.QueryTriples) else _ROWS), _PAGE]) == _PAGE:
        return _page(found, graph, query, tongue)
    return _serialized(found, accept)


def _page(found: Any, graph: Graph, query: str, tongue: Sequence[str]) -> Answer:
    names = ["subject", "predicate", "object"] if isinstance(found, ox.QueryTriples) else []
    if isinstance(found, ox.QuerySolutions):
        names = [variable.value for variable in found.variables]
    try:
        return screens.described(found, graph, query, names, *tongue)
    except (RuntimeError, ValueError, OSError) as error:
        return _refused(500, f"the query was refused: {error}; ask less at once", query, _PAGE, tongue)


def _refused(status: int, detail: str, query: str, accept: str, tongue: Sequence[str]) -> Answer:
    """An error in the form that the client likes: with the query to mend where it is a browser."""
    as_page = preferred(accept, [PROBLEM, _PAGE]) == _PAGE
    return screens.asking(tongue[0], tongue[1], query, status, failed=detail) if as_page else problem(status, detail)


def _serialized(found: Any, accept: str) -> Answer:
    """Oxigraph's answer in the format wanted: rows and truth values, or triples."""
    formats: Mapping[str, Any] = _TRIPLES if isinstance(found, ox.QueryTriples) else _ROWS
    offered = [*formats][:2] + [*formats][-2:] if isinstance(found, ox.QueryBoolean) else [*formats]
    media = preferred(accept, offered)
    if not media:
        return problem(406, f"this answer can be had as {', '.join(offered)}; ask for one of them")
    try:
        if isinstance(found, ox.QueryTriples):
            body = ox.serialize(found, format=_TRIPLES[media], prefixes=prefixes()) or b""
        else:
            body = found.serialize(format=formats[media]) or b""
    except (RuntimeError, ValueError, OSError) as error:
        return problem(500, f"the query was refused: {error}; ask less at once")
    if len(body) > LARGEST:
        return problem(500, f"the answer is larger than {LARGEST >> 20} MiB; add a LIMIT, or download the whole graph")
    return Answer(200, f"{media}; charset=utf-8" if media.startswith("text/") else media, body)
