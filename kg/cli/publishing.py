"""Verbs for those who publish: diff, what changed between two builds; review, verdicts as schema:ClaimReview."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from kg.cli.asking import graph_option
from kg.cli.terminal import say
from kg.cli.verbs import AddVerb


def add(verb: AddVerb) -> None:
    """Declare the verbs."""
    sub = verb("diff", _diff, "Tell what changed between two builds, by claim and verdict, in words.", "kg diff build.old build")
    sub.add_argument("old", metavar="OLD", help="a built folder, an RDF file or a SPARQL endpoint")
    sub.add_argument("new", metavar="NEW", help="another one")
    sub.add_argument("--format", choices=("text", "json"), default="text", help="(default: text)")

    sub = verb(
        "review", _review, "Write the verdicts on a campaign as schema:ClaimReview.", "kg review cac-self-media-2023 --author 'My Desk'"
    )
    sub.add_argument("campaign", metavar="CAMPAIGN", help="its id ('kg query campaigns' lists them)")
    sub.add_argument("--author", required=True, metavar="NAME", help="who publishes the review; none is invented")
    sub.add_argument("--author-url", metavar="URL", help="the author's web address")
    sub.add_argument("--reference", metavar="SOURCE", help="hold all others against this source (default: the primary sources)")
    sub.add_argument("--language", default="en", metavar="TAG", help="language of labels and sentences (default: en)")
    sub.add_argument("-o", dest="out", type=Path, metavar="FILE", help="write to this file (default: print)")
    graph_option(sub)


def _diff(options: argparse.Namespace) -> int:
    from kg.comparison.changes import diff
    from kg.graph import open_graph

    found = diff(open_graph(options.old), open_graph(options.new))
    if options.format == "json":
        print(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
        return 0
    for (campaign, source), changes in groupby(found, key=lambda change: (change.campaign, change.source)):
        print(" · ".join(filter(None, (campaign, source))) or "everywhere")
        for change in changes:
            print(f"  {change.sentence}")
    say(f"{len(found):,} change{'s' * (len(found) != 1)}" if found else "nothing changed")
    return 0


def _review(options: argparse.Namespace) -> int:
    from kg.comparison.review import review
    from kg.graph import open_graph, replacing

    document = review(open_graph(options.graph), options.campaign, options.author, options.author_url, options.reference, options.language)
    text = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    if options.out is None:
        sys.stdout.buffer.write(text)
        return 0
    with replacing(options.out) as file:
        file.write(text)
    say(f"wrote {len(document['@graph'])} reviews to {options.out}")
    return 0
