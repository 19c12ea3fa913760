"""Several HermiTs at once: each core answers questions in a process of its own, with its own Java machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from queue import SimpleQueue
from types import TracebackType
from typing import IO

from comity.graph.judge import Json, answer
from comity.graph.jvm import ReasonerUnavailable

__all__ = ["Judges", "possible_processes"]

_MEMORY = 3 * 2**29
"""What a process may take: a Java machine of up to one gigabyte, and Python."""


class Judges:
    """Answers questions (see :mod:`comity.graph.judge`) in up to ``processes`` processes, which end with the ``with`` block.

    A single question is answered in this process.
    """

    def __init__(self, processes: int | None = None) -> None:
        self.processes = possible_processes() if processes is None else processes
        self._running: list[subprocess.Popen[str]] = []
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def __enter__(self) -> Judges:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in self._running:
            process.kill() if error is not None else _pipe(process.stdin).close()
        for process in self._running:
            process.wait()
            _pipe(process.stdout).close()
        self._running.clear()

    def answers(self, questions: Sequence[Json]) -> Iterator[tuple[int, Json]]:
        """Yield the number of each question with its answer, in the order in which they are found; long questions go first.

        Raises ``ReasonerUnavailable`` without the build extra.
        """
        order = sorted(range(len(questions)), key=lambda number: -len(questions[number]["turtle"]))
        if len(order) <= 1 or self.processes == 1:
            yield from ((number, answer(questions[number])) for number in order)
            return
        while len(self._running) < min(self.processes, len(order)):
            self._start()
        with ThreadPoolExecutor(len(self._running)) as threads:
            waiting: dict[Future[Json], int] = {threads.submit(self._ask, questions[number]): number for number in order}
            try:
                for future in as_completed(waiting):
                    yield waiting[future], future.result()
            finally:
                for future in waiting:
                    future.cancel()

    def _start(self) -> None:
        process = subprocess.Popen([sys.executable, "-m", "comity.graph.judge"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   text=True, encoding="utf-8")
        self._running.append(process)
        self._idle.put(process)

    def _ask(self, question: Json) -> Json:
        process = self._idle.get()
        try:
            _pipe(process.stdin).write(json.dumps(question) + "\n")
            _pipe(process.stdin).flush()
            line = _pipe(process.stdout).readline()
        except BrokenPipeError:
            line = ""
        finally:
            self._idle.put(process)
        if not line:
            raise ReasonerUnavailable(f"a reasoning process ended with code {process.wait()} before it answered; it may want for memory")
        reply: Json = json.loads(line)
        if "unavailable" in reply:
            raise ReasonerUnavailable(reply["unavailable"])
        return reply


def possible_processes() -> int:
    """Return how many processes the cores and the memory of this machine bear."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):  # not told on this system
        return cores
    return max(1, min(cores, memory // _MEMORY))


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
