"""One check: a description goes in, a cited answer comes out.

>>> checker = Checker(program)           # doctest: +SKIP
>>> checker.check(description)["verdict"]  # doctest: +SKIP
'conditional'
"""

from __future__ import annotations

from typing import Any

from comity.answer import Answer
from comity.assumptions import Assumptions
from comity.flow.canonical import digest
from comity.flow.derive import count_bounds, derive
from comity.flow.reading import Description, read_description
from comity.flow.schema import Schema
from comity.law.application import Application
from comity.law.program import Program
from comity.law.verdict import overall
from comity.logic.node import Node

__all__ = ["Checker"]


class Checker:
    """Answers for one version of the graph. Holds nothing of a request; safe to share between threads."""

    def __init__(self, program: dict[str, Any]) -> None:
        """Prepare the checks of a build product (the parsed ``program.json``)."""
        self.schema = Schema(program["schema"])
        self.program = Program(program, self.schema.controllable)

    def check(self, description: Any) -> dict[str, Any]:
        """Return the answer for a description, which is one leg or a route (``legs``).

        Raises :class:`comity.flow.problems.DescriptionError` with every fault of the description.
        """
        read = self.read(description)
        answers = [Answer(self, self.application(read, leg), read).build() for leg in read.legs]
        head = {"asOf": read.day.isoformat(), "graph": self.program.data["graph"], "request": digest(description)}
        if not read.is_route:
            return {**head, **answers[0]}
        verdict = overall((answer["verdict"] for answer in answers), conflicts=False)
        return {**head, "verdict": verdict, "legs": answers}

    def read(self, description: Any) -> Description:
        """Return the description as nodes, with its derived facts and the facts that silence stands for."""
        read = read_description(description, self.schema, self.program.territories)
        derive(read, self.program.arithmetic)
        Assumptions(self.schema, self.program, lambda leg: self.application(read, leg)).make(read)
        return read

    def application(self, read: Description, leg: Node) -> Application:
        """Return the norms of the day brought to one leg of a description that was read."""
        return Application(
            self.program, self.program.epoch(read.day), leg, self.schema.overriding,
            lambda rule, flow, parts: count_bounds(rule, flow, parts, self.schema),
        )
