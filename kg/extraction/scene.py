"""A figure in its sentence: what the rules for what was done ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import Reader
from kg.extraction.lexicon import Concepts
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention, Sentence, Span


class Scene(NamedTuple):
    """A figure in its sentence: ``own`` is the stretch of its clause, ``before`` the sentence's figures before it."""

    reader: Reader
    sentence: Sentence
    figure: Candidate
    own: Span
    before: Sequence[Candidate]

    @property
    def concepts(self) -> Concepts:
        """What the ontology says."""
        return self.reader.concepts

    @property
    def mentions(self) -> Mentions:
        """The labels found in the text."""
        return self.reader.mentions

    def governing(self, span: Span) -> Mention | None:
        """The word for a penalty that governs the figure in ``span``."""
        begin = self.reader.grammar.inner(self.reader.text, span[0], min(span[1], self.figure.start))
        return self.reader.grammar.governing(self.reader.text, self.mentions.beginning("penalty", begin, span[1]), self.figure)

    def fitting(self, code: str) -> str:
        """What the word for a penalty means when it is done to what the figure counts."""
        reader, concepts = self.reader, self.reader.grammar.concepts
        meant = concepts.fitting(code, self.figure.unit)
        if meant == code or code not in concepts.by_state:
            return meant
        codes = (self.figure.target or self.figure).codes  # on platforms of others, and no account of a kind that only they know
        told = codes.get("platform") and not codes["account-type"] and reader.grammar.by_state(reader.text, reader.mentions)
        return concepts.by_state[code] if told else meant


def deed(reader: Reader, figure: Candidate) -> str:
    """What is said right before a number or right behind it to be done, '' for nothing: "closed 300", "another 300 were shut"."""
    before = reader.mentions.beginning("penalty", figure.start - 24, figure.start)
    if before and before[-1].end == figure.start - 1:
        return before[-1].code
    behind = reader.mentions.beginning("penalty", figure.head[1], figure.head[1] + 14)
    return behind[0].code if behind else ""
