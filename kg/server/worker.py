"""The template: a process that holds the graph and forks a child for each query. ``python -m kg.server.worker GRAPH SOCKET SECONDS``.

A child has nothing to lose and little to reach: the kernel ends it at its time limit whatever it is doing, it cannot take
more memory than allowed, and it cannot open any file or connection. When it dies, one query dies.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from kg.errors import KgError
from kg.graph import Graph, digest, open_graph
from kg.server.answers import Answer, problem
from kg.server.dataset import counted
from kg.server.jobs import FREE, answer

FORK, KILL = b"F", b"K"
MESSAGE = struct.Struct("!cQ")  # what to do, and the number of the query
MEMORY = 1 << 30  # bytes that a query may take beside the graph
_STATM = Path("/proc/self/statm")


def identity(graph: Graph, path: str) -> str:
    """SHA-256 that tells one graph from another: the manifest's, else the file's."""
    return str(graph.manifest.get("sha256") or digest(Path(path)))


def main(path: str, control: socket.socket, seconds: float) -> None:
    """Answer messages on ``control`` until the server closes it: FORK with a socket to talk to the child, or KILL."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when it ends
    try:
        graph = open_graph(path)
    except KgError:
        return  # the server opens the same and tells why it cannot
    sha256 = identity(graph, path)
    graph = counted(graph, sha256)
    _warm(graph)
    control.sendall(sha256.encode())
    children: dict[int, int] = {}
    while True:
        message, sockets, _, _ = socket.recv_fds(control, MESSAGE.size, 1)
        if len(message) < MESSAGE.size:
            return
        what, number = MESSAGE.unpack(message)
        if what == FORK:
            children[number] = _fork(graph, sockets[0], seconds)
        elif number in children:
            os.kill(children[number], signal.SIGKILL)  # not yet waited for: the number is still that of our child
        children = {each: pid for each, pid in children.items() if os.waitpid(pid, os.WNOHANG) == (0, 0)}


def _warm(graph: Graph) -> None:
    """Do once what opens files, since a free query cannot; and keep the garbage collector off what all children share."""
    for media in ("", "text/html"):
        answer(graph, {"job": "sparql", "arguments": {"query": "ASK {}", "default": [], "named": [], "accept": media}, "gzip": True})
    gc.collect()
    gc.freeze()


def _fork(graph: Graph, descriptor: int, seconds: float) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        _confine(seconds)
        _talk(graph, socket.socket(fileno=descriptor))
    finally:
        os._exit(0)


def _confine(seconds: float) -> None:
    """Take from this process what a query does not need: memory, processor time, files, connections, precedence."""
    os.nice(19)
    with suppress(OSError):
        memory = int(_STATM.read_text().split()[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stderr.fileno())  # where a library cries when memory ends
    for limit, value in (
        (resource.RLIMIT_CPU, int(seconds) + 1), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (value, value))
    os.close(null)


def _yield() -> None:
    """From here on this process stops at once when any other wants the processor; one that is only less nice finishes its slice first."""
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _shut() -> None:
    """From here on this process can open neither file nor connection: all numbers below the lowest free one are taken."""
    lowest = os.open(os.devnull, os.O_RDONLY)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, lowest))
    os.close(lowest)


def _talk(graph: Graph, connection: socket.socket) -> None:
    """Read one request, write one answer: a line of JSON, then the body."""
    with connection, connection.makefile("rwb") as stream:
        found = _answered(graph, stream.readline())
        head = {"status": found.status, "media": found.media, "encoding": found.encoding, "length": len(found.body)}
        stream.write(json.dumps(head).encode() + b"\n" + found.body)


def _answered(graph: Graph, line: bytes) -> Answer:
    try:
        request = json.loads(line)
        if request["job"] in FREE:
            _yield()
            _shut()
        return answer(graph, request)
    except MemoryError:
        return problem(500, "the query needs more memory than it may take; ask less at once")
    except Exception:
        return Answer(599, "text/plain", traceback.format_exc().encode())  # a bug: the server logs it and tells nobody


if __name__ == "__main__":
    main(sys.argv[1], socket.socket(fileno=int(sys.argv[2])), float(sys.argv[3]))
