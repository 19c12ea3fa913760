"""The trial of mutants: each meets the scenarios that evaluate the part it changes, until one of them breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from comity.check import Checker
from comity.curate.scenarios import Scenario, differences
from comity.law.relevance import Gate
from comity.logic.expression import Compiler
from comity.logic.source import Writer
from tests.mutants.mutations import Mutant, expression_at, mutated

__all__ = ["Reach", "Trial", "reach", "try_all", "try_one"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """What became of a mutant: the scenario that broke, if any did, and how many were tried."""

    mutant: Mutant
    killed_by: str | None
    tried: int


@dataclass(frozen=True)
class Reach:
    """Which scenarios evaluate a part of an expression (by its identity) and which show a norm (by its id)."""

    scenarios: list[Scenario]
    failing: list[Scenario]
    evaluating: dict[int, list[int]]
    showing: dict[str, list[int]]

    def of(self, program: Json, mutant: Mutant) -> list[int]:
        """Return the numbers of the scenarios that could notice the change, those that show the norm first."""
        if mutant.where == "exception":
            return self.showing.get(mutant.name, [])
        home = program["classes_compiled"][mutant.name] if mutant.where == "class" else _norm(program, mutant.name)["demand"]
        found = {number for path in mutant.reads for number in self.evaluating.get(id(expression_at(home, path)), ())}
        first = set(self.showing.get(mutant.name, ())) if mutant.where == "demand" else self._showing_class(program, mutant.name)
        return sorted(found, key=lambda number: (number not in first, number))

    def _showing_class(self, program: Json, name: str) -> set[int]:
        return {number for norm in program["norms"] if norm["when"] == name for number in self.showing.get(norm["id"], ())}


def _norm(program: Json, identifier: str) -> Json:
    return next(norm for norm in program["norms"] if norm["id"] == identifier)


@contextmanager
def ungated() -> Iterator[None]:
    """Let every norm be tested: planning gates takes longer than it saves on a handful of flows."""
    with mock.patch("comity.law.program.plan", lambda norms, compiler: Gate(None, list(norms))):
        yield


def reach(program: Json, scenarios: Iterable[Scenario]) -> Reach:
    """Run every scenario on the sound program and note what it evaluates; those that fail already are set apart."""
    touched: set[int] = set()

    class TracingWriter(Writer):
        def statements(self, expression: Any, node: str, value: str, depth: int) -> list[str]:
            touch = self._constant(touched.add)
            return [f"{touch}({id(expression)})", *super().statements(expression, node, value, depth)]

    class Tracing(Compiler):
        def _function(self, expression: Any) -> str:
            self._written.clear()  # the same words in two places are two parts
            return super()._function(expression)

    with (ungated(), mock.patch("comity.logic.expression.Writer", TracingWriter),
          mock.patch("comity.law.program.Compiler", Tracing)):
        checker = Checker(program)
        holding: list[Scenario] = []
        failing: list[Scenario] = []
        evaluating: dict[int, list[int]] = defaultdict(list)
        showing: dict[str, list[int]] = defaultdict(list)
        for scenario in scenarios:
            touched.clear()
            if _broken(checker, scenario):
                failing.append(scenario)
                continue
            number = len(holding)
            holding.append(scenario)
            for mark in touched:
                evaluating[mark].append(number)
            answer = checker.check(scenario.description)
            for norm in sorted({finding["norm"] for leg in answer.get("legs", [answer]) for finding in leg["findings"]}):
                showing[norm].append(number)
    return Reach(holding, failing, dict(evaluating), dict(showing))


def _broken(checker: Checker, scenario: Scenario) -> bool:
    try:
        return bool(differences(checker, scenario))
    except Exception:  # a mutant may do anything; that it is noticed is what counts
        return True


def try_one(program: Json, mutant: Mutant, scenarios: list[Scenario]) -> Trial:
    """Try a mutant on scenarios until one breaks."""
    if not scenarios:
        return Trial(mutant, None, 0)
    with ungated():
        checker = Checker(mutated(program, mutant))
        for number, scenario in enumerate(scenarios, start=1):
            if _broken(checker, scenario):
                return Trial(mutant, scenario.name, number)
    return Trial(mutant, None, len(scenarios))


_shared: dict[str, Any] = {}


def _begin(program: Json, scenarios: list[Scenario]) -> None:
    _shared.update(program=program, scenarios=scenarios)


def _task(work: tuple[Mutant, list[int]]) -> Trial:
    mutant, numbers = work
    return try_one(_shared["program"], mutant, [_shared["scenarios"][number] for number in numbers])


def try_all(program: Json, reached: Reach, chosen: list[Mutant], jobs: int) -> Iterator[Trial]:
    """Yield the trial of each mutant as it is done, in order."""
    work = [(mutant, reached.of(program, mutant)) for mutant in chosen]
    if jobs == 1:
        _begin(program, reached.scenarios)
        yield from map(_task, work)
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(program, reached.scenarios)) as pool:
        yield from pool.map(_task, work, chunksize=8)
