"""Facts documents → triples: read as the JSON-LD (1.1) that they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox


def load_documents(store: ox.Store, documents: Iterable[Mapping[str, Any]], context: Mapping[str, Any]) -> None:
    """Add facts documents, as the JSON-LD (1.1) that they are under ``context``, to ``store``."""
    schemes = {term: each["@context"]["@vocab"] for term, each in context.items() if isinstance(each, dict) and "@context" in each}
    plain = {term: {k: v for k, v in each.items() if k != "@context"} if term in schemes else each for term, each in context.items()}
    for chunk in _chunks((_spelled_out(document, schemes) for document in documents), 200):
        text = json.dumps({"@context": plain, "@graph": chunk}, ensure_ascii=False)
        store.load(text.encode(), format=ox.RdfFormat.JSON_LD)


def _spelled_out(value: Any, schemes: Mapping[str, str], scheme: str = "") -> Any:
    """A document with its codes as IRIs: what the contexts of single terms say, but parsed five times as fast without them."""
    if isinstance(value, Mapping):
        return {key: _spelled_out(each, schemes, schemes.get(key, "")) for key, each in value.items()}
    if isinstance(value, list):
        return [_spelled_out(each, schemes, scheme) for each in value]
    return scheme + value if scheme else value


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
