"""Dates as far as they are known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import bounds


@given(st.dates())
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    assert bounds(day.isoformat()) == (day, day)


@given(st.dates(max_value=date(9998, 12, 31)))
def test_a_month_and_a_year_end_where_the_next_begins(day: date) -> None:
    for text, first in ((day.isoformat()[:7], day.replace(day=1)), (day.isoformat()[:4], day.replace(month=1, day=1))):
        begin, end = bounds(text)
        after = end + timedelta(days=1)
        assert begin == first
        assert after.day == 1
        assert bounds(after.isoformat()[: len(text)])[0] == after


@pytest.mark.parametrize("text", ["2024-02", "2023-02", "1900-02", "2000-02"])
def test_february_knows_its_leap_years(text: str) -> None:
    assert bounds(text)[1].day == {"2024-02": 29, "2023-02": 28, "1900-02": 28, "2000-02": 29}[text]


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13", "2023-00", "2023-00-10", "2023-04-31", "0000", "2023-02-29"])
def test_a_date_that_does_not_exist_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is no date"):
        bounds(text)


@pytest.mark.parametrize(
    "text", ["", "23", "2023-5", "2023/05/27", "27 May 2023", "2023-05-27T00:00", "2023~", "２０２３", "2023-05-27\n", "-2023"]
)
def test_other_ways_to_write_a_date_are_told_the_form(text: str) -> None:
    with pytest.raises(ValueError, match="is no date of the form 2023, 2023-05 or 2023-05-27"):
        bounds(text)
