"""A data set's codes read as our concepts, by ``ontology/align``: no code stands in Python.

Each column that holds codes is a ``skos:Collection`` that says which property of ours it fills; a code is read as the
one concept that matches it exactly, closely or more widely (SKOS Reference §10). A code without one, or in a column that it is
no member of, is kept verbatim.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kg.vocabulary import BASE, Vocabulary

_COLUMNS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX enf: <https://w3id.org/enforcement-kg/ontology#>
    SELECT ?column ?property ?list { ?list a skos:Collection ; skos:notation ?column ; enf:fills ?property } ORDER BY ?column"""
_CONCEPTS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX enf: <https://w3id.org/enforcement-kg/ontology#>
    SELECT ?column ?code ?concept { ?list a skos:Collection ; skos:notation ?column ; enf:fills ?property ; skos:member ?member .
        ?member skos:notation ?code . ?concept (skos:exactMatch|skos:closeMatch|skos:narrowMatch) ?member }"""


@dataclass(frozen=True, slots=True)
class Slots:
    """What one combination of codes says: ids of our concepts by property, codes that have none, and its own words.

    ``column``: the id of the only column that was counted by, where that is so.
    """

    concepts: Mapping[str, tuple[str, ...]]
    unmatched: tuple[str, ...]
    words: str
    column: str = ""


class Alignment:
    """How one vocabulary reads a data set: ``columns`` (column → property of ours), their ``ids``, ``concepts`` (by column and code)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        def rows(query: str) -> list[tuple[str, ...]]:
            found: Any = vocabulary.store.query(query)
            return [tuple(term.value for term in row) for row in found]

        columns = rows(_COLUMNS)
        self.columns = {column: iri.rpartition("#")[2] for column, iri, _ in columns}
        self.ids = {column: iri.removeprefix(BASE) for column, _, iri in columns}
        self.concepts = {(column, code): iri.removeprefix(BASE) for column, code, iri in rows(_CONCEPTS)}

    @property
    def properties(self) -> tuple[str, ...]:
        """The properties that any column fills, in order."""
        return tuple(sorted(set(self.columns.values())))

    def read(self, told: Mapping[str, str]) -> Slots:
        """What columns and their values say.

        >>> from kg.vocabulary import vocabulary
        >>> read = Alignment(vocabulary()).read({"decision_account": "DECISION_ACCOUNT_TERMINATED", "account_type": "NEW"})
        >>> read.concepts["penalty"], read.unmatched
        (('penalty/closure',), ('NEW',))
        >>> read.words
        'account_type=NEW; decision_account=DECISION_ACCOUNT_TERMINATED'
        """
        concepts: dict[str, set[str]] = {}
        unmatched: set[str] = set()
        for column, value in told.items():
            for code in codes(value):
                if concept := self.concepts.get((column, code)):
                    concepts.setdefault(self.columns[column], set()).add(concept)
                else:
                    unmatched.add(code)
        return Slots({name: tuple(sorted(ids)) for name, ids in concepts.items()}, tuple(sorted(unmatched)), words(told))


def words(told: Mapping[str, str]) -> str:
    """Columns and values in the data set's own words, so that its rows can be found again.

    >>> words({"b": '["Y","X"]', "a": ""})
    'a=; b=X,Y'
    """
    return "; ".join(f"{column}={','.join(codes(told[column]))}" for column in sorted(told))


def codes(value: str) -> list[str]:
    """The codes of one cell, as written: the items of a flat JSON list in order, one code, or none; any other text stays whole.

    >>> codes('["B","A"]'), codes("A"), codes(""), codes('[1e999,null,"C"]')
    (['A', 'B'], ['A'], [], ['1e999', 'C', 'null'])
    """
    if value.startswith("["):
        with suppress(ValueError, RecursionError):  # lone surrogates are no text, brackets without end no list
            items = json.loads(value, strict=False, parse_float=str, parse_int=str, parse_constant=str)
            if not any(isinstance(item, list | dict) for item in items):
                found = {item if isinstance(item, str) else json.dumps(item) for item in items}
                "".join(found).encode()
                return sorted(found)
    return [value] if value else []
