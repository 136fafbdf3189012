"""Nobody takes the server from the others: by asking and not fetching, by leaving unheard, or by asking again and again."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from kg.server.answers import LARGEST
from kg.server.gate import Gate, PressureError
from tests.server.bombs import PRODUCT
from tests.server.conftest import Server, until

HUGE = "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 100000"  # some 38 MB


def posted(server: Server, query: str, after: bytes = b"", client: str = "127.0.0.1") -> socket.socket:
    """A connection on which the query was asked and nothing is read; ``after``: what is sent without a wait for the answer."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.bind((client, 0))
    connection.connect(("127.0.0.1", server.port))
    connection.settimeout(60)
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n\r\n"
    connection.sendall(head.encode() + query.encode() + after)
    return connection


@contextmanager
def unread(server: Server, query: str, number: int, client: str = "127.0.0.1") -> Iterator[None]:
    """So many connections of one client on which the query was asked and nothing is read."""
    connections = [posted(server, query, client=client) for _ in range(number)]
    try:
        yield
    finally:
        for each in connections:
            each.close()


def apart(scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scene in a thread of its own: in this one the browser's own loop may be running."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(scene())).result()


def first_line(connection: socket.socket) -> bytes:
    with connection, connection.makefile("rb") as stream:
        return stream.readline()


def test_a_client_that_fetches_nothing_gets_nothing_more_and_is_let_go(server: Server) -> None:
    with unread(server, HUGE, 3, "127.0.0.2"):
        until(lambda: b" 429 " in first_line(posted(server, "ASK {}", client="127.0.0.2")))
        assert server.sparql("ASK {}").status == 200  # to others it is nothing
        until(lambda: server.events("stalled"))
        assert {each["client"] for each in server.events("stalled")} == {"127.0.0.2"}
        until(lambda: b" 200 " in first_line(posted(server, "ASK {}", client="127.0.0.2")))


def test_a_large_answer_comes_whole_to_who_fetches_it(server: Server) -> None:
    reply = server.get("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o")
    assert len(reply.body) == int(reply.headers["content-length"]) > 1_000_000
    assert len(reply.json["results"]["bindings"]) == server.ask("/healthz").json["triples"]


def test_one_client_does_not_lock_the_others_out(server: Server) -> None:
    with unread(server, PRODUCT, 8, "127.0.0.2"):
        until(lambda: len(server.children()) > 1)
        assert server.sparql("ASK {}").status == 200
        assert b" 429 " in first_line(posted(server, "ASK {}", client="127.0.0.2"))
    until(lambda: not server.children())


ONE_MORE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.mark.parametrize("after", [ONE_MORE, b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n" + b"x" * 60_000])
def test_a_client_is_heard_when_it_leaves_with_a_further_request_on_its_way(after: bytes, server: Server) -> None:
    connection = posted(server, PRODUCT, after)
    until(server.children)
    connection.close()
    until(lambda: not server.children())  # long before the query's own time is over


def test_a_client_that_sends_requests_without_end_is_let_go(server: Server) -> None:
    with posted(server, PRODUCT) as connection:
        until(server.children)
        with suppress(ConnectionError):
            for _ in range(10_000):
                connection.sendall(ONE_MORE)
        until(lambda: not server.children())


def test_requests_on_one_connection_are_answered_in_their_order(server: Server) -> None:
    last = ONE_MORE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with posted(server, "ASK {}", ONE_MORE + last) as connection, connection.makefile("rb") as stream:
        said = stream.read()
    assert said.count(b"HTTP/1.1 200 OK") == 3
    assert said.index(b'"boolean":true') < said.index(b'"triples"')


def test_a_turn_is_first_theirs_who_have_nothing_running() -> None:
    turns = []

    async def asks(gate: Gate, client: str, end: asyncio.Event) -> None:
        async with gate.admitted(client):
            turns.append(client)
            await end.wait()

    async def scene() -> None:
        gate, ends = Gate(2), [asyncio.Event() for _ in range(6)]
        async with asyncio.TaskGroup() as group:
            for client, end in zip(("many", "many", "many", "other", "many", "new"), ends, strict=True):
                group.create_task(asks(gate, client, end))
            await asyncio.sleep(0)
            assert turns == ["many", "many", "other"]
            ends[0].set()
            await asyncio.sleep(0.01)
            assert turns[3:] == ["new"]
            for end in ends:
                end.set()

    apart(scene)
    assert sorted(turns[4:]) == ["many", "many"]


def test_answers_that_nobody_fetches_hold_new_ones_back_until_they_are_gone() -> None:
    async def scene() -> None:
        gate = Gate(2)
        with gate.sending("a", LARGEST), gate.sending("b", LARGEST):
            async with gate.admitted("c"):
                pass
            with pytest.raises(PressureError) as refused:
                await gate.admitted("a").__aenter__()
            assert refused.value.answer.status == 429
            with gate.sending("d", 2 * LARGEST), pytest.raises(PressureError) as refused:
                await gate.admitted("c").__aenter__()
            assert refused.value.answer.status == 503
        async with gate.admitted("a"):
            pass

    apart(scene)


def test_who_leaves_while_it_waits_takes_no_turn() -> None:
    async def asks(gate: Gate, client: str) -> None:
        async with gate.admitted(client):
            await asyncio.sleep(60)

    async def scene() -> None:
        gate = Gate(2)
        tasks = [asyncio.create_task(asks(gate, client)) for client in "abcdef"]
        await asyncio.sleep(0)
        for task in (*tasks[3:], *tasks[:3]):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for _ in range(3):
            async with gate.admitted("a"), gate.admitted("b"), gate.admitted("c"):
                pass

    apart(scene)
