"""How near a test that failed came to holding: what of it was stated, and the conditions that failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.logic.explain import Explainer
from comity.logic.expression import Surroundings, parts_of
from comity.logic.facts import Fact, Grounds
from comity.logic.node import Node
from comity.logic.steps import Step

__all__ = ["Near", "atoms_of", "nearness"]


@dataclass(slots=True)
class Near:
    """What of a failed test was stated (``held``, by the condition that it meets), and the conditions that failed, with their facts."""

    held: dict[str, Fact] = field(default_factory=dict)
    failed: list[list[Fact]] = field(default_factory=list)

    def _and(self, other: Near) -> None:
        self.held |= other.held
        self.failed += other.failed

    def _rank(self) -> tuple[int, int]:
        return len(self.failed), -len(self.held)


def nearness(explainer: Explainer, step: Step, node: Node, around: Surroundings) -> Near:
    """Return how near a test of the node comes; an alternative, or one of several objects, counts by the one that comes nearest."""
    return _Walk(explainer, around).near(step, node)


def atoms_of(explainer: Explainer, name: str) -> frozenset[str]:
    """Return the conditions that a named class sets anywhere in its definition."""
    found: set[str] = set()
    seen, waiting = {name}, [explainer.steps.of_class(name).expression]
    while waiting:
        for part in parts_of(waiting.pop()):
            if part[0] == "is" and part[1] not in seen:
                seen.add(part[1])
                waiting.append(explainer.steps.of_class(part[1]).expression)
            elif part[0] in _ATOMS:
                found.add(repr(part))
    return frozenset(found)


_ATOMS = ("has", "place", "num", "present")


class _Walk:
    def __init__(self, explainer: Explainer, around: Surroundings) -> None:
        self._explainer = explainer
        self._around = around
        self._under_way: set[tuple[str, Node, str]] = set()
        self._circular = False

    def near(self, step: Step, node: Node) -> Near:
        value = step.test(node, self._around)
        if value is None:
            return Near()
        if step.form == "is":
            return self._class(step, node)
        if step.form == "and":
            found = Near()
            for part in step.parts:
                found._and(self.near(part, node))
            return found
        if step.form == "or":
            tried = [self.near(part, node) for part in step.parts if not value or part.test(node, self._around)]
            nearest = min(tried, key=Near._rank, default=Near())
            return nearest if value or nearest.held else Near(failed=[self._facts(step, node)])
        if step.form == "some" and node.get(step.key):
            items = [item for item in node[step.key] if not value or step.parts[0].test(item, self._around)]
            return min((self.near(step.parts[0], item) for item in items), key=Near._rank, default=Near())
        if not value:
            return Near(failed=[self._facts(step, node)])
        if step.form in _ATOMS:
            return Near(held={repr(step.expression): self._explainer.fact(node, step.key, self._around)})
        return Near()

    def _class(self, step: Step, node: Node) -> Near:
        """Return how near a named class comes; kept for the request unless it led back to a class under way."""
        key = (step.name, node, "near")
        found: Near | None = self._around.explained.get(key)
        if found is not None:
            return found
        if key in self._under_way:
            self._circular = True
            return Near()
        before, self._circular = self._circular, False
        self._under_way.add(key)
        found = self.near(self._explainer.steps.of_class(step.name), node)
        self._under_way.discard(key)
        if not self._circular:
            self._around.explained[key] = found
        self._circular |= before
        return found

    def _facts(self, step: Step, node: Node) -> list[Fact]:
        """Return the facts for which a condition fails."""
        told = Grounds()
        self._explainer.decide(step, node, self._around, told, False)
        return list({ground.fact.pointer: ground.fact for ground in told.all}.values())
