"""The columnar companion of a large graph: the part of a named question that adds up its rows, answered by tables.

A question stays one SPARQL text. Where its header has ``# columns:`` lines, they are SQL (DuckDB's) over ``figures``, one row a
figure and one column a property, that gives the rows of its first sub-select; over a graph that has the table, that
sub-select gives way to those rows (VALUES, SPARQL 1.1 §10.2). Over any other graph the text is asked as it stands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kg.vocabulary import BASE

FIGURES = "figures.parquet"
_SQL = re.compile(r"^# columns: (.+)$", re.M)
_SUBSELECT = re.compile(r"\{\s*SELECT\b", re.I)
_BRACE = re.compile(r"[{}]")


def by_columns(sparql: str, content: Path) -> str:
    """A question's text with its first sub-select answered by the table in ``content``; the text itself where that cannot be.

    >>> by_columns("SELECT ?x WHERE { ?x ?y ?z }", Path("nowhere"))
    'SELECT ?x WHERE { ?x ?y ?z }'
    """
    sql, table = " ".join(_SQL.findall(sparql)), content / FIGURES
    if not sql or not table.is_file():
        return sparql
    try:
        import duckdb
    except ImportError:
        return sparql  # slower, and the same rows
    with duckdb.connect() as connection:
        connection.execute(f"CREATE VIEW figures AS SELECT * FROM read_parquet('{str(table).replace(chr(39), chr(39) * 2)}')")
        found = connection.execute(sql)
        names, rows = [column[0] for column in found.description or ()], found.fetchall()
    start, end = _first_subselect(sparql)
    return sparql[:start] + _values(names, rows) + sparql[end:]


def _first_subselect(sparql: str) -> tuple[int, int]:
    """Where the group that is the first sub-select begins and ends."""
    found = _SUBSELECT.search(sparql, sparql.index("{") + 1)
    assert found, "a question with '# columns:' has a sub-select"
    depth = 0
    for brace in _BRACE.finditer(sparql, found.start()):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return found.start(), brace.end()
    raise AssertionError("the braces of a question pair")


def _values(names: list[str], rows: list[tuple[Any, ...]]) -> str:
    variables = " ".join(f"?{name}" for name in names)
    lines = "\n".join(f"({' '.join(map(_term, row))})" for row in rows)
    return f"{{ VALUES ({variables}) {{\n{lines}\n}} }}"


def _term(value: Any) -> str:
    """A cell in SPARQL: a number, a thing of ours by its id (it has a slash), or text."""
    if value is None:
        return "UNDEF"
    if isinstance(value, int):
        return str(value)
    return f"<{BASE}{value}>" if "/" in value else f'"{value}"'
