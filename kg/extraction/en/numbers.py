"""English numbers: digits, Indian and Western grouping, scale words, number words, orders of magnitude; and what is no count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from kg.extraction.en.frames import Frames
from kg.extraction.en.numerals import DIGITS, SMALL, WORDS, fraction, further, is_joined, patterns, plain, small
from kg.extraction.lexicon import Concepts, Lexicon, lowered
from kg.figures import Scales, whole

_IN_BRACKETS = re.compile(r" \((?:or |i\.e\.,? |that is,? )?")

Read = tuple[int | None, tuple[int, int] | None, list[str]]


class Numbers:
    """Finds and reads the numbers of English texts; scale words come from the ontology."""

    code = "en"
    spaced = True

    def __init__(self, concepts: Concepts) -> None:
        self.concepts = concepts
        self.frames = Frames(concepts.lexicon(self.code, self.spaced))
        self.lexicon: Lexicon = self.frames.lexicon
        self.scales: Scales = concepts.scales
        names = [label for label in self.lexicon.labels("scale") if label.isascii()]
        plural = [n for n in names if n.endswith("s") and " " not in n and len(n) > 2]
        single = "|".join(re.escape(n) for n in names if n not in plural and " " not in n)
        many = "|".join(map(re.escape, plural))
        self._scale_words = scale = rf"(?:(?:[\s\u00a0-]?(?:{single}|{many})\b)(?:\s(?:{single}|{many})\b)*)"
        part, rest, wordrest = patterns(scale)
        first = (*plural, *WORDS, "half", "many", "quarter", "scores", "several")
        self._first_letters = AhoCorasick([*"0123456789", "a ", "an ", *sorted({word[:3] for word in first})])  # spares most words the rest
        source = (  # in lower case
            rf"(?<![\w.,@/])(?<!\d:)(?<!\w\()"
            rf"(?:(?P<digits>{DIGITS})(?P<part>{part})?(?:(?P<scale>{scale})(?P<rest>{rest})?)?(?![\w@/])"
            rf"|(?P<order>(?:(?:several|a few|many)\s)?(?P<many>{many}|scores)(?:\s+of\s+(?P<more>{many}))?)\b(?!\s+of\s+(?:{many})\b)"
            rf"|(?P<few>several|a few|a couple of|a couple)\s+(?P<fewscale>{single})\b|(?P<pair>a (?:couple|pair)) of\b"
            rf"|(?P<half>(?:an?\s+)?half(?:[\s-]an?)?|(?:an?\s+|three[\s-])?quarters?(?:[\s-]of)?(?:[\s-]an?)?)[\s-](?P<halfscale>{single})\b"
            rf"|(?P<words>{SMALL}|an?(?=\s+(?:{single})\b))(?P<wordpart>{part})?"
            rf"(?:(?P<wordscale>{scale})(?P<wordrest>{wordrest})?)?\b(?![\w-]*\d))"
        )
        self._number = re.compile(source)
        self._alone = source.replace(wordrest, "(?!)").replace(rest, "(?!)")

    def numbers(self, text: str) -> Iterator[re.Match[str]]:
        """Every number of ``text``, its words in lower case."""
        text, at = lowered(text), 0
        for _, start, _ in self._first_letters.find_matches_as_indexes(text):
            if start < at or not (m := self._number.match(text, start)):
                continue
            if (m["rest"] or m["wordrest"]) and not self._descends(m):
                m = re.compile(self._alone).match(text, m.start()) or m
            yield m
            at = self.again(m) if text.startswith(" (", m.end()) else m.end()

    def again(self, m: re.Match[str]) -> int:
        """Where a number ends, with the brackets behind it that only say it in other words: "6.6 million (66 lakh)"."""
        opened = _IN_BRACKETS.match(m.string, m.end())
        twin = self._number.match(m.string, opened.end()) if opened else None
        one, other = self.value(m) if twin else None, self.value(twin) if twin else None
        same = one and other and one[:2] == other[:2]
        return twin.end() + 1 if twin and same and m.string.startswith(")", twin.end()) else m.end()

    def _descends(self, m: re.Match[str]) -> bool:
        """Whether each number behind a scale word is less than that: "two thousand and forty", not "two thousand and three million"."""
        least = self._scale(m["scale"] or m["wordscale"])[0]
        for number, factor in self._further(m):
            if number * factor >= least:
                return False
            least = factor
        return True

    def _further(self, m: re.Match[str]) -> Iterator[tuple[Fraction, int]]:
        rest = m["rest"] or m["wordrest"]
        return further(rest, self._scale_words, lambda words: self._scale(words)[0]) if rest and not fraction(rest) else iter(())

    @cached_property
    def _factors(self) -> dict[str, int]:
        return {**{w: f for w, f in self.scales.factors.items() if w.isascii()}, "scores": 20}

    def _scale(self, words: str | None) -> tuple[int, list[str]]:
        """The factor of scale words, and what is wrong with them."""
        found = re.findall(r"[a-z]+", words) if words else []
        for word in found:
            if clash := self.scales.contradictions.get(word, frozenset()) & set(found):
                return self._factors[found[0]], [f"'{word}' and '{min(clash)}' cannot stand in one figure: the first was taken"]
        factor = 1
        for word in found:
            factor *= self._factors[word]
        return factor, []

    def _next(self, factor: int) -> int:
        """An order word runs to the next scale word: dozens to a hundred, thousands to a million, lakhs to a crore."""
        return {10: 100, 12: 100, 20: 100, 100: 1000, 10**5: 10**7, 10**7: 10**9}.get(factor, factor * 1000)

    def factor(self, m: re.Match[str]) -> int:
        """What the scale words of a number multiply it by, a hundred among them."""
        factor = self._scale(m["scale"] or m["wordscale"])[0]
        return factor * 100 if m["words"] and m["words"].endswith("hundred") else factor

    def value(self, m: re.Match[str]) -> Read | None:
        """Value, bounds and doubts of a number (in lower case); None where it is no whole number."""
        read = self._value(m)
        if not read or read[0] is None or not (m["part"] or m["wordpart"] or m["rest"] or m["wordrest"]):
            return read
        factor = self._scale(m["scale"] or m["wordscale"])[0]
        if m["digits"] and ("half" in m[0] or "quarter" in m[0]):
            return None  # "2 and a half million": a document's digits must state what it says
        more = sum(number * times for number, times in self._further(m))
        more += factor * (fraction(m["part"] or m["wordpart"]) or fraction(m["rest"] or m["wordrest"]))
        return (read[0] + int(more), *read[1:]) if more == int(more) else None

    def _value(self, m: re.Match[str]) -> Read | None:
        """What a number says without what stands behind its scale word."""
        if m["digits"]:
            factor, doubts = self._scale(m["scale"])
            digits, points = plain(m["digits"], bool(m["scale"]))
            found = whole(digits, factor)
            return None if found is None else (found, None, doubts + points)
        if m["many"]:
            low = self._factors[m["many"]]
            if m["more"]:
                inner = self._factors[m["more"]]
                return None, (low * inner, low * inner * 10 - 1), []
            return None, (low, (low * 10 if m["order"].startswith(("several", "a few")) else self._next(low)) - 1), []
        if m["few"]:
            low = self._factors[m["fewscale"]]
            return None, (low, min(low * 10, self._next(low)) - 1), []
        if m["pair"]:
            return 2, None, [f"'{m['pair']} of' was read as two"] if m["pair"].endswith("couple") else []
        if m["half"]:
            quarters = (3 if "three" in m["half"] else 1) if "quarter" in m["half"] else 2
            return self._factors[m["halfscale"]] * quarters // 4, None, []
        factor, doubts = self._scale(m["wordscale"])
        value = (small(m["words"]) or 1) * factor
        return (int(value), None, doubts) if value == int(value) and (value > 1 or is_joined(m)) else None
