"""Derived facts: the CONSTRUCT queries of ``ontology/rules``, run in the order of their names over one graph."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg import resources


def derive(store: ox.Store, folder: Path | None = None) -> int:
    """Add what the rules derive to ``store``; returns how many triples are new. Same facts, same result.

    >>> from kg.graph import Graph
    >>> derive(ox.Store())
    0
    """
    before = len(store)
    for rule in sorted(((folder or resources.ontology()) / "rules").glob("*.rq")):
        triples = store.query(rule.read_text("utf-8"))
        store.extend([ox.Quad(*triple) for triple in triples])  # type: ignore[union-attr]
    return len(store) - before
