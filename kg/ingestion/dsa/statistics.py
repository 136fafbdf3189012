"""The statistics table: one row a figure that was counted already, of one platform, day and one column's value.

Its figures are one-way marginals: nothing says which penalties went with which violations, so none is combined here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = ("column", "variant")
NEEDED = ("start_date", "end_date", "tag", "platform", "category", "column", "entity", "variant", "count")
KINDS = ("figure", "zero", "total over platforms", "another column", "a subset or a length", "no code given", "more than one day")


def rows(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Each row as published, with ``kind``: what it is, the first of KINDS but 'figure' that holds, else 'figure'."""
    import ibis

    kind = ibis.cases(
        (table["count"] == 0, KINDS[1]),
        (table.platform.isnull(), KINDS[2]),
        (~table.column.isin(list(columns)), KINDS[3]),
        (table.entity.notnull() | table.tag.notnull() | table.category.notnull(), KINDS[4]),
        (table.variant.isnull(), KINDS[5]),
        (table.start_date != table.end_date, KINDS[6]),
        else_=KINDS[0],
    )
    words = {name: table[name].cast("string") for name in ("platform", *COLUMNS)}
    return table.select("file", **words, day=table.start_date.cast("string").substr(0, 10), counts=table["count"].cast("int64"), kind=kind)


def kinds(every: ir.Table) -> ir.Table:
    """How many of these ``rows`` are of each kind."""
    return every.group_by("kind").agg(n=every.count())


def counted(every: ir.Table) -> ir.Table:
    """The figures among these ``rows``: file, platform, day, column, variant and ``n``, and how many ``lines`` told it: one."""
    kept = every.filter(every.kind == KINDS[0])
    return kept.group_by(["file", "platform", "day", *COLUMNS]).agg(n=kept.counts.sum(), lines=kept.count())
