"""``ontology/`` as Python sees it: the keys a document may write, the codes they take, and what follows from them.

Nothing here names an account type, a penalty, a platform or a language: all of it is read from the folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg import resources
from kg.errors import VocabularyError
from kg.figures import Scales

BASE = "https://w3id.org/enforcement-kg/"
ENF = BASE + "ontology#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DOMAIN = "https://schema.org/domainIncludes"


@dataclass(frozen=True, slots=True)
class Term:
    """A key of the context: its property, what kind of value it takes, and where it may be written.

    ``kind``: code, thing, labels, integer, edtf, date or text. ``scheme``: the code list's IRI with a slash, for codes.
    ``group``: the nested key (figure, evidence) that it is written under, or ''. ``classes``: those it describes.
    ``written``: those on which a person writes it; elsewhere it is derived. ``earliest``, ``latest``: the keys
    that hold the first and last day of a date.
    """

    name: str
    iri: str
    kind: str
    scheme: str
    group: str
    classes: frozenset[str]
    written: frozenset[str]
    earliest: str
    latest: str


def _kind(definition: Mapping[str, Any], scheme: str, expand: Callable[[str], str]) -> str:
    if scheme:
        return "code"
    if definition.get("@container") == "@language":
        return "labels"
    iri = expand(definition.get("@type", ""))
    return {"@id": "thing", _XSD + "integer": "integer", _XSD + "date": "date", EDTF: "edtf"}.get(iri, "text")


@cache
def context(folder: Path | None = None) -> dict[str, Any]:
    """The JSON-LD context of the ontology: all the mapping from documents to RDF that there is.

    >>> context()["enf"]
    'https://w3id.org/enforcement-kg/ontology#'
    """
    text = ((folder or resources.ontology()) / "context.jsonld").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)["@context"]
    return found


@cache
def prefixes(folder: Path | None = None) -> dict[str, str]:
    """Prefix → namespace, from the context; what queries and serialisers use.

    >>> prefixes()["skos"]
    'http://www.w3.org/2004/02/skos/core#'
    """
    return {k: v for k, v in context(folder).items() if isinstance(v, str) and v[-1:] in "/#" and not k.startswith("@")}


class Vocabulary:
    """The ontology of one folder, read once: ``terms`` by key, ``codes`` by scheme, ``scales`` for figures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = ox.Store()
        for path in sorted(folder.glob("*.ttl")) + sorted(folder.glob("codes/*.ttl")) + sorted(folder.glob("align/*.ttl")):
            if path.name != "shapes.ttl":
                self._load(path)
        self.context = context(folder)
        self.terms = dict(self._terms())

    def _load(self, path: Path) -> None:
        try:
            self.store.load(path=str(path), format=ox.RdfFormat.TURTLE)
        except (SyntaxError, ValueError) as error:
            raise VocabularyError(f"{path}: {error}; mend the Turtle, the ontology must be readable") from error

    def expand(self, name: str) -> str:
        """The IRI of a compact name (``enf:text``), or the name itself where it has no known prefix."""
        prefix, colon, local = name.partition(":")
        space = self.context.get(prefix) if colon else None
        return space + local if isinstance(space, str) else name

    def _objects(self, subject: str, predicate: str) -> frozenset[str]:
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return frozenset(quad.object.value for quad in quads if isinstance(quad.object, (ox.NamedNode, ox.Literal)))

    def _terms(self) -> Iterator[tuple[str, Term]]:
        for name, given in self.context.items():
            definition = {"@id": given} if isinstance(given, str) else given
            if name.startswith("@") or name in prefixes(self.folder) or not isinstance(definition, dict):
                continue
            if not definition.get("@id", "@").startswith("@"):
                yield name, self._term(name, self.expand(definition["@id"]), definition)

    def _term(self, name: str, iri: str, definition: Mapping[str, Any]) -> Term:
        scheme = definition.get("@context", {}).get("@vocab", "")
        classes = frozenset(c.removeprefix(ENF) for c in self._objects(iri, _DOMAIN))
        derived = "true" in self._objects(iri, ENF + "derived")
        carried = frozenset(c.removeprefix(ENF) for c in self._objects(iri, ENF + "carriedTo"))
        days = [next(iter(self._objects(iri, ENF + end)), "").removeprefix(ENF) for end in ("earliest", "latest")]
        return Term(
            name=name, iri=iri, kind=_kind(definition, scheme, self.expand), scheme=scheme,
            group=definition.get("@nest", ""), classes=classes,
            written=frozenset() if derived else classes - carried, earliest=days[0], latest=days[1],
        )  # fmt: skip

    def parents(self, class_name: str) -> frozenset[str]:
        """The class and all the ontology's classes above it, by local name."""
        found, queue = {class_name}, [class_name]
        while queue:
            above = self._objects(ENF + queue.pop(), _RDFS + "subClassOf")
            new = {c.removeprefix(ENF) for c in above if c.startswith(ENF)} - found
            found |= new
            queue += new
        return frozenset(found)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Local names of the ontology's classes."""
        query = f"SELECT ?c {{ ?c a <http://www.w3.org/2002/07/owl#Class> FILTER(STRSTARTS(STR(?c), '{ENF}')) }}"
        return frozenset(row[0].value.removeprefix(ENF) for row in self.store.query(query))  # type: ignore[union-attr]

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """Local names of the concepts of each scheme, by the scheme's IRI with a slash behind it."""
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(_SKOS + "inScheme"), None, None):
            scheme = quad.object.value + "/"  # type: ignore[union-attr]
            found.setdefault(scheme, set()).add(quad.subject.value.removeprefix(scheme))  # type: ignore[union-attr]
        return {scheme: frozenset(names) for scheme, names in found.items()}

    @cached_property
    def bounds(self) -> dict[str, str]:
        """Which bound (``min`` or ``max``) takes a figure's value, by comparator code."""
        quads = self.store.quads_for_pattern(None, ox.NamedNode(ENF + "bound"), None, None)
        return {q.subject.value.rpartition("/")[2]: q.object.value.removeprefix(ENF) for q in quads}  # type: ignore[union-attr]

    @cached_property
    def scales(self) -> Scales:
        """The scale words of all languages, for reading figures."""
        words: dict[str, set[str]] = {}
        for label in ("prefLabel", "altLabel", "hiddenLabel"):
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(_SKOS + label), None, None):
                words.setdefault(quad.subject.value, set()).add(quad.object.value.casefold())  # type: ignore[union-attr]
        factors, clashes = {}, {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(ENF + "factor"), None, None):
            other = self._objects(quad.subject.value, ENF + "contradicts")  # type: ignore[union-attr]
            for word in words.get(quad.subject.value, ()):  # type: ignore[union-attr]
                factors[word] = int(quad.object.value)  # type: ignore[union-attr]
                clashes[word] = frozenset().union(*(words.get(concept, set()) for concept in other))
        return Scales(factors, clashes)

    @cached_property
    def version(self) -> str:
        """``owl:versionInfo`` of the ontology."""
        return min(self._objects(BASE + "ontology", "http://www.w3.org/2002/07/owl#versionInfo"), default="")


@cache
def vocabulary(folder: Path | None = None) -> Vocabulary:
    """The vocabulary of ``folder`` (default: the ontology that comes with the package); raises VocabularyError.

    >>> vocabulary().terms["penalty"].kind, vocabulary().bounds["over"]
    ('code', 'min')
    """
    return Vocabulary(folder or resources.ontology())
