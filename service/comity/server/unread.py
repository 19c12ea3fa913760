"""Answers that wait to be read: sent in pieces, as fast as the client reads, and bounded in what they hold together."""

from __future__ import annotations

import asyncio
import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.server import refusals

log = logging.getLogger("comity.server")

PIECE_BYTES = 256 * 1024
# Shorter answers are not counted: the connections bound them.
COUNTED_BYTES = 64 * 1024
# Longer ones leave a quarter of the memory to the others.
LARGE_BYTES = 1024 * 1024

_RETRY_SECONDS = 10


class UnreadAnswers:
    """Sends long answers in pieces, and refuses one with 503 if those under way would hold more than ``most_bytes`` with it.

    Answers over 1 MiB may hold three quarters of that. One answer is always let through, however long it is. The innermost layer:
    what lies outside (compression, say) then works on pieces too.
    """

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self.app = app
        self.held_bytes = 0
        self._most = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def sending(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None:
                head, start = start, None
                if not message.get("more_body", False) and len(message.get("body", b"")) > COUNTED_BYTES:
                    await self._send_long(scope, receive, send, head, message["body"])
                    return
                await send(head)
            await send(message)

        await self.app(scope, receive, sending)

    async def _send_long(self, scope: Scope, receive: Receive, send: Send, head: Message, body: bytes) -> None:
        size = len(body)
        share = self._most * 3 // 4 if size > LARGE_BYTES else self._most
        if self.held_bytes and self.held_bytes + size > share:
            log.debug("an answer of %d bytes was refused: %d wait to be read", size, self.held_bytes)
            await refusals.too_many_unread(_RETRY_SECONDS).response()(scope, receive, send)
            return
        self.held_bytes += size
        try:
            await send(head)
            for offset in range(0, size, PIECE_BYTES):
                await send({"type": "http.response.body", "body": body[offset : offset + PIECE_BYTES], "more_body": True})
                await asyncio.sleep(0)  # others are served between two pieces
            # Waits, as each piece did, until the one before it is read but for a rest.
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.held_bytes -= size
