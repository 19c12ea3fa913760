"""A worker process: locked in, it answers one request after another until it is killed, told to stop or worn out."""

from __future__ import annotations

import math
import os
import resource
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comity.processes import wire

Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]
"""Answers one request (header and body) with one message; raises ``MemoryError`` where it needs more than it may have."""

_MEGABYTE = 1024 * 1024
# A worker that has grown by this much is replaced: what a large request leaves behind would count against the next one.
_WORN_MEGABYTES = 64


@dataclass(frozen=True)
class Limits:
    """What one request may use: CPU seconds, megabytes beside what the loader holds."""

    cpu_seconds: float
    memory_mb: int


def lock_in(limits: Limits) -> None:
    """Take from this process whatever a request has no need of, for good.

    No new file descriptor means no file, no name look-up and no connection: even a request that outwitted its guard could call nobody.
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


def serve(channel: socket.socket, answer: Answer, limits: Limits) -> None:
    """Answer what comes in on ``channel`` until it closes or the worker is worn; its last answer then says so (``last``)."""
    size = _resident_megabytes()
    while True:
        try:
            request, body = wire.receive(channel)
        except wire.Closed:
            return
        _allow_cpu(limits.cpu_seconds)
        try:
            header, found = answer(request, body)
        except MemoryError:
            header, found = {"memory": True}, b""
        header["last"] = _resident_megabytes() - size > _WORN_MEGABYTES
        wire.send(channel, header, found)
        if header["last"]:
            return


def _allow_cpu(seconds: float) -> None:
    """Let the process use ``seconds`` more of CPU, after which the kernel ends it: the backstop if nobody is left to kill it."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    ceiling = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(usage.ru_utime + usage.ru_stime + seconds), ceiling))


def _resident_megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def enter(channel: socket.socket, answer: Answer, limits: Limits) -> None:
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
        serve(channel, answer, limits)
        status = 0
    finally:
        # Not sys.exit: nothing that the loader registered may run here.
        os._exit(status)
