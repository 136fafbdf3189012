"""The finished tables → what the folder holds: ``graph.nt``, the columnar companion, and the store."""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pyoxigraph as ox

from kg.columns import FACTS, FIGURES
from kg.errors import SourceError
from kg.graph import GRAPH, STORE, Graph
from kg.ingestion import checking, triples

if TYPE_CHECKING:
    import duckdb

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Base:
    """What figures are joined to: a graph's N-Triples, the ``facts`` among them, and the tables of figures that it has already."""

    graph: Path
    facts: Path
    figures: tuple[Path, ...]


def base_of(folder: Path, graph: Graph) -> Base:
    """The files of the graph in ``folder``; raises SourceError where it was not built."""
    if not graph.manifest:
        raise SourceError(f"{folder}: not a built graph; run 'kg build' first or name another with --graph")
    if not graph.content:
        return Base(folder / GRAPH, folder / GRAPH, ())
    return Base(graph.content / GRAPH, graph.content / FACTS, (graph.content / FIGURES,))


def write(
    connection: duckdb.DuckDBPyConnection, base: Base, terms: triples.Terms, platforms: bytes, decisions: str,
    work: Path, scratch: Path, progress: Callable[[int], None],
) -> dict[str, Any]:  # fmt: skip
    """Write facts, graph and table into ``work``; ``decisions`` is SQL for the lines of decisions, or "".

    Every figure is held against the row rules, a sample of them against the shapes, before the graph is written; raises ShapeError.
    """
    checking.rules(connection)
    if base.figures:
        connection.read_parquet([str(path) for path in base.figures], union_by_name=True).create_view("known")
        checking.new(connection)
    triples.in_order(connection)
    with (work / FACTS).open("wb") as file, base.facts.open("rb") as known:
        shutil.copyfileobj(known, file)
        file.write(platforms)
    step = checking.every(terms.figures)
    tried = [triples.of_figures(connection, terms, step)]
    if decisions:
        checking.decisions(connection)
        tried.append(f"{decisions} LIMIT {checking.SAMPLE}")
    checking.sample(work / FACTS, (lines for query in tried for lines in triples.stream(connection, query)), scratch)
    every = (triples.stream(connection, query) for query in filter(None, (triples.of_figures(connection, terms), decisions)))
    with (work / GRAPH).open("wb") as file, base.graph.open("rb") as known:
        for block in itertools.chain(iter(lambda: known.read(_PIECE), b""), [platforms], *every):
            file.write(block)
            progress(file.tell())
    _table(connection, base, work / FIGURES)
    return {"sampled": -(-terms.figures // step)}


def _table(connection: duckdb.DuckDBPyConnection, base: Base, into: Path) -> None:
    """The table of figures: the new ones, in the order of their claims, behind those of the base."""
    new = "SELECT * EXCLUDE (tails, escaped, number) FROM figures"
    query = f"FROM known UNION ALL BY NAME {new}" if base.figures else new
    connection.sql(query).write_parquet(str(into), compression="zstd")


def load(work: Path, progress: Callable[[int], None]) -> tuple[ox.Store, dict[str, Any]]:
    """The store of ``graph.nt``, beside it on disk, and what was read from there: its SHA-256 and how many triples it has.

    ``progress`` hears how many bytes were taken in. Oxigraph's bulk loader works in memory of its own, apart from the writing's.
    """
    store = ox.Store(str(work / STORE))
    with (work / GRAPH).open("rb") as file:
        read = _Read(file, progress)
        store.bulk_load(cast(BinaryIO, read), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    return store, {"sha256": read.sha256.hexdigest(), "triples": read.lines}


class _Read:
    """A file that another reads: how much of it was read, its SHA-256 and how many lines it has so far."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self._file, self._progress, self.sha256, self.lines = file, progress, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._file.read(size)
        self.sha256.update(block)
        self.lines += block.count(b"\n")
        self._progress(self._file.tell())
        return block
