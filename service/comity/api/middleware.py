"""What every request passes: faults are caught, HEAD is answered, headers are set, and calls are counted if so wished."""

from __future__ import annotations

import logging
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.api.problems import Problem, internal_error

log = logging.getLogger("comity.api")

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"cross-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}


class Edge:
    """The outermost layer: security headers, answers to HEAD, and a 500 that says nothing for a fault that nobody foresaw."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        if head:
            scope = {**scope, "method": "GET"}
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                present = {name for name, _ in message["headers"]}
                added = [(name, value) for name, value in _HEADERS.items() if name not in present]
                message = {**message, "headers": [*message["headers"], *added]}
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            # The path only: a description may hold what its sender would not want in a log.
            log.exception("fault while answering %s %s", scope["method"], scope["path"])
            if started:
                raise
            await internal_error().response()(scope, receive, sending)


class RateLimit:
    """Refuses with 429 a client that calls more often than ``rate`` ("120/minute"), counted per address in this process."""

    def __init__(self, app: ASGIApp, rate: str) -> None:
        from limits import parse
        from limits.storage import MemoryStorage
        from limits.strategies import MovingWindowRateLimiter

        self.app = app
        self._rate: Any = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] == "/healthz":
            await self.app(scope, receive, send)
            return
        client = (scope.get("client") or ("unknown",))[0]
        if self._limiter.hit(self._rate, client):
            await self.app(scope, receive, send)
            return
        problem = Problem(
            429,
            "Too Many Requests",
            f"This address has used its {self._rate}. Wait, or run the service yourself: it is open.",
            headers={"Retry-After": str(self._rate.get_expiry())},
        )
        await problem.response()(scope, receive, send)
