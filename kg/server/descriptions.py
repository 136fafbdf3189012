"""What this service says of itself: SPARQL 1.1 Service Description and VoID, which share the data set's description."""

from __future__ import annotations

import re

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.server import screens
from kg.server.answers import Answer, compressed, problem
from kg.server.dataset import SPACES, Description, dataset, node
from kg.server.negotiation import preferred
from kg.server.refusals import refused
from kg.server.responses import not_modified, response, tag, takes_gzip, tongue, unchanged
from kg.server.service import Served, Service
from kg.server.things import SYNTAXES

_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_VARY = "Accept, Accept-Encoding, Accept-Language"


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


def _dataset(at: str, served: Served) -> Description:
    return dataset(at, served.graph, served.sha256)


def _described(request: Request, served: Served, triples: Description, page: Answer | None = None) -> Response:
    media = dict(SYNTAXES.values())
    chosen = preferred(request.headers.get("accept", ""), [*media, *(["text/html"] if page else [])])
    etag = tag(served.sha256, home(request), request.url.path, chosen, *tongue(request), str(takes_gzip(request)))
    if not chosen:
        return refused(request, problem(406, f"this is described as {', '.join(media)}; ask for one of them"))
    if unchanged(request, etag, is_there=True):
        return not_modified(etag, _VARY)
    if page and chosen == "text/html":
        answer = page
    else:
        written = ox.serialize(sorted(triples, key=str), format=media[chosen], prefixes=SPACES)
        answer = Answer(200, f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen, written or b"")
    return response(compressed(answer) if takes_gzip(request) else answer, etag, _VARY)


async def void(request: Request, service: Service) -> Response:
    """The description of the data set."""
    return _described(request, service.current, _dataset(home(request), service.current))


async def endpoint(request: Request, served: Served) -> Response:
    """What stands at the endpoint where nothing is asked: its description, and for people a form."""
    at = home(request)
    return _described(request, served, (t for part in (service(at), _dataset(at, served)) for t in part), screens.asking(*tongue(request)))
