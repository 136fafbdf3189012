"""The columnar companion of a large graph: the part of a named question that adds up its rows, answered by a table.

A question stays one SPARQL text. Where its header has ``# columns:`` lines, they are SQL (DuckDB's) over ``figures``, one row a
figure and one column a property, that gives the rows of its first sub-select. Over a graph that has the table that
sub-select gives way to those rows (VALUES, SPARQL 1.1 §10.2), and the rest is asked of the facts that the rows joined, which
fit in memory. A question whose header says ``# rows: none`` is about what sources tell of each other, which a data set's row is
never part of: it is asked of those facts alone. Over any other graph the text is asked as it stands; all ways give the same rows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph import Graph
from kg.vocabulary import BASE

FIGURES, FACTS = "figures.parquet", "facts.nt"
_SQL = re.compile(r"^# columns: (.+)$", re.M)
_NONE = re.compile(r"^# rows: none$", re.M)
_SUBSELECT = re.compile(r"\{\s*SELECT\b", re.I)
_BRACE = re.compile(r"[{}]")


def by_columns(graph: Graph, sparql: str) -> tuple[Graph, str]:
    """What to ask instead of ``sparql``, and of which graph; both as they are where no table can help.

    >>> by_columns(graph, "SELECT ?x WHERE { ?x ?y ?z }")[0] is graph
    True
    """
    sql = " ".join(_SQL.findall(sparql))
    if _NONE.search(sparql):
        return without_rows(graph), sparql
    if not sql or not graph.content:
        return graph, sparql
    try:
        import duckdb
    except ImportError:
        return graph, sparql  # slower, and the same rows
    with duckdb.connect() as connection:
        table = str(graph.content / FIGURES)
        connection.read_parquet(table).create_view("figures")
        connection.execute("SET allowed_paths = ?", [[table]])  # this file and no other
        connection.execute("SET enable_external_access = false")
        try:
            found = connection.execute(sql)
        except duckdb.Error as error:
            raise QueryError(f"'# columns:' cannot be answered: {str(error).splitlines()[0]}; mend that SQL") from None
        names, rows = [column[0] for column in found.description or ()], found.fetchall()
    start, end = _first_subselect(sparql)
    return without_rows(graph), sparql[:start] + _values(names, rows) + sparql[end:]


def without_rows(graph: Graph) -> Graph:
    """The facts that a large graph's rows joined, in memory; any other graph as it is.

    >>> without_rows(graph) is graph
    True
    """
    return _facts(graph.content / FACTS) if graph.content else graph


@lru_cache(maxsize=2)  # of a server that follows new builds; a content's path is never used again for another
def _facts(path: Path) -> Graph:
    store = ox.Store()
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
    return Graph(store)


def _first_subselect(sparql: str) -> tuple[int, int]:
    """Where the group that is the first sub-select begins and ends; raises QueryError where there is none."""
    depth, start = 0, found.start() if (found := _SUBSELECT.search(sparql, sparql.index("{") + 1)) else len(sparql)
    for brace in _BRACE.finditer(sparql, start):
        depth += 1 if brace.group() == "{" else -1
        if not depth:
            return start, brace.end()
    raise QueryError("a question with '# columns:' has no sub-select for them to answer; add one, or take those lines out")


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
