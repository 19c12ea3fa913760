"""One request on its way through a pool: what is asked, what comes of it, and how to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from comity.processes.loading import Worker

__all__ = ["Result", "Run"]

Result = TypeVar("Result")


class Run(Generic[Result]):
    """One request on its way. ``future`` gives what ``read`` makes of the worker's message, or raises why there is none."""

    def __init__(self, header: dict[str, Any], body: bytes, read: Callable[[dict[str, Any], bytes], Result]) -> None:
        self.header = header
        self.body = body
        self.read = read
        self.future: Future[Result] = Future()
        self.began = time.monotonic()
        self._lock = threading.Lock()
        self._cancelled = False
        self._worker: Worker | None = None

    def cancel(self) -> None:
        """Stop it: it leaves the queue, or its process is killed. Safe to call at any time."""
        with self._lock:
            self._cancelled = True
            if self._worker is not None:
                self._worker.hang_up()
        # Has an effect on a request that still waits, and on no other.
        self.future.cancel()

    def given_to(self, worker: Worker | None) -> bool:
        """Note which ``worker`` carries it out now, if any; false if it was cancelled meanwhile."""
        with self._lock:
            self._worker = worker
            return not self._cancelled
