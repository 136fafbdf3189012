"""The server's side of its workers: one query put to a child of the template."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from kg.errors import SourceError
from kg.server.answers import Answer, problem
from kg.server.worker import FORK, KILL, MESSAGE

_GRACE = 0.5  # seconds in which the kernel's alarm comes first
_SHA256 = 64


class Template:
    """A process that holds one graph and forks a child for each query (see ``kg.server.worker``)."""

    def __init__(self, graph: str, seconds: float) -> None:
        self._seconds, self._number, self._running, self._retired = seconds, 0, 0, False
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        command = [sys.executable, "-m", "kg.server.worker", graph, str(theirs.fileno()), str(seconds)]
        # A process group of its own: an interrupt from the terminal reaches the server alone.
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603
        theirs.close()

    async def ready(self) -> str:
        """The SHA-256 of the graph that it holds, as soon as it does; raises SourceError where it cannot be had."""
        found = b""
        while len(found) < _SHA256:
            more = await asyncio.get_running_loop().sock_recv(self._control, _SHA256 - len(found))
            if not more:
                raise SourceError("a worker could not open the graph, which may be changing; try again")
            found += more
        return found.decode()

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    async def run(self, job: str, gzip: bool, arguments: Mapping[str, Any]) -> Answer:
        """What a child of its own answers; an error where it dies. When this is cancelled, the child ends."""
        self._number += 1
        number = self._number
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [MESSAGE.pack(FORK, number)], [theirs.fileno()])
            except OSError:
                ours.close()
                return problem(503, "the workers are being started again; try again", 1)
        try:
            request = {"job": job, "gzip": gzip, "arguments": arguments}
            return await self._asked(ours, json.dumps(request).encode() + b"\n")
        finally:
            with suppress(OSError):
                self._control.send(MESSAGE.pack(KILL, number))

    @contextmanager
    def held(self) -> Iterator[None]:
        """The process stays, even retired, while this lasts."""
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1
            self._close_when_done()

    async def _asked(self, connection: socket.socket, request: bytes) -> Answer:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        reader, writer = await asyncio.open_unix_connection(sock=connection)
        try:
            async with asyncio.timeout(self._seconds + _GRACE):
                writer.write(request)
                head = json.loads(await reader.readline())
                return Answer(head["status"], head["media"], await reader.readexactly(head["length"]), head["encoding"])
        except (TimeoutError, ValueError, OSError, asyncio.IncompleteReadError):  # cut off: whatever came is not an answer
            if loop.time() - begun >= self._seconds - _GRACE:
                return problem(504, f"the query took longer than {self._seconds:g} s; ask less at once")
            return problem(500, "the query needs more memory or depth than it may take; ask less at once")
        finally:
            writer.transport.abort()

    def retire(self) -> None:
        """End the process as soon as its last query is answered."""
        self._retired = True
        self._close_when_done()

    def _close_when_done(self) -> None:
        if self._retired and not self._running:
            self._control.close()  # by that it ends

    def join(self) -> None:
        """Wait until the process has ended."""
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
