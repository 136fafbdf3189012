"""The ontology as a reader looks it up: each term with its meaning, where it is used and an example; code lists as trees; shapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.server.things import shapes
from kg.vocabulary import ENF, prefixes

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.server.reading import Reader, Value

_RDF, _RDFS, _SKOS, _SCHEMA = (prefixes()[name] for name in ("rdf", "rdfs", "skos", "schema"))
_CLASS = prefixes()["owl"] + "Class"
_LABELS = (_RDFS + "label", _SKOS + "prefLabel")
_MATCHES = tuple(f"{_SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
# What a term's entry tells, in this order; its labels and its comment stand above.
_TOLD = (
    _RDFS + "subClassOf", _RDFS + "subPropertyOf", _SCHEMA + "domainIncludes", _RDFS + "range", *_MATCHES,
    *(ENF + name for name in ("carriedTo", "derived", "earliest", "latest")),
)  # fmt: skip
_SHAPES = """PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?shape ?of ?path ?message {
    ?shape sh:message ?message OPTIONAL { ?shape sh:targetClass|sh:targetSubjectsOf|sh:targetObjectsOf ?of }
    OPTIONAL { ?shape sh:path ?path FILTER(isIRI(?path)) } FILTER(isIRI(?shape)) } ORDER BY ?shape ?of ?path"""


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property; ``told``: property and values, ``used``: the properties of a class, ``example``: who has what."""

    name: str
    is_class: bool
    names: tuple[Value, ...]
    definitions: tuple[Value, ...]
    told: tuple[tuple[Value, tuple[Value, ...]], ...]
    used: tuple[Value, ...]
    example: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a code list with its labels in all languages, definition, matches elsewhere, and the narrower ones below it."""

    it: Value
    names: tuple[Value, ...]
    definitions: tuple[Value, ...]
    matches: tuple[tuple[Value, tuple[Value, ...]], ...]
    narrower: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule that a finished graph keeps: what it is about, and what it says where it is broken."""

    name: str
    about: tuple[Value, ...]
    message: str


class Ontology:
    """Reads the terms of a graph's ontology in one reader's language.

    >>> from kg.server.reading import Reader
    >>> from kg.server.things import Things
    >>> ontology = Ontology(graph, Reader(Things(graph), "en"))
    >>> [each.text for each in ontology.term(ox.NamedNode(ENF + "publisher")).names]
    ['publisher', '发布者']
    """

    def __init__(self, graph: Graph, reader: Reader) -> None:
        self._store, self._reader = graph.store, reader

    def term(self, term: ox.NamedNode) -> Term:
        """A class or property."""
        is_class = _CLASS in self._iris(term, _RDF + "type")
        return Term(
            term.value.removeprefix(ENF), is_class, self._values(term, *_LABELS), self._spoken(term, _RDFS + "comment"),
            self._groups(term, _TOLD), self._leading(term, _SCHEMA + "domainIncludes") if is_class else (), self._example(term, is_class),
        )  # fmt: skip

    def schemes(self) -> tuple[Value, ...]:
        """The code lists."""
        return self._leading(ox.NamedNode(_SKOS + "ConceptScheme"), _RDF + "type")

    def tree(self, scheme: ox.NamedNode) -> tuple[Concept, ...]:
        """The concepts of a code list, the narrower below the broader; () for what is none."""
        return self._concepts(scheme, _SKOS + "topConceptOf", frozenset())

    def shapes(self) -> tuple[Shape, ...]:
        """The rules that are checked when the graph is built."""
        found: dict[tuple[str, str], dict[Value, None]] = {}
        rows: Any = _shapes().query(_SHAPES)
        for shape, of, path, message in rows:
            about = found.setdefault((shape.value.rpartition("#")[2], message.value), {})
            about |= {self._reader.value(each): None for each in (of, path) if each is not None}
        return tuple(Shape(name, tuple(about), message) for (name, message), about in found.items())

    def _concepts(self, above: ox.NamedNode, by: str, seen: frozenset[ox.NamedNode]) -> tuple[Concept, ...]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(by), above, ox.DefaultGraph())
        found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)} - seen
        return tuple(self._concept(each, seen | {each}) for each in sorted(found, key=lambda each: (self._order(each), each.value)))

    def _concept(self, concept: ox.NamedNode, seen: frozenset[ox.NamedNode]) -> Concept:
        names, definitions = self._values(concept, *_LABELS), self._spoken(concept, _SKOS + "definition")
        below = self._concepts(concept, _SKOS + "broader", seen)
        return Concept(self._reader.value(concept), names, definitions, self._groups(concept, _MATCHES), below)

    def _order(self, concept: ox.NamedNode) -> int:
        return next((int(term.value) for term in self._all(concept, ENF + "order") if isinstance(term, ox.Literal)), 0)

    def _all(self, subject: ox.NamedNode, predicate: str) -> list[object]:
        return [quad.object for quad in self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None, ox.DefaultGraph())]

    def _iris(self, subject: ox.NamedNode, predicate: str) -> set[str]:
        return {term.value for term in self._all(subject, predicate) if isinstance(term, ox.NamedNode)}

    def _values(self, subject: ox.NamedNode, *predicates: str) -> tuple[Value, ...]:
        found = {self._reader.value(term) for predicate in predicates for term in self._all(subject, predicate)}
        return tuple(sorted(found, key=lambda each: (each.language, each.text, each.href)))

    def _spoken(self, subject: ox.NamedNode, predicate: str) -> tuple[Value, ...]:
        """Texts in the reader's language; where there is none, in all."""
        found = self._values(subject, predicate)
        return tuple(each for each in found if each.language == self._reader.words.language) or found

    def _groups(self, subject: ox.NamedNode, predicates: tuple[str, ...]) -> tuple[tuple[Value, tuple[Value, ...]], ...]:
        told = ((self._reader.value(ox.NamedNode(each)), self._values(subject, each)) for each in predicates)
        return tuple((property, values) for property, values in told if values)

    def _leading(self, thing: ox.NamedNode, predicate: str) -> tuple[Value, ...]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(predicate), thing, ox.DefaultGraph())
        return tuple(sorted((self._reader.value(quad.subject) for quad in quads), key=lambda each: (each.text, each.href)))

    def _example(self, term: ox.NamedNode, is_class: bool) -> tuple[Value, ...]:
        """The first by its IRI that is or has it, and what it has."""
        predicate, value = (ox.NamedNode(_RDF + "type"), term) if is_class else (term, None)
        quads = self._store.quads_for_pattern(None, predicate, value, ox.DefaultGraph())
        first = min(quads, key=lambda quad: (str(quad.subject), str(quad.object)), default=None)
        if first is None:
            return ()
        return tuple(self._reader.value(each) for each in ((first.subject,) if is_class else (first.subject, first.object)))


@cache
def _shapes() -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in shapes())
    return store
