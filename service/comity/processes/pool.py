"""A pool of worker processes, as the service sees it: requests go in, whole answers or reasons come out.

A request has one process to itself while it runs. If it takes too long, or nobody waits for it any more, that process is killed, its
end is awaited, and a fresh one takes its place: the core is free when the answer says so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from signal import SIGABRT, SIGKILL, SIGXCPU
from typing import Any, Self

from comity.processes import wire
from comity.processes.failures import BrokeDown, Cancelled, Failure, OutOfMemory, TimedOut, TooMany, Unavailable
from comity.processes.loading import Loader, LoaderError, Worker
from comity.processes.runs import Result, Run

__all__ = ["ProcessPool"]


class ProcessPool:
    """``size`` processes that run ``program`` (a module, see :mod:`comity.processes.loader`) on what ``settings["path"]`` names.

    ``wall_seconds`` and ``memory_mb`` (beside what the loader holds) bound one request. At most ``queue`` requests wait for a process, none
    longer than ``wall_seconds``. ``failed`` turns a :class:`Failure` into what the caller raises. Nothing runs before :meth:`start` or the
    first request; after a fault of the loader the next request starts it again. Needs a system that can fork.
    """

    def __init__(
        self,
        program: str,
        settings: dict[str, Any],
        *,
        size: int,
        wall_seconds: float,
        memory_mb: int,
        queue: int,
        failed: Callable[[Failure], Exception] = lambda failure: failure,
    ) -> None:
        self.size = size
        self.wall_seconds = wall_seconds
        self._places = size + queue
        self._program = program
        self._settings = {**settings, "cpu_seconds": wall_seconds + 1, "memory_mb": memory_mb}
        self._failed = failed
        self._threads = ThreadPoolExecutor(size, thread_name_prefix=program)
        self._lock = threading.Lock()
        self._starting = threading.Lock()
        self._loader: Loader | None = None
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._inside = 0
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> dict[str, Any]:
        """Load what the work needs and make the workers, if that is not done; give what the loader says of it. Blocks until then.

        Raises what ``failed`` makes of :class:`Unavailable` where it cannot be loaded.
        """
        try:
            loader = self._running_loader()
            with self._lock:
                missing = self.size - len(self._idle) - len(self._busy)
            for _ in range(missing):
                self._put(loader.fork())
        except LoaderError as error:
            raise self._failed(Unavailable(str(error))) from None
        except Failure as failure:
            raise self._failed(failure) from None
        return loader.loaded

    def close(self) -> None:
        """Kill what runs, end all processes. Requests that wait are dropped."""
        with self._lock:
            self._closed = True
            loader, self._loader = self._loader, None
            self._idle.clear()
        if loader is not None:
            loader.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def pids(self) -> list[int]:
        """Return the process ids of the workers, busy and idle."""
        with self._lock:
            return sorted(worker.pid for worker in (*self._idle, *self._busy))

    def submit(self, header: dict[str, Any], body: bytes, read: Callable[[dict[str, Any], bytes], Result]) -> Run[Result]:
        """Queue a request; never blocks. ``read`` makes the result out of the worker's message, or raises.

        Raises what ``failed`` makes of :class:`TooMany` where the queue is full, or of :class:`Unavailable` where the pool is closed.
        """
        run = Run(header, body, read)
        with self._lock:
            if self._closed:
                raise self._failed(Unavailable("The service is shutting down."))
            if self._inside >= self._places:
                raise self._failed(self._too_many())
            self._inside += 1
        run.future.add_done_callback(self._left)
        self._threads.submit(self._carry_out, run)
        return run

    def _left(self, _: Future[Any]) -> None:
        with self._lock:
            self._inside -= 1

    def _carry_out(self, run: Run[Any]) -> None:
        if not run.future.set_running_or_notify_cancel():
            return
        try:
            run.future.set_result(run.read(*self._answer(run)))
        except Failure as failure:
            run.future.set_exception(self._failed(failure))
        except (LoaderError, wire.Closed):
            run.future.set_exception(self._failed(Unavailable("The process that was to answer was lost. Try again.")))
        except BaseException as error:
            run.future.set_exception(error)

    def _answer(self, run: Run[Any]) -> tuple[dict[str, Any], bytes]:
        if time.monotonic() - run.began > self.wall_seconds:
            raise self._too_many()
        if not run.given_to(None):
            raise Cancelled
        worker = self._take()
        reusable = False
        try:
            if not run.given_to(worker):
                raise Cancelled
            header, body = worker.ask(run.header, run.body, self.wall_seconds)
            reusable = not header["last"]
        except TimeoutError:
            raise TimedOut(self.wall_seconds) from None
        except wire.Closed:
            if not run.given_to(None):
                raise Cancelled from None
            raise self._post_mortem(worker) from None
        finally:
            run.given_to(None)
            self._give_back(worker, reusable)
        if header.get("memory"):
            raise OutOfMemory
        return header, body

    def _running_loader(self) -> Loader:
        with self._starting:
            with self._lock:
                if self._closed:
                    raise Unavailable("The service is shutting down.")
                if self._loader is not None and self._loader.alive():
                    return self._loader
                self._idle.clear()
            try:
                loader = Loader(self._program, self._settings)
            except (LoaderError, OSError) as error:
                raise Unavailable(str(error)) from None
            with self._lock:
                if self._closed:
                    loader.close()
                    raise Unavailable("The service is shutting down.")
                self._loader = loader
            return loader

    def _take(self) -> Worker:
        """Return a worker that is alive and free. There is always one to have: only ``size`` threads ask."""
        loader = self._running_loader()
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
                if worker is not None:
                    self._busy.add(worker)
            if worker is None:
                worker = loader.fork()
                with self._lock:
                    self._busy.add(worker)
                return worker
            if worker.waiting():
                return worker
            with suppress(LoaderError):
                worker.end()
            with self._lock:
                self._busy.discard(worker)

    def _put(self, worker: Worker) -> None:
        with self._lock:
            wanted = len(self._idle) + len(self._busy) < self.size
            if wanted:
                self._idle.append(worker)
        if not wanted:
            with suppress(LoaderError):
                worker.end()

    def _give_back(self, worker: Worker, reusable: bool) -> None:
        """Keep ``worker`` for the next request, or replace it; when this returns, a worker that is not kept is gone."""
        kept: Worker | None = worker if reusable else None
        try:
            if not reusable:
                worker.end()
                kept = worker.loader.fork()
        except LoaderError:
            kept = None  # the next request starts what it needs
        finally:
            with self._lock:
                self._busy.discard(worker)
        if kept is not None:
            self._put(kept)

    def _post_mortem(self, worker: Worker) -> Failure:
        """Return why ``worker`` hung up in the middle of a request."""
        signal = worker.end()
        if signal == SIGXCPU:
            return TimedOut(self.wall_seconds)
        if signal == SIGABRT:
            return OutOfMemory()
        if signal == SIGKILL:  # by the system for want of memory, or by somebody; it need not be the fault of the request
            return Unavailable("The process that worked on it was ended from outside. Try again.")
        return BrokeDown()

    def _too_many(self) -> TooMany:
        return TooMany(max(1, round(self.wall_seconds / 2)))
