"""The unit of a figure whose noun is left out: that of its whole, of the subject before it, or of the figure before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.extraction.grammar import CODES, Candidate, Reader
from kg.extraction.model import Sentence
from kg.extraction.relations import REACH
from kg.extraction.scene import deed
from kg.extraction.wholes import named

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


def unit(reader: Reader, sentence: Sentence, here: Sequence[Candidate], figure: Candidate) -> str:
    """The figure's unit, '' where nothing tells it: one rule after the other, the first that answers."""
    if not figure.unit:
        if figure.target and not figure.target.unit and figure.target.start > figure.start:
            unit(reader, sentence, here, figure.target)
        before = [other for other in here if other.start < figure.start and other.unit]
        roots = [root for root in reader.found[-REACH:] if not root.part]
        place = Place(reader, sentence, here, figure, before, roots)
        rules = (
            _of_label,
            _of_act,
            _of_same,
            _of_named,
            _of_list,
            _of_subject,
            _of_those_of_kind,
            _of_verbs_object,
            _of_one_before,
            _behind,
            _of_heading,
            _of_clause_before,
            _of_sentence_before,
            _of_its_sentence,
            _of_last,
            _of_bracket,
            _of_verb,
            _of_told_on,
        )
        suits = reader.concepts.counted_by
        figure.unit = next((code for rule in rules if (code := rule(place)) and suits(code, figure.classifier)), "")
    return figure.unit


def _of_label(place: Place) -> str:
    """The noun that alone stands before brackets at the beginning of a line: "Accounts (1,745 actioned)"."""
    return _of_bracket(place) if place.figure.bracketed and not place.before and place.figure.start - place.sentence.start < 16 else ""


def _of_act(place: Place) -> str:
    """Whom the verb right beside it is put on: "took down 45,000 addresses, arrested 94", "of those, 137 were charged"."""
    reader, figure = place.reader, place.figure
    if not reader.grammar.lexicon.spaced:
        return ""
    near = reader.mentions.beginning("penalty", figure.start - 24, figure.head[1] + 11)
    verbs = [verb for verb in near if verb.end == figure.start - 1] or [verb for verb in near if verb.start > figure.head[1]][:1]
    units = reader.concepts.suits.get(verbs[-1].code, set()) if verbs else set()
    return min(units) if len(units) == 1 and units.isdisjoint(reader.concepts.suits[reader.concepts.umbrella]) else ""


def _of_same(place: Place) -> str:
    """That of the figure that its words tell once more: "blocked 900 sites. Of the 900 that …"."""
    whole = any(other.target is place.figure for other in place.here)  # "8,000 of the 67,000"
    told = place.figure.value and (whole or place.reader.grammar.points_back(place.reader.text, place.figure))
    return next((root.unit for root in reversed(place.roots) if root.value == place.figure.value), "") if told else ""


def _of_named(place: Place) -> str:
    """That of the whole which the figure's words name: "among the posts taken down, 300"."""
    if place.figure.target or (place.before and place.figure.relation != "of"):
        return ""
    whole = named(place.reader, place.sentence, place.figure, [*place.roots, *place.before])
    return whole[-1].unit if whole else ""


def _of_list(place: Place) -> str:
    """That of the whole whose parts a list tells: "The complaints break down as follows: …"."""
    reader = place.reader
    told = not place.before and any(reader.grammar.parts_begin(reader.text, *opening) is not None for opening in place.sentence.openings)
    return place.roots[-1].unit if told and place.roots else ""


def _of_subject(place: Place) -> str:
    """That of the figure that it is stated of, or of what it is said of: "removals rose to 5,000"."""
    if place.figure.target:
        return place.figure.target.unit
    start = place.figure.words[0]
    floor = place.before[-1].head[1] if place.before else place.sentence.start
    if place.before and ":" in place.reader.text[floor:start]:
        return place.before[-1].unit  # "57 accounts that the platforms ran: 12 on X, …"
    return place.reader.grammar.subject(place.reader.text, place.reader.mentions.within("unit", floor, start), start)


def _of_those_of_kind(place: Place) -> str:
    """What is of the kinds that its words name: "nearly 187,000 had posed as newsrooms" counts accounts."""
    reader, figure = place.reader, place.figure
    end = min((other.start for other in place.here if other.start > figure.start), default=place.sentence.end)
    kinds = reader.grammar.lexicon.spaced and reader.mentions.beginning("account-type", figure.head[1], end)
    told = any(other.unit == reader.concepts.bearer for other in (*reader.found[-REACH:], *place.before)) if kinds else False
    return reader.concepts.bearer if told else ""


def _of_verbs_object(place: Place) -> str:
    """That of the figure behind it that shares its verb: "deleted nine posts and closed three and four accounts"."""
    begun = place.before and place.reader.mentions.beginning("penalty", place.before[-1].head[1], place.figure.start)
    return _behind(place) if begun and place.reader.grammar.lexicon.spaced else ""


def _of_one_before(place: Place) -> str:
    """That of the last figure before it in the sentence that is counted with the same word."""
    if not place.before:
        return ""
    last, figure = place.before[-1], place.figure
    if place.reader.text[last.head[1] : figure.start] in ("", "、") and place.reader.concepts.counted_by(last.unit, figure.classifier):
        return last.unit  # 货物2万批次、40万件
    alike = next((other for other in reversed(place.before) if other.classifier == figure.classifier), None)
    return alike.unit if alike else figure.fallback or last.unit


def _of_heading(place: Place) -> str:
    """The last thing that what opens the sentence names."""
    nouns = [noun for opening in place.sentence.openings for noun in place.reader.mentions.within("unit", *opening)]
    return nouns[-1].code if nouns and not place.before else ""


