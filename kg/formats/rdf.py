"""RDF syntaxes: the same triples in each, byte for byte the same for the same graph."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph import Graph, canonical
from kg.vocabulary import context, prefixes

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _triples(graph: Graph) -> Iterator[ox.Triple]:
    """The triples in canonical order."""
    return (quad.triple for quad in ox.parse(b"".join(canonical(graph.store)), format=ox.RdfFormat.N_TRIPLES))


def _written(graph: Graph, syntax: ox.RdfFormat) -> bytes:
    return ox.serialize(_triples(graph), format=syntax, prefixes=prefixes()) or b""


def ntriples(graph: Graph) -> bytes:
    """N-Triples (RDF 1.1), sorted by line; as N-Quads the same lines."""
    return b"".join(canonical(graph.store))


def turtle(graph: Graph) -> bytes:
    """Turtle (RDF 1.1) with the context's prefixes."""
    return _written(graph, ox.RdfFormat.TURTLE)


def trig(graph: Graph) -> bytes:
    """TriG (RDF 1.1): the one graph is the default graph."""
    return _written(graph, ox.RdfFormat.TRIG)


def rdfxml(graph: Graph) -> bytes:
    """RDF/XML (RDF 1.1)."""
    return _written(graph, ox.RdfFormat.RDF_XML)


def jsonld(graph: Graph) -> bytes:
    """JSON-LD 1.1, compacted by the context of the facts documents, which stands in the file; no network."""
    from pyld import jsonld as pyld

    # Oxigraph's expanded form: PyLD's own reader of N-Quads holds each line against all before it.
    expanded = json.loads(ox.serialize(_triples(graph), format=ox.RdfFormat.JSON_LD) or b"[]")
    for node in expanded:
        if types := node.pop(_TYPE, None):
            node["@type"] = [value["@id"] for value in types]
    document = pyld.compact(expanded, context(), {"documentLoader": _refuse, "graph": True, "skipExpansion": True})
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _refuse(url: str, _: object) -> None:
    raise ValueError(f"a remote context ({url}) is never fetched")
