"""The grammar of English. Labels, units, comparators and scale words come from the ontology."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from kg.extraction.en.clauses import Clauses
from kg.extraction.en.complements import Complements
from kg.extraction.en.frames import FRAME, settled
from kg.extraction.en.periods import period
from kg.extraction.en.reality import Reality
from kg.extraction.en.senses import Senses
from kg.extraction.en.wholes import Wholes
from kg.extraction.grammar import Grammar
from kg.extraction.model import Mention

_WITHOUT = re.compile(r"without (?:any|an?|the|prior|due|proper|adequate|such|required) ")
_OFFICE = re.compile(
    r"(?:[ -][A-Z][a-z]+){0,2} (?:Unit|Bureau|Agency|Office|Department|Division|Cent(?:er|re)|Team|Squad|Directorate|Taskforce)\b"
)
_ABOUT = re.compile(r" (?:on|about|against|regarding|concerning|around|covering|prohibiting)(?: [\w’'-]+){0,3} ")
_RULES = re.compile(r"(?:polic(?:y|ies)|rules?|guidelines?|standards?|terms)$", re.I)
_NEWS = re.compile(r"(?:news|information|rumou?rs?|lies|fakes|claims|falsehoods|stories|reports|hoaxes)$", re.I)
_ACRONYM = re.compile(r" \(([A-Z]{2,6}s?)\)")


def _shortened(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Where a noun stands that a text gave a short form to: "emergency requests (ERs)", and the ERs further on."""
    nouns = {m.end: m for m in found if m.kind == "unit"} if "(" in text else {}
    shorts: dict[str, tuple[int, Mention]] = {}
    for short in _ACRONYM.finditer(text) if nouns else ():
        if noun := nouns.get(short.start()):
            shorts.setdefault(short[1].removesuffix("s"), (short.end(), noun))
    for again in re.finditer(rf"\b({'|'.join(shorts)})s?\b", text) if shorts else ():
        since, noun = shorts[again[1]]
        if again.start() >= since:
            yield Mention(again.start(), again.end(), noun.kind, noun.code)


def _unhidden(labels: list[Mention]) -> list[Mention]:
    """``labels`` without what only begins a comparator: "actioned close to 3 million posts" closes none."""
    longer = {mention.start: mention.end for mention in labels if mention.kind == "comparator" and mention.end - mention.start > 5}
    return [m for m in labels if m.start not in longer or m.kind != "penalty" or m.end >= longer[m.start]] if longer else labels


def _told(labels: Sequence[Mention], text: str) -> Sequence[Mention]:
    """``labels`` without the penalties that were wanting: what was "published without any label" was labelled by nobody."""
    wanting = {found.end() for found in _WITHOUT.finditer(text)}
    return [m for m in labels if m.start not in wanting or m.kind != "penalty"] if wanting else labels


def _no_offences(labels: Sequence[Mention], text: str) -> Iterator[Mention]:
    """Words for offences that are but a part of a name ("the Fraud Bureau"), what rules or rumours are about, or such rules."""
    offences = [m for m in labels if m.kind == "violation"]
    for one in offences:
        if text[one.start].isupper() and _OFFICE.match(text, one.end):
            yield one
    for one, other in pairwise(offences):
        if 4 <= other.start - one.end < 40 and _ABOUT.fullmatch(text, one.end, other.start):
            if _RULES.search(text, one.start, one.end):
                yield one
            elif _NEWS.search(text, one.start, one.end):
                yield other


def _is_a_word(name: str) -> bool:
    """Whether what reads like a name is a word of the language: "threads", but not "threads.net"."""
    return name.islower() and "." not in name


class English(Reality, Clauses, Wholes, Grammar):
    """Numbers with what they count, clauses, and periods."""

    period = staticmethod(period)

    @cached_property
    def _complements(self) -> Complements:
        return Complements(self.concepts, self.frames)

    @cached_property
    def _senses(self) -> Senses:
        return Senses(self.concepts, self.lexicon)

    def named(self, text: str) -> list[Mention]:
        """Every label in ``text``, and whom accounts pose as."""
        labels = _told(_unhidden(self._senses.settled(self.lexicon.mentions(text), text)), text)
        wider = list(self.frames.mentions(labels, text))
        found = [m for m in settled(labels, wider) if m.kind != FRAME and (m.kind != "platform" or not _is_a_word(text[m.start : m.end]))]
        said = self._complements
        found += said.posing(labels, text)
        more = [
            *said.mentions(found, text),
            *said.listed(found, text),
            *said.predicates(found, text),
            *said.shared(found, text),
            *_shortened(found, text),
        ]
        found = sorted([*found, *more], key=lambda mention: mention.start) if more or wider else found
        none = {*self._asked(found, text), *_no_offences(found, text), *self._uncounted(found, text), *said.unposed(found, text)}
        return [mention for mention in found if mention not in none] if none else found

    def _asked(self, labels: Sequence[Mention], text: str) -> Iterator[Mention]:
        """Words for what complaints are called by: "357 were ban appeals" bans nobody; of orders they tell what was ordered."""
        done = {m.end + 1: m for m in labels if m.kind == "penalty" and text[m.end - 2 : m.end] not in ("ed", "en")}
        for unit in labels:
            if unit.start in done and unit.kind == "unit" and self.concepts.implied.get(unit.code) in self.concepts.asking:
                yield done[unit.start]

    @cached_property
    def _counted(self) -> re.Pattern[str]:
        """A number right before a noun, with two words between at most."""
        scales = "|".join(map(re.escape, self._factors))
        return re.compile(rf"(?:(?<!the )(?<![\d,.])[\d,.]*\d|\b(?:{scales})(?: of)?)(?: [\w-]+){{0,2}} $", re.I)

    def _uncounted(self, labels: Sequence[Mention], text: str) -> Iterator[Mention]:
        """Nouns that tell an offence and are things only where they are counted: "68,000 rumours", but "those who spread rumours"."""
        offences = {m.end: m.start for m in labels if m.kind == "violation"}
        for one in labels:
            told = one.kind == "unit" and offences.get(one.end, one.end) <= one.start
            if told and not self._counted.search(text, one.start - 40, one.start):
                yield one


GRAMMAR = English
