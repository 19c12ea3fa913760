"""One query on its way through the pool: what is asked, what comes of it, and how to stop it."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from comity.sparql.loading import Worker


@dataclass(frozen=True)
class Job:
    """A query as it came: its text, the dataset of the protocol's parameters, and the media type wanted for each form of query."""

    text: str
    formats: dict[str, str | None]
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()

    def header(self) -> dict[str, Any]:
        """All but the text, as a worker process is told it."""
        return {"formats": self.formats, "default_graphs": list(self.default_graphs), "named_graphs": list(self.named_graphs)}


@dataclass(frozen=True)
class Result:
    """A whole result: the form of the query and the bytes, in the format wanted for that form; no body where it has none (406)."""

    form: str
    body: bytes | None


class Run:
    """One query on its way. ``future`` gives its :class:`Result` or raises :class:`Refused`."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.future: Future[Result] = Future()
        self.began = time.monotonic()
        self._lock = threading.Lock()
        self._cancelled = False
        self._worker: Worker | None = None

    def cancel(self) -> None:
        """Stop the query: it leaves the queue, or its process is killed. Safe to call at any time."""
        with self._lock:
            self._cancelled = True
            if self._worker is not None:
                self._worker.hang_up()
        # Has an effect on a query that still waits, and on no other.
        self.future.cancel()

    def given_to(self, worker: Worker | None) -> bool:
        """Note that ``worker`` runs it now, or nobody; false if it was cancelled meanwhile."""
        with self._lock:
            self._worker = worker
            return not self._cancelled
