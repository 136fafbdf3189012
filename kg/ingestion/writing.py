"""The finished tables → what the folder holds: ``graph.nt``, the columnar companion, and the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from kg.columns import FIGURES
from kg.errors import SourceError
from kg.graph import CONTENT, GRAPH, STORE, Graph
from kg.ingestion import checking, triples

if TYPE_CHECKING:
    import duckdb

_PIECE = 1 << 20


class Hashed:
    """A file being written, its SHA-256 and how many lines it has so far."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self._file, self._progress, self.sha256, self.lines = file, progress, hashlib.sha256(), 0

    def write(self, block: bytes | memoryview) -> None:
        """Append a block of whole lines, or a piece of one."""
        self._file.write(block)
        self.sha256.update(block)
        self.lines += bytes(block).count(b"\n")
        self._progress(self.lines)


def base_of(folder: Path, graph: Graph) -> Path:
    """The N-Triples of the graph in ``folder``; raises SourceError."""
    if not graph.manifest:
        raise SourceError(f"{folder}: not a built graph; run 'kg build' first or name another with --graph")
    return folder / graph.manifest.get(CONTENT, "") / GRAPH


def write(
    connection: duckdb.DuckDBPyConnection, base: Path, terms: triples.Terms, platforms: bytes, decisions: str, work: Path, scratch: Path, progress: Callable[[int], None]
) -> dict[str, Any]:
    """Write ``graph.nt`` (the base, platforms, figures and, with ``decisions``, SQL for their lines) and the figures table into ``work``.

    Every figure is held against the row rules, a sample of them against the shapes, before anything is written; raises ShapeError.
    """
    checking.rules(connection)
    lines = triples.of_figures(connection, terms)
    step = checking.every(terms.figures)
    tried = [triples.of_figures(connection, terms, step)]
    if decisions:
        checking.decisions(connection)
        tried.append(f"{decisions} LIMIT {checking.SAMPLE}")
    checking.sample(base, [platforms, *(block for query in tried for block in triples.stream(connection, query))], scratch)
    with (work / GRAPH).open("wb") as file, base.open("rb") as known:
        out = Hashed(file, progress)
        for block in iter(lambda: known.read(_PIECE), b""):
            out.write(block)
        out.write(platforms)
        for query in filter(None, (lines, decisions)):
            for block in triples.stream(connection, query):
                out.write(block)
    connection.sql("SELECT * EXCLUDE (tails, escaped, number) FROM figures").write_parquet(str(work / FIGURES), compression="zstd")
    return {"sha256": out.sha256.hexdigest(), "triples": out.lines, "sampled": -(-terms.figures // step)}


def load(work: Path, progress: Callable[[int], None]) -> ox.Store:
    """The store of ``graph.nt``, beside it on disk; ``progress`` hears how many bytes were taken in.

    Oxigraph's bulk loader works in memory of its own, apart from the writing's.
    """
    store = ox.Store(str(work / STORE))
    with (work / GRAPH).open("rb") as file:
        store.bulk_load(_Told(file, progress), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    return store


class _Told:
    """A file that tells how much of it was read."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self._file, self._progress = file, progress

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._file.read(size)
        self._progress(self._file.tell())
        return block
