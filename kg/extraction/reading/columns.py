"""The columns of an HTML table (WHATWG HTML §4.9.12.1): where each cell begins, whatever cells before and above it span."""

from __future__ import annotations

from collections.abc import Mapping

_WIDEST, _HIGHEST = 64, 4096  # what a cell of a table of figures spans at most


class Columns:
    """The columns of one table under way.

    >>> columns = Columns()
    >>> columns.begin_row()
    >>> columns.begin_cell({"rowspan": "2"}), columns.begin_cell({"colspan": "2"}), columns.begin_cell({})
    (0, 1, 2)
    >>> columns.begin_row()
    >>> columns.begin_cell({}), columns.begin_cell({})
    (1, 1)
    """

    def __init__(self) -> None:
        self._covered: dict[int, int] = {}  # by column for how many rows more
        self._last = self._next = 0

    def begin_row(self) -> None:
        """Go on with the next row."""
        self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self._last = self._next = 0

    def begin_cell(self, attributes: Mapping[str, str | None]) -> int:
        """Go on with the next cell; how many columns it begins behind the one before it, or behind the row's first."""
        while self._next in self._covered:
            self._next += 1
        steps, self._last = self._next - self._last, self._next
        self._next += _number(attributes.get("colspan"), _WIDEST)
        rows = _number(attributes.get("rowspan"), _HIGHEST)
        self._covered |= dict.fromkeys(range(self._last, self._next), rows) if rows > 1 else {}
        return steps


def _number(value: str | None, most: int) -> int:
    digits = (value or "").strip()
    return max(1, min(most, int(digits))) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
