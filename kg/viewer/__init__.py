"""The interactive graph view: facts or claims of a graph as one self-contained page."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph import Graph, replacing

if TYPE_CHECKING:
    from pyvis.network import Network

_HEIGHT = 640  # of the frame in a notebook, in pixels


@dataclass(frozen=True)
class View:
    """A view of a graph; ``model`` is plain data (see ``kg.viewer.model``). In a notebook it shows itself."""

    model: dict[str, Any]

    @cached_property
    def html(self) -> str:
        """The page, whole."""
        from kg.viewer.page import page

        with _uncollected():
            return page(self.model)

    @property
    def network(self) -> Network:
        """The picture as a pyvis Network, for those who go on with pyvis."""
        from kg.viewer.network import network

        return network(self.model)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page to ``path``, whole or not at all; raises SourceError where it cannot be written."""
        with replacing(Path(path)) as file:
            file.write(self.html.encode())
        return Path(path)

    def __repr__(self) -> str:
        counts = self.model["counts"]
        return f"<View of {self.model['layer']}: {counts['nodes']:,} nodes, {counts['edges']:,} edges, {counts['claims']:,} claims>"

    def _repr_html_(self) -> str:
        """The page in a frame of its own, which cannot reach the notebook."""
        allowed = "allow-scripts allow-downloads allow-popups"
        frame = f'sandbox="{allowed}" width="100%" height="{_HEIGHT}" style="border: 0"'
        return f'<iframe title="{escape(repr(self))}" {frame} srcdoc="{escape(self.html)}"></iframe>'


def view(graph: Graph, campaign: str | None = None, layer: str = "facts", around: str | None = None) -> View:
    """The view of ``graph``: all campaigns, or one (and, of a series, its campaigns); layer ``facts`` or ``claims``;
    or only what is ``around`` a thing (its IRI), in the layer that shows it.

    Raises QueryError for a campaign, layer or thing that is not known.

    >>> view(graph, "cac-news-anchors-2023", "claims")
    <View of claims: ... nodes, ... edges, 17 claims>
    """
    from kg.viewer.model import model

    with _uncollected():
        return View(model(graph, campaign, layer, around))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: data is only added here, and looking through it again and again takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
