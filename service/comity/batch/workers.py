"""Processes that judge: forks of the one that has read the law, so that the law is in memory once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from comity.batch.blocks import BatchStopped
from comity.batch.judging import Judge, Judgement

__all__ = ["Workers", "usual_number"]

_PORTION = 8  # flows that a process is given at a time
_FEW = 2  # flows that are judged here at once


def usual_number() -> int:
    """Return how many processes judge unless told otherwise: one for each core that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """Some processes that judge flows. To be made before any thread is started; ends with :meth:`close`, or with this process."""

    def __init__(self, judge: Judge, number: int) -> None:
        self._judge = judge
        self._pipes: list[Connection] = []
        self._processes: list[Any] = []
        if number < 2 or "fork" not in multiprocessing.get_all_start_methods():
            return
        context = multiprocessing.get_context("fork")
        for _ in range(number):
            here, there = context.Pipe()
            # a fork holds the ends of those before it; each closes them, so that all see when this process is gone
            process = context.Process(target=_work, args=(judge, there, [here, *self._pipes]), daemon=True)
            process.start()
            there.close()
            self._pipes.append(here)
            self._processes.append(process)

    def judge(self, flows: Sequence[tuple[str, bool]], told: Callable[[int], None]) -> list[Judgement]:
        """Return what is found of each flow, given as a text and whether ``null`` in it means that nothing was stated.

        ``told`` is told now and then how many are judged.
        """
        if len(flows) <= _FEW or not self._pipes:
            return [self._judge(*flow) for flow in flows]
        results: list[Judgement | None] = [None] * len(flows)
        portions = [range(start, min(start + _PORTION, len(flows))) for start in range(0, len(flows), _PORTION)][::-1]
        busy: dict[Connection, range] = {}
        try:
            for pipe in self._pipes:
                if portions:
                    busy[pipe] = portions.pop()
                    pipe.send([flows[number] for number in busy[pipe]])
            done = 0
            while busy:
                for ready in wait(list(busy)):
                    assert isinstance(ready, Connection)
                    for number, judged in zip(busy.pop(ready), ready.recv()):
                        results[number] = judged
                        done += 1
                    told(done)
                    if portions:
                        busy[ready] = portions.pop()
                        ready.send([flows[number] for number in busy[ready]])
        except (EOFError, OSError):
            raise BatchStopped("a process that judges was ended from outside; go on with --resume") from None
        return [judged for judged in results if judged is not None]

    def close(self) -> None:
        """End the processes."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.join(timeout=5)


def _work(judge: Judge, pipe: Connection, others: list[Connection]) -> None:
    for other in others:
        other.close()
    try:
        while True:
            pipe.send([judge(*flow) for flow in pipe.recv()])
    except (EOFError, OSError, KeyboardInterrupt):
        return
