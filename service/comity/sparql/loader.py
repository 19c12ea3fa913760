"""The loader process: reads the dataset once and forks a worker whenever one is asked for.

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
import sys
from contextlib import suppress
from typing import Any

from comity.sparql import execution, wire, worker
from comity.sparql.grammar import query_table

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    """Serve the pool at the other end of the socket whose number is the first argument; the second holds the settings as JSON."""
    control = socket.socket(fileno=int(arguments[0]))
    settings = json.loads(arguments[1])
    limits = worker.Limits(settings["cpu_seconds"], settings["memory_mb"], settings["max_result_bytes"])
    try:
        source = execution.open_source(settings["path"], settings["base_iri"])
    except (OSError, SyntaxError) as error:
        wire.send(control, {"error": str(error)})
        return 1
    libc = ctypes.CDLL(None)
    with suppress(AttributeError):
        libc.malloc_trim(0)
    query_table()
    # Frozen objects are left alone by the garbage collector, so their pages stay shared.
    gc.collect()
    gc.freeze()
    wire.send(control, {"graphs": source.graphs, "triples": source.triples})
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
                    worker.enter(channel, source, limits)
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


def settings(**values: Any) -> str:
    """The settings of a loader as its second argument."""
    return json.dumps(values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
