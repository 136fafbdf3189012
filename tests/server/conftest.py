"""A real server as a process of its own on 127.0.0.1."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.builder import Build

LIMIT = 3  # seconds of a query, where that is what is tested
HASTY = ("serve", "--timeout", str(LIMIT))
PATIENT = ("serve", "--timeout", "60")  # a busy machine answers late, and that is no fault


@dataclass
class Reply:
    """What the server answered, its header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A running ``kg serve``; its log is read line by line."""

    process: subprocess.Popen[str]
    port: int
    logged: Path

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, path: str, method: str = "GET", body: bytes | str | None = None, **headers: str) -> Reply:
        connection = self.connect()
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            found = connection.getresponse()
            return Reply(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        finally:
            connection.close()

    def sparql(self, query: str, **headers: str) -> Reply:
        headers = {"Content_Type": "application/sparql-query"} | headers
        return self.ask("/sparql", "POST", query.encode(), **headers)

    def get(self, query: str, **headers: str) -> Reply:
        return self.ask("/sparql?" + urlencode({"query": query}), **headers)

    def log(self) -> list[dict[str, Any]]:
        lines = self.logged.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def events(self, name: str) -> list[dict[str, Any]]:
        return [each for each in self.log() if each["event"] == name]

    def children(self) -> list[int]:
        """The processes below the server's template: one for each query that runs."""
        return [child for template in below(self.process.pid) for child in below(template) if is_running(child)]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def below(pid: int) -> list[int]:
    return [int(word) for task in Path(f"/proc/{pid}/task").glob("*/children") for word in task.read_text().split()]


def is_running(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def until(is_so: Callable[[], object], patience: float = 30) -> None:
    """Wait until ``is_so``, and fail where it never is."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)


Serve = Callable[..., Server]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Start a server over a graph; all that were started end with the tests."""
    running: list[Server] = []

    def started(graph: Path, words: Sequence[str] = PATIENT) -> Server:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        logged = tmp_path_factory.mktemp("server") / "log"
        command = [sys.executable, "-m", "kg", *words, "--graph", str(graph), "--port", str(port)]
        with logged.open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, text=True)
        server = Server(process, port, logged)
        running.append(server)
        until(lambda: process.poll() is not None or answers(port))
        assert process.poll() is None, logged.read_text()
        return server

    yield started
    for server in running:
        if server.process.poll() is None:
            server.process.terminate()
            server.process.wait(30)


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@pytest.fixture(scope="session")
def folder(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped graph as a built folder."""
    import kg
    from kg.graph import save

    folder = tmp_path_factory.mktemp("served")
    kg.export(built.graph, folder / "new.nt")
    save(folder, folder / "new.nt", built.manifest)
    return folder


@pytest.fixture(scope="session")
def server(serve: Serve, folder: Path) -> Server:
    """A server over the shipped graph."""
    return serve(folder)
