"""The header of a CSV part: its columns, and how its records begin."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from kg.ingestion.dsa.php_csv import ANY, START
from kg.ingestion.dsa.records import COLUMNS


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a part, those of them that are read (the first begins each record), and how a record begins."""

    columns: tuple[str, ...]
    wanted: tuple[str, ...] = COLUMNS
    begins: re.Pattern[bytes] = START

    @property
    def places(self) -> list[int]:
        """Where the columns that are read stand among all."""
        return [self.columns.index(name) for name in self.wanted]


def names(line: bytes) -> tuple[str, ...]:
    r"""The fields of a header.

    >>> names(b'uuid,"colour"\r\n')
    ('uuid', 'colour')
    """
    return tuple(next(csv.reader([line.decode("utf-8-sig", "replace").rstrip("\r\n")]), []))


def shape(line: bytes) -> Shape | str:
    r"""The shape that a header line gives, or what is wrong with it.

    >>> shape(b"uuid,colour\n")
    'its header lacks decision_visibility and 14 other columns'
    """
    found = names(line)
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        others = f" and {len(missing) - 1} other columns" if len(missing) > 1 else ""
        return f"its header lacks {missing[0]}{others}"
    if found[0] != COLUMNS[0]:
        return f"its header does not begin with {COLUMNS[0]}, so nothing tells where a record starts"
    return "its header names a column twice" if len(set(found)) < len(found) else Shape(found)


def other(header: bytes, text: bytes) -> Shape:
    """The shape of a part whose header is another, only to count its records."""
    columns = tuple(map(str, range(max(1, len(names(header))))))
    return Shape(columns, columns[:1], START if START.match(text) or START.match(header) else ANY)
