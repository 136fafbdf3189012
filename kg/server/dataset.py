"""The data set's description as triples: what it holds, and where its downloads are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg import pages
from kg.formats import Format
from kg.graph import Graph
from kg.server.schema import DOWNLOADS, NAME, licence
from kg.server.things import SYNTAXES
from kg.vocabulary import BASE, ENF, prefixes

SPACES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#", "void": "http://rdfs.org/ns/void#", "dcat": "http://www.w3.org/ns/dcat#",
    "formats": "http://www.w3.org/ns/formats/", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}  # fmt: skip
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_UNREGISTERED = {"application/graphml+xml", "application/gexf+xml"}  # IANA has no IRI for them

Description = Iterator[ox.Triple]


def node(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name.

    >>> node("void:Dataset").value
    'http://rdfs.org/ns/void#Dataset'
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(SPACES[prefix] + local)


def dataset(at: str, graph: Graph, sha256: str, formats: Sequence[Format] = DOWNLOADS, is_asked: bool = True) -> Description:
    """The data set (VoID, W3C Note of 2011) in a catalogue, with its downloads (DCAT 3, §6); ``is_asked``: it has an endpoint.

    >>> len(list(dataset("http://127.0.0.1/", graph, "0", is_asked=False))) < len(list(dataset("http://127.0.0.1/", graph, "0")))
    True
    """
    it, catalogue, terms = ox.NamedNode(f"{at}void#dataset"), ox.NamedNode(f"{at}void#catalog"), licence(graph)
    for each, kind in ((it, "void:Dataset"), (it, "dcat:Dataset"), (catalogue, "dcat:Catalog")):
        yield ox.Triple(each, node("rdf:type"), node(kind))
    for each in (it, catalogue):
        yield from _called(at, each, terms)
    yield ox.Triple(catalogue, node("dcat:dataset"), it)
    yield ox.Triple(it, node("dcterms:identifier"), ox.Literal(f"sha256:{sha256}"))
    if is_asked:
        yield ox.Triple(it, node("void:sparqlEndpoint"), ox.NamedNode(f"{at}sparql"))
    yield ox.Triple(it, node("void:uriSpace"), ox.Literal(BASE))
    yield ox.Triple(it, node("void:triples"), ox.Literal(str(len(graph)), datatype=_INTEGER))
    for prefix, space in prefixes().items():
        if prefix != "xsd":
            yield ox.Triple(it, node("void:vocabulary"), ox.NamedNode(space))
    yield from _parts(at, it, graph)
    yield from _files(at, it, formats, terms)


def _called(at: str, it: ox.NamedNode, terms: str) -> Description:
    """What a catalogue and its data set are called, where their page is, and their licence."""
    yield ox.Triple(it, node("dcterms:title"), ox.Literal(NAME))
    for language in pages.languages():
        yield ox.Triple(it, node("dcterms:description"), ox.Literal(pages.interface(language)[1]["site"]["lead"], language=language))
    yield ox.Triple(it, node("foaf:homepage"), ox.NamedNode(at))
    if terms:
        yield ox.Triple(it, node("dcterms:license"), ox.NamedNode(terms))


def counted(graph: Graph, sha256: str) -> Graph:
    """The graph with what its build would have recorded, also where it has no manifest: how many things of each class there are.

    >>> counted(Graph(graph.store), "0").manifest["counts"] == dict(sorted(graph.manifest["counts"].items()))
    True
    """
    from kg.builder import counts

    found = graph.manifest.get("counts") or counts(graph.store)
    return Graph(graph.origin, {"sha256": sha256, **graph.manifest, "counts": dict(sorted(found.items()))}, graph.content)


def _parts(at: str, it: ox.NamedNode, graph: Graph) -> Description:
    """How many things of each class there are."""
    for name, number in graph.manifest.get("counts", {}).items():
        part = ox.NamedNode(f"{at}void#{name}")
        yield ox.Triple(it, node("void:classPartition"), part)
        yield ox.Triple(part, node("void:class"), ox.NamedNode(ENF + name))
        yield ox.Triple(part, node("void:entities"), ox.Literal(str(number), datatype=_INTEGER))


def _files(at: str, it: ox.NamedNode, formats: Sequence[Format], terms: str) -> Description:
    for each in formats:
        file, part = ox.NamedNode(f"{at}downloads/{NAME}{each.suffix}"), ox.NamedNode(f"{at}void#{each.name}")
        yield ox.Triple(it, node("dcat:distribution"), part)
        yield ox.Triple(part, node("rdf:type"), node("dcat:Distribution"))
        yield ox.Triple(part, node("dcat:accessURL"), file)
        yield ox.Triple(part, node("dcat:downloadURL"), file)
        if terms:
            yield ox.Triple(part, node("dcterms:license"), ox.NamedNode(terms))
        if each.media_type not in _UNREGISTERED:
            yield ox.Triple(part, node("dcat:mediaType"), ox.NamedNode(_MEDIA_TYPES + each.media_type))
        if each.suffix in SYNTAXES:
            yield ox.Triple(it, node("void:dataDump"), file)
