"""A client has a bounded time and a bounded number of bytes for a request, and there is room for the next."""

from __future__ import annotations

import json
import logging
import socket
import time

import pytest

from tests.server.serving import Serve, everything, until

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"


def problem(answer: bytes) -> dict:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"connection: close" in head
    assert b"application/problem+json" in head
    document = json.loads(body)
    assert head.startswith(b"HTTP/1.1 %d " % document["status"])
    return document


# Time


def test_a_connection_that_sends_nothing_is_closed(serve: Serve) -> None:
    server = serve(head_seconds=0.3)
    with server.connect() as silent:
        assert everything(silent) == b""
    until(lambda: server.open() == 0)


def test_half_a_head_is_answered_with_408(serve: Serve) -> None:
    server = serve(head_seconds=0.3)
    with server.connect(GET[:-2]) as slow:
        assert problem(everything(slow))["status"] == 408


def test_a_head_that_comes_byte_by_byte_has_no_longer(serve: Serve) -> None:
    server = serve(head_seconds=0.5)
    with server.connect(b"GET / HTTP/1.1\r\n") as slow, pytest.raises((BrokenPipeError, ConnectionResetError)):
        for _ in range(600):
            slow.sendall(b"\r\n" if _ % 2 else b"a: b")
            time.sleep(0.05)


def test_empty_lines_between_two_requests_are_no_way_to_stay(serve: Serve) -> None:
    server = serve(head_seconds=0.5)
    with server.connect(GET) as slow, pytest.raises((BrokenPipeError, ConnectionResetError)):
        for _ in range(600):
            slow.sendall(b"\r\n")
            time.sleep(0.05)


def test_a_body_that_does_not_come_is_answered_with_408(serve: Serve) -> None:
    server = serve(body_seconds=0.3)
    with server.connect(POST + b"half") as slow:
        assert "body" in problem(everything(slow))["detail"]
    until(lambda: server.left == ["/body"])
    assert server.get().endswith(b"small")


def test_the_time_of_a_body_begins_with_the_request(serve: Serve) -> None:
    server = serve(head_seconds=0.4, body_seconds=30)
    with server.connect(POST + b"half") as slow:
        time.sleep(1)  # longer than a head may take
        slow.sendall(b"-other")
        assert b"200 OK" in slow.recv(4096)


def test_a_client_that_waits_for_its_answer_is_not_cut_off(serve: Serve) -> None:
    server = serve(head_seconds=0.2, body_seconds=0.2, write_seconds=0.2, response_seconds=0.2)
    with server.connect(b"GET /waiting HTTP/1.1\r\nHost: x\r\n\r\nGET / HT") as patient:
        time.sleep(1)
        server.go.set()
        assert b"went" in patient.recv(4096)


# Bytes


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\na: " + b"x" * 9000,
        b"GET /" + b"x" * 9000,
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200,
        b"GET / HTTP/1.1\r\nHost: x\r\na: " + b"x" * 9000 + b"\r\n\r\n",
        b"POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\na: " + b"x" * 20_000,
        b"POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n" + b"a: b\r\n" * 200,
        b"POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 20_000,
    ],
    ids=["field", "address", "fields", "whole", "trailer", "trailers", "chunk extension"],
)
def test_a_head_without_end_is_answered_with_431(serve: Serve, head: bytes) -> None:
    server = serve()
    with server.connect(head) as raw:
        assert problem(everything(raw))["status"] == 431
    assert server.get().endswith(b"small")


def test_a_head_just_within_the_bound_is_served(serve: Serve) -> None:
    server = serve()
    start, end = b"GET / HTTP/1.1\r\nHost: x\r\na: ", b"\r\n\r\n"
    with server.connect(start + b"x" * (8192 - len(start) - len(end)) + end) as raw:
        assert b"200 OK" in raw.recv(4096)
        raw.sendall(GET)
        assert b"200 OK" in raw.recv(4096)


def test_a_body_in_many_chunks_is_no_head(serve: Serve) -> None:
    server = serve()
    with server.connect(
        b"POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 9000 + b"0\r\n\r\n"
    ) as raw:
        assert raw.recv(4096).endswith(b"9000")


def test_what_is_no_http_is_told_so(serve: Serve) -> None:
    with serve().connect(b"\x16\x03\x01\x02\x00\x01\x00") as raw:
        assert problem(everything(raw))["status"] == 400


def test_requests_sent_ahead_are_few(serve: Serve) -> None:
    server = serve()
    with server.connect(b"GET /waiting HTTP/1.1\r\nHost: x\r\n\r\n" + GET * 2000) as raw:
        assert everything(raw) == b""
    with server.connect(GET * 10) as raw:
        until(lambda: raw.recv(1 << 16, socket.MSG_PEEK).count(b"small") == 10)


def test_an_upgrade_is_answered_as_a_plain_request(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    server = serve()
    for protocol in (b"websocket", b"h2c"):
        with server.connect(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n" % protocol) as raw:
            assert b"200 OK" in raw.recv(4096)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


# Connections


def test_idle_connections_lock_nobody_out(serve: Serve) -> None:
    """The one that has been idle for longest makes room."""
    server = serve(connections=20)
    idle = [server.connect() for _ in range(60)]
    assert server.get().endswith(b"small")
    assert everything(idle[0]) == b""
    until(lambda: server.open() <= 20)
    idle[-1].sendall(GET)
    assert b"200 OK" in idle[-1].recv(4096)
    for raw in idle:
        raw.close()


def test_a_request_under_way_makes_no_room(serve: Serve) -> None:
    server = serve(connections=3)
    busy = [server.connect(b"GET /waiting HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(3)]
    until(lambda: server.open() == 3)
    time.sleep(0.3)  # until their heads are read
    refused = server.get()
    assert problem(refused)["status"] == 503
    assert b"retry-after" in refused.lower()
    server.go.set()
    for raw in busy:
        assert b"went" in raw.recv(4096)
        raw.close()
    until(lambda: server.open() == 0)
    assert server.get().endswith(b"small")
