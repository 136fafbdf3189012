"""What workers do, by name: a request's plain values in, a whole answer out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.graph import Graph
from kg.server import editor, free, screens
from kg.server.answers import Answer, compressed

JOBS: dict[str, Callable[..., Answer]] = {
    "sparql": free.sparql, "home": screens.home, "question": screens.question, "compare": screens.compared,
    "view": screens.viewed, "download": screens.download, "terms": editor.terms, "reviewed": screens.reviewed,
}  # fmt: skip
FREE = frozenset({"sparql"})  # those that run what a stranger wrote


def answer(graph: Graph, request: Mapping[str, Any]) -> Answer:
    """What the job named in ``request`` makes of its arguments, gzipped where the client takes it.

    >>> answer(graph, {"job": "sparql", "arguments": {"query": "ASK {}", "default": [], "named": [], "accept": ""}}).body
    b'{"head":{},"boolean":true}'
    """
    made = JOBS[request["job"]](graph, **request["arguments"])
    return compressed(made) if request.get("gzip") else made
