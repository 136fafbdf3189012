"""Numbers that can be one another retold, found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from math import ceil

from kg.verdicts.arithmetic import Figure as Number
from kg.verdicts.arithmetic import step


class Numbers:
    """Measures by the numbers that a text tells them with.

    Two numbers agree only where they differ by less than one in the last meaningful digit of one of them; a range may hold any.

    >>> numbers = Numbers()
    >>> numbers.add(Number("67,000", 67_000, "exactly"), "a")
    >>> numbers.near(Number("over 66,600", 66_600, "over")), numbers.near(Number("60,123", 60_123, "exactly"))
    ({'a'}, set())
    """

    def __init__(self) -> None:
        self._by_step: dict[int, list[tuple[int, str]]] = {}
        self._ranges: set[str] = set()

    def add(self, number: Number, measure: str) -> None:
        """A number that a measure is told with."""
        if number.value is None:
            self._ranges.add(measure)
        else:
            insort(self._by_step.setdefault(_step(number), []), (number.value, measure))

    def near(self, number: Number) -> set[str]:
        """The measures that may be told with ``number``: all that are, and few others."""
        found, mine = set(self._ranges), _step(number)
        for place, told in self._by_step.items():
            reach = max(place, mine)
            low = 0 if number.value is None else bisect_left(told, (number.value - reach, ""))
            high = None if number.value is None else bisect_right(told, (number.value + reach + 1, ""))
            found.update(measure for _, measure in told[low:high])
        return found


def _step(number: Number) -> int:
    try:
        return ceil(step(number))
    except ValueError:  # words whose digits cannot state the value agree with that value alone
        return 1
