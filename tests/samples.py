"""Small graphs and facts folders that tests make: one campaign, and the claims that a test gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import rules
from kg.graph import Graph
from kg.vocabulary import vocabulary

PREFIXES = """@base <https://w3id.org/enforcement-kg/> .
@prefix enf: <https://w3id.org/enforcement-kg/ontology#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
DRIVE = "campaign/drive"
CLOSED = "measure/drive/closed"


def assertion(name: str, content: str = 'enf:text "5"', **other: str) -> str:
    """A claim in Turtle, claim/<name>/a, in a source of its own; other: subject, role, basis, said ('' for no day)."""
    given = {"subject": CLOSED, "role": "primary", "basis": "quoted", "said": "2024-05-01"} | other
    said = f'; enf:said "{given["said"]}"^^edtf:EDTF ; enf:saidLatest "{given["said"]}"^^xsd:date' if given["said"] else ""
    return f"""<source/{name}> a enf:Report ; enf:role <role/{given["role"]}> ; enf:publisher "{name}" .
        <claim/{name}/a> a enf:Claim ; enf:source <source/{name}> ; enf:subject <{given["subject"]}> ;
            enf:basis <basis/{given["basis"]}> {said} ; {content} ."""


def derived(*turtle: str) -> Graph:
    """The vocabulary, one campaign with one measure, what ``turtle`` adds, and what the rules derive from it."""
    store = ox.Store()
    store.extend(list(vocabulary().store))
    things = f"<{DRIVE}> a enf:Campaign . <{CLOSED}> a enf:Measure ; enf:campaign <{DRIVE}> ."
    store.load((PREFIXES + things + "\n".join(turtle)).encode(), format=ox.RdfFormat.TURTLE)
    rules.derive(store)
    return Graph(store)


def claim(key: str, text: str = "50", **other: Any) -> dict[str, Any]:
    """A claim for a facts document, about measure/drive/<key> unless told otherwise; ``text`` is its exact number."""
    figure = {"text": text, "value": int(text), "comparator": "exactly", "unit": "account"} if text else None
    made = {"key": key, "subject": f"measure/drive/{key}", "penalty": "closure", "figure": figure}
    made |= {"evidence": {"url": f"https://paper.example/{key}"}} | other
    return {name: value for name, value in made.items() if value is not None}


def write(folder: Path, *claims: dict[str, Any]) -> Path:
    """A facts folder with ``claims`` of one source and everything that they name."""
    names = sorted({c["subject"] for c in claims if c["subject"].startswith("measure/")})
    measures = [{"id": name, "label": _label(name.rpartition("/")[2])} for name in names]
    platforms = [{"id": f"platform/{name}", "label": _label(name)} for name in ("north", "south", "owner")]
    platforms[0]["operator"] = "platform/owner"
    documents = [
        {"platforms": platforms},
        {"id": DRIVE, "type": "Campaign", "label": _label("drive"), "measures": measures},
        {"id": "source/paper", "type": "Report", "publisher": "Paper", "published": "2024-05-01", "language": "en",
         "coverage": "complete", "role": "secondary", "claims": list(claims)},
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "facts.jsonl").write_text("".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents), "utf-8")
    return folder


def _label(name: str) -> dict[str, str]:
    return {"en": f"the {name}", "zh": f"某{name}"}


def row(name: str, platform: str, month: str, value: int, *codes: str, source: str = "dsa-statements", **other: str) -> str:
    """A row of the DSA's data set in Turtle: claim and measure in one; ``codes`` such as penalty/closure, ``other`` such as column."""
    keys = {"account-type": "accountType"}
    told = [f"enf:{keys.get(code.partition('/')[0], code.partition('/')[0])} <{code}>" for code in codes]
    told += [f"enf:{key} <{thing}>" for key, thing in other.items()]
    return f"""<claim/{source}/{name}> a enf:Claim , enf:Measure ; enf:source <source/{source}> ;
        enf:subject <claim/{source}/{name}> ; enf:reference <claim/{source}/{name}> ; enf:campaign <campaign/dsa-transparency-database> ;
        enf:platform <platform/{platform}> ; enf:actor <platform/{platform}> ; {" ; ".join(told)} ;
        enf:text "{value}" ; enf:value {value} ; enf:comparator <comparator/exactly> ; enf:unit <unit/decision> ;
        enf:from "{month}"^^edtf:EDTF ; enf:to "{month}"^^edtf:EDTF ;
        enf:periodStart "{month}-01"^^xsd:date ; enf:periodEnd "{month}-28"^^xsd:date ;
        enf:basis <basis/row> ; enf:file "table.parquet" ; enf:locator "platform_name={platform}; start_date={month}" ."""


# Rows of the DSA's data set as an ingestion makes them, beside the shipped facts, which hold none.
ROWS = [
    row("a", "tiktok", "2024-02", 100, "penalty/closure", "violation/scam", "automation/fully-automated"),
    row("b", "tiktok", "2024-02", 20, "penalty/closure", "penalty/content-removal", "violation/hate-speech", "automation/not-automated"),
    row("c", "tiktok", "2024-03", 3, "penalty/closure", "violation/scam", "automation/not-automated"),
    row("d", "google-shopping", "2024-02", 5000, "penalty/content-removal", "violation/scam", "automation/fully-automated"),
    row("e", "tiktok", "2024-02", 121, "penalty/closure", source="dsa-statistics", column="dsa/decision_account"),
    row("f", "tiktok", "2024-02", 90, "violation/violence", source="dsa-statistics", column="dsa/category"),
    row("g", "tiktok", "2024-02", 7, "violation/violence", source="dsa-statistics", column="dsa/category_specification"),
]


def with_rows(graph: Graph) -> Graph:
    """A graph and, beside its facts, ROWS."""
    store = ox.Store()
    store.extend(list(graph.store))
    store.load("\n".join([PREFIXES, *ROWS]).encode(), format=ox.RdfFormat.TURTLE)
    return Graph(store)
