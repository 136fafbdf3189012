"""The verb push: a graph into another store."""

from __future__ import annotations

import argparse

from kg.cli.asking import graph_option
from kg.cli.terminal import say, with_count
from kg.cli.verbs import AddVerb


def add(verb: AddVerb) -> None:
    """Declare the verb."""
    sub = verb(
        "push", _push, "Put the graph into another store in the place of one there, and count it.", "kg push http://localhost:7878/store"
    )
    sub.add_argument("url", metavar="URL", help="the store's Graph Store endpoint (SPARQL 1.1 Graph Store HTTP Protocol)")
    sub.add_argument("--into", metavar="GRAPH_IRI", help="the graph to replace (default: the store's default graph)")
    sub.add_argument("--query", metavar="URL", help="the store's query endpoint, where its place is not known from URL")
    graph_option(sub)


def _push(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.transfer import push

    graph = open_graph(options.graph)
    done = with_count(lambda progress: push(graph, options.url, options.into, options.query, progress), "sending triples")
    print(done.url)
    say(f"{done.triples:,} triples counted there, in the place of {done.before:,}; ask them: kg query --list, with --graph '{done.url}'")
    return 0
