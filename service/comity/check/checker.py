"""One check: a description goes in, a cited answer comes out.

>>> checker = Checker(program)           # doctest: +SKIP
>>> checker.check(description)["verdict"]  # doctest: +SKIP
'conditional'
"""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from comity.check.answer import Answer
from comity.check.answer_template import Gaps, Template
from comity.check.assumptions import Assumptions
from comity.check.profiles import Asked, Judged, Profiles, fill
from comity.flow.canonical import canonical_text, digest
from comity.flow.derive import derive
from comity.flow.problems import DescriptionError, problem
from comity.flow.reading import Description, read_description
from comity.flow.schema import Schema
from comity.law.application import Application
from comity.law.program import Program
from comity.law.program_text import ProgramText
from comity.law.verdict import overall
from comity.logic.node import Node

__all__ = ["PROFILE_BYTES", "Checker", "Question"]

PROFILE_BYTES = 64 * 1024 * 1024
"""How many bytes of answers a checker keeps unless told otherwise."""


class Question(NamedTuple):
    """A description, its canonical text, and how the profiles see it; ``None`` where it has no profile."""

    description: Any
    canonical: bytes
    asked: Asked | None


class Checker:
    """Answers for one version of the graph. Keeps answers by profile and nothing of a request; safe to share between threads."""

    def __init__(self, program: ProgramText, profile_bytes: int = PROFILE_BYTES) -> None:
        """Prepare the checks of a build product (the parsed ``program.json``).

        ``profile_bytes`` bounds the answers that are kept for descriptions of the same profile; 0 keeps none.
        """
        self.schema = Schema(program["schema"])
        self.program = Program(program, self.schema.controllable)
        self._profiles = Profiles(self.schema, self.program, profile_bytes)

    def check(self, description: Any) -> dict[str, Any]:
        """Return the answer for a description, which is one leg or a route (``legs``).

        Raises :class:`comity.flow.problems.DescriptionError` with every fault of the description.
        """
        answer: dict[str, Any] = orjson.loads(self.check_json(description))
        return answer

    def check_json(self, description: Any) -> bytes:
        """Return the answer as JSON text; raises as :meth:`check` does."""
        question = self.question(description)
        answer = self.recall(question)
        if answer is not None:
            return answer
        judged = self.judge(question)
        return judged if isinstance(judged, bytes) else self.keep(question, judged)

    def question(self, description: Any) -> Question:
        """Return a description as it is asked about; raises :class:`DescriptionError` for what is no JSON."""
        try:
            canonical = canonical_text(description)
        except TypeError as exc:
            self.read(description)  # most often names the place
            raise DescriptionError([problem("", f"this is no JSON: {exc}", f"这不是 JSON：{exc}")]) from None
        return Question(description, canonical, self._profiles.asked(description, canonical))

    def recall(self, question: Question) -> bytes | None:
        """Return the answer to a description of a profile that was seen; nothing is judged."""
        return None if question.asked is None else self._profiles.answer(self._head(question), question.asked)

    def judge(self, question: Question) -> Judged | bytes:
        """Judge a description without looking for kept answers; return what holds of its whole profile, or the answer where it has none.

        Raises :class:`DescriptionError` with every fault of the description.
        """
        read = self.read(question.description)
        if question.asked is None:
            return self._head(question)[:-1] + b"," + orjson.dumps(self._legs(read, None))[1:]
        numbers = self._profiles.numbers(question.description)
        gaps = Gaps(numbers, read.counter.taken)
        template = Template.of(self._legs(read, gaps))
        placed = {
            pointer: [count.placed(numbers.__getitem__) for count in taken if count.rests_on_figures]
            for pointer, taken in read.counter.taken.items()
        }
        return Judged(placed, template, [count.placed(numbers.__getitem__) for count in gaps.shown])

    def filled(self, question: Question, judged: Judged) -> bytes:
        """Return the answer to a description, given what :meth:`judge` said of its profile."""
        assert question.asked is not None
        return fill(self._head(question), judged.template, judged.shown, question.asked.stated)

    def keep(self, question: Question, judged: Judged) -> bytes:
        """Keep what :meth:`judge` said of a profile, here or elsewhere on the same graph, and return the answer."""
        assert question.asked is not None
        self._profiles.keep(question.asked, judged)
        return self.filled(question, judged)

    def _head(self, question: Question) -> bytes:
        graph = self.program.data["graph"]
        return orjson.dumps({"asOf": question.description["asOf"], "graph": graph, "request": digest(question.canonical)})

    def _legs(self, read: Description, gaps: Gaps | None) -> dict[str, Any]:
        """Return the answer of the only leg, or of the route."""
        answers = [Answer(self.schema, self.application(read, leg), read, gaps).build() for leg in read.legs]
        if not read.is_route:
            return answers[0]
        return {"verdict": overall((answer["verdict"] for answer in answers), conflicts=False), "legs": answers}

    def read(self, description: Any) -> Description:
        """Return the description as nodes, with its derived facts and the facts that silence stands for."""
        read = read_description(description, self.schema, self.program.territories)
        derive(read, self.program.arithmetic, self.schema)
        Assumptions(self.schema, self.program, lambda leg: self.application(read, leg)).make(read)
        return read

    def application(self, read: Description, leg: Node) -> Application:
        """Return the norms of the day brought to one leg of a description that was read."""
        return Application(self.program, self.program.epoch(read.day), leg, self.schema.overriding, read.counter)
