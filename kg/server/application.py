"""The routes: what stands at which address."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.server import descriptions, editor, linked, people, protocol
from kg.server.answers import problem
from kg.server.edge import POSTED, App, edge, log
from kg.server.responses import response
from kg.server.schema import INTERFACE
from kg.server.service import Service
from kg.server.things import named

Endpoint = Callable[..., Awaitable[Response]]
_READ = ["GET", "HEAD"]


class _Any(StringConvertor):
    """Any text: an IRI may hold what decodes to a line end."""

    regex = r"[\s\S]*"


register_url_convertor("any", _Any())


def application(service: Service) -> App:
    """The ASGI application over a service that has started; it stops the service at its own end."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        gc.freeze()  # what stays need not be looked through again and again
        if hidden := [path for path in (each.path[1:] for each in routes) if path and service.current.things.find([named(path)])]:
            log("hidden", things=hidden)  # where a page of ours stands no thing can
        log("serving", sha256=service.current.sha256, triples=len(service.current.graph))
        yield
        await service.stop()
        log("stopped")

    def route(path: str, endpoint: Endpoint, methods: list[str] = _READ) -> Route:
        return Route(path, partial(endpoint, service=service), methods=methods)

    routes = [
        *(route(path, protocol.sparql, ["GET", "HEAD", "POST"]) for path in POSTED),
        route("/healthz", _health),
        route("/", people.home),
        route("/search", people.search),
        route("/questions", people.listed),
        *(route(f"{below}/questions/{{name}}", people.asked) for below in ("", "/api")),
        route("/compare/{name}", people.compared),
        route("/compare/{name}/{source:any}", people.compared),
        route("/view", people.viewed),
        route("/downloads", people.downloads),
        route("/downloads/{name}", people.download),
        route("/api/search", people.find),
        route("/api/questions", people.catalogue),
        route("/api/terms", people.terms),
        route(f"/assets/{editor.FILE}", people.library),
        route("/openapi.json", _interface),
        *(route(path, descriptions.void) for path in ("/void", "/.well-known/void")),
        route("/page/{name:any}", people.thing),
        route("/data/{name:any}", linked.data),
        route("/{target:any}", linked.thing),
    ]
    return edge(Starlette(routes=routes, lifespan=lifespan, exception_handlers={405: _refused}), service.gate)


async def _refused(_: Request, error: Exception) -> Response:
    """That an address does not take the method (RFC 9110, §15.5.6)."""
    given = getattr(error, "headers", None) or {}
    allowed = ", ".join(sorted({*given.get("Allow", "GET, HEAD").split(", "), "OPTIONS"}))
    return response(problem(405, f"this address takes only {allowed}"), headers={"allow": allowed})


async def _interface(_: Request, service: Service) -> Response:  # noqa: ARG001 - every endpoint is given it
    """The JSON API (OpenAPI 3.1)."""
    return Response(INTERFACE.read_bytes(), media_type="application/json")


async def _health(_: Request, service: Service) -> Response:
    """Whether all is well: what is served, and 503 while no worker stands ready."""
    served = service.current
    status = 200 if served.template.alive else 503
    return JSONResponse({"graph": served.sha256, "triples": len(served.graph)}, status, {"cache-control": "no-store"})
