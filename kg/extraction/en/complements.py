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
from itertools import pairwise

from kg.extraction.en.frames import FRAME, Frames
from kg.extraction.grammar import CODES
from kg.extraction.lexicon import Concepts, lowered
from kg.extraction.model import Mention

_STOPS = re.compile(r"[.;:\n]")
_REACH = 120  # how far behind its verb a noun is looked for
_NEAR = 60
_WORD = re.compile(r"[^\W_][\w’'-]*")
_MODIFIERS = re.compile(r" (?:[a-z’'-]+ ){0,3}")
_OTHER = re.compile(r"\d (?:[a-z]+ )?(?:as|accounts) (?:(?:the|an?|other) )?")
_PHRASE_ENDS = re.compile(r"[.,;:)”\"]|$|\s(?:and|or|but|while|to|in|with|for|on|as|by|without|accounts?|were|had)\b")
_END = re.compile(
    r"[.;:()\d\n]|,(?=[^,.;]{0,40}\b(?:said|says|told|added|announced|according)\b)|"
    r"\b(?:to|by|on|in|for|with|from|were|was|are|is|be|that|which|who|while|but|after|before|during|have|had|has|at)\b"
)


_PREDICATE = re.compile(
    r"[ (\n](?:that|which|who|because they|since they|as they) (?:were|was|are|is|had been|have been)"
    r"(?: (?:found|deemed|judged|considered|ruled)(?: to be)?)? ([a-z-]+)|"
    r"[ (\n](?:that|which) (?:[\w’'-]+ ){1,4}(?:found|deemed|judged|considered|ruled|thought)(?: to be)? ([a-z-]+)"
)
_AND_MORE = re.compile(r",? (?:and|or) ([A-Za-z]+(?: [a-z]+)?)")
_ADJECTIVE = re.compile(r"\b([a-z-]+) (?:and|or) $", re.I)


class Complements:
    """The nouns that follow a verb of posing, learnt from the labels of the ontology."""

    def __init__(self, concepts: Concepts, frames: Frames) -> None:
        self._concepts, self._entries, self._frames = concepts, frames.lexicon.entries, frames

    def posing(self, labels: Sequence[Mention], text: str) -> Iterator[Mention]:
        """Verbs that say of posing only with whom somebody poses as right behind them: "copied banks"."""
        for verb in labels:
            if verb.kind == FRAME and verb.code in self._leads:
                behind = lowered(text[verb.end : verb.end + _NEAR])
                noun = next(self._named(behind), None)
                if noun and _MODIFIERS.fullmatch(behind, 0, noun[0]) and _PHRASE_ENDS.match(behind, noun[1]):
                    yield Mention(verb.start, verb.end, "violation", self._posing)

    def mentions(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """The kinds of account that the nouns behind each verb of posing in ``text`` stand for."""
        posing = self._posing
        for verb in found:
            if verb.code == posing and verb.kind == "violation" and not text.startswith(" of ", verb.end):
                behind = lowered(text[verb.end : verb.end + _REACH])
                end = _END.search(behind)
                for noun in self._named(behind[: end.start()] if end else behind):
                    yield from self._kinds(verb.end, behind, noun)
                for other in _OTHER.finditer(behind):
                    if (noun := next(self._named(behind[other.end() :]), (1, 0)))[0] == 0:
                        at = verb.end + other.end()
                        yield Mention(at, at, "violation", posing)  # "posed as banks and 300 as schools"
                        yield from self._kinds(at, behind[other.end() :], noun)

    def unposed(self, found: Sequence[Mention], text: str) -> Iterator[Mention]:
        """Words for offences that are but a part of what a kind of account is called: "fake news anchors" tells no fake news.

        And verbs of posing that end within the name of a kind of nobody: "using the names of cities" poses as none.
        """
        codes = [mention for mention in found if mention.kind in CODES]
        for one, other in pairwise(codes):
            if other.start >= one.end or one.kind == other.kind:
                continue
            said, kind = (one, other) if one.kind == "violation" else (other, one)
            if said.end >= kind.end:
                continue
            poses = said.code == self._posing
            if poses and said.start < kind.start and (kind.kind, kind.code) not in self._concepts.broader:
                yield said
            noun = text[kind.start : kind.end].lower().partition(" ")[2].replace("-", " ")
            if not poses and said.start == kind.start and " " in text[said.start : said.end] and noun in self._nouns:
                yield said

    def _kinds(self, at: int, behind: str, noun: tuple[int, int]) -> Iterator[Mention]:
        for code in sorted(self._nouns[behind[slice(*noun)].replace("-", " ")]):
            yield Mention(at + noun[0], at + noun[1], "account-type", code)

    def _named(self, told: str) -> Iterator[tuple[int, int]]:
        """Where the nouns stand in ``told``, the longest of those that begin with the same word."""
        words, behind = [word.span() for word in _WORD.finditer(told)], 0
        for index, (start, end) in enumerate(words):
            if start >= behind and (longest := self._longest.get(told[start:end].partition("-")[0])):
                ends = (until for _, until in reversed(words[index : index + longest]))
                if behind := next((until for until in ends if told[start:until].replace("-", " ") in self._nouns), 0):
                    yield start, behind

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
    def _longest(self) -> dict[str, int]:
        """How many words the longest noun has that begins with a word."""
        longest: dict[str, int] = {}
        for noun in self._nouns:
            first, *more = noun.split()
            longest[first] = max(longest.get(first, 0), 1 + len(more))
        return longest

    @cached_property
    def _leads(self) -> frozenset[str]:
        """What the labels begin with that say to pose as somebody, where an object follows."""
        return self._frames.leads(("violation", self._posing))
