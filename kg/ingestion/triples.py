"""The figures table → N-Triples (W3C Recommendation 25 February 2014), whole blocks of lines made by the columnar engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.ingestion.figures import escaped, tail
from kg.vocabulary import BASE, EDTF, ENF

if TYPE_CHECKING:
    import duckdb

_RDF, _RDFS, _XSD = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2001/XMLSchema#",
)
_DATE, _INTEGER = _XSD + "date", _XSD + "integer"
_BATCH = 2048  # rows whose lines are in memory at once, one of DuckDB's vectors


def _type(name: str) -> str:
    return f" <{_RDF}type> <{ENF}{name}> .\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _link(key: str, column: str) -> str:
    """SQL for a line's tail: the property called ``key``, and the thing of ours whose id is in a column."""
    return f"concat(' <{ENF}{key}> <{BASE}', {column}, '> .\n')"


def _text(key: str, column: str, datatype: str = "") -> str:
    """SQL for a line's tail: the property called ``key``, and a column's literal."""
    of = f"^^<{datatype}>" if datatype else ""
    return f"""concat(' <{ENF}{key}> "', {column}, '"{of} .\n')"""


def _lines(tails: Sequence[str]) -> str:
    """SQL for one node's lines: ``s`` before each tail that is not NULL."""
    return f"concat_ws(s, '', {', '.join(tails)}) AS lines"


@dataclass(frozen=True, slots=True)
class Terms:
    """What all rows have: ids of things of ours by property, the source for decisions too; and how many ``figures`` there are."""

    every: Mapping[str, str]
    source: str
    figures: int


def of_figures(connection: duckdb.DuckDBPyConnection, terms: Terms, step: int = 1) -> str:
    """SQL that gives the lines of each row of ``figures``, or of every ``step``-th."""
    fixed = [_type("Claim"), _type("Measure"), *(tail(key, value) for key, value in sorted(terms.every.items()))]
    links = [f"concat(' <{ENF}{key}> ', s, ' .\n')" for key in ("subject", "reference")]
    links += [_link(key, "platform") for key in ("platform", "actor")]
    told = [
        _text("text", "value"), _text("value", "value", _INTEGER),
        _text("from", '"from"', EDTF), _text("to", '"to"', EDTF),
        _text("periodStart", '"from"', _DATE), _text("periodEnd", '"to"', _DATE),
        _text("locator", "escaped"),
    ]  # fmt: skip
    lists = _items(_most(connection, "slots") + _most(connection, "sets"))
    lines = _lines([*map(_quoted, fixed), *links, *told, *lists])
    return f"SELECT {lines} FROM (SELECT '<{BASE}' || claim || '>' AS s, * FROM figures WHERE number % {step} = 0)"


def of_decisions(connection: duckdb.DuckDBPyConnection, terms: Terms, columns: Sequence[str]) -> str:
    """SQL that gives the lines of each row of ``decisions`` that was counted, in the order of the input."""
    fixed = [_type("Decision"), tail("source", terms.source)]
    once = {  # tails that few rows differ in are made once, not for each row
        "p": [_link(key, "id") for key in ("platform", "actor")],
        "d": [_text("said", "day", EDTF), *(_text(key, "day", _DATE) for key in ("saidEarliest", "saidLatest"))],
        "f": [_text("file", "escaped")],
        "t": _items(_most(connection, "slots")),
    }
    made = {letter: "".join(f", {sql} AS {letter}{n}" for n, sql in enumerate(tails)) for letter, tails in once.items()}
    lines = _lines([*map(_quoted, fixed), *(f"{letter}{n}" for letter, tails in once.items() for n in range(len(tails)))])
    using = ", ".join(f'"{column}"' for column in columns)
    return f"""SELECT {lines} FROM (SELECT '<{BASE}decision/' || lower(uuid) || '>' AS s, * FROM decisions)
        JOIN (SELECT {using}{made["t"]} FROM told JOIN slots USING (slot)) USING ({using})
        JOIN (SELECT name AS platform{made["p"]} FROM platforms) USING (platform)
        JOIN (SELECT number AS file{made["f"]} FROM files) USING (file)
        JOIN (SELECT day{made["d"]} FROM (SELECT DISTINCT day FROM combinations)) USING (day)"""


def _items(most: int) -> list[str]:
    """SQL for each item of the list ``tails``; where it is shorter they are NULL."""
    return [f"tails[{n}]" for n in range(1, most + 1)]


def _most(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found: Any = connection.execute(f"SELECT coalesce(max(len(tails)), 0) FROM {table}").fetchone()
    return int(found[0])


def of_platforms(names: Mapping[str, str], languages: Sequence[str]) -> bytes:
    """The lines of platforms that the data set alone names: a name is written as published in texts of all our languages."""
    lines = []
    for name, platform in sorted(names.items(), key=lambda pair: pair[1]):
        subject = f"<{BASE}{platform}>"
        lines.append(subject + _type("Platform"))
        lines += [f'{subject} <{_RDFS}label> "{escaped(name)}"@{language} .\n' for language in languages]
    return "".join(lines).encode()


def in_order(connection: duckdb.DuckDBPyConnection) -> None:
    """From here on rows come in the order of a query's first table, so that the same tables give the same bytes.

    Two threads hand on rows as each has them, and a planner is free to walk the other table of a join. One thread also costs less.
    """
    connection.execute("SET threads = 1; SET disabled_optimizers = 'join_order,build_side_probe_side'")


def stream(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[bytes | memoryview]:
    """The text of a query's one column, as UTF-8, without a copy: the value buffers of Arrow's string arrays. See ``in_order``."""
    import pyarrow as pa

    for batch in connection.execute(query).to_arrow_reader(_BATCH):
        column = batch.column(0)
        _, offsets, text = column.buffers()
        ends = pa.Array.from_buffers(pa.int32(), len(column) + 1, [None, offsets], offset=column.offset)
        yield memoryview(text)[ends[0].as_py() : ends[len(column)].as_py()]
