"""One connection, held to its bounds: uvicorn's protocol for HTTP/1.1 with a clock, a count of bytes and a count of connections.

uvicorn itself waits without end for a head or a body, keeps an answer that nobody reads, and takes in heads of any size. A head
that goes on is counted before it is parsed, and every connection is looked at once a second or more often; a request that does
nothing wrong costs a few assignments.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from enum import Enum
from typing import Any

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from comity.http.problems import Problem
from comity.server import refusals
from comity.server.bounds import MAX_FIELDS, MAX_PIPELINED, Bounds

log = logging.getLogger("comity.server")

# What the system keeps of an answer beside us, about twice this. It tells of progress only when a third of it was read, so the
# several megabytes that it might choose would make a slow reader look like one that has stopped.
_SEND_BUFFER_BYTES = 128 * 1024
_RETRY_SECONDS = 5
_WARN_SECONDS = 60


class _Awaited(Enum):
    """What of a request is to come next from the client."""

    NOTHING = 0
    HEAD = 1
    BODY = 2


class _TooMuch(Exception):
    """Stops the parser; the client has been answered."""


class BoundedProtocols:
    """Makes the protocol of each connection that a server process accepts; to be given to uvicorn as ``http``.

    It can be pickled, for uvicorn starts further processes with it.
    """

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._warned: float | None = None

    def __call__(
        self, *, config: Config, server_state: ServerState, app_state: dict[str, Any], _loop: asyncio.AbstractEventLoop | None = None
    ) -> BoundedProtocol:
        """Return the protocol of one new connection."""
        return BoundedProtocol(self, config, server_state, app_state, _loop)

    def make_room(self, new: BoundedProtocol) -> None:
        """Close the connection that has been idle for longest, or ``new`` if each of the others has a request under way."""
        others = [c for c in new.connections if isinstance(c, BoundedProtocol) and c is not new and c.is_idle()]
        if others:
            min(others, key=lambda c: c.idle_since).give_way()
            return
        if self._warned is None or new.loop.time() - self._warned > _WARN_SECONDS:
            self._warned = new.loop.time()
            log.warning("all %d connections have a request under way; further ones get 503", self.bounds.connections)
        new.refuse(refusals.no_connection_free(_RETRY_SECONDS))


class BoundedProtocol(HttpToolsProtocol):
    """One connection. What passes its bounds is answered with a problem document where an answer is still possible, and closed."""

    def __init__(
        self,
        owner: BoundedProtocols,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        loop: asyncio.AbstractEventLoop | None,
    ) -> None:
        super().__init__(config, server_state, app_state, loop)
        now = self.loop.time()
        self._owner, self._bounds = owner, owner.bounds
        self.idle_since = now
        self._looking: asyncio.TimerHandle | None = None
        # What the client owes, since when, and how many bytes it sent since the last whole head or piece of a body.
        self._awaited, self._since, self._loose_bytes = _Awaited.HEAD, now, 0
        # What the client has not read: bytes at the last look, since when none of them left, since when this answer is under way.
        self._unread, self._drained, self._stuck_since = 0, False, now
        self._answer: RequestResponseCycle | None = None
        self._answer_since = now

    # Connections

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # a server of TCP gets no other kind of transport
        """Begin, if there is room."""
        super().connection_made(transport)
        if (connected := transport.get_extra_info("socket")) is not None:
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        self._looking = self.loop.call_later(self._bounds.look_seconds, self._look)
        if len(self.connections) > self._bounds.connections:
            self._owner.make_room(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        if self._looking is not None:
            self._looking.cancel()
        super().connection_lost(exc)

    def is_idle(self) -> bool:
        """Return whether no request is under way: none has begun or only its head, and the last answer is gone."""
        answered = self.cycle is None or self.cycle.response_complete
        return answered and not self.pipeline and not self.transport.is_closing() and not self.transport.get_write_buffer_size()

    def give_way(self) -> None:
        """Close this idle connection in favour of a new one."""
        self.connections.discard(self)
        self.transport.close()

    def refuse(self, problem: Problem) -> None:
        """Answer with ``problem`` and close; only close where another answer is under way."""
        if self.transport.is_closing():
            return
        log.debug("connection closed: %s", problem)
        running = self.cycle if self.cycle is not None and not self.cycle.response_complete else None
        reading_body = running is not None and self._awaited is _Awaited.BODY and not running.response_started
        if not self.pipeline and (running is None or reading_body):
            self.transport.write(refusals.as_bytes(problem))
        self.transport.close()
        if running is not None:
            # The application learns that nobody waits for its answer.
            running.disconnected = True
            running.message_event.set()

    # What comes in

    def data_received(self, data: bytes) -> None:
        """Parse what was sent, in pieces small enough that no head passes its limit unseen."""
        self._unset_keepalive_if_required()
        if self._awaited is _Awaited.NOTHING:
            self._await(_Awaited.HEAD)
        while data and not self.transport.is_closing():
            room = self._bounds.head_bytes - self._loose_bytes
            piece, data = data[:room], data[room:]
            self._loose_bytes += len(piece)
            try:
                self.parser.feed_data(piece)
            except httptools.HttpParserUpgrade:
                # Nobody has to accept an upgrade; the request is answered as it is.
                pass
            except httptools.HttpParserError:
                self.refuse(refusals.malformed())
            if self._loose_bytes >= self._bounds.head_bytes:
                self.refuse(refusals.head_too_large(self._bounds.head_bytes))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take one field of the head, or of the trailer after a body in chunks."""
        if len(self.headers) >= MAX_FIELDS:
            self.refuse(refusals.head_too_large(self._bounds.head_bytes))
            raise _TooMuch
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin the request, or have it wait for its turn."""
        if len(self.pipeline) >= MAX_PIPELINED:
            self.transport.close()
            raise _TooMuch
        self._await(_Awaited.BODY)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._loose_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the request is whole."""
        self._await(_Awaited.NOTHING)
        super().on_message_complete()

    def _await(self, what: _Awaited) -> None:
        self._awaited, self._since, self._loose_bytes = what, self.loop.time(), 0

    # What goes out

    def on_response_complete(self) -> None:
        """Go on to the next request."""
        self.idle_since = self.loop.time()
        super().on_response_complete()

    def resume_writing(self) -> None:
        """The client has read most of what was kept for it."""
        self._drained = True
        super().resume_writing()

    # The clock

    def _look(self) -> None:
        self._looking = self.loop.call_later(self._bounds.look_seconds, self._look)
        now = self.loop.time()
        if self._does_not_read(now):
            log.debug("connection closed: its client does not read the answer")
            self.transport.abort()
        elif not self.transport.is_closing():
            self._demand_request(now)

    def _demand_request(self, now: float) -> None:
        if self.flow.read_paused or (self._awaited is _Awaited.HEAD and not self.is_idle()):
            # It is the server that is behind.
            self._since += self._bounds.look_seconds
        elif self._awaited is _Awaited.HEAD and now - self._since > self._bounds.head_seconds:
            if self._loose_bytes:
                self.refuse(refusals.head_too_slow(self._bounds.head_seconds))
            else:
                self.transport.close()
        elif self._awaited is _Awaited.BODY and now - self._since > self._bounds.body_seconds:
            self.refuse(refusals.body_too_slow(self._bounds.body_seconds))

    def _does_not_read(self, now: float) -> bool:
        unread = self.transport.get_write_buffer_size()
        if not unread or unread < self._unread or self._drained:
            self._stuck_since = now
        self._unread, self._drained = unread, False
        cycle = self.cycle
        answering = cycle is not None and cycle.response_started and not cycle.response_complete
        if not (unread or answering) or cycle is not self._answer:
            self._answer, self._answer_since = cycle, now
        return now - self._stuck_since > self._bounds.write_seconds or now - self._answer_since > self._bounds.response_seconds
