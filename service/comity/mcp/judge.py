"""Descriptions that a model sends, judged in a process that can be ended, and refused with pointers into the call."""

from __future__ import annotations

import json
from contextlib import suppress
from threading import Lock
from typing import Any

import orjson

from comity.api.refusing import failed, refused
from comity.api.settings import Settings
from comity.check.checker import Ask, Checker
from comity.flow.json_text import NotJson
from comity.flow.problems import DescriptionError
from comity.http.problems import Problem
from comity.judging.judges import AnswerTooLong, JudgingPool, Wanted, in_process

__all__ = ["Judge"]

Json = dict[str, Any]


class Judge:
    """Judges one description at a time within the time and memory of ``settings``; without ``check_workers`` in this process, unbounded."""

    def __init__(self, checker: Checker, settings: Settings, sha256: str | None = None) -> None:
        self._checker, self._settings = checker, settings
        self._pool: JudgingPool | None = None
        self._lock, self._is_started = Lock(), False
        if settings.check_workers:
            self._pool = JudgingPool(
                checker,
                settings.dataset,
                size=1,
                wall_seconds=settings.check_timeout_seconds,
                memory_mb=settings.check_memory_mb,
                queue=settings.check_queue,
                most_bytes=settings.max_answer_bytes,
                depth=settings.max_depth,
                sha256=sha256,
                failed=failed,
            )

    def start(self) -> None:
        """Start the process; where that fails, the next description tries again and is told why."""
        with suppress(Problem):
            self._started()

    def _started(self) -> None:
        with self._lock:
            if self._pool is not None and not self._is_started:
                self._pool.start()
                self._is_started = True

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.close()

    def answer(self, description: Json | str, ask: Ask) -> Json:
        """Return the answer to a description, given as an object or as its JSON text. Blocks.

        Raises a :class:`Problem`; its pointers count from the arguments of the call, in which the description is ``/description``.
        """
        text = description if isinstance(description, str) else json.dumps(description, ensure_ascii=False)
        body = text.encode("utf-8", "surrogatepass")  # whatever no JSON can hold is told as such by whoever reads it
        if len(body) > self._settings.max_body_bytes:
            told = f"The description has {len(body)} bytes, and at most {self._settings.max_body_bytes} are read."
            raise Problem(413, "Description too large", told)
        try:
            answer: Json = orjson.loads(self._judged(body, Wanted(ask)))
            return answer
        except (DescriptionError, NotJson, RecursionError, AnswerTooLong) as fault:
            raise _placed(refused(fault)) from None

    def _judged(self, body: bytes, wanted: Wanted) -> bytes:
        if self._pool is None:
            bounds = {"depth": self._settings.max_depth, "most_bytes": self._settings.max_answer_bytes}
            return in_process(self._checker, body, wanted, shapes={}, **bounds)
        self._started()  # loading the law may take longer than a description may wait
        judged = self._pool.judge(body, wanted)
        return judged if isinstance(judged, bytes) else judged.future.result()


def _placed(problem: Problem) -> Problem:
    """Return a problem with a description, each pointer counted from the call."""
    for each in problem.extra.get("errors", ()):
        each["pointer"] = f"/description{each['pointer']}"
    return problem
