"""Things that a text counts without a word for what was done to them that the ontology knows.

A report that tells what was done to many accounts and then says that "the axe fell on 900 accounts more" tells of enforcement, too: where
enough figures of the same kind say what was done, one that does not is taken to have been dealt with, and a person is told to look.
"""

from __future__ import annotations

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import Reader

_ENOUGH = 2  # figures of its kind that make a text a report of what was done
_DOUBT = "no word that the ontology knows says what was done to them"


def with_unsaid(reader: Reader) -> list[Candidate]:
    """The figures found, in order, with those that nobody says the fate of, where the text tells that of enough others of their kind."""
    concepts = reader.concepts
    kinds = [concepts.widest(figure.unit) for figure in reader.found]
    things = (figure for figure in reader.unsaid if concepts.is_thing(figure.unit))
    more = [figure for figure in things if kinds.count(concepts.widest(figure.unit)) >= _ENOUGH]
    for figure in more:
        figure.penalty = concepts.umbrella
        figure.doubts.append(_DOUBT)
    return sorted([*reader.found, *more], key=lambda figure: figure.start) if more else reader.found
