"""The verbs that draw: view and chart, each one HTML file without any network."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.asking import graph_option
from kg.cli.terminal import say
from kg.cli.verbs import AddVerb


def add(verb: AddVerb) -> None:
    """Declare the verbs."""
    sub = verb("view", _view, "Write the graph as an interactive picture: one HTML file, no network.", "kg view -o graph.html --open")
    _file_options(sub, Path("graph.html"))
    sub.add_argument("--campaign", metavar="CAMPAIGN", help="only this one ('kg query campaigns' lists them)")
    sub.add_argument("--layer", choices=("facts", "claims"), default="facts", help="what was done, or who says what (default: facts)")
    graph_option(sub)

    sub = verb(
        "chart", _chart, "Draw what platforms did by month, as data sets count it: one HTML file, no network.",
        "kg ingest dsa sor-global-2025-07-01-full.zip --out dsa && kg chart --graph dsa --open",
    )  # fmt: skip
    _file_options(sub, Path("charts.html"))
    graph_option(sub)


def _file_options(sub: argparse.ArgumentParser, default: Path) -> None:
    sub.add_argument("-o", dest="out", type=Path, default=default, metavar="FILE", help=f"file to write (default: {default})")
    sub.add_argument("--open", action="store_true", help="show it in the browser")


def _view(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.viewer import view

    made = view(open_graph(options.graph), options.campaign, options.layer)
    return _written(made.save(options.out), repr(made), options)


def _chart(options: argparse.Namespace) -> int:
    from kg.charts import chart
    from kg.graph import open_graph

    made = chart(open_graph(options.graph))
    return _written(made.save(options.out), repr(made), options)


def _written(path: Path, what: str, options: argparse.Namespace) -> int:
    say(f"{path}: {what}; open it in any browser")
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0
