"""The grammar of English. Labels, units, comparators and scale words come from the ontology."""

from __future__ import annotations

from kg.extraction.en.clauses import Clauses
from kg.extraction.en.nouns import Nouns
from kg.extraction.en.periods import period
from kg.extraction.grammar import Grammar


class English(Nouns, Clauses, Grammar):
    """Numbers with what they count, clauses, and periods."""

    period = staticmethod(period)


GRAMMAR = English
