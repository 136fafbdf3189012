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
_BATCH = 2048  # rows whose lines are in memory at once, one of DuckDB's vectors


def _type(name: str) -> str:
    return f" <{_RDF}type> <{ENF}{name}> .\n"


def _text(key: str, datatype: str = "") -> tuple[str, str]:
    """What stands before and behind a literal of the property called ``key``."""
    return f' <{ENF}{key}> "', '"' + (f"^^<{datatype}>" if datatype else "") + " .\n"


def _quoted(sql: str) -> str:
    return "'" + sql.replace("'", "''") + "'"


def _block(fixed: Sequence[str], told: Sequence[tuple[tuple[str, str], str]], most: int) -> str:
    """SQL for one node's lines: ``s`` before each of the fixed tails, of the literals told by columns, and of the list ``tails``."""
    pieces: list[str] = []
    for each in fixed:
        pieces += ["s", each]
    for (before, behind), column in told:
        pieces += ["s", _quoted(before), column, _quoted(behind)]
    for n in range(1, most + 1):
        pieces += [f"if(len(tails) >= {n}, s, NULL)", f"tails[{n}]"]  # concat leaves NULL out
    return f"concat({', '.join(pieces)})"


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
    links += [f"concat(' <{ENF}{key}> <{BASE}', platform, '> .\n')" for key in ("platform", "actor")]
    told = [
        (_text("text"), "value"), (_text("value", _XSD + "integer"), "value"),
        (_text("from", EDTF), '"from"'), (_text("to", EDTF), '"to"'),
        (_text("periodStart", _XSD + "date"), '"from"'), (_text("periodEnd", _XSD + "date"), '"to"'),
        (_text("locator"), "escaped"),
    ]  # fmt: skip
    block = _block([*map(_quoted, fixed), *links], told, _most(connection, "slots") + _most(connection, "sets"))
    return f"SELECT {block} AS lines FROM (SELECT '<{BASE}' || claim || '>' AS s, * FROM figures WHERE number % {step} = 0)"


def of_decisions(connection: duckdb.DuckDBPyConnection, terms: Terms, columns: Sequence[str]) -> str:
    """SQL that gives the lines of each row of ``decisions`` that was counted, in the order of the input."""
    links = [f"concat(' <{ENF}{key}> <{BASE}', p.id, '> .\n')" for key in ("platform", "actor")]
    days = [_text("said", EDTF), *(_text(key, _XSD + "date") for key in ("saidEarliest", "saidLatest"))]
    told = [(_text("file"), "f.escaped"), *((text, "day") for text in days)]
    block = _block([_quoted(_type("Decision")), _quoted(tail("source", terms.source)), *links], told, _most(connection, "slots"))
    using = ", ".join(f'"{column}"' for column in columns)
    return f"""SELECT {block} AS lines FROM (SELECT '<{BASE}decision/' || uuid::UUID || '>' AS s, * FROM decisions)
        JOIN told USING ({using}) JOIN slots USING (slot) JOIN platforms p ON p.name = platform JOIN files f ON f.number = file
        WHERE day IN (SELECT DISTINCT day FROM combinations)"""


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


def stream(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[bytes | memoryview]:
    """The text of a query's one column, as UTF-8, without a copy: the value buffers of Arrow's string arrays."""
    import pyarrow as pa

    for batch in connection.execute(query).to_arrow_reader(_BATCH):
        column = batch.column(0)
        _, offsets, text = column.buffers()
        ends = pa.Array.from_buffers(pa.int32(), len(column) + 1, [None, offsets], offset=column.offset)
        yield memoryview(text)[ends[0].as_py() : ends[len(column)].as_py()]
