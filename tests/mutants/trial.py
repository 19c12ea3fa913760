"""The trial of mutants: each meets the scenarios in which it changes a value, until one of them breaks."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from comity.check.checker import Checker
from comity.law.norm import Norm
from comity.law.program import attainable_demands
from comity.law.relevance import Gate
from comity.logic.expression import Compiler, Test
from comity.scenarios.format import Scenario
from comity.scenarios.record import Record
from tests.mutants.dependence import Dependence
from tests.mutants.mutations import Mutant, mutated
from tests.mutants.reach import Asked, Reach, broken, moved, reach

__all__ = ["Bench", "Trial", "try_all"]

Json = dict[str, Any]


@dataclass(frozen=True)
class Trial:
    """What became of a mutant: the scenario that broke, if any did, in how many it changed a value, and whether the ledger moved."""

    mutant: Mutant
    killed_by: str | None
    changed_in: int
    in_ledger: bool


class _Redefinable(Compiler):
    """A compiler whose classes can be given another expression after others were compiled against them."""

    def redefine(self, name: str, expression: Any) -> None:
        """Give a class another expression; a class that there was not is added."""
        self._index.setdefault(name, len(self._index))
        self.classes[name] = expression
        number, test, rests_on_itself = self._membership(name)
        function = f"body_{number}" if rests_on_itself else test
        self._module[function] = self._first_asked(function, name)

    def mark(self, name: str) -> int:
        """Return the number of a class in the memory of nodes."""
        return self._membership(name)[0]

    def rests_on_itself(self, name: str) -> bool:
        return self._membership(name)[2]


class Bench:
    """A checker whose program can be changed and mended, and what the scenarios ask of it when it is sound.

    Compiling a program anew for each mutant takes too long. Its norms stand behind no gates, since those are made of the
    very conditions that a mutant changes.
    """

    def __init__(self, program: Json, scenarios: Iterable[Scenario]) -> None:
        self._program = {**program, "classes_compiled": {**program["classes_compiled"]}}
        with self._ungated(), mock.patch("comity.law.program.Compiler", _Redefinable):
            self.checker = Checker(self._program, profile_bytes=0)  # what was answered before a mutant must not answer for it
            self.reach: Reach = reach(self.checker, scenarios)
        self._compiler: _Redefinable = self.checker.program.compiler  # type: ignore[assignment]
        self._sound = dict(self._compiler.classes)
        self._at_best = {norm.id: norm.at_best for norm in self.checker.program.norms if norm.at_best}
        self._moved: set[str] = set()
        self._rest = Dependence({**program, "classes_compiled": self._sound}, self._at_best)
        self._waiting = [_waiting(record) for record in self.reach.records]
        self._asserted = [self._rest.asserted(scenario.expect) for scenario in self.reach.scenarios]

    def try_one(self, mutant: Mutant) -> Trial:
        """Try a mutant on the scenarios whose answer it could change, until one breaks, and then on the ledger."""
        with self._ungated(), self._changed(mutant):
            numbers = self._changing(mutant)
            named = self._rest.named(mutant.name)
            changed_in, killer = 0, None
            for number in sorted(numbers, key=lambda number: (self._asserted[number].isdisjoint(named), number)):
                if mutant.where != "class" or self._shows(mutant.name, number):
                    changed_in += 1
                    if broken(self.checker, self.reach.scenarios[number]):
                        killer = number
                        break
            killed_by = None if killer is None else self.reach.scenarios[killer].name
            return Trial(mutant, killed_by, changed_in, self._moves_ledger(mutant, numbers, killer))

    def _moves_ledger(self, mutant: Mutant, numbers: list[int], killer: int | None) -> bool:
        """Say whether the ledger notices a mutant: the scenario that broke is looked at first, what is only asked for last."""
        first = [] if killer is None else [killer]
        shown = (number for number in numbers if mutant.where != "class" or self._bears(mutant.name, number))
        candidates = dict.fromkeys(itertools.chain(first, shown, self._open()))
        return any(moved(self.checker, self.reach.scenarios[number], self.reach.records[number]) for number in candidates)

    def _open(self) -> Iterator[int]:
        """Yield the scenarios that ask for facts on which a changed class bears: with the same value, others may be asked for."""
        for name in sorted(self._moved):
            rests = self._rest.answers(name)
            for number, each in self.reach.classes.get(self._compiler.mark(name), {}).items():
                if any(asked.value is None for asked in each) and not self._waiting[number].isdisjoint(rests):
                    yield number

    def _changing(self, mutant: Mutant) -> list[int]:
        """Return the scenarios in which what is changed has another value, or may do harm with the same value."""
        if mutant.where == "exception":
            return sorted(self.reach.showing.get(mutant.name, set()) & self.reach.showing.get(mutant.other, set()))
        found: set[int] = set()
        if mutant.where == "demand":
            norm = self.checker.program.by_id[mutant.name]
            asked = self.reach.demands.get(mutant.name, {})
            if norm.questions or norm.demand is None or norm.at_best != self._at_best.get(norm.id, ""):
                return sorted(asked)  # positions are compared by what they ask for
            found = {number for number, each in asked.items() if _differs(norm.demand, each)}
        for name in self._moved:
            test = self._compiler.test(self._compiler.classes[name])
            alone = not self._compiler.rests_on_itself(name)
            for number, each in self.reach.classes.get(self._compiler.mark(name), {}).items():
                if not alone or _differs(test, each) or self._asks(number):
                    found.add(number)
        return sorted(found)

    def _asks(self, number: int) -> bool:
        return bool(self.reach.scenarios[number].expect.get("missing"))

    def _shows(self, name: str, number: int) -> bool:
        """Say whether a changed class changes what an answer rests on: a situation, a term, a count, or a demand."""
        if self._asks(number):
            return True
        return not self._asserted[number].isdisjoint(self._rest.answers(name)) and self._bears(name, number)

    def _bears(self, name: str, number: int) -> bool:
        """Say whether a changed class changes a situation, a term, a count, or stands in a demand that is made."""
        affected = self._rest.classes(name)
        if any(self._rest.demands(norm) & affected for norm, asked in self.reach.demands.items() if number in asked):
            return True
        compiler = self._compiler
        with self._forgotten(number, {compiler.mark(other) for other in affected}):
            return any(
                _differs(compiler.named(first), self.reach.classes.get(compiler.mark(first), {}).get(number, ()))
                for first in sorted(self._rest.first & affected)
            )

    @contextmanager
    def _forgotten(self, number: int, marks: set[int]) -> Iterator[None]:
        """Let the nodes of a scenario forget some classes, and remember them as they were afterwards."""
        held = [(node, {mark: node.memo.pop(mark) for mark in marks & node.memo.keys()}) for node in self.reach.nodes[number]]
        try:
            yield
        finally:
            for node, values in held:
                for mark in marks & node.memo.keys():
                    del node.memo[mark]
                node.memo.update(values)

    @staticmethod
    def _ungated() -> Any:
        return mock.patch("comity.law.program.plan", lambda norms, compiler, known: Gate(None, list(norms)))

    @contextmanager
    def _changed(self, mutant: Mutant) -> Iterator[None]:
        changed = mutated(self._program, mutant)
        classes, at_best = attainable_demands(changed, self.checker.schema.controllable)
        self._moved = {name for name, expression in classes.items() if self._sound.get(name) != expression}
        held = [
            (norm, name, getattr(norm, name))
            for norm in self.checker.program.norms
            for name in ("data", "demand", "at_best", "curable", "exceptions")
            if norm.id == mutant.name or (name in ("at_best", "curable") and (at_best.get(norm.id) or "") != norm.at_best)
        ]
        for name in self._moved:
            self._redefine(name, classes[name])
        if mutant.where != "class":
            self._change_norm(self.checker.program.by_id[mutant.name], changed)
        for norm in {norm.id: norm for norm, _, _ in held}.values():
            norm.at_best = at_best.get(norm.id) or ""
            norm.curable = self._compiler.named(norm.at_best) if norm.at_best else None
        try:
            yield
        finally:
            for norm, name, value in held:
                setattr(norm, name, value)
            for name in self._moved & self._sound.keys():
                self._redefine(name, self._sound[name])

    def _change_norm(self, norm: Norm, changed: Json) -> None:
        norm.data = next(entry for entry in changed["norms"] if entry["id"] == norm.id)
        if norm.data["demand"] is not None:
            norm.demand = self._compiler.later(norm.data["demand"])
        norm.exceptions = tuple(self.checker.program.by_id[other].number for other in norm.data["exceptions"])

    def _redefine(self, name: str, expression: Any) -> None:
        self._compiler.redefine(name, expression)
        self.checker.program.explainer.steps.forget(name)


def _differs(test: Test, asked: Iterable[Asked]) -> bool:
    return any(test(each.node, each.application) is not each.value for each in asked)


def _waiting(record: Record) -> frozenset[str]:
    """Return the norms of the instruments whose verdict waits for facts."""
    return frozenset(
        norm
        for leg in record.legs
        if leg.asked
        for instrument in leg.instruments.values()
        if instrument.verdict == "needs-information"
        for norm in instrument.norms
    )


_bench_of_workers: list[Bench] = []


def _task(mutant: Mutant) -> Trial:
    return _bench_of_workers[-1].try_one(mutant)


def try_all(bench: Bench, chosen: list[Mutant], jobs: int) -> Iterator[Trial]:
    """Yield the trial of each mutant as it is done, in order; more than one process needs a system that can fork."""
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(bench.try_one, chosen)
        return
    _bench_of_workers.append(bench)  # the workers are copies of this process and find it here
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            yield from pool.imap(_task, chosen, chunksize=8)
    finally:
        _bench_of_workers.pop()
