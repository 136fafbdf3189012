"""enforcement-kg: every figure is a claim. A dozen verbs and some, each imported when it is first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.builder import build as build
    from kg.builder import check as check
    from kg.charts import chart as chart
    from kg.comparison import compare as compare
    from kg.comparison.changes import diff as diff
    from kg.comparison.review import review as review
    from kg.extraction import extract as extract
    from kg.extraction.evaluation import evaluate as evaluate
    from kg.formats import export as export
    from kg.formats.network import to_networkx as to_networkx
    from kg.graph import open_graph as open
    from kg.ingestion import ingest as ingest
    from kg.questions import query as query
    from kg.reasons import why as why
    from kg.site import publish as publish
    from kg.totals import total as total
    from kg.transfer import push as push
    from kg.viewer import view as view

_VERBS = {
    "build": "kg.builder:build", "compare": "kg.comparison:compare", "diff": "kg.comparison.changes:diff",
    "review": "kg.comparison.review:review", "check": "kg.builder:check", "open": "kg.graph:open_graph",
    "query": "kg.questions:query", "why": "kg.reasons:why", "total": "kg.totals:total",
    "extract": "kg.extraction:extract", "evaluate": "kg.extraction.evaluation:evaluate",
    "ingest": "kg.ingestion:ingest", "export": "kg.formats:export", "to_networkx": "kg.formats.network:to_networkx",
    "view": "kg.viewer:view", "chart": "kg.charts:chart", "push": "kg.transfer:push", "publish": "kg.site:publish",
}  # fmt: skip

__all__ = [
    "build",
    "chart",
    "check",
    "compare",
    "diff",
    "evaluate",
    "export",
    "extract",
    "ingest",
    "open",
    "publish",
    "push",
    "query",
    "review",
    "to_networkx",
    "total",
    "view",
    "why",
]


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        module, _, verb = _VERBS[name].partition(":")
        return getattr(import_module(module), verb)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
