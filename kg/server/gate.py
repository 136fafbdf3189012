"""Who may ask now: few queries run at once, few wait, and answers that nobody fetches do not fill the memory."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from kg.server.answers import LARGEST, problem

_PATIENCE = 5.0  # seconds to wait for a worker
_WAITING = 32  # clients that may wait for one
_IN_HAND = 8  # queries that one client may have at once
_UNSENT = 4 * LARGEST  # bytes of answers on their way to all clients, from which nobody is given more; to one client, ``LARGEST``


class PressureError(Exception):
    """A query that is not taken now; ``answer`` says so and when to try again."""

    def __init__(self, status: int, detail: str, retry: int) -> None:
        super().__init__(detail)
        self.answer = problem(status, detail, retry)


class Gate:
    """Lets ``size`` queries run at once, and one more of a client that has none running; tells those it cannot take to come back."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._running: Counter[str] = Counter()
        self._waiting: dict[asyncio.Future[None], str] = {}
        self._unsent: Counter[str] = Counter()

    @asynccontextmanager
    async def admitted(self, client: str) -> AsyncIterator[None]:
        """A place for one query of ``client``; raises PressureError (RFC 6585, §4 for one that asks too much at once)."""
        self._check(client)
        turn = asyncio.get_running_loop().create_future()
        self._waiting[turn] = client
        self._call()
        try:
            await self._come(turn)
            yield
        finally:
            if self._waiting.pop(turn, None) is None:  # it had its turn
                self._running[client] -= 1
                self._running += Counter()  # forgets clients that have nothing running
            self._call()

    @contextmanager
    def sending(self, client: str, size: int) -> Iterator[None]:
        """While this lasts, ``size`` bytes of an answer are on their way to ``client``."""
        self._unsent[client] += size
        try:
            yield
        finally:
            self._unsent[client] -= size
            self._unsent += Counter()
            self._call()

    def _check(self, client: str) -> None:
        if self._running[client] + [*self._waiting.values()].count(client) >= _IN_HAND:
            raise PressureError(429, f"you have {_IN_HAND} queries running; wait for their answers", 2)
        if self._unsent[client] >= LARGEST:
            raise PressureError(429, "answers of yours are on their way; fetch them first", 2)
        if len(self._waiting) >= _WAITING or self._unsent.total() >= _UNSENT:
            raise PressureError(503, "too many queries are waiting, or answers on their way; try again", 5)

    async def _come(self, turn: asyncio.Future[None]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await turn
        except TimeoutError:
            raise PressureError(503, "all workers are busy; try again", 5) from None

    def _call(self) -> None:
        """Give what is free to those who wait: to the client with the fewest queries running first, then to the first that came."""
        while self._running.total() <= self._size and self._unsent.total() < _UNSENT:
            turns = [turn for turn, client in self._waiting.items() if not turn.done() and self._may_run(client)]
            if not turns:
                return
            turn = min(turns, key=lambda each: self._running[self._waiting[each]])
            self._running[self._waiting.pop(turn)] += 1
            turn.set_result(None)

    def _may_run(self, client: str) -> bool:
        return self._running[client] < self._size and self._unsent[client] < LARGEST
