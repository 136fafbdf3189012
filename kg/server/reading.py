"""A thing as a reader sees it: names, who says what of it with which verdict, facts, and what leads to it, all bounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from kg import pages
from kg.server.ontology import Concept, Ontology, Shape, Term
from kg.server.things import ONTOLOGY, SHAPES, Document, Things, address
from kg.verdicts.words import Kind, Words
from kg.vocabulary import BASE, ENF, prefixes

_MOST = 40  # values of a property, and claims, that a page shows
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_DRAWN = (ENF + "source", ENF + "subject")  # what the picture of claims links
_NAMES = (
    "http://www.w3.org/2000/01/rdf-schema#label",
    *(f"http://www.w3.org/2004/02/skos/core#{n}Label" for n in ("pref", "alt", "hidden")),
)


@dataclass(frozen=True, slots=True)
class Value:
    """A term in words: ``href``, where it has a page here; ``language``, where it is in one."""

    text: str
    href: str = ""
    language: str = ""
    fragment: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one property; ``more``: how many are left out, ``all``: where they are."""

    property: Value
    values: tuple[Value, ...]
    more: int
    all: str


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim: who makes it, in which words, and what its verdicts are."""

    source: Value
    claim: Value
    about: tuple[str, ...]
    text: str
    language: str
    quote: str
    gloss: str
    statement: str
    locator: str
    url: str
    verdicts: tuple[Kind, ...]
    is_reference: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a thing's page shows."""

    iri: str
    title: str
    kinds: tuple[Value, ...]
    names: tuple[Group, ...]
    facts: tuple[Group, ...]
    links: tuple[Group, ...]
    claims: tuple[Telling, ...]
    terms: tuple[Term, ...]
    schemes: tuple[Value, ...]
    shapes: tuple[Shape, ...]
    tree: tuple[Concept, ...]
    is_drawn: bool


