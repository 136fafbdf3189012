"""English periods: "between 1 January and 31 May", "the second quarter of 2023", "since March"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extraction.lexicon import lowered
from kg.extraction.periods import Period, Point, dated, months, point, span

_NAMES = ("january february march april may june july august september october november december").split()
_MONTH = rf"(?:{'|'.join(_NAMES)}|{'|'.join(n[:3] for n in _NAMES)}|sept)\.?"
_DAY = r"(?:\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_TO = r",?\s*(?:to|and|until|till|through|[-–—])\s*(?:(?:the\s+)?(?:early[\s-]|late[\s-]|mid-?|(?:start|beginning|middle|end)\s+of\s+))?"


def _end(n: int) -> str:
    return rf"(?:(?:(?P<d{n}>{_DAY})\s+(?:of\s+)?)?(?P<m{n}>{_MONTH})(?:\s+(?P<e{n}>{_DAY})(?!\d))?(?:,?\s+(?P<y{n}>{_YEAR}))?)"


_DATE_BEGINS = rf"\b(?=\d|{'|'.join(n[:3] for n in _NAMES)})"  # one look spares most words the rest
_ANY_YEAR = re.compile(_YEAR)
_NAMED = re.compile("|".join(n[:3] for n in _NAMES))
_TELLS = re.compile(rf"\b(?:{'|'.join(n[:3] for n in _NAMES)}|{_YEAR}|quarter|half|month|year|[qh][1-4])")  # in every period
_RANGE = re.compile(
    rf"{_DATE_BEGINS}(?:{_end(1)}{_TO}{_end(2)}|(?P<d3>{_DAY}){_TO}{_end(4)}|{_end(5)}{_TO}(?P<d6>{_DAY})(?:,?\s+(?P<y6>{_YEAR}))?)\b(?!\d)",
)
_ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_PART = re.compile(
    rf"\b(?:(?P<n>{'|'.join(_ORDINAL)})\s+(?P<what>quarter|half)|(?P<letter>[qh])(?P<digit>[1-4]))\b(?:\s+of)?(?:\s+(?P<y>{_YEAR}|"
    rf"last year|this year))?",
)
_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11}
_PARTS = ("quarter", "half", "q1", "q2", "q3", "q4", "h1", "h2")
_FIRST_MONTHS = re.compile(rf"\bfirst (?P<n>{'|'.join(_COUNT)}|[2-9]|1[01]) months(?: of (?:the year|(?P<y>{_YEAR})))?")
_BEGAN = (
    r"(?:began|begun|started|launched|opened|stepped\s+up|kicked\s+off|rolled\s+out|"
    r"(?:took|came|went)\s+into\s+(?:effect|force)|took\s+effect)"
)
_SINCE = re.compile(
    rf"\b(?:since\s+(?:[^.,;]{{1,80}}?\b{_BEGAN}\b[^.,;]{{0,30}}?\s(?:in|on|from|at)\s+)?|which\s+(?:was\s+)?{_BEGAN}\s+(?:in|on)\s+)"
    rf"(?:the\s+(?:beginning|start|end)\s+of\s+)?(?:last\s+|early\s+|late\s+|mid-)?(?:{_end(1)}|(?P<y>{_YEAR})\b)(?P<last>\s+last\s+year)?",
)
_AS_OF = re.compile(rf"\b(?:as\s+of|by)\s+(?:the\s+end\s+of\s+)?{_end(1)}")
_MONTHS_TO = re.compile(
    rf"\b(?:(?P<n>{'|'.join(_COUNT)}|[2-9]|1[0-2])[\s-]|(?:the|fiscal)\s+(?=year))(?:month\s+period|months|year)\s+(?:through|to|ended|ending(?:\s+in)?|until|up\s+to)\s+(?:the\s+end\s+of\s+)?{_end(1)}",
)
_RUN = re.compile(r"(?:months|month\speriod|year)\s+(?:through|to|end|until|up)")
_NOT_THEN = re.compile(r"\b(?:(?:from|than|against|with)\s+[\d,.]+\s*(?:\w+\s+)?|(?:effect|force)\s+)$")
_ALONE = rf"\A\W*(?=\w+\.?\s+{_YEAR}\W*\Z)"  # March 2023, above a column
_IN = re.compile(rf"(?:\b(?:in|during|for|throughout|over)\s+(?:the\s+month\s+of\s+)?|{_ALONE})(?:{_end(1)}|(?P<y>{_YEAR})\b)")


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_NAMES, start=1) if month.startswith(name.lower().rstrip(".")[:3]))


def _point(m: re.Match[str], n: int) -> Point:
    day = m[f"d{n}"] or m[f"e{n}"]
    return Point(int(m[f"y{n}"] or 0), _month(m[f"m{n}"]), int(re.sub(r"\D", "", day)) if day else 0)


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _range(m: re.Match[str], said: Point) -> Period | None:
    if m["m1"]:
        return span(_point(m, 1), _point(m, 2), said)
    if m["m4"]:
        end = dated(_point(m, 4), said)
        return span(Point(end.year, end.month, _number(m["d3"])), end, said)
    begin = _point(m, 5)
    return span(begin, Point(int(m["y6"] or 0) or begin.year, begin.month, _number(m["d6"])), said)


def _part(m: re.Match[str], said: Point) -> Period | None:
    number = _ORDINAL[m["n"].lower()] if m["n"] else int(m["digit"])
    size = 3 if (m["what"] or m["letter"]).lower() in ("quarter", "q") else 6
    year = m["y"] or ""
    stated = said.year - 1 if year == "last year" else int(year) if year.isdigit() else 0
    return months(number * size - size + 1, min(12, number * size), stated, said)


def _months_to(m: re.Match[str], said: Point) -> Period | None:
    """ "The three months through June"."""
    last = dated(_point(m, 1), said)
    first = last.month + 1 - int(_COUNT.get(m["n"] or "", m["n"] if (m["n"] or "").isdigit() else 12))
    return span(Point(last.year - (first < 1), first + 12 * (first < 1)), Point(last.year, last.month), said)


def _since(m: re.Match[str], said: Point) -> Period | None:
    """ "Since 2016", "since 20 October last year"."""
    begin = Point(int(m["y"])) if m["y"] else _point(m, 1)
    return span(replace(begin, year=said.year - 1) if m["last"] and said.year else begin, None, said)


def period(text: str, counted: str, published: str) -> Period | None:
    """The period that a text speaks of: a range anywhere, else what the sentences with figures (``counted``) name.

    >>> period("It ran from 10 March to 22 May.", "", "2023-06-01")
    ('2023-03-10', '2023-05-22')
    """
    text = lowered(text)
    return _period(text, lowered(counted), point(published)) if _TELLS.search(text) else None


def _period(text: str, counted: str, said: Point) -> Period | None:
    month = _NAMED.search(text)
    if month and (m := _RANGE.search(text, month.start() - 40)):
        return _range(m, said)
    since = _SINCE.search(counted)
    part = _PART.search(text) if any(word in text for word in _PARTS) else None
    if (m := part) and not (since and since["m1"] and counted.find(m[0]) > since.start()):
        return _part(m, said)
    if " months" in text and (m := _FIRST_MONTHS.search(text)):
        return months(1, int(_COUNT.get(m["n"] or "", m["n"] if (m["n"] or "").isdigit() else 12)), int(m["y"] or 0), said)
    if said.month and re.search(r"\blast quarter\b|\bprevious quarter\b", counted):
        end = (said.month - 1) // 3 * 3
        return months(end - 2, end, said.year, said) if end else months(10, 12, said.year - 1, said)
    if (run := _RUN.search(text)) and (m := _MONTHS_TO.search(text, max(0, run.start() - 10))):
        return _months_to(m, said)
    if since:
        return _since(since, said)
    named = (m for m in _IN.finditer(counted) if not _NOT_THEN.search(counted[: m.start()]))
    elsewhere = (m for m in _IN.finditer(text) if m["m1"] and m["y1"])
    if (month or _ANY_YEAR.search(counted)) and (m := next(named, None) or (month and next(elsewhere, None))):
        stated = Point(int(m["y"])) if m["y"] else dated(_point(m, 1), said)
        return span(stated, stated, said)
    if said.year and re.search(r"\blast year\b", counted):
        return span(Point(said.year - 1), Point(said.year - 1), said)
    if said.month and re.search(r"\b(?:last|the previous) month\b", counted):
        return months((said.month + 10) % 12 + 1, (said.month + 10) % 12 + 1, said.year - (said.month == 1), said)
    return span(None, _point(m, 1), said) if (m := _AS_OF.search(counted)) else None
