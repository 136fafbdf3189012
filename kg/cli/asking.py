"""Verbs that ask a graph: query, why, export, formats."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from kg.cli.terminal import say, show
from kg.cli.verbs import AddVerb, pairs
from kg.errors import FormatError, QueryError

_CLAIMS = 100  # that "why" prints; the question of that name tells all


def add(verb: AddVerb) -> None:
    """Declare the verbs."""
    sub = verb("query", _query, "Answer a named question, a query file or SPARQL text.", "kg query platforms-by-source --format csv")
    sub.add_argument("name", nargs="?", metavar="NAME|FILE.rq", help="a question ('kg query --list') or a query file")
    sub.add_argument("-e", dest="sparql", metavar="QUERY", help="SPARQL 1.1 text; the usual prefixes are known")
    sub.add_argument("-p", dest="parameters", action="append", default=[], metavar="name=value", help="a parameter; repeat for more")
    sub.add_argument("--list", action="store_true", help="list the named questions with their parameters")
    sub.add_argument("--format", default="table", metavar="FORMAT", help="table csv tsv json xml markdown parquet (default: table)")
    sub.add_argument("--raw", action="store_true", help="csv, tsv: exact values, even those a spreadsheet would run")
    graph_option(sub)

    sub = verb(
        "why", _why, "Show the claims behind a thing, and why the reference was chosen.", "kg why measure/cac-self-media-2023/closures"
    )
    sub.add_argument("term", metavar="TERM", help="an id, an IRI or a name in any language")
    graph_option(sub)

    sub = verb("export", _export, "Write the graph to files, each in the format of its suffix.", "kg export graph.ttl claims.csv")
    sub.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file to write ('kg formats' lists the suffixes)")
    graph_option(sub)

    verb("formats", _formats, "List the formats of export and query.", "kg formats")


def graph_option(sub: argparse.ArgumentParser) -> None:
    """Let a verb ask another graph than the one in ``build``."""
    sub.add_argument(
        "--graph", default="build", metavar="build|FILE|URL", help="a built folder, an RDF file or a SPARQL endpoint (default: build)"
    )


def _query(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.questions import ask, rows

    if options.list:
        return _list_questions()
    asked = options.sparql or options.name
    if not asked or (options.sparql and options.name):
        raise QueryError("name one question, or give SPARQL with -e; 'kg query --list' shows the questions")
    if options.sparql and "{" not in asked:
        raise QueryError("-e takes SPARQL text, which holds a { }; a question's name goes without -e")
    graph = open_graph(options.graph)
    answer = ask(graph, asked, pairs(options.parameters, "parameter"))
    if type(answer).__name__ == "QueryTriples":
        return _print_triples(answer)
    found = rows(answer)
    if options.format == "table":
        show(found)
        say(f"{len(found):,} row{'s' * (len(found) != 1)}")
        return 0
    from kg.formats import FORMATS, by_name

    entry = by_name(options.format)
    if entry.of_rows is None:
        raise FormatError(f"'{options.format}' holds no rows; known here: {', '.join(f.name for f in FORMATS if f.of_rows)}")
    sys.stdout.buffer.write(entry.of_rows(found, options.raw))
    return 0


def _print_triples(answer: Any) -> int:
    import pyoxigraph as ox

    from kg.vocabulary import prefixes

    triples = sorted(answer, key=str)
    sys.stdout.buffer.write(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes()) or b"")
    return 0


def _list_questions() -> int:
    from kg.questions import questions

    for question in questions().values():
        print(f"{question.name}\n    {question.description}")
        for p in question.parameters:
            print(f"    -p {p.name}={p.default if p.default != '*' else '…'}  {p.meaning}{' (default: all)' if p.default == '*' else ''}")
    return 0


def _why(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.questions import short
    from kg.reasons import find, why
    from kg.vocabulary import BASE

    graph = open_graph(options.graph)
    thing = find(graph, options.term)
    print(short(thing))
    found = why(graph, thing)
    for row in found[:_CLAIMS]:
        said = f", {row['said']}" if row["said"] else ""
        print(f"\n  {row['publisher']} ({row['role']}{said})  {short(row['claim'])}")
        if row["property"] not in ("subject", ""):
            print(f"    {row['property']:<10}names it so")
        for name in ("text", "statement", "quote", "gloss", "locator", "url"):
            if row[name]:
                print(f"    {name:<10}{row[name]}")
        if row["reference"]:
            print(f"    ▶ {row['reference']}")
    if rest := len(found[_CLAIMS:]):
        print(f"\n  … and {rest:,} more: kg query why -p thing={thing.removeprefix(BASE)} --graph {options.graph}")
    print() if found else print("\n  no claim says anything of it")
    return 0


def _export(options: argparse.Namespace) -> int:
    from kg.formats import export
    from kg.graph import open_graph

    export(open_graph(options.graph), *options.paths)
    say("wrote " + ", ".join(map(str, options.paths)))
    return 0


def _formats(_: argparse.Namespace) -> int:
    from kg.formats import table
    from kg.questions import Rows

    entries = table()
    show(Rows(list(entries[0]), entries))
    return 0
