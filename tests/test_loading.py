"""Documents are loaded as the JSON-LD that they are, though their codes are spelled out first."""

from __future__ import annotations

import json

import pyoxigraph as ox

from kg import facts, resources
from kg.facts.loading import load_documents
from kg.graph import canonical
from kg.vocabulary import vocabulary


def test_loading_gives_what_json_ld_says_the_shipped_documents_mean() -> None:
    words = vocabulary()
    documents = facts.read(resources.data(), words).documents
    quick, plain = ox.Store(), ox.Store()
    load_documents(quick, documents, words.context)
    plain.load(json.dumps({"@context": words.context, "@graph": documents}).encode(), format=ox.RdfFormat.JSON_LD)
    assert canonical(quick) == canonical(plain)
    assert len(quick) > 3000


def test_loading_leaves_the_documents_as_they_were() -> None:
    words = vocabulary()
    documents = facts.read(resources.data(), words).documents
    before = json.dumps(documents)
    load_documents(ox.Store(), documents, words.context)
    assert json.dumps(documents) == before
