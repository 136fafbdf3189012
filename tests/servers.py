"""Servers on 127.0.0.1 that tests talk to: a real Oxigraph, and one that answers whatever a test tells it to."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

OXIGRAPH = Path(sys.executable).with_name("oxigraph")


@contextmanager
def oxigraph() -> Iterator[str]:
    """The address of an ``oxigraph serve`` of its own, in memory; ended by its handle."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen([OXIGRAPH, "serve", "--bind", address], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with suppress(httpx.TransportError):
                httpx.get(f"http://{address}/", trust_env=False)
                break
            assert server.poll() is None, "oxigraph serve ended by itself"
            time.sleep(0.05)
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait(10)


@dataclass(frozen=True)
class Request:
    """What a server was asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, list[str]]:
        """The fields of a form."""
        return parse_qs(self.body.decode())

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The parameters of the address."""
        return parse_qs(urlsplit(self.path).query, keep_blank_values=True)


@dataclass(frozen=True)
class Reply:
    """What a server answers; without ``Content-Length`` among the headers the body ends with the connection."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterator[bytes] = b""


Respond = Callable[[Request], Reply]


@dataclass
class Told:
    """A server that answers what it is told to, and keeps what it was asked."""

    url: str
    asked: list[Request] = field(default_factory=list)


@contextmanager
def told(respond: Respond) -> Iterator[Told]:
    """A server whose every answer ``respond`` gives."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Request(self.command, self.path, dict(self.headers), body)
            here.asked.append(request)
            reply = respond(request)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # the other side may leave, which is what is tested
                for chunk in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                    self.wfile.write(chunk)
                    self.wfile.flush()

        do_GET = do_POST = do_PUT = answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Told(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def forwarded(request: Request, url: str) -> Reply:
    """What the server at ``url`` answers to the request."""
    headers = {name: value for name, value in request.headers.items() if name in ("Accept", "Content-Type")}
    found = httpx.request(request.method, url + request.path, content=request.body, headers=headers, trust_env=False)
    return Reply(found.status_code, {"Content-Type": found.headers.get("content-type", "text/plain")}, found.content)
