"""A client's connection: uvicorn's, and what it leaves to others: clients that leave unheard, and that take nothing."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.server.edge import log

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

PATIENCE = 10.0  # seconds in which a client takes the next slice of its answer, or is let go
_AHEAD = 64 * 1024  # bytes of further requests that a client may send before it has its answer


class Connection(HttpToolsProtocol):
    """The connection of one client (RFC 9112, §9)."""

    _answered: RequestResponseCycle | None = None  # the request that is being answered; uvicorn knows the last that came
    _ahead = 0
    _stalled: asyncio.TimerHandle | None = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def data_received(self, data: bytes) -> None:
        """Read on while requests wait (§9.3.2): who stops to listen does not hear the client leave."""
        super().data_received(data)
        self._ahead = self._ahead + len(data) if self.pipeline else 0
        if self._ahead > _AHEAD:
            self.transport.abort()
        elif self.pipeline:
            self.flow.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request that is being answered, too."""
        super().connection_lost(exc)
        self._taken()
        if self._answered and not self._answered.response_complete:
            self._answered.disconnected = True
            self._answered.message_event.set()

    def pause_writing(self) -> None:
        """The client takes no more for now: wait, but not for ever."""
        super().pause_writing()
        self._stalled = self.loop.call_later(PATIENCE, self._let_go)

    def resume_writing(self) -> None:
        """The client took what there was."""
        super().resume_writing()
        self._taken()

    def on_response_complete(self) -> None:
        """Where the answer ends the connection, its last bytes are not waited for longer either."""
        super().on_response_complete()
        if self.transport.is_closing():
            self.loop.call_later(PATIENCE, self.transport.abort)

    def timeout_keep_alive_handler(self) -> None:
        """The client asks nothing more: what it has not taken yet it may take now."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(PATIENCE, self.transport.abort)

    def _taken(self) -> None:
        if self._stalled:
            self._stalled.cancel()

    def _let_go(self) -> None:
        log("stalled", client=self.client[0] if self.client else "", seconds=PATIENCE)
        self.transport.abort()
