"""Periods as texts give them: two ends, each as far as it is stated, missing years taken from the date of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg import dates

Period = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A year, month and day as far as they are stated; 0 where they are not."""

    year: int = 0
    month: int = 0
    day: int = 0

    def edtf(self) -> str:
        """The point as an EDTF level 0 date, '' where its year is not known.

        >>> Point(2023, 5).edtf()
        '2023-05'
        """
        if not self.year or self.month > 12 or self.day > 31:
            return ""
        return f"{self.year:04}" + (f"-{self.month:02}" if self.month else "") + (f"-{self.day:02}" if self.month and self.day else "")


def point(said: str) -> Point:
    """The point that an EDTF date names; all 0 for ''."""
    parts = [int(part) for part in said.split("-") if part.isdigit()]
    return Point(*[*parts, 0, 0, 0][:3])


def dated(stated: Point, said: Point) -> Point:
    """``stated`` with the last year in which it was not yet to come when it was said."""
    if stated.year or not said.year:
        return stated
    later = said.month and (stated.month, stated.day) > (said.month, said.day or 31)
    return replace(stated, year=said.year - bool(later))


def span(begin: Point | None, end: Point | None, said: Point) -> Period | None:
    """From ``begin`` to ``end`` as EDTF; a beginning that leaves its year out lies before its end.

    >>> span(Point(0, 12, 20), Point(2025, 2, 16), Point())
    ('2024-12-20', '2025-02-16')
    """
    if end:
        end = dated(end, said)
    if begin and end and not begin.year:
        begin = replace(begin, year=end.year - (begin.month > end.month)) if end.year else begin
    elif begin:
        begin = dated(begin, said)
    first, last = (p.edtf() if p else "" for p in (begin, end))
    try:
        backwards = first and last and dates.bounds(first)[0] > dates.bounds(last)[1]
    except ValueError:  # 31 February
        return None
    return (first or None, last or None) if (first or last) and not backwards else None


def months(first: int, last: int, year: int, said: Point) -> Period | None:
    """From the first to the last of some months of a year: quarters and halves."""
    end = dated(Point(year, last), said)
    return span(Point(end.year, first), end, said)
