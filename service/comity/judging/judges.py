"""Who judges a description that came over the network: this process, or processes that can be ended.

Descriptions of a profile that was seen are answered on the spot from what was kept of it. Everything else takes milliseconds or more of a
core, so it goes to a process of its own, with a time and a memory of its own; what that finds of a profile is kept here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import orjson

from comity.check.checker import Ask, Checker
from comity.check.profiles import Judged
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError
from comity.judging.representations import JSON, in_form
from comity.processes.failures import Failure
from comity.processes.pool import ProcessPool
from comity.processes.runs import Run

__all__ = ["SHORT_BODY", "AnswerTooLong", "Engine", "JudgingPool", "Wanted", "in_process"]

_PROGRAM = "comity.judging.program"
SHORT_BODY = 32 * 1024
"""Bytes of a description that are read at once, in a millisecond or so; a longer one is read by the process that judges it."""


class Engine(Protocol):
    """What judges a description in this process."""

    def check_json(self, description: Any, detail: str, scope: str, plan: bool, latent: bool) -> bytes:
        """Return the answer to ``description`` as JSON text, told as :class:`comity.check.checker.Ask` says.

        Raises ``DescriptionError`` for one that cannot be judged.
        """

    def timeline(self, description: Any) -> dict[str, Any]:
        """Return on which days the answer to ``description`` changes; raises as :meth:`check_json` does."""


class Wanted(NamedTuple):
    """How an answer is wanted: how much it tells, as which media type, in one language (``en``, ``zh``) or, with ``None``, in both.

    With ``over_time`` it says instead on which days the answer changes.
    """

    ask: Ask = Ask("summary")
    form: str = JSON
    lang: str | None = None
    over_time: bool = False


class AnswerTooLong(Exception):
    """An answer of ``length`` bytes, where at most ``limit`` are sent."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the answer has {length} bytes, more than {limit}")
        self.length, self.limit = length, limit


def in_process(engine: Engine, body: bytes, wanted: Wanted, *, depth: int, most_bytes: int, shapes: Mapping[str, str]) -> bytes:
    """Judge ``body`` (JSON text, nested ``depth`` deep at most) here and now, and return the answer in a form.

    Raises ``DescriptionError``, ``NotJson``, ``RecursionError`` for a description that refers to itself too deeply, :class:`AnswerTooLong`.
    """
    description = parse_json(body, depth)
    answer = orjson.dumps(engine.timeline(description)) if wanted.over_time else engine.check_json(description, *wanted.ask)
    found = in_form(answer, wanted.form, wanted.lang, shapes)
    if len(found) > most_bytes:
        raise AnswerTooLong(len(found), most_bytes)
    return found


class JudgingPool(ProcessPool):
    """``size`` processes that judge descriptions by the dataset in ``folder``; ``checker`` keeps what they find of profiles.

    ``wall_seconds`` and ``memory_mb`` bound one description, ``most_bytes`` its answer, ``depth`` its nesting; at most ``queue`` wait.
    ``sha256`` is that of the checker's program, which the processes must find in the folder.
    """

    def __init__(
        self,
        checker: Checker,
        folder: Path,
        *,
        size: int,
        wall_seconds: float,
        memory_mb: int,
        queue: int,
        most_bytes: int,
        depth: int,
        sha256: str | None = None,
        failed: Callable[[Failure], Exception],
    ) -> None:
        settings = {"path": str(folder), "sha256": sha256, "most_bytes": most_bytes}
        super().__init__(_PROGRAM, settings, size=size, wall_seconds=wall_seconds, memory_mb=memory_mb, queue=queue, failed=failed)
        self._checker = checker
        self._most_bytes, self._depth = most_bytes, depth

    def judge(self, body: bytes, wanted: Wanted) -> bytes | Run[bytes]:
        """Return the answer as it is wanted, at once where the profile was seen, else under way. Never blocks.

        Raises, at once or from the future of the run, what :func:`in_process` raises, or what ``failed`` makes of a failure.
        """
        ask = {"depth": self._depth, **wanted._asdict(), "keeps": False}
        if wanted.over_time or wanted.form != JSON or wanted.lang or len(body) > SHORT_BODY:
            return self.submit(ask, body, self._whole)
        question = self._checker.question(parse_json(body, self._depth), wanted.ask)
        answer = self._checker.recall(question)
        if answer is not None:
            return answer

        def kept(header: dict[str, Any], found: bytes) -> bytes:
            self._raise_refusal(header)
            return self._checker.keep(question, Judged.unpacked(header, found)) if "countings" in header else found

        return self.submit({**ask, "keeps": True}, body, kept)

    def _whole(self, header: dict[str, Any], found: bytes) -> bytes:
        self._raise_refusal(header)
        return found

    def _raise_refusal(self, header: dict[str, Any]) -> None:
        if "problems" in header:
            raise DescriptionError(header["problems"])
        if fault := header.get("notJson"):
            raise NotJson(fault["message"]["en"], fault["message"]["zh"], fault["line"], fault["column"])
        if "tooDeep" in header:
            raise RecursionError
        if "tooLong" in header:
            raise AnswerTooLong(header["tooLong"], self._most_bytes)
