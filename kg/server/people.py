"""Pages: a thing's own, search, questions, SPARQL, comparison, the picture, downloads."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg import pages
from kg.questions import questions
from kg.server import editor, responses, schema, screens
from kg.server.answers import PROBLEM, Answer, compressed, problem
from kg.server.finding import LONGEST, MOST
from kg.server.protocol import GONE, worked
from kg.server.reading import Reader
from kg.server.refusals import missing, refused
from kg.server.responses import not_modified, response, tag, takes_gzip, tongue, unchanged
from kg.server.service import Service

_OWN = ("format", "lang")  # what a question is asked with, beside its own parameters
VARY = "Accept-Encoding, Accept-Language"


def sent(request: Request, answer: Answer, *parts: str) -> Response:
    """A page made here, unless the client has it."""
    etag = tag(*parts, *tongue(request), str(takes_gzip(request)))
    return responses.found(request, compressed(answer) if takes_gzip(request) else answer, etag, VARY)


async def _made(request: Request, service: Service, job: str, **arguments: object) -> Response:
    """A page that a worker makes, and that is kept as long as the graph."""
    served, zipped = service.current, takes_gzip(request)
    key = (job, repr(sorted(arguments.items())), str(zipped))
    etag = tag(served.sha256, *key)
    if unchanged(request, etag):
        return not_modified(etag, VARY)
    answer = served.kept.get(key) or await worked(request, service, served, job, arguments)
    if answer is None:
        return Response(status_code=GONE)
    if answer.status == 200:
        served.kept[key] = answer
    if answer.media == PROBLEM:
        return refused(request, answer)
    return responses.found(request, answer, etag, VARY)


async def thing(request: Request, service: Service) -> Response:
    """A thing's page."""
    name, served = request.path_params["name"], service.current
    if served.pages.is_reviewed(name):
        found, keep = tongue(request)
        return await _made(request, service, "reviewed", name=name, language=found, keep=keep)
    made = served.pages.thing(name, *tongue(request))
    return sent(request, made, served.sha256, name) if made else missing(request)


async def home(request: Request, service: Service) -> Response:
    """The first page."""
    found, keep = tongue(request)
    return await _made(request, service, "home", language=found, keep=keep)


async def search(request: Request, service: Service) -> Response:
    """What is called so, as a page."""
    (found, keep), served = tongue(request), service.current
    sought = request.query_params.get("q", "")[:LONGEST]
    hits = served.pages.names.search(sought)
    reader: Reader = served.pages.reader(found)
    shown = [
        (reader.value(ox.NamedNode(hit.iri)), hit.name, [kind.text for kind in reader.kinds(ox.NamedNode(hit.iri))]) for hit in hits[:MOST]
    ]
    made = screens.screen("search.html", found, keep, "/search", sought=sought, found=shown, total=len(hits))
    return sent(request, made, served.sha256, "search", sought)


async def find(request: Request, service: Service) -> Response:
    """What is called so, as data."""
    sought = request.query_params.get("q", "")
    if len(sought) > LONGEST:
        return response(problem(400, f"a search holds at most {LONGEST} characters; name less"))
    hits = service.current.pages.names.search(sought)
    found = [{"iri": hit.iri, "name": hit.name, "language": hit.language} for hit in hits[:MOST]]
    return JSONResponse({"total": len(hits), "found": found}, headers={"cache-control": "public, no-cache"})


async def terms(request: Request, service: Service) -> Response:
    """The words of the ontology, as data."""
    return await _made(request, service, "terms")


async def library(request: Request, service: Service) -> Response:  # noqa: ARG001 - every endpoint is given it
    """What the page that asks in SPARQL is edited with."""
    return sent(request, editor.library(takes_gzip(request)), *editor.asked_for().values())


async def listed(request: Request, service: Service) -> Response:
    """The named questions, as a page."""
    return sent(request, screens.listed(*tongue(request)), service.current.sha256, "questions")


async def catalogue(_: Request, service: Service) -> Response:
    """The named questions, as data."""
    found = [
        {"name": each.name, "title": each.title, "description": each.description, "parameters": [
            {"name": p.name, "type": p.type, "default": p.default, "meaning": p.meaning} for p in each.parameters]}
        for each in questions().values()
    ]  # fmt: skip
    return JSONResponse({"graph": service.current.sha256, "questions": found}, headers={"cache-control": "public, no-cache"})


async def asked(request: Request, service: Service) -> Response:
    """A named question's answer: as a page, or under /api as data."""
    name, served = request.path_params["name"], service.current
    if name not in questions():
        return missing(request)
    found, keep = tongue(request)
    given = {key.removeprefix("p."): value[:500] for key, value in request.query_params.items() if key.startswith("p.")}
    form = request.query_params.get("format", "json") if request.url.path.startswith("/api/") else None
    if form is not None and (fault := _fault(request)):
        return response(problem(400, fault))
    arguments = {"name": name, "parameters": given, "form": form, "language": found, "keep": keep}
    answer = await worked(request, service, served, "question", arguments)
    if answer is None:
        return Response(status_code=GONE)
    if answer.media == PROBLEM:
        return refused(request, answer)
    return responses.found(request, answer, tag(served.sha256, repr(arguments), str(takes_gzip(request))), VARY)


def _fault(request: Request) -> str:
    """What is wrong with what the API is asked, beside the question's own parameters."""
    asked = request.query_params
    if strange := [key[:50] for key in asked if not key.startswith("p.") and key not in _OWN]:
        return f"'{strange[0]}' is no parameter here; one of the question is written p.{strange[0]}"
    if (wrong := asked.get("lang")) is not None and wrong not in pages.languages():
        return f"there is no language '{wrong}' here; ask for {' or '.join(pages.languages())}"
    return ""


async def compared(request: Request, service: Service) -> Response:
    """Who says what of a campaign, and the evidence of one source."""
    name, source, (found, keep) = request.path_params["name"], request.path_params.get("source"), tongue(request)
    here = f"/compare/{quote(name, safe='')}"
    return await _made(request, service, "compare", campaign=name, source=source, language=found, keep=keep, here=here)


async def viewed(request: Request, service: Service) -> Response:
    """The graph as a picture."""
    asked = request.query_params
    arguments = {"campaign": asked.get("campaign"), "layer": asked.get("layer", "facts"), "around": asked.get("around")}
    found, keep = tongue(request)
    return await _made(request, service, "view", **arguments, language=found, keep=keep, here="")


async def downloads(request: Request, service: Service) -> Response:
    """The formats of the whole graph."""
    made = screens.screen("downloads.html", *tongue(request), "/downloads", formats=schema.DOWNLOADS)
    return sent(request, made, service.current.sha256, "down")


async def download(request: Request, service: Service) -> Response:
    """The whole graph in the format of a suffix."""
    named_so = {screens.NAME + each.suffix: each.name for each in schema.DOWNLOADS}
    if request.path_params["name"] not in named_so:
        return missing(request)
    return await _made(request, service, "download", form=named_so[request.path_params["name"]])
