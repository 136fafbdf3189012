"""A client's connection: uvicorn's, and what it leaves to others: clients that take nothing."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.server.edge import log

PATIENCE = 10.0  # seconds in which a client takes the next slice of its answer, or is let go


class Connection(HttpToolsProtocol):
    """The connection of one client (RFC 9112, §9)."""

    _stalled: asyncio.TimerHandle | None = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        super().connection_lost(exc)
        self._taken()

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
