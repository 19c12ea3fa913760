"""A worker process: locked in, it answers one query after another until it is killed, told to stop or worn out."""

from __future__ import annotations

import math
import os
import resource
import socket
from dataclasses import dataclass
from typing import Any

from comity.sparql import execution, refusals, wire
from comity.sparql.guard import inspect
from comity.sparql.refusals import Refused

_MEGABYTE = 1024 * 1024
# A worker that has grown by this much is replaced: what a large query leaves behind would count against the next one.
_WORN_MEGABYTES = 64


@dataclass(frozen=True)
class Limits:
    """What one query may use: CPU seconds, megabytes beside the loaded dataset, bytes of result."""

    cpu_seconds: float
    memory_mb: int
    max_result_bytes: int


def lock_in(limits: Limits) -> None:
    """Take from this process whatever a query has no need of, for good.

    No new file descriptor means no file, no name look-up and no connection: even a query that outwitted the guard could call nobody.
    Everything that the process will need must be open and imported before.
    """
    if (address_space := _address_space()) is not None:
        _limit(resource.RLIMIT_AS, address_space + limits.memory_mb * _MEGABYTE)
    for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        _limit(what, 0)


def _limit(what: int, value: int) -> None:
    ceiling = resource.getrlimit(what)[1]
    value = value if ceiling == resource.RLIM_INFINITY else min(value, ceiling)
    resource.setrlimit(what, (value, value))


def _address_space() -> int | None:
    """Bytes of address space in use, or ``None`` where the system does not say (then memory is not limited)."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return None


def serve(channel: socket.socket, source: execution.Source, limits: Limits) -> None:
    """Answer the queries that come in on ``channel`` until it closes or the worker is worn; its last answer then says so."""
    size = _resident_megabytes()
    while True:
        try:
            request, text = wire.receive(channel)
        except wire.Closed:
            return
        _allow_cpu(limits.cpu_seconds)
        header, body = _answer(source, request, text, limits.max_result_bytes)
        header["last"] = _resident_megabytes() - size > _WORN_MEGABYTES
        wire.send(channel, header, body)
        if header["last"]:
            return


def _answer(source: execution.Source, request: dict[str, Any], text: bytes, max_result_bytes: int) -> tuple[dict[str, Any], bytes]:
    try:
        query = inspect(
            text.decode(),
            source.graphs,
            base_iri=source.base_iri,
            default_graphs=request["default_graphs"],
            named_graphs=request["named_graphs"],
        )
        chosen = request["formats"][query.form]
        if chosen is None:
            return {"status": 406, "form": query.form}, b""
        return {"status": 200, "form": query.form}, execution.run(source, query, chosen, max_result_bytes)
    except Refused as refused:
        return _told(refused), b""
    except MemoryError:
        return _told(refusals.out_of_memory()), b""


def _told(refused: Refused) -> dict[str, Any]:
    return {"status": refused.status, "title": refused.title, "detail": refused.detail, "extra": refused.extra}


def _allow_cpu(seconds: float) -> None:
    """Let the process use ``seconds`` more of CPU, after which the kernel ends it: the backstop if nobody is left to kill it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    ceiling = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(usage.ru_utime + usage.ru_stime + seconds), ceiling))


def _resident_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def enter(channel: socket.socket, source: execution.Source, limits: Limits) -> None:
    """Be a worker from here on: called in a fresh child of the loader, does not return."""
    status = 1
    try:
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        kept = channel.fileno()
        os.closerange(3, kept)
        os.closerange(kept + 1, 65536)
        lock_in(limits)
        serve(channel, source, limits)
        status = 0
    finally:
        # Not sys.exit: nothing that the loader registered may run here.
        os._exit(status)
