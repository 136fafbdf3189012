"""Which charts there are: ``ontology/charts.json``, read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg import resources

Texts = Mapping[str, str]  # a text by language (BCP 47)


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart: the named question that it asks, with parameters, and the mark that draws the answer: 'lines' or 'shares'.

    ``parts``: what shares are shares of, a column of the answer. ``column``: where rows tell by which column of their data set
    they count, the one column that is drawn, since figures by different columns count the same decisions.
    """

    id: str
    title: Texts
    about: Texts
    question: str
    mark: str
    parts: str = ""
    column: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plans:
    """All charts; ``shown``: how many platforms (or parts) have a mark of their own; ``without``: the platform that dwarfs the others."""

    charts: tuple[Plan, ...]
    shown: int
    without: str


@cache
def plans(folder: Path | None = None) -> Plans:
    """The charts of an ontology's folder (default: the one that comes with the package).

    >>> plans().charts[0].question
    'penalties-by-platform'
    """
    found = json.loads(((folder or resources.ontology()) / "charts.json").read_text("utf-8"))
    return Plans(tuple(Plan(**each) for each in found["charts"]), found["shown"], found["without"])