class Reader:
    """Reads the things of a graph in one language (BCP 47)."""

    def __init__(self, things: Things, language: str) -> None:
        self._things, self._store, self.words = things, things.graph.store, Words(things.graph.store, language)
        self.name = lru_cache(maxsize=8192)(self._name)
        self.value = lru_cache(maxsize=8192)(self._value)
        # A claim is told on the page of each thing that it names.
        self._is_claim = lru_cache(maxsize=8192)(lambda node: bool(self._all(node, "source")))
        self._telling = lru_cache(maxsize=8192)(self._told)

    def read(self, thing: ox.NamedNode) -> Reading:
        """What the graph tells of ``thing``."""
        found = self._things.document(thing)
        own = [triple for triple in found.facts if triple.subject == thing]
        claims = self._claims(found)
        told = {node for node, _ in claims}
        is_ontology = thing == ONTOLOGY
        ontology = Ontology(self._things.graph, self)
        terms = map(ontology.term, self._things.terms() if is_ontology else ())
        return Reading(
            thing.value, self._title(found, claims), tuple(self.kinds(thing)), self._groups(own, _NAMES), self._groups(own),
            self._groups((t for t in found.links if t.subject not in told), of=thing),
            tuple(telling for _, telling in claims), tuple(terms),
            ontology.schemes() if is_ontology else (), ontology.shapes() if thing == SHAPES else (), ontology.tree(thing),
            any(triple.predicate.value in _DRAWN for triple in (*own, *found.links)),
        )  # fmt: skip

    def _title(self, found: Document, claims: list[tuple[ox.NamedNode, Telling]]) -> str:
        """The name of a thing; of a claim who says what of what."""
        told = next((telling for node, telling in claims if node == found.thing), None)
        if told is None:
            return self.name(found.thing)
        site, subjects = pages.interface(self.words.language)[1]["site"], map(self.name, self._all(found.thing, "subject"))
        return str(site["telling"]).format(told.source.text, site["comma"].join(filter(None, (told.text, *subjects))))

    def kinds(self, thing: ox.NamedNode) -> list[Value]:
        """What a thing is."""
        quads = self._store.quads_for_pattern(thing, ox.NamedNode(_TYPE), None, ox.DefaultGraph())
        return sorted((self.value(quad.object) for quad in quads), key=lambda each: each.text)

    def _value(self, term: object) -> Value:
        """A term in words."""
        if isinstance(term, ox.Literal):
            return Value(term.value, "", term.language or "")
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
            name, sharp, fragment = term.value.partition("#")
            return Value(self.name(term), f"/page/{address(name)}{sharp}{quote(fragment, safe='')}", fragment=bool(sharp))
        return Value(self.name(term)) if isinstance(term, ox.NamedNode) else Value(str(term))

    def _name(self, term: ox.NamedNode) -> str:
        short = term.value.removeprefix(BASE)
        if label := self.words.labels.get(short):
            return label
        if publisher := self._one(term, "publisher"):
            return publisher
        spaces = (f"{prefix}:{term.value.removeprefix(space)}" for prefix, space in prefixes().items() if term.value.startswith(space))
        return short if term.value.startswith(BASE) else next(spaces, short)

    def _one(self, subject: ox.NamedNode, name: str) -> str:
        return next((getattr(term, "value", "") for term in self._all(subject, name)), "")

    def _all(self, subject: ox.NamedNode, name: str) -> list[ox.NamedNode]:
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(ENF + name), None, ox.DefaultGraph())
        return [quad.object for quad in quads]  # type: ignore[misc]

    def _groups(self, triples: Iterable[ox.Triple], only: tuple[str, ...] = (), of: ox.NamedNode | None = None) -> tuple[Group, ...]:
        """Triples by property: what they say, or where ``of`` is given, what leads to it."""
        grouped: dict[ox.NamedNode, list[ox.Triple]] = {}
        for triple in triples:
            if (triple.predicate.value in only) if only else (of or triple.predicate.value not in (*_NAMES, _TYPE)):
                grouped.setdefault(triple.predicate, []).append(triple)
        return tuple(self._group(predicate, found, of) for predicate, found in grouped.items())

    def _group(self, predicate: ox.NamedNode, found: list[ox.Triple], of: ox.NamedNode | None) -> Group:
        pattern = f"?x {predicate} {of}" if of else f"{found[0].subject} {predicate} ?x"
        terms = [triple.subject if of else triple.object for triple in found[:_MOST]]
        values = sorted(map(self.value, terms), key=lambda each: (each.text, each.href))
        more = max(0, len(found) - _MOST)
        everything = f"/sparql?query={quote(f'SELECT ?x {{ {pattern} }} ORDER BY ?x', safe='')}" if more else ""
        return Group(self.value(predicate), tuple(values), more, everything)

    def _claims(self, found: Document) -> list[tuple[ox.NamedNode, Telling]]:
        """The claims about, by or with a thing, the reference first; a claim itself."""
        references = set(self._all(found.thing, "reference"))
        nodes = dict.fromkeys([found.thing, *references, *(t.subject for t in found.links)])
        claims = [node for node in nodes if isinstance(node, ox.NamedNode) and self._is_claim(node)]
        return [(node, self._heard(node, found.thing, node in references)) for node in claims[:_MOST]]

    def _heard(self, claim: ox.NamedNode, thing: ox.NamedNode, is_reference: bool) -> Telling:
        """A claim as it is told on the page of ``thing``."""
        told = self._telling(claim)
        subjects = (self.name(each) for each in self._all(claim, "subject") if each != thing)
        return replace(told, about=(*subjects, *told.about), is_reference=is_reference)

    def _told(self, claim: ox.NamedNode) -> Telling:
        source = self._all(claim, "source")[0]
        about = (*map(self.name, self._all(source, "role")), self._one(claim, "said"))
        names = ("text", "quote", "gloss", "statement", "locator", "url")
        text, quoted, gloss, statement, locator, url = (self._one(claim, name) for name in names)
        return Telling(
            self.value(source), Value(claim.value.removeprefix(BASE), f"/page/{address(claim.value)}"), tuple(filter(None, about)),
            text, self._one(source, "language") if quoted else "", quoted, gloss, statement, locator, url or self._one(source, "url"),
            tuple(self._verdicts(claim)), False,
        )  # fmt: skip

    def _verdicts(self, claim: ox.NamedNode) -> list[Kind]:
        """The kinds of a claim's verdicts, a person's judgement before the rule's; where all are the same, that one alone."""
        codes: set[str] = set()
        for verdict in self._leading(claim, "claim"):
            judged = [self._one(each, "kind") for each in self._leading(verdict, "overrules")]
            codes |= {each.rpartition("/")[2] for each in filter(None, judged or [self._one(verdict, "kind")])}
        found = [kind for code, kind in self.words.kinds.items() if code in codes]
        return [kind for kind in found if not kind.faithful] or found

    def _leading(self, thing: ox.NamedNode, name: str) -> list[ox.NamedNode]:
        quads = self._store.quads_for_pattern(None, ox.NamedNode(ENF + name), thing, ox.DefaultGraph())
        return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]
