"""The shipped quotes are proven against their texts, short, and hold every figure that the annotators found."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import facts, resources
from kg.vocabulary import vocabulary

WORDS_AT_MOST, CHARACTERS_AT_MOST = 12, 24
CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
DOCUMENTS = {document["id"]: document for document in facts.read(resources.data(), vocabulary()).documents if "claims" in document}
QUOTES = [claim["evidence"]["quote"] for document in DOCUMENTS.values() for claim in document["claims"] if "quote" in claim["evidence"]]
GOLD = {"en-seed-000.json": "source/tcit-2023", "en-seed-002.json": "source/dqindia-2023"}
GOLD_FIGURES = 27


def test_every_shipped_quote_is_proven_against_its_text(shared: Path) -> None:
    findings, read, (proven, absent) = kg.check(texts=shared)
    assert findings == []
    assert (proven, absent) == (len(QUOTES), 0)
    assert proven >= 58
    assert read.claims > proven


@pytest.mark.parametrize("quote", QUOTES)
def test_a_quote_is_a_dozen_words_at_most(quote: str) -> None:
    if CJK.search(quote):
        assert len(quote) <= CHARACTERS_AT_MOST
    else:
        assert len(quote.split()) <= WORDS_AT_MOST


def _strings(node: Any) -> list[tuple[str, str]]:
    """Every text in a document with the key that it stands under."""
    if isinstance(node, dict):
        return [
            pair
            for key, value in node.items()
            for pair in ([(key, value)] if isinstance(value, str) else [(key, b) for _, b in _strings(value)])
        ]
    if isinstance(node, list):
        return [pair for item in node for pair in ([("", item)] if isinstance(item, str) else _strings(item))]
    return []


def test_no_document_holds_more_of_a_text_than_its_quotes(shared: Path) -> None:
    texts = [path.read_text("utf-8") for path in shared.rglob("*.txt")]
    for document in DOCUMENTS.values():
        for key, value in _strings(document):
            long = len(value) > CHARACTERS_AT_MOST if CJK.search(value) else len(value.split()) > WORDS_AT_MOST
            assert not (long and any(value in text for text in texts)), (key, value)


def _bounds(comparator: str, value: int | None) -> dict[str, int | None]:
    bound = vocabulary().bounds.get(comparator)
    return {"min": None, "max": None} | ({bound: value} if bound else {})


def _listed(value: Any) -> list[str]:
    return sorted(value) if isinstance(value, list) else [value] if value else []


def _record(claim: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A claim as an annotation: what both of them say of a figure."""
    figure, evidence = claim["figure"], claim["evidence"]
    subjects = {c["subject"]: c["evidence"].get("quote") for c in document["claims"] if "figure" in c}
    relation = {name: claim[key] for name, key in (("of", "partOf"), ("besides", "besides")) if key in claim}
    assert set(relation.values()) <= subjects.keys()
    return {
        "quote": evidence["quote"], "start": evidence["start"], "end": evidence["end"],
        **{name: figure.get(name) for name in ("value", "min", "max", "comparator", "unit")},
        "penalty": claim["penalty"], "account_types": _listed(claim.get("accountType")), "violations": _listed(claim.get("violation")),
        "relation": relation,
    }  # fmt: skip


def _annotated(figure: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """An annotation whose relation names, as a claim does, the measure that the other quote is about."""
    subjects = {c["evidence"]["quote"]: c["subject"] for c in document["claims"] if "figure" in c}
    relation = {name: subjects[quote] for name, quote in (figure["relation"] or {}).items()}
    lists = {name: sorted(figure[name]) for name in ("account_types", "violations")}
    return figure | lists | {"relation": relation}


def _gold(shared: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    found = []
    for name, source in GOLD.items():
        annotations = json.loads((shared / "corpus" / "gold" / name).read_text("utf-8"))
        found += [(figure, DOCUMENTS[source]) for figure in annotations["figures"]]
    return found


def test_every_annotated_figure_is_a_claim_with_the_same_record(shared: Path) -> None:
    gold = _gold(shared)
    assert len(gold) == GOLD_FIGURES
    for figure, document in gold:
        claims = [_record(claim, document) for claim in document["claims"] if "figure" in claim]
        assert _annotated(figure, document) in claims


def test_no_claim_gives_a_figure_that_was_not_annotated(shared: Path) -> None:
    claims = [claim for source in GOLD.values() for claim in DOCUMENTS[source]["claims"] if "figure" in claim]
    assert len(claims) == len(_gold(shared)) == GOLD_FIGURES


@pytest.mark.parametrize("source", GOLD.values())
def test_bounds_are_only_those_that_the_comparator_gives(source: str) -> None:
    for claim in DOCUMENTS[source]["claims"]:
        figure = claim.get("figure", {"comparator": "order"})
        if figure["comparator"] != "order":
            assert {name: figure.get(name) for name in ("min", "max")} == _bounds(figure["comparator"], figure["value"])
