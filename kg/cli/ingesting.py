"""The verb that reads data sets at scale: ingest."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.cli.terminal import say, with_steps
from kg.cli.verbs import AddVerb

_FORMATS = ("dsa",)


def add(verb: AddVerb) -> None:
    """Declare the verb."""
    sub = verb(
        "ingest", _ingest, "Join a data set's decisions or statistics to the graph as figures.",
        "kg ingest dsa sor-global-2025-07-01-full.zip --by day --out dsa && kg query penalties-by-platform --graph dsa",
    )  # fmt: skip
    sub.add_argument("format", choices=_FORMATS, help="which data set: dsa, the EU's DSA Transparency Database")
    sub.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="dumps, Parquet of the same rows, shantay's statistics, or a folder"
    )
    sub.add_argument("--out", type=Path, default=Path("dsa"), metavar="DIR", help="where the joined graph goes (default: dsa)")
    sub.add_argument("--graph", type=Path, default=Path("build"), metavar="DIR", help="the graph that it joins (default: build)")
    sub.add_argument("--by", choices=("day", "month"), default="month", help="the period that a figure counts (default: month)")
    sub.add_argument("--dimensions", default="", metavar="A,B", help="tell figures apart by these properties only, e.g. penalty,violation")
    sub.add_argument("--rows", action="store_true", help="make each decision a thing of its own as well (with the dimension penalty)")
    sub.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="what counts (default: duckdb)")
    sub.add_argument("--master", default="local[*]", metavar="URL", help="Spark's master (default: local[*])")
    sub.add_argument("--json", action="store_true", help="print the manifest as JSON, for scripts")


def _ingest(options: argparse.Namespace) -> int:
    import json

    from kg.ingestion import ingest

    manifest = with_steps(
        lambda progress: ingest(
            *options.paths,
            out=options.out,
            graph=options.graph,
            by=options.by,
            dimensions=[d for d in options.dimensions.split(",") if d],
            rows=options.rows,
            engine=options.engine,
            master=options.master,
            progress=progress,
        )
    )
    if options.json:
        print(json.dumps(manifest, ensure_ascii=False))
        return 0
    _tell(options.out, manifest)
    return 0


def _tell(out: Path, manifest: Mapping[str, Any]) -> None:
    """What became of the rows, in words."""
    rows = dict(manifest["rows"])
    print(f"{out}: {manifest['figures']:,} figures, {manifest['triples']:,} triples with those of the graph they joined")
    print(f"  {'rows read':<24}{rows.pop('read'):>16,}")
    for name, number in rows.items():
        print(f"  {'counted in figures' if name == 'figure' else name:<24}{number:>16,}")
    if loose := [each["file"] for each in manifest["inputs"] if not each.get("sha1", "none is told")]:
        say(f"not verified, for no .sha1 file tells what they have to be: {_some(loose)}")
    if days := manifest["gaps"]:
        say(f"no rows of {len(days)} days between the first and the last; figures of their months are of the other days: {_some(days)}")
    if codes := manifest["unmatched"]:
        say(f"no concept of ours stands for {len(codes)} codes, kept verbatim: {_some(codes)}")
    if rows.get("rejected"):
        say(f"each rejected row, with its place and reason: {out / manifest['content'] / 'rejects.jsonl'}")
    say(f"every row rule holds, and every shape on a sample of {manifest['sampled']:,} figures")
    say(f"ask it something: kg query --list (with --graph {out})")


def _some(names: Sequence[str]) -> str:
    """The first of many names."""
    return f"{', '.join(names[:5])}{' …' if len(names) > 5 else ''}"
