"""Dates as far as they are known: EDTF level 0 (ISO 8601-2), a year, a month or a day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[date, date]:
    """First and last day that an EDTF level 0 date can mean; raises ValueError for a date that does not exist.

    >>> bounds("2023-02")
    (datetime.date(2023, 2, 1), datetime.date(2023, 2, 28))
    >>> bounds("2023-02-30")
    Traceback (most recent call last):
    ValueError: '2023-02-30' is no date: day is out of range for month
    """
    match = _EDTF.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is no date of the form 2023, 2023-05 or 2023-05-27")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        last = first if day else date(first.year, month or 12, monthrange(first.year, month or 12)[1])
    except ValueError as error:
        raise ValueError(f"'{text}' is no date: {error}") from None
    return first, last
