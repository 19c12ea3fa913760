"""The application behind the server that is shipped and a real socket."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from tests.shared import free_port


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


HALF = b"POST /v1/conflict-check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"


def test_a_client_that_leaves_halfway_harms_nobody_and_is_no_fault(address, caplog):
    host, port = address.removeprefix("http://").split(":")
    with caplog.at_level(logging.DEBUG, "comity"), socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(HALF)
        time.sleep(0.2)
        raw.close()
        deadline = time.monotonic() + 20
        while "the client left" not in caplog.text and time.monotonic() < deadline:
            time.sleep(0.02)
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert "the client left before its request was whole: POST /v1/conflict-check" in caplog.text
    assert [record for record in caplog.records if record.levelno > logging.DEBUG and record.name.startswith(("comity", "uvicorn"))] == []


def test_a_client_that_sends_half_a_body_gets_408(address):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as raw:
        raw.sendall(HALF)
        head, _, document = raw.makefile("rb").read().partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert json.loads(document)["title"] == "Request Timeout"


@pytest.mark.parametrize("workers", [1, 2])
def test_the_command_serves_within_the_same_bounds(built, workers):
    port = free_port()
    command = [sys.executable, "-m", "comity", "serve", "--dataset", str(built), "--port", str(port), "--workers", str(workers)]
    settings = {"COMITY_HEAD_TIMEOUT_SECONDS": "1", "COMITY_SPARQL_WORKERS": "0"}
    process = subprocess.Popen(command, env={**os.environ, **settings}, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                raw = socket.create_connection(("127.0.0.1", port), timeout=20)
                break
            except ConnectionRefusedError:
                assert time.monotonic() < deadline and process.poll() is None
                time.sleep(0.1)
        with raw:
            raw.sendall(b"GET /healthz HTTP/1.1\r\n")
            raw.settimeout(60)
            assert raw.makefile("rb").read().startswith(b"HTTP/1.1 408 ")
        with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
            raw.sendall(b"GET /healthz HTTP/1.1\r\na: " + b"x" * 40_000)
            assert raw.recv(4096).startswith(b"HTTP/1.1 431 ")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_many_at_once_get_their_own_answers(address):
    with httpx.Client(base_url=address) as client:
        for give in ("met", "unmet", "unknown", "prohibited") * 5:
            answer = client.post("/v1/conflict-check", json={"give": give})
            assert json.loads(answer.content)["findings"][0]["status"] == give
