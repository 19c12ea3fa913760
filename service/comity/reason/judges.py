"""Several HermiTs at once: each core answers questions in a process of its own, with its own Java machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType
from typing import IO

from comity.reason.judge import Json, answer
from comity.reason.jvm import ReasonerUnavailable

__all__ = ["Judges", "possible_processes"]

_MEMORY = 3 * 2**29
"""What a process may take: a Java machine of up to one gigabyte, and Python."""


class Judges:
    """Answers questions (see :mod:`comity.reason.judge`) in up to ``processes`` processes, which end with the ``with`` block.

    A single question is answered in this process.
    """

    def __init__(self, processes: int | None = None) -> None:
        self.processes = possible_processes() if processes is None else processes
        self._running: list[subprocess.Popen[str]] = []
        self._idle: SimpleQueue[subprocess.Popen[str]] = SimpleQueue()

    def __enter__(self) -> Judges:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            self._kill()
        self._end()

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
        try:
            yield from self._together(questions, order)
        except BaseException:
            self._end()
            raise

    def _together(self, questions: Sequence[Json], order: list[int]) -> Iterator[tuple[int, Json]]:
        """Ask the processes, one thread waiting for each."""
        with ThreadPoolExecutor(len(self._running)) as threads:
            waiting: dict[Future[Json], int] = {threads.submit(self._ask, questions[number]): number for number in order}
            try:
                for future in as_completed(waiting):
                    yield waiting[future], future.result()
            except BaseException:  # Ctrl-C, or the caller wants no more: nobody waits for what is still being asked
                for future in waiting:
                    future.cancel()
                self._kill()
                raise

    def _kill(self) -> None:
        for process in self._running:
            process.kill()

    def _end(self) -> None:
        """Let the processes go; each ends when its questions do."""
        for process in self._running:
            with suppress(BrokenPipeError):  # it is gone already
                _pipe(process.stdin).close()
        for process in self._running:
            process.wait()
            _pipe(process.stdout).close()
        self._running.clear()
        self._idle = SimpleQueue()

    def _start(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "comity.reason.judge"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )  # Ctrl-C is for this process to pass on
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
