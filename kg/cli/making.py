"""Verbs that make a graph: build, check, cite."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.terminal import say, with_progress
from kg.cli.verbs import AddVerb, pairs
from kg.errors import QueryError, SourceError

_DATA = "folder of facts documents, or one file (default: the shipped facts)"


def add(verb: AddVerb) -> None:
    """Declare the verbs."""
    sub = verb("build", _build, "Build the graph from facts documents, check it and swap it in whole.", "kg build data --out build")
    sub.add_argument("data", nargs="?", type=Path, metavar="DATA", help=_DATA)
    sub.add_argument("--out", type=Path, default=Path("build"), metavar="DIR", help="where the graph goes (default: build)")
    sub.add_argument("--json", action="store_true", help="print the manifest as JSON, for scripts")

    sub = verb("check", _check, "Find every fault in facts documents; write nothing.", "kg check data --texts texts")
    sub.add_argument("data", nargs="?", type=Path, metavar="DATA", help=_DATA)
    sub.add_argument("--texts", type=Path, metavar="DIR", help="prove every quote against the texts in this folder")
    sub.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed (default: text)")

    sub = verb("cite", _cite, "Fill a document's offsets and hash from its quotes.", "kg cite data/x/outlet.yaml --text outlet.txt")
    sub.add_argument("document", type=Path, metavar="DOCUMENT", help="the facts document, changed in place")
    sub.add_argument("--text", type=Path, required=True, metavar="FILE", help="the source's text")
    sub.add_argument("--header", action="store_true", help="the text starts after the file's first blank line")
    sub.add_argument("--which", action="append", default=[], metavar="KEY=N", help="of a quote that stands more than once: the Nth")


def _build(options: argparse.Namespace) -> int:
    import json

    from kg.builder import build

    manifest = with_progress(lambda progress: build(options.data, options.out, progress)).manifest
    if options.json:
        print(json.dumps(manifest, ensure_ascii=False))
        return 0
    print(f"{options.out}: {manifest['triples']:,} triples from {manifest['documents']:,} documents, ontology {manifest['ontology']}")
    for name, number in manifest["counts"].items():
        print(f"  {name:<14}{number:>9,}")
    say(f"every shape holds; ask it something: kg query --list{'' if str(options.out) == 'build' else f' (with --graph {options.out})'}")
    return 0


def _check(options: argparse.Namespace) -> int:
    import json
    from dataclasses import asdict

    from kg.builder import check

    if options.texts and not options.texts.is_dir():
        raise SourceError(f"{options.texts}: there is no such folder; name the folder that holds the sources' texts")
    findings, facts, (proven, absent) = check(options.data, options.texts)
    if options.format == "json":
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        print(*findings, sep="\n", end="\n" if findings else "")
        if options.texts:
            say(f"{proven} quotes proven" + (f"; {absent} have no text in {options.texts}" if absent else ""))
        say(f"{len(findings)} findings" if findings else f"{len(facts.documents)} documents, {facts.claims:,} claims: no fault found")
    return 1 if findings else 0


def _cite(options: argparse.Namespace) -> int:
    from kg.facts.citation import cite
    from kg.graph import replacing

    for path in (options.document, options.text):
        if not path.is_file():
            raise SourceError(f"{path}: there is no such file")
    which = pairs(options.which, "choice")
    if bad := [key for key, number in which.items() if not number.isdecimal()]:
        raise QueryError(f"--which {bad[0]}={which[bad[0]]}: not a number; write --which {bad[0]}=2 for the second")
    done = cite(options.document, options.text, options.header, {key: int(number) for key, number in which.items()})
    with replacing(options.document) as file:
        file.write(done.text.encode())
    say(f"{options.document}: {done.quotes} quotes found in the text, offsets and hash filled in")
    return 0