def _of_clause_before(place: Place) -> str:
    """The last thing named before a colon or semicolon that the figure's verb follows: "It counts reviews; it edited 1,100"."""
    reader = place.reader
    if place.before or not _acted_on(reader, place.figure):
        return ""
    ends = max(reader.text.rfind(mark, place.sentence.start, place.figure.start) for mark in ":;")
    nouns = reader.mentions.within("unit", place.sentence.start, ends) if ends > 0 else []
    return nouns[-1].code if nouns else ""


def _of_sentence_before(place: Place) -> str:
    """The last thing that a sentence without figures names, where the figure's own goes on about it."""
    reader = place.reader
    begins, figure = place.sentence.start, place.figure
    of_them = figure.relation == "of" and not figure.target and not _NUMBERED.search(reader.text, begins, figure.start)
    of_them = of_them and not reader.grammar.wholes(reader.text, place.sentence, figure)  # "402,000 of them", no "111 of the bodies"
    if not reader.before or not (of_them or reader.grammar.refers_back(reader.text, place.sentence)):
        return ""
    silent = not reader.found or reader.found[-1].start < reader.before[0]
    return next((noun.code for noun in reversed(reader.mentions.within("unit", *reader.before)) if silent), "")


def _of_its_sentence(place: Place) -> str:
    """The one thing that its sentence names before it: "most requests came from France (3,210)", "reports led with 428,969"."""
    reader = place.reader
    if place.before or not reader.grammar.lexicon.spaced or (place.figure.relation == "of" and reader.found):
        return ""
    named = reader.mentions.within("unit", place.sentence.start, place.figure.start)
    if reader.text.endswith((" with ", " at "), 0, place.figure.start):  # "the report has Peru with most requests, with 107"
        named = [noun for noun in named if reader.text.endswith("s", noun.start, noun.end)]
    nouns = {noun.code for noun in named}
    return min(nouns) if len(nouns) == 1 else ""


def _of_last(place: Place) -> str:
    """That of the last figure, where this one speaks of what the sentence before spoke of."""
    found = place.reader.found
    if not found or not _goes_on(place.reader, place.sentence, place.figure):
        return ""
    concepts, done = place.reader.concepts, deed(place.reader, place.figure)
    near = [f for f in reversed(found[-REACH:]) if f.sentence == found[-1].sentence]
    own = [f for f in near if not concepts.suits[done].isdisjoint(concepts.ancestors("unit", f.unit))] if done in concepts.suits else []
    alike = [f for f in near if concepts.fitting(done, f.unit) == f.penalty]
    return ([f for f in own if f in alike] or own or alike or found[-1:])[0].unit


def _of_bracket(place: Place) -> str:
    """The noun right before its brackets: "some accounts (about 1,300)"."""
    if not place.figure.bracketed:
        return ""
    nouns = place.reader.mentions.within("unit", place.sentence.start, place.figure.start)
    return next((noun.code for noun in nouns if noun.end >= place.figure.start - 2), "")


def _of_verb(place: Place) -> str:
    """What its word is mostly said of, or all that the penalty beside it is put on: "police arrested 57 in a raid"."""
    reader, figure = place.reader, place.figure
    near = reader.mentions.beginning("penalty", figure.start - 40, figure.start)
    after = reader.mentions.beginning("penalty", figure.head[1] + 1, figure.head[1] + 2)  # "57 arrested"
    done = near[-1].code if near and _acted_on(reader, figure) else after[-1].code if after else ""
    units = reader.concepts.suits.get(done, set())
    return figure.fallback or (min(units) if len(units) == 1 else "")


def _of_told_on(place: Place) -> str:
    """That of the sentence before, whose figures are told on: "… removed 900 posts. X had 30.", "Nearly 187,000 had posed as newsrooms"."""
    reader, figure = place.reader, place.figure
    last = reader.found[-1] if reader.found else None
    if not last or place.before or not figure.value or last.sentence != reader.before:
        return ""
    behind = [other.start for other in place.here if other.start > figure.start]
    span = place.sentence.start, min(behind, default=place.sentence.end)
    return last.unit if any(reader.mentions.within(kind, *span) for kind in _TELLING) else ""


def _goes_on(reader: Reader, sentence: Sentence, figure: Candidate) -> bool:
    """Whether a figure speaks of what the sentence before spoke of."""
    at = reader.grammar.parts_begin(reader.text, sentence.start, sentence.end)
    return bool(
        _acted_on(reader, figure)
        or (at is not None and figure.start >= at)
        or sentence.openings
        or reader.grammar.refers_back(reader.text, sentence)
        or figure.relation
        or figure.bracketed
    )


def _acted_on(reader: Reader, figure: Candidate) -> bool:
    """Whether a word for a penalty stands right beside a number: "it delisted 97", "1.1 million were suspended"."""
    if not reader.grammar.lexicon.spaced:
        return False  # where nothing parts the words a number has its noun on either side
    before = reader.mentions.beginning("penalty", figure.start - 40, figure.start)
    after = reader.mentions.beginning("penalty", figure.head[1], figure.head[1] + 12)
    return bool(after) or any(figure.start - 4 <= word.end for word in before)


def _behind(place: Place) -> str:
    """The unit of the figure that is coordinated with this one and stands behind it: "9,800, 8,120 and 5,040 accounts"."""
    reader = place.reader
    for one, other in pairwise(place.here[place.here.index(place.figure) :]):
        if not reader.grammar.cut(reader.text, reader.mentions, one.head[1], other.start)[1]:
            return ""
        if other.unit:
            return other.unit
    return ""
