"""Answers that nobody reads hold a bounded memory for a bounded time."""

from __future__ import annotations

import asyncio
import time

import pytest

from comity.server.unread import LARGE_BYTES, UnreadAnswers
from tests.server.serving import PATIENCE, Serve, until

MEGABYTE = 1 << 20


def request(path: str) -> bytes:
    return b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % path.encode()


def test_a_client_that_stops_reading_is_cut_off(serve: Serve) -> None:
    server = serve(write_seconds=0.5)
    with server.connect(request("/long/30000000"), SO_RCVBUF=4096):
        until(lambda: server.unread.held_bytes == 30_000_000)
        until(lambda: server.open() == 0)
    until(lambda: server.unread.held_bytes == 0)


def test_a_byte_now_and_then_is_no_way_around_it(serve: Serve) -> None:
    server = serve(write_seconds=20, response_seconds=1)
    with server.connect(request("/long/30000000"), SO_RCVBUF=4096) as slow:
        deadline = time.monotonic() + PATIENCE
        until(lambda: server.open() == 1)
        while server.open():
            assert time.monotonic() < deadline
            slow.recv(1)
            time.sleep(0.05)
    until(lambda: server.unread.held_bytes == 0)


def test_a_slow_reader_gets_all(serve: Serve) -> None:
    """At 400 kB/s for five seconds, while the bound is on reading nothing for two."""
    server = serve(write_seconds=2)
    with server.connect(request("/long/2000000"), SO_RCVBUF=4096) as slow:
        received = 0
        while received < 2_000_000:
            part = slow.recv(8000)
            assert part, f"cut off after {received} bytes"
            received += len(part)
            time.sleep(0.02)


def test_all_together_hold_no_more_than_is_allowed(serve: Serve) -> None:
    server = serve(most_bytes=100 * MEGABYTE)
    readers = [server.connect(request("/long/15000000"), SO_RCVBUF=4096) for _ in range(40)]
    begun = [raw.recv(12) for raw in readers]
    assert begun.count(b"HTTP/1.1 200") == 5
    assert begun.count(b"HTTP/1.1 503") == 35
    assert server.unread.held_bytes == 75_000_000
    # Ordinary answers have the rest to themselves.
    assert server.get(f"/long/{LARGE_BYTES}").endswith(b"x")
    for raw in readers:
        raw.close()
    until(lambda: server.unread.held_bytes == 0)
    assert server.get("/long/15000000").endswith(b"x")


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 64 * 1024 + 1, 256 * 1024, 256 * 1024 + 1, 3 * MEGABYTE])
def test_pieces_make_the_whole(serve: Serve, size: int) -> None:
    head, _, body = serve().get(f"/long/{size}").partition(b"\r\n\r\n")
    assert f"content-length: {size}".encode() in head
    assert len(body) == size


def test_an_answer_that_is_given_up_is_let_go() -> None:
    """By a fault while it is sent, or because the server gives its task up."""

    async def app(scope: object, receive: object, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x" * MEGABYTE})

    async def broken(message: dict) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    async def stuck(message: dict) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def trial() -> None:
        layer = UnreadAnswers(app, MEGABYTE)
        with pytest.raises(OSError):
            await layer({"type": "http"}, None, broken)
        assert layer.held_bytes == 0
        task = asyncio.ensure_future(layer({"type": "http"}, None, stuck))
        await asyncio.sleep(0.01)
        assert layer.held_bytes == MEGABYTE
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert layer.held_bytes == 0

    asyncio.run(trial())
