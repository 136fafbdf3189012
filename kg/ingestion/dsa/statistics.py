"""The statistics table: one row a figure that was counted already, of one platform, day and one column's value.

Its figures are one-way marginals: nothing says which penalties went with which violations, so none is combined here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

COLUMNS = ("column", "variant")
KINDS = ("figure", "zero", "total over platforms", "another column", "a subset or a length", "no code given")


def sorted_out(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """The table with ``kind``: what each row is, the first of KINDS but 'figure' that holds, else 'figure'."""
    import ibis

    kind = ibis.cases(
        (table["count"] == 0, KINDS[1]),
        (table.platform.isnull(), KINDS[2]),
        (~table.column.isin(list(columns)), KINDS[3]),
        (table.entity.notnull(), KINDS[4]),
        (table.variant.isnull(), KINDS[5]),
        else_=KINDS[0],
    )
    return table.mutate(kind=kind)


def kinds(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """How many rows of the table are of each kind."""
    every = sorted_out(table, columns)
    return every.group_by("kind").agg(n=every.count())


def counted(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """The figures as published: file, platform, day, column, variant and ``n``, with ``rows`` of the table behind each."""
    kept = sorted_out(table, columns).filter(lambda t: t.kind == KINDS[0])
    told = kept.select("file", "platform", "column", "variant", day=kept.start_date.cast("string").substr(0, 10), counts=kept["count"])
    return told.group_by(["file", "platform", "day", *COLUMNS]).agg(n=told.counts.sum())
