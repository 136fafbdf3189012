"""What a worker does for the server: from a request's plain values to a whole answer, or to an error that says what to try."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import Graph
from kg.server import guard
from kg.server.negotiation import preferred
from kg.vocabulary import BASE, prefixes

LARGEST = 64 * 2**20  # bytes of an answer
_WORTH = 500  # bytes from which compressing pays
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


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: HTTP status, media type and bytes, which are gzipped where ``encoding`` says so."""

    status: int
    media: str
    body: bytes
    encoding: str = ""
    retry: int = 0


def problem(status: int, detail: str, retry: int = 0) -> Answer:
    """An error as problem details (RFC 9457); ``retry``: seconds after which trying again may help.

    >>> problem(400, "no query").body
    b'{"status": 400, "detail": "no query"}'
    """
    return Answer(status, "application/problem+json", json.dumps({"status": status, "detail": detail}).encode(), retry=retry)


def compressed(answer: Answer) -> Answer:
    """The same answer gzipped (RFC 1952), where that pays."""
    if len(answer.body) < _WORTH or answer.encoding:
        return answer
    return Answer(answer.status, answer.media, gzip.compress(answer.body, 5, mtime=0), "gzip", answer.retry)


def sparql(graph: Graph, query: str, default: Sequence[str], named: Sequence[str], accept: str) -> Answer:
    """The answer to a free query (SPARQL 1.1 Protocol, §2.1), over the protocol's dataset where it names one."""
    held = {name.value for name in graph.store.named_graphs() if isinstance(name, ox.NamedNode)}
    chosen: dict[str, Any] = {}
    try:
        guard.check(query, held | ({*default, *named}))
        if default or named:
            chosen = {"default_graph": [ox.NamedNode(each) for each in default], "named_graphs": [ox.NamedNode(each) for each in named]}
        found = graph.store.query(query, base_iri=BASE, prefixes=prefixes(), **chosen)
    except QueryError as error:
        return problem(400, str(error))
    except (SyntaxError, ValueError) as error:
        return problem(400, f"not a query that can be answered: {error}; mend the SPARQL")
    return _serialized(found, accept)


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


JOBS: dict[str, Callable[..., Answer]] = {"sparql": sparql}
FREE = frozenset({"sparql"})  # those that run what a stranger wrote


def answer(graph: Graph, request: Mapping[str, Any]) -> Answer:
    """What the job named in ``request`` makes of its arguments, gzipped where the client takes it.

    >>> answer(graph, {"job": "sparql", "arguments": {"query": "ASK {}", "default": [], "named": [], "accept": ""}}).body
    b'{"head":{},"boolean":true}'
    """
    made = JOBS[request["job"]](graph, **request["arguments"])
    return compressed(made) if request.get("gzip") else made
