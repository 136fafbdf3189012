"""The grammar of Chinese, simplified and traditional. Labels, units and comparators come from the ontology."""

from __future__ import annotations

from kg.extraction.grammar import Grammar
from kg.extraction.zh.clauses import Clauses
from kg.extraction.zh.nouns import Nouns
from kg.extraction.zh.periods import period
from kg.extraction.zh.verbs import Verbs


class Chinese(Nouns, Clauses, Verbs, Grammar):
    """Numbers with what they count, clauses, and periods."""

    period = staticmethod(period)


GRAMMAR = Chinese
