"""Every IRI of the graph has an address here: it leads to documents, in RDF and for people (Cool URIs for the Semantic Web, §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg import resources
from kg.graph import Graph
from kg.server.answers import Answer
from kg.vocabulary import BASE, ENF, prefixes

# Suffix, media type and syntax of the documents, the best liked first.
SYNTAXES = {
    ".ttl": ("text/turtle", ox.RdfFormat.TURTLE), ".jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    ".nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES), ".rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
}  # fmt: skip
MOST = 1_000  # links to a thing that its document holds
SAFE = "/:@!$&'()*+,;=~-._"
ONTOLOGY, SHAPES = ox.NamedNode(BASE + "ontology"), ox.NamedNode(BASE + "shapes")
_SEE_ALSO = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
_OUTSIDE_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_TERMS = f"""PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT DISTINCT ?term {{ ?term a ?kind
    VALUES ?kind {{ owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty rdf:Property rdfs:Class }}
    FILTER(STRSTARTS(STR(?term), "{ENF}")) }} ORDER BY ?term"""


def address(iri: str) -> str:
    """A thing's documents' own name, as it stands in their web addresses; ``named`` takes it back.

    >>> address(BASE + "platform/a?b%20c"), named("platform/a?b%20c")
    ('platform/a%3Fb%2520c', 'https://w3id.org/enforcement-kg/platform/a?b%20c')
    """
    return quote(iri.removeprefix(BASE), safe=SAFE)


def named(name: str) -> str:
    """The IRI of a thing of this name."""
    return BASE + name


def candidates(target: str) -> Iterator[str]:
    """IRIs that a request for ``target`` (raw path and query, no slash before it) may mean (RFC 3987, §3.2), the likeliest first.

    >>> [each.removeprefix(BASE) for each in candidates("x/%E5%BE%AE?lang=en")]
    ['x/微?lang=en', 'x/%E5%BE%AE?lang=en', 'x/微', 'x/%E5%BE%AE']
    """
    for form in (target, target.partition("?")[0]):
        yield from dict.fromkeys(named(each) for each in (_OUTSIDE_ASCII.sub(_decoded, form), form, unquote(form)))
        if "?" not in target:
            return


def _decoded(found: re.Match[str]) -> str:
    text = unquote(found[0], errors="replace")
    return found[0] if "\ufffd" in text else text


@cache
def shapes() -> tuple[ox.Triple, ...]:
    """The rules of the ontology, which stay out of the graph; their blank nodes are named by what they hold (RDFC-1.0)."""
    found = ox.Dataset(ox.parse(path=resources.ontology() / "shapes.ttl", format=ox.RdfFormat.TURTLE))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(quad.triple for quad in found)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document is made of: the thing, the facts it has, and the first of those that lead to it."""

    thing: ox.NamedNode
    facts: tuple[ox.Triple, ...]
    links: tuple[ox.Triple, ...]
    more: bool


class Things:
    """The things of one graph, their documents made when first asked for and kept while they are much asked for."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.written = lru_cache(maxsize=4096)(self._written)
        self.document = lru_cache(maxsize=16)(self._document)
        self.terms = lru_cache(maxsize=1)(self._terms)

    def find(self, iris: Iterable[str]) -> ox.NamedNode | None:
        """The first of ``iris`` that the graph holds."""
        for iri in iris:
            try:
                node = ox.NamedNode(iri)
            except ValueError:
                continue
            if self._holds(node):
                return node
        return None

    def _holds(self, node: ox.NamedNode) -> bool:
        if node == SHAPES:
            return self._holds(ONTOLOGY)
        held = self.graph.store.quads_for_pattern
        return any(True for found in (held(node, None, None), held(None, None, node), held(None, node, None)) for _ in found)

    def _terms(self) -> tuple[ox.NamedNode, ...]:
        rows = self.graph.store.query(_TERMS, prefixes=prefixes())
        return tuple(row["term"] for row in rows)  # type: ignore[union-attr]

    def _document(self, thing: ox.NamedNode) -> Document:
        """The facts around a thing; the ontology's are those of all its terms, the shapes' those of all shapes."""
        subjects = [thing, *(self.terms() if thing == ONTOLOGY else ())]
        facts = [*(triple for subject in subjects for triple in self._pattern(subject, None)), *(shapes() if thing == SHAPES else ())]
        links = list(islice(self._pattern(None, thing), MOST + 1))
        return Document(thing, tuple(sorted(facts, key=str)), tuple(sorted(links[:MOST], key=str)), len(links) > MOST)

    def _pattern(self, subject: ox.NamedNode | None, of: ox.NamedNode | None) -> Iterator[ox.Triple]:
        return (quad.triple for quad in self.graph.store.quads_for_pattern(subject, None, of, ox.DefaultGraph()))

    def _written(self, name: str, suffix: str) -> Answer | None:
        """The document of this name in the syntax of ``suffix``; where it does not hold all links it says where they are."""
        thing = self.find([named(name)])
        if thing is None:
            return None
        found, (media, syntax) = self.document(thing), SYNTAXES[suffix]
        triples = [*found.facts, *found.links]
        if found.more:
            query = quote(f"SELECT * {{ ?subject ?property <{thing.value}> }}", safe="")
            triples.append(ox.Triple(thing, _SEE_ALSO, ox.NamedNode(f"{BASE}sparql?query={query}")))
        body = ox.serialize(triples, format=syntax, prefixes=prefixes()) or b""
        return Answer(200, f"{media}; charset=utf-8" if media.startswith("text/") else media, body)
