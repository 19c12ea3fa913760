"""The server and the number of files that its process may open."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.server.serving import PATIENCE, everything, until

WITHIN = """
import logging, resource, sys
from comity.server.bounds import Bounds, within_descriptors
soft, hard = (int(value) for value in sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
bounds = within_descriptors(Bounds(1, 1, 1, 1, 1024, connections=100), reserve=50)
print(bounds.connections, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""
SERVER = """
import resource, sys, uvicorn
from comity.server.bounds import Bounds
from comity.server.protocol import BoundedProtocols

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})

resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[3]),) * 2)
protocols = BoundedProtocols(Bounds(60, 60, 60, 60, 8192, connections=10_000))
config = uvicorn.Config(app, port=int(sys.argv[1]), loop=sys.argv[2], http=protocols, lifespan="off", log_level="critical")
uvicorn.Server(config).run()
"""


@pytest.mark.parametrize(
    ("soft", "hard", "said"),
    [
        (300, 300, "100 300"),  # enough
        (60, 300, "100 150"),  # raised as far as needed
        (60, 120, "70 120"),  # as far as possible
        (40, 40, "1 40"),
    ],
)
def test_connections_are_no_more_than_descriptors(soft: int, hard: int, said: str) -> None:
    done = subprocess.run([sys.executable, "-c", WITHIN, str(soft), str(hard)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == said
    assert ("may open" in done.stderr) == (not said.startswith("100"))


@contextmanager
def serving(loop: str, files: int) -> Iterator[int]:
    """A server process that may open ``files`` files; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port), loop, str(files)])
    try:
        until(lambda: process.poll() is not None or _answers(port))
        yield port
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), PATIENCE) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        return everything(raw).endswith(b"ok")
    return False


@pytest.mark.parametrize("loop", ["uvloop", "asyncio"])
def test_a_server_without_a_free_descriptor_goes_on_when_there_is_one(loop: str) -> None:
    with serving(loop, files=48) as port:
        crowd = []
        for _ in range(100):
            with suppress(OSError):
                crowd.append(socket.create_connection(("127.0.0.1", port), PATIENCE))
        for raw in crowd:
            raw.close()
        until(lambda: _answers(port))
