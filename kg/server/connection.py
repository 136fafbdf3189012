"""A client's connection: uvicorn's, and what it leaves to others: clients that leave unheard, take nothing, or never end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.server.answers import ADDRESS, problem
from kg.server.edge import ALWAYS, DATA, log

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

PATIENCE = 10.0  # seconds in which a client takes the next slice of its answer, or is let go
_AHEAD = 64 * 1024  # bytes of further requests that a client may send before it has its answer
_HEAD = 512 * 1024  # bytes of a request's head, address and all
_LAST = (b"connection", b"close")


class Connection(HttpToolsProtocol):
    """The connection of one client (RFC 9112, §9)."""

    _answered: RequestResponseCycle | None = None  # the request that is being answered; uvicorn knows the last that came
    _ahead = 0
    _head: int | None = None  # bytes of a head that is not whole yet
    url = b""  # also before a request begins
    _stalled: asyncio.TimerHandle | None = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._head = 0

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._head = None
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on while requests wait (§9.3.2): who stops to listen does not hear the client leave."""
        super().data_received(data)
        self._ahead = self._ahead + len(data) if self.pipeline else 0
        if self._ahead > _AHEAD:
            self.transport.abort()
        elif self.pipeline:
            self.flow.resume_reading()
        if self._head is not None and not self.transport.is_closing():
            self._head += len(data)
            if self._head > _HEAD:
                self.send_400_response(f"the head of a request holds at most {_HEAD >> 10} KiB")

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; an address that is too long by a status of its own (RFC 9110, §15.5.15)."""
        is_long = len(self.url) > ADDRESS
        refused = problem(414, f"an address holds at most {ADDRESS:,} bytes; send a long query by POST") if is_long else problem(400, msg)
        headers = [(b"content-type", refused.media.encode()), (b"content-length", b"%d" % len(refused.body)), *ALWAYS, DATA, _LAST]
        self.transport.write(STATUS_LINE[refused.status] + b"".join(b"%s: %s\r\n" % each for each in headers) + b"\r\n" + refused.body)
        self.transport.close()
        log("refused", client=self.client[0] if self.client else "", status=refused.status)

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
