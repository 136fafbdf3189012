"""Rows → N-Triples: the path of ``kg ingest --rows``, and the same triples by bare DuckDB, bare polars, rdflib and Morph-KGC.

The peers are spared the reading of codes: they get a table whose columns hold the finished IRIs (``ready``), made beforehand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measuring import Stages, main
from kg.ingestion import figures, triples
from kg.ingestion.codes import Alignment
from kg.ingestion.counting import count
from kg.ingestion.dsa import STATEMENTS
from kg.ingestion.engines import duckdb_at, engine
from kg.ingestion.inputs import gather
from kg.ingestion.rejects import Rejects
from kg.vocabulary import BASE, EDTF, ENF, vocabulary

TYPE, DATE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2001/XMLSchema#date"
DATES = (("said", EDTF), ("saidEarliest", DATE), ("saidLatest", DATE))


@contextmanager
def counted(rows: str, stages: Stages) -> Iterator[tuple[Any, Alignment]]:
    """A DuckDB in which the rows of a folder are counted and their codes read."""
    with tempfile.TemporaryDirectory(dir=Path(rows).parent) as name, duckdb_at(Path(name)) as connection:
        alignment = Alignment(vocabulary())
        with stages("count"), Rejects(Path(name) / "rejects") as rejects, engine("duckdb", "", connection) as runs:
            count(gather([rows]), tuple(alignment.columns), runs, connection, Path(name), rejects, lambda _, __: None)
        with stages("codes"):
            figures.platforms(connection, {})
            figures.slots(connection, tuple(alignment.columns), alignment.read, alignment.properties)
        yield connection, alignment


def ours(rows: str, out: str) -> Mapping[str, Any]:
    """What ``kg ingest --rows`` does, without figures, shapes and store (whose loading hashes the lines): count, read codes, write."""
    stages = Stages()
    with counted(rows, stages) as (connection, alignment), stages("write"), Path(out).open("wb") as file:
        query = triples.of_decisions(connection, triples.Terms({}, STATEMENTS, 0), tuple(alignment.columns))
        triples.in_order(connection)
        for block in triples.stream(connection, query):
            file.write(block)
    return {"stages": stages.seconds}


def ready(rows: str, out: str) -> Mapping[str, Any]:
    """The table that the peers start from, as Parquet and the first rows as CSV; ``optional``: columns that may be empty."""
    with counted(rows, Stages()) as (connection, alignment):
        names: dict[str, str] = {}
        for key in (*alignment.properties, "code"):
            most = connection.execute(f'SELECT max(len("{key}")) FROM slots').fetchone()[0]
            iri = "" if key == "code" else f"'{BASE}' || "
            names |= {f"{key}{n}": f'{iri}"{key}"[{n}] AS {key}{n}' for n in range(1, most + 1)}
        using = ", ".join(f'"{column}"' for column in alignment.columns)
        connection.execute(f"""COPY (SELECT '{BASE}decision/' || uuid AS s, '{BASE}' || p.id AS platform, day, f.name AS file,
                {", ".join(names.values())}
            FROM decisions JOIN told USING ({using}) JOIN slots USING (slot) JOIN platforms p ON p.name = platform
            JOIN files f ON f.number = file)
            TO '{out}' (FORMAT parquet, COMPRESSION zstd)""")
        connection.execute(f"COPY (FROM '{out}') TO '{out}.csv' (FORMAT csv, HEADER)")
    return {"optional": list(names)}


def pieces(optional: str) -> list[tuple[str, str, str, str]]:
    """Each triple of a row but its type: what stands before its value, the value's column or "", what stands behind, if it is optional."""
    found = [(f" <{ENF}source> <{BASE}{STATEMENTS}> .\n", "", "", "")]
    found += [(f" <{ENF}{key}> <", "platform", "> .\n", "") for key in ("platform", "actor")]
    found += [(f' <{ENF}{key}> "', "day", f'"^^<{datatype}> .\n', "") for key, datatype in DATES]
    found.append((f' <{ENF}file> "', "file", '" .\n', ""))
    for column in optional.split(","):
        key = column.rstrip("0123456789")
        found.append((f' <{ENF}{key}> "', column, '" .\n', "?") if key == "code" else (f" <{ENF}{key}> <", column, "> .\n", "?"))
    return found


def duckdb(table: str, out: str, optional: str) -> Mapping[str, Any]:
    """One concat a row, written by COPY; the type comes last, as a line that every row has."""
    import duckdb

    parts = []
    for before, column, behind, maybe in pieces(optional):
        line = ["s", f"'{before}'", *([column, f"'{behind}'"] if column else [])]
        parts += [f"CASE WHEN {column} IS NOT NULL THEN concat({', '.join(line)}) END"] if maybe else line
    text = f"concat({', '.join(parts)}, s, ' <{TYPE}> <{ENF}Decision> .')"
    options = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    query = f"SELECT {text} FROM (SELECT * REPLACE (concat('<', s, '>') AS s) FROM '{table}')"
    duckdb.sql(f"COPY ({query}) TO '{out}' ({options})")
    return {}


