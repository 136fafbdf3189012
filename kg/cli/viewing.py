"""The verb view: the graph as an interactive picture in one HTML file."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.cli.asking import graph_option
from kg.cli.terminal import say
from kg.cli.verbs import AddVerb


def add(verb: AddVerb) -> None:
    """Declare the verb."""
    sub = verb("view", _view, "Write the graph as an interactive picture: one HTML file, no network.", "kg view -o graph.html --open")
    sub.add_argument("-o", dest="out", type=Path, default=Path("graph.html"), metavar="FILE", help="file to write (default: graph.html)")
    sub.add_argument("--open", action="store_true", help="show it in the browser")
    sub.add_argument("--campaign", metavar="CAMPAIGN", help="only this one ('kg query campaigns' lists them)")
    sub.add_argument("--layer", choices=("facts", "claims"), default="facts", help="what was done, or who says what (default: facts)")
    graph_option(sub)


def _view(options: argparse.Namespace) -> int:
    from kg.graph import open_graph
    from kg.viewer import view

    made = view(open_graph(options.graph), options.campaign, options.layer)
    path = made.save(options.out)
    say(f"{path}: {made!r}; open it in any browser")
    if options.open:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
    return 0
