"""Things counted with a noun that is no label: what is put on them tells what they are: "fined 12 lenders", "340 guilds were disbanded"."""

from __future__ import annotations

import re

from kg.extraction.en.elision import STOP
from kg.extraction.lexicon import Concepts
from kg.extraction.mentions import Mentions
from kg.extraction.model import Mention

_NOUN_PHRASE = re.compile(r"(?: [A-Za-z\u00c0-\u024f][\w\u00c0-\u024f’'-]*){1,5}")
_DONE = re.compile(
    r"(?: (?:also|all|both|later|since|now|then))? (?:were|are|have been|had been|got|to be)"
    r"(?: (?:also|all|later|then|\w+ly))? "
)
_NO_THINGS = re.compile(
    r"(?:times?|years?|months?|weeks?|days?|hours?|minutes?|seconds?|points?|cents?|percent|countries|states|provinces|regions|cities|towns|"
    r"districts|places|counts?|charges|rounds?|occasions|kinds?|types?|sorts?|categories|languages|dollars|euros|pounds|victims|followers|viewers|"
    r"customers|views|likes|shares|households|copies|series|pieces|metres|miles|units|officers|inspectors|detectives|homes|houses|premises)$",
    re.I,
)
_ADDS = re.compile(r"(?:another|a further|some|the|its|their|all|a total of|over) $", re.I)


def acted_on(text: str, start: int, end: int, mentions: Mentions, concepts: Concepts) -> tuple[str, int] | None:
    """The unit that a noun behind a number is, and where the noun ends; None where nothing put right on it tells."""
    before = _ADDS.search(text, start - 12, start)
    begin = before.start() if before else start
    verbs = [verb for verb in mentions.beginning("penalty", begin - 40, begin) if verb.end == begin - 1]
    noun_end = _noun_end(text, end, mentions)
    if noun_end is None:
        return None
    if not verbs and (done := _DONE.match(text, noun_end)):
        verbs = mentions.beginning("penalty", done.end(), done.end() + 1)
    units = {unit for verb in verbs[-1:] for unit in _put_on(verb, concepts)}
    return (min(units), noun_end) if len(units) == 1 else None


def _noun_end(text: str, end: int, mentions: Mentions) -> int | None:
    """Where the plural that ends a noun phrase does; None where there is none, or it counts no things."""
    phrase = _NOUN_PHRASE.match(text, end)
    at, last = end, None
    for word in phrase[0].split() if phrase else ():
        if word.lower() in STOP or word.lower() in ("and", "or", "of") or mentions.beginning("penalty", at + 1, at + 2):
            break
        at += len(word) + 1
        if word.endswith(("s", "men", "people")) and not word.endswith(("ss", "'s", "’s")):
            last = at
            if _NO_THINGS.match(word):
                return None
    return last


def _put_on(verb: Mention, concepts: Concepts) -> set[str]:
    """The units that a measure is put on, or the nearest wider one that says."""
    return next((concepts.suits[code] for code in concepts.ancestors("penalty", verb.code) if code in concepts.suits), set())
