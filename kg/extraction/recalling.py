"""The unit of a figure whose noun is left out, recalled from what its sentence or those before it name, or from what is done to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import CODES, Reader
from kg.extraction.model import Sentence
from kg.extraction.relations import REACH
from kg.extraction.scene import deed

_NUMBERED = re.compile(r"\d[^;]*[,;:]\s")
_TELLING = (*CODES, "platform")  # what a sentence tells of a figure that it tells on


class Place(NamedTuple):
    """A figure that lacks its noun, in its sentence: the sentence's figures, those before it with a unit, and all that it can be of."""

    reader: Reader
    sentence: Sentence
    here: Sequence[Candidate]
    figure: Candidate
    before: Sequence[Candidate]
    roots: Sequence[Candidate]


def of_heading(place: Place) -> str:
    """The last thing that what opens the sentence names."""
    nouns = [noun for opening in place.sentence.openings for noun in place.reader.mentions.within("unit", *opening)]
    return nouns[-1].code if nouns and not place.before else ""


def of_clause_before(place: Place) -> str:
    """The last thing named before a colon or semicolon that the figure's verb follows, requests before others: "It counts reviews; it
    edited 1,100", "Reports go to our lawyers; 365 came in"."""
    reader = place.reader
    begins = reader.text.endswith("; ", 0, place.figure.start)
    if place.before or not (begins or acted_on(reader, place.figure)):
        return ""
    ends = max(reader.text.rfind(mark, place.sentence.start, place.figure.start) for mark in ":;")
    nouns = reader.mentions.within("unit", place.sentence.start, ends) if ends > 0 else []
    asked = [noun for noun in nouns if reader.concepts.is_asked(noun.code)]
    return (asked or nouns)[-1].code if nouns else ""


def of_sentence_before(place: Place) -> str:
    """The last thing that a sentence without figures names, where the figure's own goes on about it."""
    reader = place.reader
    begins, figure = place.sentence.start, place.figure
    of_them = figure.relation == "of" and not figure.target and not _NUMBERED.search(reader.text, begins, figure.start)
    of_them = of_them and not reader.grammar.wholes(reader.text, place.sentence, figure)  # "402,000 of them", no "111 of the bodies"
    if not reader.before or not (of_them or reader.grammar.refers_back(reader.text, place.sentence)):
        return ""
    silent = not reader.found or reader.found[-1].start < reader.before[0]
    return next((noun.code for noun in reversed(reader.mentions.within("unit", *reader.before)) if silent), "")


def of_complaints(place: Place) -> str:
    """That of the complaints just counted, where only those who made them are named: "Users complained most of abuse (600)"."""
    reader, figure, concepts = place.reader, place.figure, place.reader.concepts
    listed = figure.bracketed or any(other.bracketed for other in place.before)
    if not listed or place.figure.target or reader.mentions.beginning("penalty", place.sentence.start, place.sentence.end):
        return ""
    nouns = reader.mentions.within("unit", place.sentence.start, place.sentence.end)
    made = [f for f in reader.found[-REACH:] if concepts.widest(f.unit) in concepts.implied and f.penalty in concepts.asking]
    if not made or not nouns or any(noun.code != concepts.widest(noun.code) or concepts.is_thing(noun.code) for noun in nouns):
        return ""
    if (made[-1].value or 0) < (figure.value or 0):
        return ""
    figure.relation, figure.target = "of", made[-1]
    return made[-1].unit


def of_its_sentence(place: Place) -> str:
    """The one thing that its sentence names before it: "most requests came from France (3,210)", "reports led with 428,969"."""
    reader = place.reader
    if place.before or not reader.grammar.lexicon.spaced or (place.figure.relation == "of" and reader.found):
        return ""
    done = reader.mentions.beginning("penalty", place.figure.start - 24, place.figure.start)
    headless = done and reader.grammar.headless(reader.text, place.figure)
    acted = done and done[-1].end == place.figure.start - 1
    begins = done[-1].start if headless else place.sentence.start
    named = reader.mentions.within("unit", begins, place.figure.start)
    if acted:  # who acts is not counted
        named = [noun for noun in named if reader.concepts.is_thing(noun.code) or reader.concepts.is_asked(noun.code)]
    if reader.text.endswith((" with ", " at "), 0, place.figure.start):  # "the report has Peru with most requests, with 107"
        named = [noun for noun in named if "s " in reader.text[noun.start : noun.end + 1]]
    nouns = {noun.code for noun in reader.grammar.told_of(reader.text, named)}
    return min(nouns) if len(nouns) == 1 else ""


