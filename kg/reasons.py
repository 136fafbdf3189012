"""Why: the claims behind a thing with their evidence, and why the reference was chosen among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import QueryError, nearest
from kg.graph import Graph
from kg.questions import Rows, query, short
from kg.vocabulary import BASE, ENF

_COLUMNS = ("claim", "property", "publisher", "role", "said", "text", "statement", "quote", "gloss", "url", "source", "reference")
_NAMES = """SELECT DISTINCT ?thing ?name WHERE { ?thing ?p ?name
    VALUES ?p { rdfs:label skos:prefLabel skos:altLabel } FILTER(STRSTARTS(STR(?thing), STR(enf:)) = false) }"""

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


def _better(first: Mapping[str, Any], second: Mapping[str, Any] | None) -> str:
    """The step of the policy (see ``enf:reference``) that put one claim before the next."""
    if second is None:
        return "reference: the only claim"
    if first["roleOrder"] != second["roleOrder"]:
        return f"reference: {_code(first['role'])} before {_code(second['role'])}"
    if first["latest"] != second["latest"]:
        return f"reference: said later ({first['said'] or 'no date'}, next {second['said'] or 'no date'})"
    if first["basisOrder"] != second["basisOrder"]:
        return f"reference: {_code(first['basis'])} before {_code(second['basis'])}"
    return "reference: the first IRI among equals"


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
            reason = _better(row, next((r for r in rivals if r is not row), None)) if single else "reference for some properties"
        cells = {column: row.get(column) for column in _COLUMNS}
        rows.append(cells | {"role": _code(row["role"] or ""), "property": short(row["property"]), "reference": reason})
    return Rows(_COLUMNS, rows)
