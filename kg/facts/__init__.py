"""Facts documents: the one form in which knowledge enters. Read strictly, with the line of everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import Finding, SourceError
from kg.facts.document import Node, Reading, complete
from kg.facts.strict import Lines, RefusedError, decode, parse_json, parse_yaml
from kg.vocabulary import Vocabulary

SUFFIXES = (".yaml", ".yml", ".jsonl")
# What extraction could not take, and how the names of its remarks end: no facts, though they may stand among them.
REJECTS, REMARKS = "rejects.jsonl", ".remarks.jsonl"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing is described: its file, its line, and the lines of its keys."""

    file: str
    line: int
    keys: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Facts:
    """What a folder of documents says: complete JSON-LD ``documents``, the ``places`` of things, and ``findings``."""

    documents: list[Node] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def claims(self) -> int:
        """How many claims the documents make."""
        return sum(len(document.get("claims", ())) for document in self.documents)


def files(path: Path) -> list[Path]:
    """The facts documents of a folder (or the one file), in the order of their names; raises SourceError.

    >>> from kg import resources
    >>> files(resources.data())[0].name
    'authorities.yaml'
    """
    if not path.exists():
        raise SourceError(f"{path}: there is no such file or folder; name the folder of facts documents")
    found = [path] if path.is_file() else sorted(p for p in path.rglob("*") if _is_document(p.name) and p.is_file())
    if not found:
        raise SourceError(f"{path}: no facts document ({', '.join(SUFFIXES)}) here; name the folder that holds them")
    return found


def _is_document(name: str) -> bool:
    return name.endswith(SUFFIXES) and name != REJECTS and not name.endswith(REMARKS)


def _documents(path: Path) -> Iterator[tuple[Any, Lines, int]]:
    """The documents of one file with their lines; the number behind is the line each begins on."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; check the file and its permissions") from error
    text = decode(raw)
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield parse_json(line, number), {}, number
    else:
        document, lines = parse_yaml(text)
        if document is None:
            raise RefusedError(1, "the document is empty", "begin with 'id: source/…'")
        yield document, lines, 1


def _read_file(path: Path, name: str, vocabulary: Vocabulary, facts: Facts) -> None:
    keys: dict[tuple[str, str], Any] = {}
    try:
        for document, lines, line in _documents(path):
            reading = Reading(name, vocabulary, lines, line, facts.findings, keys)
            inner = _lines_by_thing(lines)
            for iri, where in complete(document, reading):
                _describe(iri, Place(name, reading.place(where), inner.get(where, {})), facts)
            facts.documents.append(document)
    except RefusedError as refused:
        facts.findings.append(refused.finding(name))


def _lines_by_thing(lines: Lines) -> dict[tuple[Any, ...], dict[str, int]]:
    """The lines of each thing's keys: of the document itself at (), of a list's items at (list, index)."""
    found: dict[tuple[Any, ...], dict[str, int]] = {}
    for path, line in lines.items():
        if path:
            found.setdefault(path[:2] if len(path) > 2 else (), {}).setdefault(path[-1], line)
    return found


def _describe(iri: str, place: Place, facts: Facts) -> None:
    """Everything is described once."""
    other = facts.places.setdefault(iri, place)
    if other is not place:
        facts.findings.append(
            Finding(place.file, place.line, f"'{iri}' is described a second time", f"it already stands at {other.file}:{other.line}")
        )


def read(path: Path, vocabulary: Vocabulary) -> Facts:
    """All facts documents under ``path``; faults are in ``.findings``, one unreadable file hides no other.

    Raises SourceError where there is nothing to read.

    >>> from kg import resources
    >>> from kg.vocabulary import vocabulary
    >>> facts = read(resources.data(), vocabulary())
    >>> facts.findings, "authority/cac" in facts.places
    ([], True)
    """
    facts = Facts()
    for file in files(path):
        _read_file(file, str(file), vocabulary, facts)
    return facts
