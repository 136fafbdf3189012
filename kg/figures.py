"""A figure's words and its number: what the words can mean, and what contradicts them.

Scale words (million, lakh, 万 …) are data: concepts with an ``enf:factor`` in ``ontology/codes``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

LARGEST = 2**63 - 1  # stores compute with xsd:integer in 64 bits; what is larger they keep at best, and cannot compare
_READ = 600  # digits that are read at all: far above any figure, below every limit that Python can be given (at least 640)
GROUP = re.compile(r"\d+(?:[.,]\d+|[\u00a0\u202f' ]\d{3}(?!\d))*")
_FRACTION = re.compile("[¼-¾⅐-⅞]")  # beside digits it says what the digits alone do not


@dataclass(frozen=True)
class Scales:
    """Scale words: ``factors`` word → factor, ``contradictions`` word → the words that cannot stand beside it."""

    factors: Mapping[str, int]
    contradictions: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def after(self, text: str) -> list[str]:
        """The scale words that stand at the beginning of ``text``, one behind the other, longest match first."""
        words: list[str] = []
        rest = text.lstrip(" \u00a0-").casefold()
        while found := self._word.match(rest):
            words.append(found[0])
            rest = rest[found.end() :].lstrip(" \u00a0-")
        return words

    @cached_property
    def _word(self) -> re.Pattern[str]:
        """Each scale word; one of Latin letters is whole."""
        longest_first = sorted(self.factors, key=len, reverse=True)
        return re.compile("|".join(re.escape(word) + "(?![a-z])" * word.isascii() for word in longest_first) or "(?!)")


def _numbers(digits: str) -> set[int | Fraction]:
    """What a group of digits can mean: separators may be thousands or a decimal point, by language."""
    if digits.isdecimal():
        return {int(digits)}
    plain = int(re.sub(r"\D", "", digits))
    marks = re.findall(r"[.,]", digits)
    head, _, tail = digits.rpartition(marks[-1]) if marks else (digits, "", "")
    if not marks:
        return {plain}
    decimal = Fraction(plain, 10 ** len(re.sub(r"\D", "", tail)))
    if marks.count(marks[-1]) > 1:
        return {plain}
    if len(set(marks)) > 1 or len(tail) != 3 or head.strip("0") == "":
        return {decimal}
    return {plain} if marks[-1] == "," else {plain, decimal}


def readings(text: str, scales: Scales) -> set[int]:
    """Every whole number that ``text`` can state by its digits; empty where it has none, or none that can be read.

    Raises ValueError where scale words contradict each other ("4.7 million lakh").

    >>> s = Scales({"million": 10**6, "lakh": 10**5, "万": 10**4}, {"million": frozenset({"lakh"})})
    >>> readings("over 1.4 million", s), readings("92.76万余", s), readings("930,000", s)
    ({1400000}, {927600}, {930000})
    >>> readings("4.7 million lakh", s)
    Traceback (most recent call last):
    ValueError: 'million' and 'lakh' cannot stand in one figure
    """
    groups = [] if _FRACTION.search(text) else list(GROUP.finditer(text))
    totals: set[int | Fraction] = {0} if groups else set()
    for group in groups:
        words = scales.after(text[group.end() :])
        for word in words:
            if clash := scales.contradictions.get(word, frozenset()) & set(words):
                raise ValueError(f"'{word}' and '{min(clash)}' cannot stand in one figure")
        if len(groups) > 1 and not words and group is not groups[-1]:
            return set()  # two bare numbers: which of them is meant, the words alone do not say
        factor = 1
        for word in words:
            factor *= scales.factors[word]
        totals = {total + number * factor for total in totals for number in _numbers(group.group())}
    return {int(total) for total in totals if total.denominator == 1}


def unit(text: str, value: int) -> Fraction | None:
    """What one in the last digit of ``text`` stands for, a power of ten; None where not one group of digits states ``value``.

    Raises ValueError where there is one group of digits, and no power of ten leads from it to ``value``.

    >>> print(unit("over 1.4 million", 1_400_000), unit("66,600", 66_600), unit("1亿500万", 105_000_000), unit("1½ million", 1_500_000))
    100000 1 None None
    """
    groups = GROUP.findall(text)
    digits = int(re.sub(r"\D", "", groups[0])) if len(groups) == 1 and not _FRACTION.search(text) else 0
    if digits == 0 or value == 0:
        return None
    power, rest = divmod(max(value, digits), min(value, digits))
    if rest or str(power).rstrip("0") != "1":
        raise ValueError(f"the digits of '{text}' cannot state {value} by any power of ten")
    return Fraction(power) if value > digits else Fraction(1, power)


def whole(digits: str, factor: int) -> int | None:
    """What ``digits`` (with a decimal point or none) times ``factor`` are, None for no whole number; LARGEST + 1 for any above it.

    >>> whole("6.66", 10_000), whole("0.5", 1), whole("9" * 5000, 1) == LARGEST + 1
    (66600, None, True)
    """
    if len(digits) > _READ:
        return LARGEST + 1
    ahead, _, behind = digits.partition(".")
    found, rest = divmod(int(ahead + behind) * factor, 10 ** len(behind))
    return None if rest else min(found, LARGEST + 1)


def _multiplied(text: str, statement: str, scales: Scales) -> set[int]:
    """What ``text`` states where the scale words of ``statement`` multiply it, as the head of a table does: 7 below "millions"."""
    digits, told = GROUP.search(text), statement.casefold()
    words = (scales.after(told[letter.start() :]) for letter in re.finditer(r"(?<![a-z])[^\W\d_]", told))
    within = [" ".join(said) for said in words if said] if digits else []
    end = digits.end() if digits else 0
    return {value for said in within for value in readings(f"{text[:end]} {said} {text[end:]}", scales)}


def contradiction(text: str, value: int, scales: Scales, statement: str = "") -> str:
    """Why ``text`` cannot state ``value``, or ''. Words without digits ("a million") contradict nothing here.

    A ``statement`` may say the scale that multiplies them.

    >>> contradiction("over 66,600", 66000, Scales({}))
    "the words 'over 66,600' say 66600, not 66000"
    >>> contradiction("7", 7_000_000, Scales({"millions": 10**6}), "The head of its column says 'millions'.")
    ''
    """
    try:
        found = readings(text, scales)
        is_open = not found and (len(GROUP.findall(text)) != 1 or bool(_FRACTION.search(text)))
        if is_open or value in found or value in _multiplied(text, statement, scales):
            unit(text, value)
            return ""
    except ValueError as error:
        return str(error)
    return f"the words '{text}' say {' or '.join(map(str, sorted(found))) or 'no whole number'}, not {value}"
