"""A server with the bounds of the real one, some seconds shorter, around a small application."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from comity.server.bounds import Bounds
from comity.server.protocol import BoundedProtocols
from comity.server.unread import UnreadAnswers

BOUNDS = Bounds(head_seconds=60, body_seconds=60, write_seconds=60, response_seconds=60, head_bytes=8192, connections=64)
PATIENCE = 30  # far beyond any bound of a test: what takes so long does not come


@dataclass
class Running:
    """A running server and what its application saw."""

    port: int
    unread: UnreadAnswers
    left: list[str] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)
    open: Callable[[], int] = lambda: 0

    def connect(self, sent: bytes = b"", **options: int) -> socket.socket:
        """A connection over which ``sent`` was sent."""
        raw = socket.socket()
        for name, value in options.items():
            raw.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
        raw.settimeout(PATIENCE)
        raw.connect(("127.0.0.1", self.port))
        raw.sendall(sent)
        return raw

    def get(self, path: str = "/") -> bytes:
        """The answer to a request on a connection of its own."""
        with self.connect(b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % path.encode()) as raw:
            return everything(raw)


Serve = Callable[..., "Running"]


def everything(raw: socket.socket) -> bytes:
    """What is received until the other side closes; fails if it does not."""
    parts = []
    with suppress(ConnectionResetError):
        while part := raw.recv(1 << 20):
            parts.append(part)
    return b"".join(parts)


def until(true: Callable[[], bool]) -> None:
    """Wait for something that has to become true."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def start(bounds: Bounds, most_bytes: int) -> tuple[Running, Callable[[], None]]:
    """A server, and how to end it."""
    running: Running

    async def small(_: Request) -> Response:
        return PlainTextResponse("small")

    async def long(request: Request) -> Response:
        return Response(b"x" * int(request.path_params["size"]))

    async def waiting(_: Request) -> Response:
        while not running.go.is_set():
            await asyncio.sleep(0.01)
        return PlainTextResponse("went")

    async def body(request: Request) -> Response:
        try:
            return PlainTextResponse(str(len(await request.body())))
        except ClientDisconnect:
            running.left.append(request.url.path)
            raise

    routes = [Route("/", small), Route("/long/{size}", long), Route("/waiting", waiting), Route("/body", body, methods=["POST"])]
    unread = UnreadAnswers(_quiet(Starlette(routes=routes)), most_bytes)
    config = uvicorn.Config(unread, port=0, log_level="error", lifespan="off", http=BoundedProtocols(bounds), ws="none")  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    running = Running(server.servers[0].sockets[0].getsockname()[1], unread)
    running.open = lambda: len(server.server_state.connections)

    def end() -> None:
        running.go.set()
        server.should_exit = server.force_exit = True
        thread.join(PATIENCE)

    return running, end


def _quiet(app: Starlette) -> Callable[..., object]:
    async def quiet(scope: dict, receive: object, send: object) -> None:
        with suppress(ClientDisconnect):
            await app(scope, receive, send)  # type: ignore[arg-type]

    return quiet
