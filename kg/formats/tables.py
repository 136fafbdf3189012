"""Tables: rows of answers and the claims table, one row a claim and one column a property."""

from __future__ import annotations

import csv as csv_module
import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from kg.errors import FormatError
from kg.graph import Graph
from kg.questions import Rows, query, short

# A spreadsheet takes a cell that begins like this for a formula (OWASP, CSV injection).
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_RESULTS = "http://www.w3.org/2005/sparql-results#"


def _still(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that would be a formula gets an apostrophe before it."""
    return "'" + value if isinstance(value, str) and value.startswith(_LIVE) else value


def csv(rows: Rows, raw: bool = False) -> bytes:
    """CSV (RFC 4180) in UTF-8; ``raw`` leaves cells as they are, even those a spreadsheet would run.

    >>> csv(Rows(["a"], [{"a": "=1+1"}]))
    b"a\\r\\n'=1+1\\r\\n"
    """
    buffer = io.StringIO()
    writer = csv_module.writer(buffer)
    writer.writerow(rows.columns)
    keep: Callable[[Any], Any] = (lambda value: value) if raw else _still
    writer.writerows([["" if row[c] is None else keep(row[c]) for c in rows.columns] for row in rows])
    return buffer.getvalue().encode()


def tsv(rows: Rows, raw: bool = False) -> bytes:
    """Tab-separated values (IANA text/tab-separated-values): tabs and line ends inside cells become spaces."""
    keep = str if raw else lambda value: str(_still(value))
    lines = [rows.columns, *([" ".join(keep("" if row[c] is None else row[c]).split()) for c in rows.columns] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines).encode()


def json_rows(rows: Rows, _: bool = False) -> bytes:
    """JSON (RFC 8259): a list of objects, a key a column, null where unbound."""
    return (json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n").encode()


def xml(rows: Rows, _: bool = False) -> bytes:
    """SPARQL Query Results XML Format (W3C, 2013); values as literals, addresses as uri."""
    root = ElementTree.Element("sparql", xmlns=_RESULTS)
    head = ElementTree.SubElement(root, "head")
    for column in rows.columns:
        ElementTree.SubElement(head, "variable", name=column)
    results = ElementTree.SubElement(root, "results")
    for row in rows:
        result = ElementTree.SubElement(results, "result")
        for column, value in row.items():
            if value is not None:
                binding = ElementTree.SubElement(result, "binding", name=column)
                is_address = isinstance(value, str) and value.startswith(("http://", "https://"))
                ElementTree.SubElement(binding, "uri" if is_address else "literal").text = str(value)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def markdown(rows: Rows, _: bool = False) -> bytes:
    """A table in GitHub Flavored Markdown; bars and line ends in cells cannot break it."""

    def cell(value: Any) -> str:
        return " ".join(short(value).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").split())

    lines = [list(rows.columns), ["---"] * len(rows.columns), *([cell(row[c]) for c in rows.columns] for row in rows)]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines).encode()


def parquet(rows: Rows, _: bool = False) -> bytes:
    """Apache Parquet, columns typed; needs polars (the extra 'tables')."""
    try:
        import polars
    except ImportError:
        raise FormatError("Parquet needs polars; install it with: pip install 'enforcement-kg[tables]'") from None
    buffer = io.BytesIO()
    polars.DataFrame(list(rows), schema=list(rows.columns), infer_schema_length=None, strict=False).write_parquet(buffer)
    return buffer.getvalue()


def claims(graph: Graph) -> Rows:
    """The claims table: ``claim`` (its IRI) and one column for each property that a claim can have, in IRI order.

    Codes and things of ours stand in their short form, as in a facts document; several values are joined by '; '.

    >>> claims(graph).columns[:2]
    ('claim', 'accountType')
    """
    columns = [row["p"] for row in query(graph, "SELECT ?p WHERE { ?p schema:domainIncludes enf:Claim } ORDER BY ?p")]
    short_of = {column: column.rpartition("#")[2] for column in columns}
    found: dict[str, dict[str, Any]] = {}
    for row in query(graph, "SELECT ?claim ?p ?o WHERE { ?claim a enf:Claim ; ?p ?o } ORDER BY ?claim ?p ?o"):
        cells = found.setdefault(row["claim"], {"claim": row["claim"]} | dict.fromkeys(short_of.values()))
        if name := short_of.get(row["p"]):
            value = short(row["o"]) if isinstance(row["o"], str) else row["o"]
            cells[name] = value if cells[name] is None else f"{cells[name]}; {value}"
    return Rows(["claim", *short_of.values()], list(found.values()))


def claims_csv(graph: Graph) -> bytes:
    """The claims table as CSV, without live formulas."""
    return csv(claims(graph))


def claims_parquet(graph: Graph) -> bytes:
    """The claims table as Parquet."""
    return parquet(claims(graph))