def polars(table: str, out: str, optional: str) -> Mapping[str, Any]:
    """One concat_str a row, streamed to a file of one column."""
    import polars as pl

    parts: list[Any] = []
    for before, column, behind, maybe in pieces(optional):
        line = ["s", pl.lit(before), *([column, pl.lit(behind)] if column else [])]
        parts += [pl.concat_str(line)] if maybe else line
    text = pl.concat_str([*parts, "s", pl.lit(f" <{TYPE}> <{ENF}Decision> .")], ignore_nulls=True)
    rows = pl.scan_parquet(table).with_columns(pl.format("<{}>", "s").alias("s"))
    rows.select(text).sink_csv(out, include_header=False, quote_style="never", separator="\x01")
    return {}


def rdflib(table: str, out: str, optional: str) -> Mapping[str, Any]:
    """A term at a time into a graph, serialised."""
    from pyarrow import parquet
    from rdflib import RDF, Graph, Literal, Namespace, URIRef

    graph, enf = Graph(), Namespace(ENF)
    for row in parquet.read_table(table).to_pylist():
        s = URIRef(row["s"])
        graph.add((s, RDF.type, enf.Decision))
        graph.add((s, enf.source, URIRef(BASE + STATEMENTS)))
        for key in ("platform", "actor"):
            graph.add((s, enf[key], URIRef(row["platform"])))
        for key, datatype in DATES:
            graph.add((s, enf[key], Literal(row["day"], datatype=URIRef(datatype))))
        graph.add((s, enf.file, Literal(row["file"])))
        for column in filter(row.get, optional.split(",")):
            key = column.rstrip("0123456789")
            graph.add((s, enf[key], Literal(row[column]) if key == "code" else URIRef(row[column])))
    graph.serialize(out, format="nt", encoding="utf-8")
    return {}


def mapping(table: str, out: str, optional: str) -> Mapping[str, Any]:
    """Write Morph-KGC's configuration and RML mapping (one triples map, a predicate-object map each triple) beside its output."""
    maps = [f"rr:predicateObjectMap [ rr:predicate enf:source ; rr:object <{BASE}{STATEMENTS}> ]"]
    for before, column, _, _ in pieces(optional)[1:]:
        key = before.split("#")[1].split(">")[0]
        kind = (
            f"rr:datatype <{dict(DATES)[key]}>"
            if key in dict(DATES)
            else "rr:termType " + ("rr:Literal" if key in ("code", "file") else "rr:IRI")
        )
        maps.append(f'rr:predicateObjectMap [ rr:predicate enf:{key} ; rr:objectMap [ rml:reference "{column}" ; {kind} ] ]')
    source = f'rml:logicalSource [ rml:source "{table}.csv" ; rml:referenceFormulation ql:CSV ]'
    subject = 'rr:subjectMap [ rml:reference "s" ; rr:termType rr:IRI ; rr:class enf:Decision ]'
    known = {
        "rr": "http://www.w3.org/ns/r2rml#",
        "rml": "http://semweb.mmlab.be/ns/rml#",
        "ql": "http://semweb.mmlab.be/ns/ql#",
        "enf": ENF,
    }
    prefixes = " ".join(f"@prefix {name}: <{iri}> ." for name, iri in known.items())
    Path(f"{out}.ttl").write_text(f"{prefixes}\n<#rows> a rr:TriplesMap ; {' ; '.join([source, subject, *maps])} .\n")
    settings = f"output_file={out}\noutput_format=N-TRIPLES\nnumber_of_processes=1\nlogging_level=ERROR\n"
    Path(f"{out}.ini").write_text(f"[CONFIGURATION]\n{settings}[Rows]\nmappings={out}.ttl\n")
    return {}


def lines(out: str) -> Mapping[str, Any]:
    """What tells whether two files hold the same lines, in whatever order."""
    import hashlib

    return {"digest": hashlib.sha256(b"".join(sorted(Path(out).read_bytes().splitlines(keepends=True)))).hexdigest()}


def number(out: str) -> Mapping[str, Any]:
    """How many lines a file has."""
    with Path(out).open("rb") as file:
        return {"triples": sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 22), b""))}


if __name__ == "__main__":
    main({task.__name__: task for task in (ours, ready, duckdb, polars, rdflib, mapping, lines, number)})
