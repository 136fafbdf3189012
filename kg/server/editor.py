"""The editor of the page that asks in SPARQL: its library as a file of its own, and the words that it completes."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any

from kg.graph import Graph
from kg.server.answers import Answer, compressed
from kg.vocabulary import BASE, prefixes

FILE = "codemirror.min.js"
_TERMS = """SELECT DISTINCT ?term ?label {
  { ?term a ?kind ; rdfs:label ?label
    VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty } }
  UNION { ?term a skos:Concept ; skos:prefLabel|skos:altLabel ?label }
  FILTER(isIRI(?term)) } ORDER BY ?term ?label"""


@cache
def asked_for() -> dict[str, str]:
    """What the page loads beside itself: the library's address, and its hash as Subresource Integrity writes it.

    >>> asked_for()["/assets/codemirror.min.js"][:7]
    'sha256-'
    """
    return {f"/assets/{FILE}": f"sha256-{b64encode(sha256(library().body).digest()).decode()}"}


@cache
def library(zipped: bool = False) -> Answer:
    """The editor's library, gzipped once for all who take it so."""
    from kg.pages.libraries import VENDOR

    plain = Answer(200, "text/javascript; charset=utf-8", (VENDOR / FILE).read_bytes())
    return compressed(plain) if zipped else plain


def terms(graph: Graph) -> Answer:
    """The terms of the ontology and the concepts of the code lists, each with its labels."""
    found: dict[str, list[dict[str, str]]] = {}
    rows: Any = graph.store.query(_TERMS, prefixes=prefixes())
    for term, label in rows:
        found.setdefault(term.value, []).append({"value": label.value, "language": getattr(label, "language", None) or ""})
    listed = [{"iri": iri, "labels": labels} for iri, labels in found.items()]
    shown: dict[str, Any] = {"base": BASE, "prefixes": dict(prefixes()), "terms": listed}
    return Answer(200, "application/json", json.dumps(shown, ensure_ascii=False).encode())
