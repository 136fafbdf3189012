"""Questions that group and filter, look-ups of one thing, and shapes, over figures: the ways of ``kg``, and each engine alone.

The question: how many decisions of each penalty each platform told of, month by month, in figures of at least 100.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.measuring import Stages, main, middle
from kg.vocabulary import BASE, ENF

SPARQL = f"""PREFIX enf: <{ENF}>
    SELECT ?platform ?month ?penalty (SUM(?value) AS ?decisions) (COUNT(*) AS ?figures)
    WHERE {{
      ?figure enf:basis <{BASE}basis/row> ; enf:platform ?platform ; enf:penalty ?penalty ; enf:periodStart ?day ; enf:value ?value .
      FILTER(?value >= 100) BIND(SUBSTR(STR(?day), 1, 7) AS ?month)
    }} GROUP BY ?platform ?month ?penalty"""
SQL = """SELECT platform, left("from", 7) AS month, penalty, sum(value) AS decisions, count(*) AS figures
    FROM (SELECT * EXCLUDE (penalty), unnest(penalty) AS penalty FROM '{}') WHERE value >= 100 GROUP BY ALL"""
NAMED = "penalties-by-platform"
FIGURE = f"<{BASE}claim/dsa-".encode()


def timed(times: int, work: Any) -> dict[str, Any]:
    """What ``work`` took, and how many rows it gave."""
    return middle(times, work) | {"rows": len(work())}


def store(content: str) -> dict[str, Any]:
    """Oxigraph on disk."""
    import pyoxigraph as ox

    opened = ox.Store.read_only(f"{content}/store")
    return timed(1, lambda: list(opened.query(SPARQL)))  # type: ignore[arg-type]


def memory(content: str) -> dict[str, Any]:
    """Oxigraph in memory, loaded from N-Triples."""
    import pyoxigraph as ox

    stages, held = Stages(), ox.Store()
    with stages("load"):
        held.bulk_load(path=f"{content}/graph.nt", format=ox.RdfFormat.N_TRIPLES)
    return timed(3, lambda: list(held.query(SPARQL))) | {"stages": stages.seconds}  # type: ignore[arg-type]


def rdflib(sample: str) -> dict[str, Any]:
    """rdflib in memory, parsed from N-Triples."""
    from rdflib import Graph

    stages, graph = Stages(), Graph()
    with stages("load"):
        graph.parse(sample, format="nt")
    return timed(1, lambda: list(graph.query(SPARQL))) | {"stages": stages.seconds}


def duckdb(content: str) -> dict[str, Any]:
    """DuckDB over the table of figures; the first time with its import."""

    def ask() -> Any:
        import duckdb

        return duckdb.sql(SQL.format(f"{content}/figures.parquet")).fetchall()

    return timed(5, ask)


def polars(content: str) -> dict[str, Any]:
    """Polars over the table of figures; the first time with its import."""

    def ask() -> Any:
        import polars as pl

        rows = pl.scan_parquet(f"{content}/figures.parquet").filter(pl.col("value") >= 100).explode("penalty").drop_nulls("penalty")
        keys = ["platform", pl.col("from").str.head(7).alias("month"), "penalty"]
        return rows.group_by(keys).agg(pl.col("value").sum(), pl.len()).collect()

    return timed(5, ask)


def named(folder: str) -> dict[str, Any]:
    """The named question with its labels, as everybody asks it: by columns where the folder has the table."""
    import kg

    graph = kg.open(folder)
    return timed(3, lambda: kg.query(graph, NAMED))


def plain(folder: str) -> dict[str, Any]:
    """The named question by SPARQL alone, over the same store."""
    from dataclasses import replace

    import kg

    graph = replace(kg.open(folder), content=None)
    return timed(1, lambda: kg.query(graph, NAMED))


def look(folder: str) -> dict[str, Any]:
    """All that is said of one figure, for 200 figures one after the other."""
    import kg

    graph = kg.open(folder)
    claims = kg.query(graph, f"SELECT ?claim {{ ?claim enf:basis <{BASE}basis/row> }} LIMIT 200")
    waiting = iter([*claims, *claims])
    return middle(200, lambda: kg.query(graph, f"SELECT ?key ?value {{ <{next(waiting)['claim']}> ?key ?value }}"))


def sample(content: str, number: str, out: str) -> dict[str, Any]:
    """Write the facts and the first so many figures, as N-Triples."""
    subject, left, lines = b"", int(number) + 1, 0
    with Path(out).open("wb") as file:
        file.write(Path(content, "facts.nt").read_bytes())
        with Path(content, "graph.nt").open("rb") as graph:
            for line in filter(lambda line: line.startswith(FIGURE), graph):
                if not line.startswith(subject + b" "):
                    subject, left = line.split(b" ", 1)[0], left - 1
                    if not left:
                        break
                file.write(line)
                lines += 1
    return {"triples": lines}


def shacl(path: str) -> dict[str, Any]:
    """The shapes by the engine that ``kg check`` and ``kg build`` use."""
    from kg import shapes
    from kg.facts import Facts
    from kg.vocabulary import vocabulary

    return {"findings": len(shapes.check(Path(path), Facts(), vocabulary()))}


def pyshacl(path: str) -> dict[str, Any]:
    """The shapes by the reference engine."""
    import pyshacl
    import rdflib

    from kg import resources

    graph = rdflib.Graph().parse(path, format="nt")
    _, found, _ = pyshacl.validate(graph, shacl_graph=str(resources.ontology() / "shapes.ttl"))
    return {"findings": len(list(found.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))}


if __name__ == "__main__":
    main({task.__name__: task for task in (store, memory, rdflib, duckdb, polars, named, plain, look, sample, shacl, pyshacl)})
