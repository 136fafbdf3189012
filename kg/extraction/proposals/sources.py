"""The head of a proposed document: what is known of the source, from its description, the graph and the text itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import FactsError, Finding, SourceError
from kg.facts.document import LISTS, Reading, complete
from kg.facts.strict import RefusedError, check_text, decode, parse_yaml
from kg.graph import Graph
from kg.verdicts.words import Words
from kg.verdicts.world import Record, World, read
from kg.vocabulary import BASE, Vocabulary

KEYS = (
    "id", "type", "publisher", "published", "said", "language", "url", "archive", "sha256", "coverage", "role", "copiedFrom", "derivedFrom",
)  # fmt: skip
# What a text tells of itself as long as nobody says otherwise; a person reviews it.
_USUAL = {"type": "Report", "coverage": "complete", "role": "secondary"}
_CODED = ("role", "coverage")
_LONGEST = 60  # characters of a slug


@dataclass(frozen=True)
class Known:
    """What a graph knows: its claims, measures and sources, and the labels of everything in English and Chinese."""

    graph: Graph
    told: dict[str, Any] = field(default_factory=dict)  # what the claims about each measure tell, once it was asked for

    @cached_property
    def world(self) -> World:
        """Claims by what they are about."""
        return read(self.graph.store)

    @cached_property
    def labels(self) -> dict[str, Words]:
        """Labels by language."""
        return {language: Words(self.graph.store, language) for language in ("en", "zh")}

    @cached_property
    def _by_hash(self) -> dict[str, Record]:
        return {source.one("sha256"): source for source in self.world.sources.values() if source.one("sha256")}

    def several(self, concept: str) -> str:
        """The English label of a concept for more than one: the recognised word that adds an s to it, else the label."""
        label = self.labels["en"].label(concept)
        quads = self.graph.store.quads_for_pattern(ox.NamedNode(BASE + concept), None, ox.Literal(label + "s", language="en"), None)
        return label + "s" if any(quads) else label

    def with_text(self, digest: str) -> Record | None:
        """The source whose text has this SHA-256."""
        return self._by_hash.get(digest)


def read_description(path: Path, vocabulary: Vocabulary) -> dict[str, Any]:
    """What a description tells of a source: keys of a facts document's head; raises FactsError, each fault with its line."""
    try:
        given, lines = parse_yaml(decode(path.read_bytes()))
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; name the file that describes the source") from error
    except RefusedError as refused:
        raise FactsError("nothing was extracted", [refused.finding(str(path))]) from None
    findings = list(_faults(given, Reading(str(path), vocabulary, lines)))
    if findings:
        raise FactsError("nothing was extracted", findings)
    return {key: given[key] for key in KEYS if key in given}


def _faults(given: Any, reading: Reading) -> Iterator[Finding]:
    if not isinstance(given, Mapping):
        reading.refuse((), "no description of a source", "write keys and values: 'publisher: …', 'published: …'")
        given = {}
    for name in LISTS.keys() & given.keys():
        reading.refuse((name,), f"'{name}' in the description of a source", "leave it out; claims are what is extracted")
    whole = {"id": "source/unnamed", "type": _USUAL["type"]} | {key: value for key, value in given.items() if key not in LISTS}
    for _ in complete(whole, reading):
        pass
    yield from reading.findings


def fault(key: str, value: str, vocabulary: Vocabulary) -> Finding | None:
    """Why a document cannot hold what a text tells of its source, None where it can.

    >>> from kg.vocabulary import vocabulary
    >>> fault("url", "javascript:alert(1)", vocabulary()).what
    "'javascript:alert(1)' in 'url' is no address"
    """
    try:
        check_text(value, None)
    except RefusedError as refused:
        return refused.finding(key)
    return next(_faults({key: value}, Reading(key, vocabulary, {})), None)


def head(
    given: Mapping[str, Any], text: str, language: str, name: str, known: Known, *, is_named: bool = False
) -> tuple[dict[str, Any], list[str]]:
    """The head of the document for ``text``: what ``given`` says, else what the graph knows of this text, else what follows; and doubts.

    The source is called by its publisher and date, or by ``name`` where one is given or there is no publisher; with -2 where
    the graph has another text of that name. What nobody knows is left out. Where the graph has this text it is that source,
    unless another publisher is given or the text ``is_named``: then it is a copy, and a doubt says of which.
    """
    digest = sha256(text.encode()).hexdigest()
    twin = known.with_text(digest)
    is_copy = twin is not None and (is_named or given.get("publisher", twin.one("publisher")) != twin.one("publisher"))
    record = known.world.sources.get(str(given.get("id", ""))) or (None if is_copy else twin)
    found: dict[str, Any] = {"language": language} | _USUAL | (_of_record(record) if record else {}) | dict(given) | {"sha256": digest}
    publisher = slug(str(found.get("publisher", "")))
    words = name or (f"{publisher} {found.get('published', '')}" if publisher else "")
    called = found.setdefault("id", f"source/{slug(words, digest[:8]) or f'text-{digest[:8]}'}")
    doubts = []
    if twin and found["id"] != twin.iri:
        doubts.append(f"the graph has the same text as {twin.iri}: if it is that one, take its id; if a copy, say 'copiedFrom'")
    if given.get("sha256", digest) != digest:
        doubts.append(f"the description is of another text, by its sha256 {given['sha256']}")
    if called in known.world.sources and known.world.sources[called].one("sha256") not in ("", digest):
        if "id" not in given:
            found["id"] = Names(known.world.sources).free(called)
        doubts.append(
            f"{called} is another text in the graph: if this is that one changed, take its id, and 'kg cite' finds its quotes anew"
        )
    return {key: found[key] for key in KEYS if key in found}, doubts


class Names:
    """Names, each given once: ``taken`` are those that are.

    >>> names = Names({"a", "a-2"})
    >>> names.free("a"), names.free("a")
    ('a-3', 'a-4')
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self._last: dict[str, int] = {}

    def free(self, name: str) -> str:
        """``name``, or the first of name-2, name-3 … that is not taken; it is from then on."""
        number = self._last.get(name, 1)
        while (found := name if number == 1 else f"{name}-{number}") in self.taken:
            number += 1
        self._last[name] = number
        self.taken.add(found)
        return found


def _of_record(record: Record) -> dict[str, Any]:
    values = {key: record.all(key)[0] if len(record.all(key)) == 1 else list(record.all(key)) for key in KEYS if record.all(key)}
    values |= {key: record.code(key) for key in _CODED if key in values}
    return values | {"id": record.iri, "type": record.one("type").removeprefix("ontology#")}


def slug(words: str, ending: str = "") -> str:
    """``words`` as a part of an id: small ASCII letters, digits, hyphens; '' where nothing of them is left.

    What is too long is cut, and ends in ``ending``.

    >>> slug("Dataquest India 2023-05"), slug("Müller & Co."), slug("新华社")
    ('dataquest-india-2023-05', 'muller-co', '')
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    found = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(found) <= _LONGEST:
        return found
    cut = found[:_LONGEST].rpartition("-")[0] or found[:_LONGEST]
    return f"{cut}-{ending}" if ending else cut
