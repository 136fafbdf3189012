"""Facts → rules → shapes → a finished graph, swapped in whole."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import facts as facts_documents
from kg import resources, rules, shapes, verdicts
from kg.errors import FactsError, Finding, ShapeError, SourceError
from kg.facts import Facts
from kg.facts.document import Node
from kg.facts.loading import load_documents
from kg.graph import GRAPH, Graph, beside, holds_content, save
from kg.vocabulary import ENF, Vocabulary, vocabulary

Progress = Callable[[str], None]


def _quiet(_: str) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: the ``graph`` in memory and its ``manifest`` (counts, versions, SHA-256)."""

    graph: Graph
    manifest: Mapping[str, Any]


def _taken(documents: list[Node]) -> Iterator[Node]:
    """Each document once, and held no longer: the store has it then."""
    documents.reverse()
    while documents:
        yield documents.pop()


def _assemble(documents: Iterable[Node], words: Vocabulary, progress: Progress) -> ox.Store:
    progress("loading claims")
    store = ox.Store()
    store.extend(list(words.store))
    load_documents(store, documents, words.context)
    progress("deriving facts")
    rules.derive(store, words.folder)
    progress("comparing claims")
    verdicts.derive(store)
    return store


def _write(store: ox.Store, path: Path) -> tuple[str, int]:
    """The canonical lines of ``store`` into ``path``; their SHA-256 and number."""
    store.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())  # read back by lines, they are in memory once
    with path.open("rb") as dumped:
        lines, sha = sorted(dumped), hashlib.sha256()
    with path.open("wb") as file:
        for line in lines:
            sha.update(line)
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    return sha.hexdigest(), len(lines)


def counts(store: ox.Store) -> dict[str, int]:
    """How many things of each of the ontology's classes the graph holds, by class, in the ontology's order.

    >>> counts(graph.store)["Campaign"] >= 3
    True
    """
    query = f"""PREFIX enf: <{ENF}> SELECT ?class (COUNT(?thing) AS ?n) WHERE {{
        ?class enf:order ?order ; a <http://www.w3.org/2002/07/owl#Class> . ?thing a ?class }} GROUP BY ?class ?order ORDER BY ?order"""
    return {row["class"].value.removeprefix(ENF): int(row["n"].value) for row in store.query(query)}  # type: ignore[union-attr]


def check(data: Path | None = None, texts: Path | None = None) -> tuple[list[Finding], Facts, tuple[int, int]]:
    """All findings in the facts under ``data`` without writing a graph; and with ``texts`` every quote's proof.

    Returns the findings, the facts, and how many quotes were proven and how many lack their text.

    >>> findings, facts, proofs = check()
    >>> findings
    []
    """
    words = vocabulary()
    facts = facts_documents.read(data or resources.data(), words)
    findings, proven, absent = list(facts.findings), 0, 0
    if not findings:
        with tempfile.TemporaryDirectory() as folder, beside(Path(folder) / GRAPH) as path:
            _write(_assemble(facts.documents, words, _quiet), path)
            findings = shapes.check(path, facts, words)
    if texts and not findings:
        findings, proven, absent = shapes.prove(facts, shapes.texts(texts))
    return findings, facts, (proven, absent)


def build(data: Path | str | None = None, out: Path | str = "build", progress: Progress = _quiet) -> Build:
    """Build the graph of the facts under ``data`` (default: those that come with the package) into the folder ``out``.

    Raises FactsError (documents) or ShapeError (structure) with every finding where a file or folder
    cannot be read or written. In each case the last good build in ``out`` stays as it is.

    >>> import tempfile
    >>> build(out=tempfile.mkdtemp()).manifest["counts"]["Claim"] > 60
    True
    """
    folder, words = Path(out), vocabulary()
    if holds_content(folder):
        raise SourceError(f"{folder}: holds a graph of 'kg ingest'; name another folder with --out")
    progress("reading documents")
    source = Path(data) if data else resources.data()
    facts = facts_documents.read(source, words)
    if facts.findings:
        raise FactsError(_verdict(facts.findings, "nothing was built"), facts.findings)
    documents = len(facts.documents)
    store = _assemble(_taken(facts.documents), words, progress)
    with beside(folder / GRAPH) as path:
        progress("sorting triples")
        sha256, triples = _write(store, path)
        progress("checking shapes")
        if findings := shapes.check(path, facts, words):
            raise ShapeError(_verdict(findings, "nothing was built"), findings)
        manifest = {
            "sha256": sha256, "data": _digest(facts_documents.files(source)), "triples": triples,
            "documents": documents, "counts": counts(store),
            "ontology": words.version, "software": version("enforcement-kg"),
        }  # fmt: skip
        save(folder, path, manifest)
    return Build(Graph(store, manifest), manifest)


def _digest(files: Iterable[Path]) -> str:
    """The version of the data: SHA-256 over the bytes of all its documents in their order."""
    sha = hashlib.sha256()
    for file in files:
        sha.update(file.read_bytes())
    return sha.hexdigest()


def _verdict(findings: list[Finding], end: str) -> str:
    return f"{len(findings)} finding{'s' * (len(findings) != 1)}; {end}"
