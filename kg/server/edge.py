"""Around every answer: the headers that keep a browser safe, CORS, its way to the client, and one line of log."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC, datetime
from typing import Any

from kg.server.gate import Gate

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

ALWAYS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Retry-After"),
]
# A page carries its policy itself, with the hashes of its blocks; only this part of it must stand in a header.
_PAGE = (b"content-security-policy", b"frame-ancestors 'none'")
DATA = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox")
_PREFLIGHT = [
    (b"access-control-allow-headers", b"Accept, Accept-Language, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]
SLICE = 64 * 1024  # bytes of an answer that are given to the system at once
POSTED = ("/sparql", "/sparql/")  # all other addresses are only read


def log(event: str, **values: Any) -> None:
    """One event as a line of JSON on stderr."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    sys.stderr.write(json.dumps({"time": now, "event": event} | values, ensure_ascii=False) + "\n")


def edge(app: App, gate: Gate) -> App:
    """``app`` with its answers' common headers (Fetch standard; Content Security Policy Level 3), their way to the client, and its log."""

    async def around(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        begun, told = time.perf_counter(), {"status": 0, "bytes": 0}

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                message["headers"] = [*message["headers"], *ALWAYS, *_policy(message)]
            else:
                told["bytes"] += len(message.get("body", b""))
            await _delivered(message, scope, gate, send)

        try:
            if scope["method"] == "OPTIONS":
                await _preflight(scope["path"], sending)
            else:
                await app(scope, receive, sending)
        finally:
            _told(scope, told, time.perf_counter() - begun)

    return around


async def _delivered(message: Any, scope: Scope, gate: Gate, send: Send) -> None:
    """Send a large body slice by slice, each when there is room for it, so that this ends when the client has all but the last of it."""
    body = message.get("body", b"")
    if len(body) <= SLICE:
        await send(message)
        return
    whole = memoryview(body)
    with gate.sending(_client(scope), len(body)):
        for start in range(0, len(whole), SLICE):
            await send(message | {"body": whole[start : start + SLICE], "more_body": True})
        await send(message | {"body": b""})


def _client(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _policy(start: Any) -> list[tuple[bytes, bytes]]:
    """What a page may do, or data; nothing where a browser goes on with what it has, whose headers these would replace (RFC 9111, §3.2)."""
    if start["status"] == 304:
        return []
    is_page = any(name == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])
    return [_PAGE if is_page else DATA]


async def _preflight(path: str, send: Send) -> None:
    methods = b"GET, HEAD, POST, OPTIONS" if path in POSTED else b"GET, HEAD, OPTIONS"
    headers = [(b"allow", methods), (b"access-control-allow-methods", methods), *_PREFLIGHT]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _told(scope: Scope, told: dict[str, int], seconds: float) -> None:
    target = scope["raw_path"].decode("latin-1")[:500]
    log("request", client=_client(scope), method=scope["method"], path=target, **told, ms=round(seconds * 1000, 2))
