"""The verb serve: the graph as a SPARQL endpoint and as pages."""

from __future__ import annotations

import argparse

from kg.cli.asking import graph_option
from kg.cli.terminal import say
from kg.cli.verbs import AddVerb


def add(verb: AddVerb) -> None:
    """Declare the verb."""
    sub = verb("serve", _serve, "Serve the graph: SPARQL, linked data, pages; follows each new build.", "kg serve --port 8000")
    sub.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (default: 127.0.0.1, this machine only)")
    sub.add_argument("--port", type=int, default=8000, metavar="N", help="port to listen on (default: 8000)")
    sub.add_argument("--timeout", type=float, default=10, metavar="S", help="seconds that a query may take (default: 10)")
    graph_option(sub)


def _serve(options: argparse.Namespace) -> int:
    from kg.server import serve

    say(f"http://{options.host}:{options.port}/ (Ctrl-C ends it)")
    serve(options.graph, options.host, options.port, options.timeout)
    return 0
