"""The unit of a figure whose noun is left out: that of its whole, of the subject before it, or of the figure before."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extraction.candidate import Candidate
from kg.extraction.grammar import Reader
from kg.extraction.model import Sentence
from kg.extraction.recalling import (
    Place,
    of_bracket,
    of_clause_before,
    of_complaints,
    of_heading,
    of_its_sentence,
    of_last,
    of_sentence_before,
    of_told_on,
    of_verb,
)
from kg.extraction.relations import REACH
from kg.extraction.wholes import named


def unit(reader: Reader, sentence: Sentence, here: Sequence[Candidate], figure: Candidate) -> str:
    """The figure's unit, '' where nothing tells it: one rule after the other, the first that answers."""
    if not figure.unit:
        if figure.target and figure.target.start > figure.start:
            unit(reader, sentence, here, figure.target)  # "8,000 of the 67,000"
        before = [other for other in here if other.start < figure.start and other.unit]
        roots = [root for root in reader.found[-REACH:] if not root.part]
        place = Place(reader, sentence, here, figure, before, roots)
        rules = (
            _of_predicate,
            _of_label,
            of_complaints,
            _of_act,
            _of_same,
            _of_named,
            _of_list,
            _of_those_of_kind,
            _of_subject,
            _of_verbs_object,
            _of_one_before,
            _behind,
            of_heading,
            of_clause_before,
            of_sentence_before,
            of_its_sentence,
            of_last,
            of_bracket,
            of_verb,
            of_told_on,
        )
        suits = reader.concepts.counted_by
        figure.unit = next((code for rule in rules if (code := rule(place)) and suits(code, figure.classifier)), "")
    return figure.unit


def _of_predicate(place: Place) -> str:
    """What those counted are said to be: "6,004 were single videos"."""
    return place.reader.grammar.predicate(place.reader.text, place.figure, place.reader.mentions)


def _of_label(place: Place) -> str:
    """The noun that alone stands before brackets at the beginning of a line: "Accounts (1,745 actioned)"."""
    return of_bracket(place) if place.figure.bracketed and not place.before and place.figure.start - place.sentence.start < 16 else ""


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
    grammar, text, figure = place.reader.grammar, place.reader.text, place.figure
    whole = any(other.target is figure for other in place.here)  # "8,000 of the 67,000"
    told = figure.value and (whole or grammar.definite(text, figure) or grammar.points_back(text, figure))
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


def _behind(place: Place) -> str:
    """The unit of the figure that is coordinated with this one and stands behind it: "9,800, 8,120 and 5,040 accounts"."""
    reader = place.reader
    for one, other in pairwise(place.here[place.here.index(place.figure) :]):
        if not reader.grammar.cut(reader.text, reader.mentions, one.head[1], other.start)[1]:
            return ""
        if other.unit:
            return other.unit
    return ""
