"""The verbs serve and publish: the graph as a SPARQL endpoint and as pages, and the same pages as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.asking import graph_option
from kg.cli.terminal import say, with_count
from kg.cli.verbs import AddVerb, between


def add(verb: AddVerb) -> None:
    """Declare the verbs."""
    sub = verb("serve", _serve, "Serve the graph: SPARQL, linked data, pages; follows each new build.", "kg serve --port 8000")
    sub.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to listen on (default: 127.0.0.1, this machine only)")
    sub.add_argument("--port", type=between(0, 65535), default=8000, metavar="N", help="port to listen on (default: 8000)")
    sub.add_argument("--timeout", type=between(0.1, 3600.0), default=10, metavar="S", help="seconds that a query may take (default: 10)")
    sub.add_argument("--graph", default="build", metavar="build|FILE", help="a built folder or an RDF file (default: build)")

    summary = "Write the pages of 'serve' as files that any web server can send: no server of ours is needed."
    sub = verb("publish", _publish, summary, "kg publish public --base-iri https://example.org/kg/")
    sub.add_argument("folder", type=Path, metavar="DIR", help="folder to write: a new one, an empty one, or one written by this verb")
    sub.add_argument("--base-iri", metavar="URL", help="web address where DIR will stand (default: no sitemap, no redirects)")
    graph_option(sub)


def _serve(options: argparse.Namespace) -> int:
    from kg.server import serve

    say(f"http://{options.host}:{options.port}/ (Ctrl-C ends it)")
    serve(options.graph, options.host, options.port, options.timeout)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.site import publish

    graph = open_graph(options.graph)
    done = with_count(lambda progress: publish(graph, options.folder, options.base_iri, progress), "writing pages")
    say(f"{options.folder}: {done.files:,} files, {done.changed:,} of them new or changed, {done.removed:,} old ones removed")
    return 0
