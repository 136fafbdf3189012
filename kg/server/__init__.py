"""The graph as a service: SPARQL 1.1 Protocol and linked data, read-only."""

from __future__ import annotations

import logging

from kg.errors import SourceError
from kg.graph import open_graph


def serve(graph: str = "build", host: str = "127.0.0.1", port: int = 8000, seconds: float = 10) -> None:
    """Serve the graph of a built folder or an RDF file until stopped; ``seconds``: of a query.

    Each new build takes the old one's place.

    Raises SourceError where the graph cannot be read, or where the server's own libraries are not installed.

    >>> serve("no-such-folder")
    Traceback (most recent call last):
    kg.errors.SourceError: no-such-folder: there is no graph here; run 'kg build' first or name another with --graph
    """
    try:
        import uvicorn
    except ImportError:
        raise SourceError("the server needs more libraries; install them with: pip install 'enforcement-kg[server]'") from None
    from kg.server.application import application

    open_graph(graph)  # a fault is told before anything starts
    uvicorn.run(
        application(graph, seconds), host=host, port=port, lifespan="on", access_log=False, server_header=False, date_header=True,
        timeout_graceful_shutdown=int(seconds) + 2, log_level=logging.WARNING,
    )  # fmt: skip
