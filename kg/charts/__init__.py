"""A page of charts: what platforms did, month by month, as data sets count it, with all that is known to limit the figures."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.graph import Graph, replacing


@dataclass(frozen=True)
class Charts:
    """The charts of a graph; ``model`` is plain data (see ``kg.charts.model``)."""

    model: dict[str, Any]

    @cached_property
    def html(self) -> str:
        """The page, whole."""
        from kg.charts.page import page

        return page(self.model)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to ``path``, whole or not at all; raises SourceError where it cannot be written."""
        with replacing(Path(path)) as file:
            file.write(self.html.encode())
        return Path(path)

    def __repr__(self) -> str:
        return f"<{len(self.model['charts'])} charts, {len(self.model['notes'])} notes>"


def chart(graph: Graph) -> Charts:
    """The charts that ``ontology/charts.json`` names, of the data sets in ``graph``.

    Raises QueryError where it holds no figure of a data set.

    >>> chart(graph)
    Traceback (most recent call last):
    kg.errors.QueryError: no figure of a data set is here to be drawn; 'kg ingest' joins one to a graph, then name that with --graph
    """
    from kg.charts.model import model

    return Charts(model(graph))
