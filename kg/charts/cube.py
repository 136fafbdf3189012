"""Rows of an answer as what a chart draws: groups of platforms, parts, months, and a number for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ALL, OTHERS, REST = "all", "others", "rest"  # every platform; all but the one left out; those without a mark of their own
_EITHER, _WITH, _LEFT_OUT = "", "with", "without"


@dataclass(frozen=True, slots=True)
class Group:
    """Platforms drawn as one: a platform's id, or ALL, OTHERS, REST; ``when``: only with or without the platform that may be left out."""

    key: str
    when: str
    platforms: frozenset[str]


class Cube:
    """Numbers by platform, part and month, all of one unit and source, so that those of different platforms can be added."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], parts: str) -> None:
        self.values: Counter[tuple[str, str, str]] = Counter()
        for row in rows:
            self.values[row["platform"], row[parts] if parts else "", row["month"]] += row["value"]
        self.platforms, self.parts = self._ranked(0), self._ranked(1)

    def _ranked(self, place: int) -> list[str]:
        """The platforms or parts, the largest first."""
        sums: Counter[str] = Counter()
        for key, value in self.values.items():
            sums[key[place]] += value
        return sorted(sums, key=lambda each: (-sums[each], each))

    def groups(self, shown: int, without: str) -> list[Group]:
        """All platforms together, then the largest each by itself, then the others."""
        every, others = frozenset(self.platforms), frozenset(self.platforms) - {without}
        alone = [each for each in self.platforms if each != without][:shown]
        found = [Group(ALL, _EITHER, every)]
        if every != others:
            found = [Group(ALL, _WITH, every), Group(OTHERS, _LEFT_OUT, others), Group(without, _WITH, frozenset({without}))]
        found += [Group(each, _EITHER, frozenset({each})) for each in alone]
        rest = others.difference(alone)
        return [*found, Group(REST, _EITHER, rest)] if rest else found

    def numbers(self, platforms: Iterable[str], parts: Iterable[str], months: Sequence[str]) -> list[int | None]:
        """The sum of each month, None where nothing is counted."""
        keys = [(platform, part) for platform in platforms for part in parts]
        sums = [[found for key in keys if (found := self.values.get((*key, month))) is not None] for month in months]
        return [sum(each) if each else None for each in sums]
