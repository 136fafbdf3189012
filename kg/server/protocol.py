"""The SPARQL 1.1 Protocol at ``/sparql``: queries by GET and both ways of POST; updates are refused."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.server import descriptions, responses
from kg.server.answers import PROBLEM, Answer, problem
from kg.server.gate import PressureError
from kg.server.refusals import refused
from kg.server.responses import not_modified, tag, takes_gzip, tongue, unchanged
from kg.server.service import Served, Service

LARGEST = 256 * 1024  # bytes of a request
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# What is never the same twice, or may be written so that it cannot be seen.
_FRESH = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b|\\u", re.I)
_VARY = "Accept, Accept-Encoding, Accept-Language"
GONE = 499  # the client left; nobody reads it but the log


@dataclass
class Asked:
    """A query operation's parameters (SPARQL 1.1 Protocol, §2.1)."""

    query: list[str] = field(default_factory=list)
    update: list[str] = field(default_factory=list)
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    accept: str = ""

    def fault(self) -> Answer | None:
        """Why this is no query operation, or None where it is."""
        if self.update:
            one = len(self.update) == 1 and not self.query
            return problem(403 if one else 400, "this graph is read-only; updates are refused")
        if len(self.query) != 1:
            return problem(400, f"send exactly one query, not {len(self.query)} (SPARQL 1.1 Protocol, §2.1)")
        return None


async def asked(request: Request) -> Asked | Answer:
    """What a request asks, or the error that it deserves."""
    try:
        found = _with(Asked(accept=request.headers.get("accept", "")), request.url.query)
        if request.method == "POST":
            return await _posted(request, found)
    except ValueError:
        return problem(400, "the request is not UTF-8, or not percent-encoded as it should be")
    return problem(400, "an update is not sent by GET; and this graph is read-only") if found.update else found


def _with(found: Asked, form: str) -> Asked:
    names = {"query": found.query, "update": found.update, "default-graph-uri": found.default, "named-graph-uri": found.named}
    for name, value in parse_qsl(form, keep_blank_values=True, errors="strict", max_num_fields=200):
        names.get(name, []).append(value)
        if name == "accept" and value:  # for links and forms, which send no header of their own
            found.accept = value
    return found


async def _posted(request: Request, found: Asked) -> Asked | Answer:
    media, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if media.strip() not in (_FORM, _QUERY, _UPDATE):
        return problem(415, f"send a query as {_FORM} or {_QUERY}")
    if "charset" in parameters and "utf-8" not in parameters:
        return problem(415, "send the query as UTF-8")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return problem(413, f"a request holds at most {LARGEST >> 10} KiB")
    text = body.decode()
    if media.strip() == _FORM:
        return _with(found, text)
    (found.query if media.strip() == _QUERY else found.update).append(text)
    return found


async def sparql(request: Request, service: Service) -> Response:
    """The response to a query operation; where nothing is asked, what this endpoint is."""
    if request.method in ("GET", "HEAD") and not request.url.query.replace(tongue(request)[1][1:], ""):
        return await descriptions.endpoint(request, service.current)
    try:
        found = await asked(request)
    except ClientDisconnect:
        return Response(status_code=GONE)
    fault = found if isinstance(found, Answer) else found.fault()
    if fault or isinstance(found, Answer):
        return refused(request, fault or problem(400, "no query"))
    served, zipped = service.current, takes_gzip(request)
    parts = (served.sha256, *tongue(request), *found.query, *found.default, "|", *found.named, found.accept, str(zipped))
    etag = "" if request.method == "POST" or _FRESH.search(found.query[0]) else f"W/{tag(*parts)}"  # nodes without names are named anew
    if unchanged(request, etag):
        return not_modified(etag, _VARY)
    arguments = {"query": found.query[0], "default": found.default, "named": found.named, "accept": found.accept, "tongue": tongue(request)}
    answer = await worked(request, service, served, "sparql", arguments)
    if answer is None:
        return Response(status_code=GONE)
    if answer.media == PROBLEM:
        return refused(request, answer)
    return responses.found(request, answer, etag, _VARY)


async def worked(request: Request, service: Service, served: Served, job: str, arguments: Mapping[str, Any]) -> Answer | None:
    """What a worker answers when its turn comes, or that there is none free; None where the client left, and then the work ends too."""

    async def answered() -> Answer:
        try:
            async with service.gate.admitted(request.client.host if request.client else ""):
                return await served.template.run(job, takes_gzip(request), arguments)
        except PressureError as refused:
            return refused.answer

    with served.template.held():
        answering, leaving = asyncio.ensure_future(answered()), asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return answering.result() if answering.done() else None
        finally:
            for task in (answering, leaving):
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