def of_last(place: Place) -> str:
    """That of the last figure, where this one speaks of what the sentence before spoke of."""
    found = place.reader.found
    if not found or not goes_on(place.reader, place.sentence, place.figure):
        return ""
    concepts, done = place.reader.concepts, deed(place.reader, place.figure)
    near = [f for f in reversed(found[-REACH:]) if f.sentence == found[-1].sentence]
    own = [f for f in near if not concepts.suits[done].isdisjoint(concepts.ancestors("unit", f.unit))] if done in concepts.suits else []
    alike = [f for f in near if concepts.fitting(done, f.unit) == f.penalty]
    return ([f for f in own if f in alike] or own or alike or found[-1:])[0].unit


def of_bracket(place: Place) -> str:
    """The noun right before its brackets: "some accounts (about 1,300)"."""
    if not place.figure.bracketed:
        return ""
    nouns = place.reader.mentions.within("unit", place.sentence.start, place.figure.start)
    return next((noun.code for noun in nouns if noun.end >= place.figure.start - 2), "")


def of_verb(place: Place) -> str:
    """What its word is mostly said of, or all that the penalty beside it is put on: "police arrested 57 in a raid"."""
    reader, figure = place.reader, place.figure
    near = reader.mentions.beginning("penalty", figure.start - 40, figure.start)
    after = reader.mentions.beginning("penalty", figure.head[1] + 1, figure.head[1] + 2)  # "57 arrested"
    done = near[-1].code if near and acted_on(reader, figure) else after[-1].code if after else ""
    units = reader.concepts.suits.get(done, set())
    return figure.fallback or (min(units) if len(units) == 1 else "")


def of_told_on(place: Place) -> str:
    """That of the sentence before, whose figures are told on: "… removed 900 posts. X had 30.", "Nearly 187,000 had posed as newsrooms"."""
    reader, figure = place.reader, place.figure
    last = reader.found[-1] if reader.found else None
    if not last or place.before or not figure.value or last.sentence != reader.before:
        return ""
    on = reader.grammar.counts_on(reader.text, reader.mentions, last, figure)
    if on is not None:
        figure.relation = figure.relation or on
        return last.unit
    if figure.words[0] == place.sentence.start and figure.value <= (last.value or 0):
        return last.unit  # "… got 900 complaints. 70 concerned payments."
    behind = [other.start for other in place.here if other.start > figure.start]
    span = place.sentence.start, min(behind, default=place.sentence.end)
    return last.unit if any(reader.mentions.within(kind, *span) for kind in _TELLING) else ""


def goes_on(reader: Reader, sentence: Sentence, figure: Candidate) -> bool:
    """Whether a figure speaks of what the sentence before spoke of."""
    at = reader.grammar.parts_begin(reader.text, sentence.start, sentence.end)
    return bool(
        acted_on(reader, figure)
        or (at is not None and figure.start >= at)
        or sentence.openings
        or reader.grammar.refers_back(reader.text, sentence)
        or figure.relation
        or figure.bracketed
    )


def acted_on(reader: Reader, figure: Candidate) -> bool:
    """Whether a word for a penalty stands right beside a number: "it delisted 97", "1.1 million were suspended"."""
    if not reader.grammar.lexicon.spaced:
        return False  # where nothing parts the words a number has its noun on either side
    before = reader.mentions.beginning("penalty", figure.start - 40, figure.start)
    after = reader.mentions.beginning("penalty", figure.head[1], figure.head[1] + 12)
    return bool(after) or any(figure.start - 4 <= word.end for word in before)
