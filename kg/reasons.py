"""Why: the claims behind a thing with their evidence, and why the reference was chosen among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from kg.errors import QueryError, nearest
from kg.graph import Graph
from kg.questions import Rows, query, short
from kg.vocabulary import BASE, ENF

_COLUMNS = (
    "claim",
    "property",
    "publisher",
    "role",
    "said",
    "text",
    "statement",
    "quote",
    "gloss",
    "url",
    "locator",
    "source",
    "reference",
)
_NAMES = """SELECT DISTINCT ?thing ?name WHERE { ?thing ?p ?name
    VALUES ?p { rdfs:label skos:prefLabel skos:altLabel } FILTER(STRSTARTS(STR(?thing), STR(enf:)) = false) }"""

_STEPS = {
    "only": "reference: the only claim", "role": "reference: {} before {}", "said": "reference: said later ({}, next {})",
    "basis": "reference: {} before {}", "first": "reference: the first IRI among equals", "some": "reference for some properties",
}  # fmt: skip

# What can be an address at all; a name may hold a slash too, and spaces.
_ADDRESS = re.compile(r"[^\s<>\"{}|\\^`]*/[^\s<>\"{}|\\^`]*")


def find(graph: Graph, term: str) -> str:
    """The IRI that ``term`` means: a whole IRI, an id (measure/…/closures) or a name in any language.

    Raises QueryError naming the nearest where nothing or more than one thing is meant.

    >>> find(graph, "微博"), find(graph, "platform/weibo")
    ('https://w3id.org/enforcement-kg/platform/weibo', 'https://w3id.org/enforcement-kg/platform/weibo')
    """
    iri = term if term.startswith(("http://", "https://")) else BASE + term
    if _ADDRESS.fullmatch(term) and query(graph, "SELECT ?p WHERE { { $thing ?p ?o } UNION { ?s ?p $thing } } LIMIT 1", thing=iri):
        return iri
    names: dict[str, set[str]] = {}
    for row in query(graph, _NAMES):
        names.setdefault(row["name"].casefold(), set()).add(row["thing"])
        names.setdefault(short(row["thing"]), set()).add(row["thing"])
    found = names.get(term.casefold(), set())
    if len(found) == 1:
        return min(found)
    if found:
        raise QueryError(f"'{term}' names several things; take one of: {', '.join(sorted(map(short, found)))}")
    raise QueryError(f"nothing here is called '{term}'; {nearest(term, names)}")


class Standing(NamedTuple):
    """What the policy of ``enf:reference`` goes by: the source's role, when the claim was said (as told, and at the latest), its basis."""

    role: str
    said: str
    latest: str
    basis: str


def step(better: Standing, worse: Standing | None) -> tuple[str, str, str]:
    """The step of the policy that puts a claim before the next, and what the two are by it: only, role, said, basis or first.

    >>> step(Standing("primary", "2023", "2023-12-31", "quoted"), Standing("primary", "2023", "2023-12-31", "restated"))
    ('basis', 'quoted', 'restated')
    """
    if worse is None:
        return "only", "", ""
    if better.role != worse.role:
        return "role", better.role, worse.role
    if better.latest != worse.latest:
        return "said", better.said, worse.said
    return ("basis", better.basis, worse.basis) if better.basis != worse.basis else ("first", "", "")


def _standing(row: Mapping[str, Any]) -> Standing:
    return Standing(_code(row["role"] or ""), row["said"] or "no date", row["latest"] or "", _code(row["basis"] or ""))


def _code(iri: str) -> str:
    return iri.rpartition("/")[2]


def why(graph: Graph, term: str) -> Rows:
    """The claims behind ``term`` (an IRI, an id or a name), the reference first and with the reason for its choice.

    Raises QueryError where the term is not known.

    >>> why(graph, "measure/cac-self-media-2023/closures")[0]["reference"]
    'reference: quoted before restated'
    """
    found = query(graph, "why", thing=find(graph, term))
    # Claims about the thing that give a figure compete for it; a campaign takes each property from the best claim that has it.
    rivals = [row for row in found if row["text"] and row["property"] == ENF + "subject"]
    single = sum(row["chosen"] for row in found) == 1
    rows = []
    for row in found:
        reason = ""
        if row["chosen"]:
            others = (_standing(rival) for rival in rivals if rival is not row)
            name, *values = step(_standing(row), next(others, None)) if single else ["some"]
            reason = _STEPS[name].format(*values)
        cells = {column: row.get(column) for column in _COLUMNS}
        rows.append(cells | {"role": _code(row["role"] or ""), "property": short(row["property"]), "reference": reason})
    return Rows(_COLUMNS, rows)
