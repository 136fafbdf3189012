"""The graph as a service: SPARQL 1.1 Protocol, linked data and pages, read-only."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from kg import web
from kg.errors import SourceError

if TYPE_CHECKING:
    import uvicorn

    from kg.server.service import Service


def serve(graph: str = "build", host: str = "127.0.0.1", port: int = 8000, seconds: float = 10) -> None:
    """Serve the graph of a built folder or an RDF file until stopped; ``seconds``: of a query.

    Each new build takes the old one's place. Raises SourceError where the graph cannot be read or is an endpoint's, the address
    cannot be taken, or the server's own libraries are not installed.

    >>> serve(port=-1)
    Traceback (most recent call last):
    kg.errors.SourceError: 127.0.0.1:-1: bind(): port must be 0-65535.; name another with --host and --port
    """
    if web.is_url(graph):
        raise SourceError(
            f"{web.shown(graph)}: an endpoint is not served again; make a file of it: kg export graph.nt --graph '{web.shown(graph)}'"
        )
    try:
        import asyncio

        import uvicorn
        import uvloop
    except ImportError:
        raise SourceError("the server needs more libraries; install them with: pip install 'enforcement-kg[server]'") from None
    from kg.server.application import application
    from kg.server.connection import Connection
    from kg.server.edge import log
    from kg.server.service import Service

    service = Service(graph, seconds, log)
    config = uvicorn.Config(
        application(service), http=Connection, lifespan="on", access_log=False, log_config=None, server_header=False,
        timeout_graceful_shutdown=int(seconds) + 2,
    )  # fmt: skip
    with _bound(host, port) as place, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(service, uvicorn.Server(config), place))


async def _run(service: Service, server: uvicorn.Server, place: socket.socket) -> None:
    await service.start()  # a fault is told before anything answers
    await server.serve(sockets=[place])


def _bound(host: str, port: int) -> socket.socket:
    """A socket that holds the address and does not listen yet; raises SourceError."""
    place = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((host, port))
    except (OSError, OverflowError) as error:
        place.close()
        raise SourceError(f"{host}:{port}: {getattr(error, 'strerror', None) or error}; name another with --host and --port") from error
    return place
