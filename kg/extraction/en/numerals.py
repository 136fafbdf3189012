"""How English writes one number: its digits and how they are grouped, number words, fractions, and one scale behind the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

_ONES = {word: n for n, word in enumerate(
    (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
).split()
)}  # fmt: skip
_TENS = {word: 10 * n for n, word in enumerate(("twenty thirty forty fifty sixty seventy eighty ninety").split(), start=2)}
WORDS = {**_ONES, **_TENS}
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
SMALL = (
    rf"(?:(?:{_WORD})(?:[\s-](?:{_WORD}))*(?:[\s-]hundred(?:(?:\sand)?\s(?:{_WORD})(?:[\s-](?:{_WORD}))?)?)?(?:\spoint(?:\s(?:{_WORD}))+)?)"
)
DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:['’]\d{3})+(?!\d)|"
    r"\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:\.\d+)?)"
)
_PHONE = re.compile(r"(?:\+\d{1,3}[ -])?\d{3,4}[ -]\d{3,4}[ -]\d{3,5}|\b0\d{1,4}[ -]\d{3,}(?:[ -]\d{3,})*|\b0\d{3,}\b(?!,\d)")
_COUNTED = rf"(?:\d|\b(?:{_WORD})\b)"
_BEFORE_ONE = re.compile(
    rf"{_COUNTED}(?! of\b)(?![^.;:]* of them\b)[^.;:\d]{{1,40}}\band\s+(?:just |only )?$|"
    rf"{_COUNTED}(?! of\b)[^.;:,\d]{{1,40}},\s+(?=one (?:[a-z]+,|(?:on|in|at|from|via) [a-z]))"
)
_SUBJECT_ONE = re.compile(rf"{_COUNTED}[^.:]{{1,80}}(?:\band|,|;|\bwhile|\bbut)\s+(?:only |just )?$")
_HAS_VERB = re.compile(
    r" (?:(?:is|was|has been) (?!(?:reason|of|in which)\b)\w|had |came |went |(?:concerned|involved|sold|met|belonged|targeted)\b)"
)
_BEHIND_ONE = re.compile(rf" (?!(?:of|or|by|in|more|day|year|month|week)\b)[a-z -]{{3,24}}(?:,|,? and) {_COUNTED}")
_READ = 600  # characters that are read at all
_GROUPING = re.compile(r"[,\s'’]")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "half": Fraction(1, 2), "quarter": Fraction(1, 4)}
_HALF = r"\sand\s(?:a|one)[\s-](?:half|quarter)|\sand\sthree[\s-]quarters"
_PART = re.compile(r"(three[\s-])?(half|quarter|[½¼¾])")


def patterns(scale: str) -> tuple[str, str, str]:
    """What can stand between a number and its ``scale``; what behind that, where the number has digits, and where it has words."""
    part = rf"(?:\s?[½¼¾]|{_HALF})(?={scale})"
    more = rf"\s(?:and\s)?(?:{DIGITS}|{SMALL}){scale}"
    late = rf"(?:{_HALF})\b(?!\sof\b)"
    return part, rf"(?:{late}|(?:{more})+)", rf"(?:{late}|(?:{more})*\s(?:and\s)?{SMALL}(?![\w-]|{scale})|(?:{more})+)"


def small(words: str) -> Fraction:
    """The number that number words below a thousand state.

    >>> print(small("forty-two"), small("one hundred and five"), small("one point four"))
    42 105 7/5
    """
    total = part = 0
    ahead, _, behind = words.partition(" point ")
    decimals = "".join(str(WORDS[word]) for word in behind.split())
    for word in re.findall(r"[a-z]+", ahead):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in WORDS:
            part += WORDS[word]
    return total + part + Fraction(int(decimals or 0), 10 ** len(decimals))


def plain(digits: str, scaled: bool) -> tuple[str, list[str]]:
    """``digits`` with a decimal point at most, and the doubt that is left: where nothing scales them, points before three digits group.

    >>> plain("67'000", False), plain("1.125", True)
    (('67000', []), ('1.125', []))
    >>> plain("67.000", False)
    ('67000', ["'67.000' was read as 67000: the point parts thousands"])
    """
    if digits.isdigit():
        return digits, []
    if not scaled and _DOTTED.fullmatch(digits):
        whole = digits.replace(".", "")
        return whole, [f"'{digits}' was read as {whole}: the point parts thousands"] if digits.count(".") == 1 else []
    return _GROUPING.sub("", digits), []


def fraction(words: str | None) -> Fraction:
    """What "and a half" or a sign adds to the number before it.

    >>> print(fraction(" and three quarters"), fraction("½"), fraction(None))
    3/4 1/2 0
    """
    found = _PART.search(words or "")
    return _FRACTIONS[found[2]] * (3 if found[1] else 1) if found else Fraction(0)


def further(rest: str, scale: str, factor: Callable[[str], int]) -> Iterator[tuple[Fraction, int]]:
    """The numbers with their factors that stand behind a scale word: of " and forty thousand" 40 and 1,000."""
    for m in re.finditer(rf"(?:(?P<digits>{DIGITS})|(?P<words>{SMALL}))(?P<scale>{scale})?", rest):
        number = Fraction(plain(m["digits"], True)[0][:_READ]) if m["digits"] else small(m["words"])
        yield number, factor(m["scale"]) if m["scale"] else 1


def is_phone(text: str, m: re.Match[str]) -> bool:
    """Whether a number is a group of digits of a phone number: with more of them beside it, or a zero in front."""
    beside = text[m.end() + 1 : m.end() + 2].isdigit() or text[max(0, m.start() - 2) : m.start() - 1].isdigit()
    if not beside and " " not in m["digits"] and m["digits"][0] != "0":
        return False
    phone = _PHONE.search(text, m.start() - 12, m.end() + 12)
    return bool(phone and phone.start() <= m.start() < phone.end())


def is_joined(m: re.Match[str]) -> bool:
    """Whether "one" counts, being coordinated with another number: "61 accounts and one forum", "one group, two events"."""
    if m[0] != "one":
        return False
    if _HAS_VERB.match(m.string, m.end()) and _SUBJECT_ONE.search(m.string, max(0, m.start() - 100), m.start()):
        return True  # "seven were Indian and one was run from abroad"
    return bool(_BEFORE_ONE.search(m.string, max(0, m.start() - 60), m.start()) or _BEHIND_ONE.match(m.string, m.end(), m.end() + 40))
