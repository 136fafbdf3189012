"""Linked data: an IRI of the graph leads (303) to the document that the client likes best."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.server.answers import compressed, problem
from kg.server.negotiation import preferred
from kg.server.refusals import missing, refused
from kg.server.responses import not_modified, response, tag, takes_gzip, tongue, unchanged
from kg.server.service import Service
from kg.server.things import SYNTAXES, address, candidates

_SUFFIXES = {media: suffix for suffix, (media, _) in SYNTAXES.items()}


async def thing(request: Request, service: Service) -> Response:
    """See other: a thing itself cannot be sent (RFC 9110, §15.4.4)."""
    raw, query = request.scope["raw_path"].decode("latin-1"), request.url.query
    found = service.current.things.find(candidates(raw[1:] + (f"?{query}" if query else "")))
    if found is None:
        return missing(request)
    media = preferred(request.headers.get("accept", ""), [*_SUFFIXES, "text/html"])
    if not media:
        return response(problem(406, f"this thing is described as {', '.join(_SUFFIXES)}; ask for one of them"), vary="Accept")
    name = address(found.value)
    place = f"/data/{name}{_SUFFIXES[media]}" if media in _SUFFIXES else f"/page/{name}{tongue(request)[1]}"
    return Response(status_code=303, headers={"location": place, "vary": "Accept", "cache-control": "public, no-cache"})


async def data(request: Request, service: Service) -> Response:
    """A thing's document in the syntax of its suffix."""
    name, dot, suffix = request.path_params["name"].rpartition(".")
    served, zipped = service.current, takes_gzip(request)
    made = served.things.written(name, dot + suffix) if dot + suffix in SYNTAXES else None
    if made is None:
        return refused(request, problem(404, f"no document is called so; names end in {' '.join(SYNTAXES)}"))
    etag = tag(served.sha256, name, suffix, str(zipped))
    if unchanged(request, etag, is_there=True):
        return not_modified(etag)
    return response(compressed(made) if zipped else made, etag)
