"""The service over HTTP beside an empty route with the same body and an answer of the same size."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import orjson

from bench.flows import Flow, with_other_figures

__all__ = ["measure"]

SECONDS = 4.0
CONNECTIONS = 8
_PEER = """
import sys, uvicorn
from fastapi import FastAPI, Request, Response
app = FastAPI()
answer = b"x" * int(sys.argv[2])
@app.post("/v1/conflict-check")
async def empty(request: Request) -> Response:
    await request.body()
    return Response(answer, media_type="application/json")
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", access_log=False)
"""


def measure(dataset: Path, flow: Flow, others: list[Flow]) -> Iterator[tuple[str, float, str]]:
    """Yield the seconds to the first answer, the memory of a worker, and the throughput beside the empty route.

    The flow is sent with other figures each time; what is measured is a profile that the worker has seen. The memory is that
    of a worker that has answered the other flows as well.
    """
    bodies = [orjson.dumps(with_other_figures(flow, more)) for more in range(500)]
    body = bodies[0]
    start = time.perf_counter()
    environment = {**os.environ, "COMITY_DATASET": str(dataset), "COMITY_SPARQL_WORKERS": "1"}
    command = [sys.executable, "-m", "comity", "serve", "--port", "18231"]
    service = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        size = asyncio.run(_first(18231, body))
        yield "first_answer_s", time.perf_counter() - start, "s"
        peer = subprocess.Popen([sys.executable, "-c", _PEER, "18232", str(size)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            asyncio.run(_first(18232, body))
            ours, theirs = [], []
            for _ in range(3):  # turn about, so that a slow moment of the machine hits both
                theirs.append(asyncio.run(_throughput(18232, bodies)))
                ours.append(asyncio.run(_throughput(18231, bodies)))
            yield "http_requests_per_s", sorted(ours)[1], "1/s"
            yield "http_empty_requests_per_s", sorted(theirs)[1], "1/s"
            yield "http_vs_empty_ratio", sorted(ours)[1] / sorted(theirs)[1], "ratio"
        finally:
            peer.kill()
        asyncio.run(_each(18231, others))
        yield "worker_rss_mb", _rss(service.pid), "MB"
    finally:
        service.kill()


def _request(body: bytes) -> bytes:
    return (
        b"POST /v1/conflict-check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + str(len(body)).encode()
        + b"\r\n\r\n"
        + body
    )


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode(errors="replace"))
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    await reader.readexactly(length)
    return length


async def _first(port: int, body: bytes) -> int:
    """Wait for the server and return the length of its first answer."""
    for _ in range(600):
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        length = await _exchange(reader, writer, _request(body))
        writer.close()
        return length
    raise RuntimeError("the server did not answer within 12 seconds")


async def _each(port: int, flows: list[Flow]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for flow in flows:
        await _exchange(reader, writer, _request(orjson.dumps(flow)))
    writer.close()


async def _throughput(port: int, bodies: list[bytes]) -> float:
    requests = cycle([_request(body) for body in bodies])
    end = time.perf_counter() + SECONDS

    async def client() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        count = 0
        while time.perf_counter() < end:
            await _exchange(reader, writer, next(requests))
            count += 1
        writer.close()
        return count

    done = sum(await asyncio.gather(*(client() for _ in range(CONNECTIONS))))
    return done / SECONDS


def _rss(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024
