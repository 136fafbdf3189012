"""Statements of reasons, one row a decision: which columns are used, and how they are counted. Any engine can run it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME, CREATED, UUID = "platform_name", "created_at", "uuid"


def _words(column: ir.Column) -> ir.StringValue:
    """A cell as the dumps write it: a list as JSON text, nothing (absent, "" or "[]") as ""."""
    import ibis

    if column.type().is_array():
        text = ibis.literal("[") + column.map(_item).join(",") + ibis.literal("]")
        return ibis.ifelse(column.isnull() | (column.length() == 0), "", text)
    if column.type().is_integer():  # Spark reads times in nanoseconds so
        column = (column // 1_000_000_000).cast("int64").as_timestamp("s")
    text = column.cast("string")
    return ibis.ifelse(text.isnull() | (text == "[]"), "", text)


def _item(item: ir.Value) -> ir.StringValue:
    """An item of a list as JSON."""
    import ibis

    text = item.cast("string").replace("\\", "\\\\").replace('"', '\\"')
    return ibis.ifelse(item.isnull(), "null", ibis.literal('"') + text + ibis.literal('"'))


def rows(table: ir.Table, columns: Sequence[str]) -> ir.Table:
    """Each decision: uuid, file, platform, day (YYYY-MM-DD) and the ``columns`` of codes, all verbatim text."""
    kept = {column: _words(table[column]) for column in columns}
    return table.select(
        uuid=table[UUID].cast("string"), file=table.file, platform=_words(table[NAME]), day=_words(table[CREATED]).substr(0, 10), **kept
    )


def counted(every: ir.Table, columns: Sequence[str]) -> ir.Table:
    """How many of these ``rows`` (``n``) each file has of each combination of platform, day and codes."""
    return every.group_by(["file", "platform", "day", *columns]).agg(n=every.count())
