"""What this service says of itself: SPARQL 1.1 Service Description and VoID, which share the data set's description."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.formats import FORMATS
from kg.server import screens
from kg.server.answers import Answer, compressed, problem
from kg.server.negotiation import preferred
from kg.server.responses import not_modified, response, tag, takes_gzip, tongue, unchanged
from kg.server.service import Served, Service
from kg.server.things import SYNTAXES
from kg.vocabulary import BASE, ENF, prefixes

_SPACES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#", "void": "http://rdfs.org/ns/void#", "dcat": "http://www.w3.org/ns/dcat#",
    "formats": "http://www.w3.org/ns/formats/", "dcterms": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}  # fmt: skip
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_VARY = "Accept, Accept-Encoding, Accept-Language"

Description = Iterator[ox.Triple]


def node(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name.

    >>> node("void:Dataset").value
    'http://rdfs.org/ns/void#Dataset'
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(_SPACES[prefix] + local)


def home(request: Request) -> str:
    """The address of this server as the client knows it; its own where the client's is no name of a host."""
    told = request.headers.get("host", "")
    host = told if _HOST.fullmatch(told) else "{}:{}".format(*request.scope["server"])
    return f"{request.url.scheme}://{host}/"


def service(at: str) -> Description:
    """The endpoint (SPARQL 1.1 Service Description, §3)."""
    endpoint, dataset, graph = (ox.NamedNode(at + name) for name in ("sparql", "void#dataset", "void#graph"))
    yield ox.Triple(endpoint, node("rdf:type"), node("sd:Service"))
    yield ox.Triple(endpoint, node("sd:endpoint"), endpoint)
    yield ox.Triple(endpoint, node("sd:supportedLanguage"), node("sd:SPARQL11Query"))
    for name in _RESULTS:
        yield ox.Triple(endpoint, node("sd:resultFormat"), node(f"formats:{name}"))
    yield ox.Triple(endpoint, node("sd:defaultDataset"), dataset)
    yield ox.Triple(dataset, node("rdf:type"), node("sd:Dataset"))
    yield ox.Triple(dataset, node("sd:defaultGraph"), graph)
    yield ox.Triple(graph, node("rdf:type"), node("sd:Graph"))


def dataset(at: str, served: Served) -> Description:
    """The data set (W3C Interest Group Note on VoID, 2011) and its downloads (DCAT 3, §6.8)."""
    it = ox.NamedNode(f"{at}void#dataset")
    yield ox.Triple(it, node("rdf:type"), node("void:Dataset"))
    yield ox.Triple(it, node("rdf:type"), node("dcat:Dataset"))
    yield ox.Triple(it, node("dcterms:title"), ox.Literal(screens.NAME))
    yield ox.Triple(it, node("dcterms:identifier"), ox.Literal(f"sha256:{served.sha256}"))
    yield ox.Triple(it, node("foaf:homepage"), ox.NamedNode(at))
    yield ox.Triple(it, node("void:sparqlEndpoint"), ox.NamedNode(f"{at}sparql"))
    yield ox.Triple(it, node("void:uriSpace"), ox.Literal(BASE))
    yield ox.Triple(it, node("void:triples"), ox.Literal(str(len(served.graph)), datatype=_INTEGER))
    for prefix, space in prefixes().items():
        if prefix != "xsd":
            yield ox.Triple(it, node("void:vocabulary"), ox.NamedNode(space))
    yield from _parts(at, it, served)
    yield from _files(at, it)


def _parts(at: str, it: ox.NamedNode, served: Served) -> Description:
    """How many things of each class there are."""
    for name, number in served.graph.manifest.get("counts", {}).items():
        part = ox.NamedNode(f"{at}void#{name}")
        yield ox.Triple(it, node("void:classPartition"), part)
        yield ox.Triple(part, node("void:class"), ox.NamedNode(ENF + name))
        yield ox.Triple(part, node("void:entities"), ox.Literal(str(number), datatype=_INTEGER))


def _files(at: str, it: ox.NamedNode) -> Description:
    for each in FORMATS:
        if each.of_graph:
            file, part = ox.NamedNode(f"{at}downloads/{screens.NAME}{each.suffix}"), ox.NamedNode(f"{at}void#{each.name}")
            yield ox.Triple(it, node("dcat:distribution"), part)
            yield ox.Triple(part, node("rdf:type"), node("dcat:Distribution"))
            yield ox.Triple(part, node("dcat:downloadURL"), file)
            yield ox.Triple(part, node("dcterms:format"), ox.Literal(each.media_type))
            if each.suffix in SYNTAXES:
                yield ox.Triple(it, node("void:dataDump"), file)


def _described(request: Request, served: Served, triples: Description, page: Answer | None = None) -> Response:
    media = dict(SYNTAXES.values())
    chosen = preferred(request.headers.get("accept", ""), [*media, *(["text/html"] if page else [])])
    etag = tag(served.sha256, home(request), request.url.path, chosen, *tongue(request), str(takes_gzip(request)))
    if unchanged(request, etag):
        return not_modified(etag, _VARY)
    if not chosen:
        return response(problem(406, f"this is described as {', '.join(media)}; ask for one of them"), vary=_VARY)
    if page and chosen == "text/html":
        answer = page
    else:
        written = ox.serialize(sorted(triples, key=str), format=media[chosen], prefixes=_SPACES)
        answer = Answer(200, f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen, written or b"")
    return response(compressed(answer) if takes_gzip(request) else answer, etag, _VARY)


async def void(request: Request, service: Service) -> Response:
    """The description of the data set."""
    return _described(request, service.current, dataset(home(request), service.current))


async def endpoint(request: Request, served: Served) -> Response:
    """What stands at the endpoint where nothing is asked: its description, and for people a form."""
    at = home(request)
    return _described(request, served, (t for part in (service(at), dataset(at, served)) for t in part), screens.asking(*tongue(request)))
