"""What every request passes: faults are caught, HEAD is answered, headers are set, and calls are counted if so wished."""

from __future__ import annotations

import logging
import time
from collections import Counter

from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.http.problems import Problem, internal_error

log = logging.getLogger("comity.api")

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"cross-origin",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


class Edge:
    """The outermost layer: security headers, answers to HEAD, and a plain 500 for an unexpected error, without its details."""

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
        except ClientDisconnect:
            log.debug("the client left before its request was whole: %s %s", scope["method"], scope["path"])
        except Exception:
            # The path only: a description may hold what its sender would not want in a log.
            log.exception("fault while answering %s %s", scope["method"], scope["path"])
            if started:
                raise
            await internal_error().response()(scope, receive, sending)


class Compression(GZipMiddleware):
    """Compresses long answers for clients that accept it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if _is_post_without(scope, b"accept-encoding", b"gzip"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


class CrossOrigin(CORSMiddleware):
    """Lets pages of other origins call the service from a browser."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if _is_post_without(scope, b"origin"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _is_post_without(scope: Scope, header: bytes, value: bytes = b"") -> bool:
    """Say whether a request is one that a layer may let pass untouched.

    What is posted is answered for one client alone. No cache keeps the answer, so that it needs no word on what it varies by.
    """
    return scope["type"] == "http" and scope["method"] == "POST" and not any(n == header and value in v for n, v in scope["headers"])


class RateLimit:
    """Refuses with 429 a client that calls more than ``rate`` ("120/minute") in one period, counted by address in this process.

    Raises ``ValueError`` for a rate that cannot be read.
    """

    def __init__(self, app: ASGIApp, rate: str) -> None:
        self.app = app
        count, _, unit = rate.partition("/")
        if not count.strip().isdecimal() or unit.strip() not in _SECONDS:
            raise ValueError(f"the rate limit {rate!r} cannot be read; write it as 120/minute (or second, hour, day)")
        self._most, self._seconds, self._rate = int(count), _SECONDS[unit.strip()], rate
        self._period = 0
        self._calls: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] in ("/healthz", "/readyz") or self._allows((scope.get("client") or ("unknown",))[0]):
            await self.app(scope, receive, send)
            return
        detail = f"This address has used its {self._rate}. Wait, or run the service yourself: it is open."
        wait = {"Retry-After": str(self._seconds - int(time.time()) % self._seconds)}
        await Problem(429, "Too Many Requests", detail, headers=wait).response()(scope, receive, send)

    def _allows(self, client: str) -> bool:
        period = int(time.time()) // self._seconds
        if period != self._period:
            self._period = period
            self._calls.clear()
        self._calls[client] += 1
        return self._calls[client] <= self._most
