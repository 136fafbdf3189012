"""Free queries cannot hurt: each one ends in time, whole or as an error, and the server goes on answering others."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.server.bombs import BOMBS, PRODUCT
from tests.server.conftest import HASTY, LIMIT, Serve, Server, until


@pytest.fixture(scope="module")
def server(serve: Serve, folder: Path) -> Server:
    """A server over the shipped graph whose queries end soon."""
    return serve(folder, HASTY)


@contextmanager
def others(server: Server) -> Iterator[list[int]]:
    """The statuses of look-ups that another client makes meanwhile."""
    statuses: list[int] = []
    over = threading.Event()

    def look_up() -> None:
        while not over.is_set():
            statuses.append(server.ask("/data/platform/weibo.ttl").status)
            over.wait(0.02)

    thread = threading.Thread(target=look_up)
    thread.start()
    try:
        yield statuses
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("name", BOMBS)
def test_a_query_bomb_ends_within_its_limit_and_disturbs_nobody(name: str, server: Server) -> None:
    query, statuses = BOMBS[name]
    begun = time.monotonic()
    with others(server) as seen:
        reply = server.sparql(query)
    assert time.monotonic() - begun < LIMIT + 1  # the limit is the feature
    assert reply.status in statuses
    assert reply.json.keys() & {"detail", "results"}  # whole, or an error
    assert seen and set(seen) == {200}
    until(lambda: not server.children())
    assert server.sparql("ASK {}").json == {"head": {}, "boolean": True}


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels know no such precedence")
def test_a_free_query_has_the_processor_only_when_nobody_else_wants_it(server: Server) -> None:
    with ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(server.sparql, PRODUCT)
        until(lambda: [os.sched_getscheduler(child) for child in server.children()] == [os.SCHED_IDLE])
        assert os.sched_getscheduler(server.process.pid) == os.SCHED_OTHER
        assert waiting.result().status == 504


def test_under_pressure_clients_are_told_when_to_come_back(server: Server) -> None:
    with ThreadPoolExecutor(12) as clients:
        replies = list(clients.map(lambda _: server.sparql(PRODUCT), range(12)))
        refused = [reply for reply in replies if reply.status in (429, 503)]
    assert {reply.status for reply in replies} <= {429, 503, 504}
    assert len(refused) >= 4
    assert all(int(reply.headers["retry-after"]) > 0 for reply in refused)
    assert server.sparql("ASK {}").status == 200


def test_no_query_opens_a_connection(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        listener.setblocking(False)
        statuses = [
            server.sparql(query).status
            for query in (
                f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
                f"SELECT * {{ S\\u0045RVICE <{address}> {{ ?s ?p ?o }} }}", f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
                f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", f"LOAD <{address}>", f"DESCRIBE <{address}>",
            )
        ]  # fmt: skip
        statuses.append(server.ask(f"/sparql?query=ASK%7B%7D&default-graph-uri={quote(address)}&named-graph-uri={quote(address)}").status)
        statuses.append(server.ask(f"/{address}").status)
        assert statuses == [400, 400, 400, 400, 400, 400, 200, 200, 404]
        with pytest.raises(BlockingIOError):
            listener.accept()


UNGUARDED = """
import contextlib, json, pyoxigraph, socket
from kg.server.worker import _confine, _shut
listener = socket.create_server(("127.0.0.1", 0), backlog=4)
address = "http://127.0.0.1:%d/" % listener.getsockname()[1]
listener.setblocking(False)
_confine(5)
_shut()
done = []
with contextlib.suppress(OSError, RuntimeError):
    list(pyoxigraph.Store().query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % address))
    done.append("answered")
with contextlib.suppress(OSError):
    listener.accept()
    done.append("connected")
with contextlib.suppress(OSError):
    open("/etc/passwd")
    done.append("read")
print(json.dumps(done))
"""


def test_a_worker_can_open_nothing_even_where_a_query_gets_past_every_check() -> None:
    done = subprocess.run([sys.executable, "-c", UNGUARDED], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
