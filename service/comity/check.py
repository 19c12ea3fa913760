"""One check: a description goes in, a cited answer comes out.

>>> checker = Checker(program)           # doctest: +SKIP
>>> checker.check(description)["verdict"]  # doctest: +SKIP
'conditional'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from comity.answer import Answer
from comity.assumptions import Assumptions
from comity.flow.canonical import canonical_text, digest
from comity.flow.counting import Range, counting
from comity.flow.derive import derive
from comity.flow.problems import DescriptionError, problem
from comity.flow.reading import Description, read_description
from comity.flow.schema import Schema
from comity.law.application import Application
from comity.law.program import Program
from comity.law.verdict import overall
from comity.logic.kleene import Truth
from comity.logic.node import Node
from comity.profiles import Asked, Profiles, fill
from comity.template import Gaps, Template

__all__ = ["PROFILE_BYTES", "Checker"]

PROFILE_BYTES = 64 * 1024 * 1024
"""How many bytes of answers a checker keeps unless told otherwise."""


class Checker:
    """Answers for one version of the graph. Keeps answers by profile and nothing of a request; safe to share between threads."""

    def __init__(self, program: dict[str, Any], profile_bytes: int = PROFILE_BYTES) -> None:
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
        try:
            canonical = canonical_text(description)
        except TypeError as exc:
            self.read(description)  # most often names the place
            raise DescriptionError([problem("", f"this is no JSON: {exc}", f"这不是 JSON：{exc}")]) from None
        asked = self._profiles.asked(description, canonical)
        if asked is not None and (answer := self._profiles.answer(self._head(description, canonical), asked)):
            return answer
        return self._anew(description, canonical, asked)

    def _anew(self, description: Any, canonical: bytes, asked: Asked | None) -> bytes:
        """Judge a description of a profile that was not seen, and keep what can be said of all of that profile."""
        read = self.read(description)
        head = self._head(description, canonical)
        if asked is None:
            return head[:-1] + b"," + orjson.dumps(self._legs(read, None))[1:]
        numbers = self._profiles.numbers(description)
        gaps = Gaps(numbers, read.countings)
        template = Template(self._legs(read, gaps))
        placed = {pointer: [count.placed(numbers.__getitem__) for count in taken if count.rests_on_figures]
                  for pointer, taken in read.countings.items()}
        shown = [count.placed(numbers.__getitem__) for count in gaps.shown]
        self._profiles.keep(asked, placed, template, shown)
        return fill(head, template, shown, asked.stated)

    def _head(self, description: dict[str, Any], canonical: bytes) -> bytes:
        return orjson.dumps({"asOf": description["asOf"], "graph": self.program.data["graph"], "request": digest(canonical)})

    def _legs(self, read: Description, gaps: Gaps | None) -> dict[str, Any]:
        """Return the answer of the only leg, or of the route."""
        answers = [Answer(self.schema, self.application(read, leg), read, gaps).build() for leg in read.legs]
        if not read.is_route:
            return answers[0]
        return {"verdict": overall((answer["verdict"] for answer in answers), conflicts=False), "legs": answers}

    def read(self, description: Any) -> Description:
        """Return the description as nodes, with its derived facts and the facts that silence stands for."""
        read = read_description(description, self.schema, self.program.territories)
        derive(read, self.program.arithmetic)
        Assumptions(self.schema, self.program, lambda leg: self.application(read, leg)).make(read)
        return read

    def application(self, read: Description, leg: Node) -> Application:
        """Return the norms of the day brought to one leg of a description that was read."""
        def bounds(rule: dict[str, Any], flow: Node, parts: Sequence[tuple[Node, Truth]]) -> Range:
            count, figures = counting(rule, flow, parts, self.schema)
            read.countings.setdefault(f"{flow.path}/{rule['key']}", []).append(count)
            return count.bounds(figures.__getitem__)

        return Application(self.program, self.program.epoch(read.day), leg, self.schema.overriding, bounds)
