"""Answers as HTTP responses: entity tags, what varies, errors."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from starlette.responses import Response

from kg import pages
from kg.server.answers import Answer, problem
from kg.server.edge import log
from kg.server.negotiation import language, weighed

if TYPE_CHECKING:
    from starlette.requests import Request


def tag(*parts: str) -> str:
    """A strong entity tag (RFC 9110, §8.8.3) of what decides a representation, byte for byte.

    >>> tag("graph", "text/turtle") == tag("graph", "text/turtle") != tag("graph", "text/html")
    True
    """
    return f'"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def takes_gzip(request: Request) -> bool:
    """Whether the client takes gzip (RFC 9110, §12.5.3).

    >>> from starlette.requests import Request
    >>> takes_gzip(Request({"type": "http", "headers": [(b"accept-encoding", b"*, gzip;q=0.000")]}))
    False
    """
    wanted = dict(weighed(request.headers.get("accept-encoding", "")))
    return wanted.get("gzip", wanted.get("*", 0)) > 0


def tongue(request: Request) -> tuple[str, str]:
    """The language of a page, and what its links carry on: a language that was chosen, not one that was only liked."""
    chosen = request.query_params.get("lang", "")
    if chosen in pages.languages():
        return chosen, f"?lang={chosen}"
    return language(request.headers.get("accept-language", ""), pages.languages(), "en"), ""


def unchanged(request: Request, etag: str, is_there: bool = False) -> bool:
    """Whether the client has this representation already; it has any (``*``) only where one ``is_there`` (RFC 9110, §13.1.2)."""
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return bool(etag) and (etag.removeprefix("W/") in known or (is_there and "*" in known))


def found(request: Request, answer: Answer, etag: str, vary: str = "Accept-Encoding") -> Response:
    """What was made, or that the client has it already."""
    if answer.status == 200 and unchanged(request, etag, is_there=True):
        return not_modified(etag, vary)
    return response(answer, etag, vary)


def response(answer: Answer, etag: str = "", vary: str = "Accept-Encoding", headers: Mapping[str, str] | None = None) -> Response:
    """An answer as a response that caches may keep and must ask about; a worker's own fault is logged and told nobody."""
    if answer.status == 599:
        log("fault", trace=answer.body.decode())
        answer = problem(500, "a fault in this server; it was logged")
    told = dict(headers or {}) | {"vary": vary}
    if answer.status == 200:
        told |= {"cache-control": "public, no-cache"} | ({"etag": etag} if etag else {})
    else:
        told["cache-control"] = "no-store"
    if answer.encoding:
        told["content-encoding"] = answer.encoding
    if answer.retry:
        told["retry-after"] = str(answer.retry)
    return Response(answer.body, answer.status, told, media_type=None if not answer.media else answer.media)


def not_modified(etag: str, vary: str = "Accept-Encoding") -> Response:
    """That the client has it already."""
    return Response(status_code=304, headers={"etag": etag, "vary": vary, "cache-control": "public, no-cache"})
