"""The loader process: reads what the work needs once and forks a worker whenever one is asked for.

Workers share the loaded pages, so a second worker costs little memory and a killed one is replaced in milliseconds. The loader is
their only parent: a process id means the same worker until the loader has confirmed its end. It stops when its owner is gone.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from comity.processes import wire, worker

__all__ = ["Trade", "main"]

_PR_SET_PDEATHSIG = 1

Trade = Callable[[dict[str, Any]], tuple[worker.Answer, dict[str, Any]]]
"""What a program learns for its trade: from the settings of the pool it makes the function that answers one request, and says what the
pool should know of what was loaded. Raises ``OSError`` or ``ValueError`` (``SyntaxError``) with a sentence where nothing can be loaded."""


def main(arguments: list[str], trade: Trade) -> int:
    """Serve the pool at the other end of the socket whose number is the first argument; the second holds the settings as JSON."""
    control = socket.socket(fileno=int(arguments[0]))
    settings = json.loads(arguments[1])
    limits = worker.Limits(settings["cpu_seconds"], settings["memory_mb"])
    try:
        answer, loaded = trade(settings)
    except (OSError, ValueError, SyntaxError) as error:
        wire.send(control, {"error": str(error)})
        return 1
    libc = ctypes.CDLL(None)
    with suppress(AttributeError):
        libc.malloc_trim(0)
    # Frozen objects are left alone by the garbage collector, so their pages stay shared.
    gc.collect()
    gc.freeze()
    wire.send(control, loaded)
    children: set[int] = set()
    try:
        while True:
            request, _ = wire.receive(control)
            if request["do"] == "end":
                wire.send(control, {"signal": _end(request["pid"], children)})
                continue
            _, (descriptor,), _, _ = socket.recv_fds(control, 1, 1)
            with socket.socket(fileno=descriptor) as channel:
                try:
                    pid = os.fork()
                except OSError as error:  # no process or memory to be had; the next request may find some
                    wire.send(control, {"error": error.strerror})
                    continue
                if pid == 0:
                    # Die with the loader, whatever ends it (Linux; elsewhere the limit on CPU time ends an orphan).
                    with suppress(AttributeError):
                        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
                    worker.enter(channel, answer, limits)
            children.add(pid)
            wire.send(control, {"pid": pid})
    except wire.Closed:
        return 0
    finally:
        for pid in list(children):
            _end(pid, children)


def _end(pid: int, children: set[int]) -> int:
    """Kill the child ``pid``, wait until it is gone, and give the signal that ended it (0 for none)."""
    if pid not in children:
        return 0
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    children.discard(pid)
    status = os.waitpid(pid, 0)[1]
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
