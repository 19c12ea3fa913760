"""The pool of worker processes, as the service sees it: queries go in, whole results or reasons come out.

A query has one process to itself while it runs. If it takes too long, or nobody waits for it any more, that process is killed, its
end is awaited, and a fresh one takes its place: the core is free when the answer says so.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from signal import SIGABRT, SIGXCPU
from typing import Any, Self

from comity.sparql import refusals, wire
from comity.sparql.execution import BASE_IRI, dataset_file
from comity.sparql.loading import LoadedDataset, Loader, LoaderError, Worker
from comity.sparql.refusals import Refused
from comity.sparql.runs import Job, Result, Run


class WorkerPool:
    """``size`` processes that answer SPARQL queries about the N-Quads dataset at ``dataset_path`` (a file, or a build directory).

    ``wall_seconds`` and ``memory_mb`` (beside the loaded dataset) bound one query, ``max_results_bytes`` its result. At most
    ``queue`` queries wait for a process, none longer than ``wall_seconds``. Relative IRIs are read against ``base_iri``. Nothing runs
    before :meth:`start` or the first query; after a fault of the loader the next query starts it again. Needs a system that can fork.
    """

    def __init__(
        self,
        dataset_path: str | Path,
        size: int = 2,
        wall_seconds: float = 10.0,
        memory_mb: int = 256,
        max_results_bytes: int = 16 * 1024 * 1024,
        *,
        queue: int = 16,
        base_iri: str = BASE_IRI,
    ) -> None:
        self.size = size
        self.wall_seconds = wall_seconds
        self._places = size + queue
        self._settings: dict[str, Any] = {
            "path": str(dataset_file(dataset_path)),
            "base_iri": base_iri,
            "cpu_seconds": wall_seconds + 1,
            "memory_mb": memory_mb,
            "max_result_bytes": max_results_bytes,
        }
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="comity-sparql")
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

    def start(self) -> LoadedDataset:
        """Load the dataset and make the workers, if that is not done; say what was loaded. Blocks for about a second per 200,000 quads.

        Raises :class:`Refused` (503) where the dataset cannot be loaded, or no process started.
        """
        loader = self._running_loader()
        with self._lock:
            missing = self.size - len(self._idle) - len(self._busy)
        try:
            for _ in range(missing):
                self._put(loader.fork())
        except LoaderError as error:
            raise refusals.unavailable(str(error)) from None
        return loader.dataset

    def close(self) -> None:
        """Kill what runs, end all processes. Queries that wait are dropped."""
        with self._lock:
            self._closed = True
            loader, self._loader = self._loader, None
            self._idle.clear()
        if loader is not None:
            loader.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def pids(self) -> list[int]:
        """The process ids of the workers, busy and idle."""
        with self._lock:
            return sorted(worker.pid for worker in (*self._idle, *self._busy))

    def submit(self, job: Job) -> Run:
        """Queue ``job``; never blocks. Raises :class:`Refused` (503) where the queue is full or the pool closed."""
        run = Run(job)
        with self._lock:
            if self._closed:
                raise refusals.unavailable("The service is shutting down.")
            if self._inside >= self._places:
                raise self._too_many()
            self._inside += 1
        run.future.add_done_callback(self._left)
        self._threads.submit(self._carry_out, run)
        return run

    def _left(self, _: Future[Result]) -> None:
        with self._lock:
            self._inside -= 1

    def _carry_out(self, run: Run) -> None:
        if not run.future.set_running_or_notify_cancel():
            return
        try:
            run.future.set_result(self._answer(run))
        except Refused as refused:
            run.future.set_exception(refused)
        except (LoaderError, wire.Closed):
            run.future.set_exception(refusals.unavailable("The process that runs queries was lost. Try again."))
        except BaseException as error:
            run.future.set_exception(error)

    def _answer(self, run: Run) -> Result:
        if time.monotonic() - run.began > self.wall_seconds:
            raise self._too_many()
        if not run.given_to(None):
            raise refusals.cancelled()
        worker = self._take()
        reusable = False
        try:
            if not run.given_to(worker):
                raise refusals.cancelled()
            header, body = worker.ask(run.job.header(), run.job.text.encode(), self.wall_seconds)
            reusable = not header["last"]
        except TimeoutError:
            raise refusals.timed_out(self.wall_seconds) from None
        except wire.Closed:
            if not run.given_to(None):
                raise refusals.cancelled() from None
            raise self._post_mortem(worker) from None
        finally:
            run.given_to(None)
            self._give_back(worker, reusable)
        if header["status"] == 406 and "title" not in header:
            return Result(header["form"], None)
        if header["status"] != 200:
            raise Refused(header["status"], header["title"], header["detail"], **header["extra"])
        return Result(header["form"], body)

    def _running_loader(self) -> Loader:
        with self._starting:
            with self._lock:
                if self._closed:
                    raise refusals.unavailable("The service is shutting down.")
                if self._loader is not None and self._loader.alive():
                    return self._loader
                self._idle.clear()
            try:
                loader = Loader(self._settings)
            except LoaderError as error:
                raise refusals.unavailable(str(error)) from None
            with self._lock:
                if self._closed:
                    loader.close()
                    raise refusals.unavailable("The service is shutting down.")
                self._loader = loader
            return loader

    def _take(self) -> Worker:
        """A worker that is alive and free. There is always one to have: only ``size`` threads ask."""
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
        """Keep ``worker`` for the next query, or replace it; when this returns, a worker that is not kept is gone."""
        kept: Worker | None = worker
        if not reusable:
            try:
                worker.end()
                kept = worker.loader.fork()
            except LoaderError:
                kept = None  # the next query forks one, from a new loader if this one is lost
        with self._lock:
            self._busy.discard(worker)
        if kept is not None:
            self._put(kept)

    def _post_mortem(self, worker: Worker) -> Refused:
        """Why ``worker`` hung up in the middle of a query."""
        signal = worker.end()
        if signal == SIGXCPU:
            return refusals.timed_out(self.wall_seconds)
        if signal == SIGABRT:
            return refusals.out_of_memory()
        return refusals.broke_down()

    def _too_many(self) -> Refused:
        return refusals.too_many(max(1, round(self.wall_seconds / 2)))
