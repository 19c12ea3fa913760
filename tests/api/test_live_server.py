"""The application behind a real server and a real socket."""

import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from comity.api import Settings, create_app


@pytest.fixture(scope="module")
def address(dataset, engine) -> Iterator[str]:
    """The address of a running server."""
    app = create_app(Settings(dataset=dataset, sparql_workers=0), engine=engine)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_fifty_megabytes_are_refused_at_once(address):
    body = b'{"note": "' + b"x" * 50_000_000 + b'"}'
    began = time.monotonic()
    answer = httpx.post(f"{address}/v1/conflict-check", content=body, headers={"Content-Type": "application/json"}, timeout=20)
    assert answer.status_code == 413
    assert answer.json()["limit"] == 1024 * 1024
    assert time.monotonic() - began < 5
    assert httpx.get(f"{address}/healthz").status_code == 200


def test_a_body_without_a_length_is_cut_off_at_the_limit(address):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(b"POST /v1/conflict-check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(17):
            raw.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        answer = raw.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in answer.lower()
    assert httpx.get(f"{address}/healthz").status_code == 200


def test_a_client_that_stops_halfway_harms_nobody(address):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(b"POST /v1/conflict-check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
    assert httpx.get(f"{address}/healthz").status_code == 200


def test_many_at_once_get_their_own_answers(address):
    with httpx.Client(base_url=address) as client:
        for give in ("met", "unmet", "unknown", "prohibited") * 5:
            answer = client.post("/v1/conflict-check", json={"give": give})
            assert json.loads(answer.content)["findings"][0]["status"] == give
