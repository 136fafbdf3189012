"""Complements: whom an account poses as, where other words stand between the verb and the noun, or several nouns share the verb.

"Impersonating banks" is a label. "Impersonating two local banks" and "posed as ministries, banks and well-known singers" are read
as the same verb with the nouns of such labels: what follows a violation's label in the label of a kind of account.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from kg.extraction.en.frames import FRAME, Frames
from kg.extraction.grammar import CODES
from kg.extraction.lexicon import Concepts, lowered
from kg.extraction.model import Mention

_STOPS = re.compile(r"[.;:\n]")
_REACH = 120  # how far behind its verb a noun is looked for
_NEAR = 60
_NUMBER = re.compile(r"\d (?:[a-z]+ )?(?:as|accounts) ")
_PHRASE_ENDS = r"[.,;:)”\"]|$|\s(?:and|or|but|while|to|in|with|for|on|as|by|without|accounts?|were|had)\b"
_END = re.compile(
    r"[.;:()\d\n]|,(?=[^,.;]{0,40}\b(?:said|says|told|added|announced|according)\b)|"
    r"\b(?:to|by|on|in|for|with|from|were|was|are|is|be|that|which|who|while|but|after|before|during|have|had|has|at)\b"
)


_PREDICATE = re.compile(
    r"\b(?:that|which|who|because they|since they|as they) (?:were|was|are|is|had been|have been)"
    r"(?: (?:found|deemed|judged|considered|ruled)(?: to be)?)? ([a-z-]+)|"
    r"\b(?:that|which) (?:[\w’'-]+ ){1,4}(?:found|deemed|judged|considered|ruled|thought)(?: to be)? ([a-z-]+)"
)
_AND_MORE = re.compile(r",? (?:and|or) ([A-Za-z]+(?: [a-z]+)?)")
_ADJECTIVE = re.compile(r"\b([a-z-]+) (?:and|or) $", re.I)


class Complements:
    """The nouns that follow a verb of posing, learnt from the labels of the ontology."""

    def __init__(self, concepts: Concepts, frames: Frames) -> None:
        self._concepts, self._entries, self._frames = concepts, frames.lexicon.entries, frames

    def posing(self, labels: Sequence[Mention], text: str) -> Iterator[Mention]:
        """Verbs of posing where whom somebody poses as stands right behind them, which may mean something else elsewhere: "copied banks"."""
        for verb in labels:
            if verb.kind == FRAME and verb.code in self._leads and self._right_behind.match(lowered(text[verb.end : verb.end + _NEAR])):
                yield Mention(verb.start, verb.end, "violation", self._posing)

    def mentions(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """The kinds of account that the nouns behind each verb of posing in ``text`` stand for."""
        posing = self._posing
        for verb in found:
            if verb.code == posing and verb.kind == "violation" and not text.startswith(" of ", verb.end):
                behind = lowered(text[verb.end : verb.end + _REACH])
                end = _END.search(behind)
                for noun in self._pattern.finditer(behind, 0, end.start() if end else _REACH):
                    for code in sorted(self._nouns[noun[1]]):
                        yield Mention(verb.end + noun.start(1), verb.end + noun.end(1), "account-type", code)
                yield from self._gapped(verb, behind)

    def _gapped(self, verb: Mention, behind: str) -> Iterator[Mention]:
        """What others posed as whose verb is left out: "posed as banks and 300 as schools", "imitated banks and 300 accounts schools"."""
        for other in self._other.finditer(behind) if _NUMBER.search(behind) else ():
            yield Mention(verb.end + other.start(1), verb.end + other.start(1), "violation", self._posing)
            for code in sorted(self._nouns[other[1]]):
                yield Mention(verb.end + other.start(1), verb.end + other.end(1), "account-type", code)

    def listed(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """What the adjective of one kind of account says of the next: "counterfeit newsrooms and anchors" for "counterfeit anchors"."""
        for one in found:
            if one.kind == "account-type" and (more := _AND_MORE.match(text, one.end)):
                lead, words = text[one.start : one.end].lower().split(" ")[0], more[1].lower().split(" ")
                for n in range(len(words), 0, -1):
                    if pairs := [pair for pair in self._entries.get(" ".join([lead, *words[:n]]), ()) if pair[0] == "account-type"]:
                        end = more.start(1) + len(" ".join(words[:n]))
                        yield from (Mention(more.start(1), end, kind, code) for kind, code in sorted(pairs))
                        break

    def predicates(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """What is said of a noun behind it as if it stood before it: "products that were unsafe" for "unsafe products"."""
        units: list[Mention] = []
        for said in _PREDICATE.finditer(text):
            units = units or [mention for mention in found if mention.kind == "unit"]
            at = bisect_left(units, said.start(), key=lambda unit: unit.start) - 1
            if at >= 0 and not _STOPS.search(text, units[at].end, said.start()):
                noun = text[units[at].start : units[at].end].lower()
                for kind, code in sorted(self._entries.get(f"{said[1] or said[2]} {noun}", ())):
                    if kind in CODES:
                        yield Mention(said.start(said.lastindex or 1), said.end(said.lastindex or 1), kind, code)

    def shared(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """What the first of two adjectives says of the noun they share: "false and vulgar content" for "false content"."""
        for said in found:
            if (
                said.kind in CODES
                and text.startswith(("and ", " or "), said.start - 4)
                and (one := _ADJECTIVE.search(text, said.start - 24, said.start))
            ):
                noun = text[said.start : said.end].lower().rpartition(" ")[2]
                for kind, code in sorted(self._entries.get(f"{one[1].lower()} {noun}", ())):
                    if kind in CODES:
                        yield Mention(one.start(1), one.end(1), kind, code)

    @cached_property
    def _split(self) -> list[tuple[str, str, str]]:
        """Violation, noun and account type of every label of a narrower account type that begins with a violation's label."""
        kinds = [
            (label, code)
            for label, pairs in self._entries.items()
            for kind, code in pairs
            if kind == "account-type" and (kind, code) in self._concepts.broader
        ]
        return [
            (violation, label[at + 1 :].removeprefix("of ").removeprefix("the "), code)
            for label, code in kinds
            for at in (m.start() for m in re.finditer(" ", label))
            for kind, violation in self._entries.get(label[:at], ())
            if kind == "violation"
        ]

    @cached_property
    def _posing(self) -> str:
        """The violation that such labels begin with: to pose as another."""
        return Counter(violation for violation, _, _ in self._split).most_common(1)[0][0] if self._split else ""

    @cached_property
    def _nouns(self) -> dict[str, set[str]]:
        nouns: dict[str, set[str]] = defaultdict(set)
        for violation, noun, code in self._split:
            if violation == self._posing:
                nouns[noun].add(code)
        return nouns

    @cached_property
    def _noun(self) -> str:
        return "|".join(re.escape(noun).replace(r"\ ", "[ -]") for noun in sorted(self._nouns, key=len, reverse=True))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"\b({self._noun})\b")

    @cached_property
    def _right_behind(self) -> re.Pattern[str]:
        return re.compile(rf" (?:[a-z’'-]+ ){{0,3}}?(?:{self._noun})(?:{_PHRASE_ENDS})")

    @cached_property
    def _other(self) -> re.Pattern[str]:
        return re.compile(rf"[^.;:\n]*?\d (?:[a-z]+ )?(?:as|accounts)(?: (?:the|an?|other))? ({self._noun})\b")

    @cached_property
    def _leads(self) -> frozenset[str]:
        """What the labels begin with that say to pose as somebody, where an object follows."""
        return self._frames.leads(("violation", self._posing))
