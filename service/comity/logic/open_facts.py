"""Why a test is still open: the facts that are not told and that it reads."""

from __future__ import annotations

from comity.logic.expression import Expression, Surroundings
from comity.logic.facts import Fact, fact_of
from comity.logic.node import Node, OpenNodes
from comity.logic.steps import Step, Steps

__all__ = ["OpenFacts"]


class OpenFacts:
    """Walks expressions that came out open, and collects what they want to know."""

    def __init__(self, steps: Steps, derived_counts: frozenset[str]) -> None:
        self._steps = steps
        self._derived_counts = derived_counts
        self._prepared: dict[int, Step] = {}

    def of(self, name: str, node: Node, around: Surroundings) -> list[Fact]:
        """Return the open facts that an undecided class still reads of the node, each once."""
        key = (name, node, "still open")
        facts: list[Fact] | None = around.explained.get(key)
        if facts is None:
            wanted = _Wanted()
            self._open(self._steps.of_class(name), node, around, wanted)
            facts = around.explained[key] = list(wanted.facts.values())
        return facts

    def within(self, expression: Expression, node: Node, around: Surroundings) -> list[Fact]:
        """Return the open facts that an undecided expression still reads of the node, each once."""
        step = self._prepared.get(id(expression))  # expressions of a program live as long as it
        if step is None:
            step = self._prepared[id(expression)] = self._steps.of(expression)
        wanted = _Wanted()
        self._open(step, node, around, wanted)
        return list(wanted.facts.values())

    def _open(self, step: Step, node: Node, around: Surroundings, wanted: _Wanted) -> None:
        if step.test(node, around) is not None:
            return
        if step.form == "is":
            self._open_class(step.name, node, around, wanted)
        elif step.form in ("and", "or", "not"):
            for part in step.parts:
                self._open(part, node, around, wanted)
        elif step.form in ("some", "count", "ownersum") and node.get(step.key):
            if type(node[step.key]) is OpenNodes:  # one that is not stated may settle it
                wanted.add(self._fact(node, step.key, around))
            for item in node[step.key]:
                if step.form == "ownersum":
                    if step.share not in item:
                        wanted.add(self._fact(item, step.share, around))
                    owners = item.get(step.owner)
                    if not owners:
                        wanted.add(self._fact(item, step.owner, around))
                        continue
                    self._open(step.parts[0], owners[0], around, wanted)
                else:
                    self._open(step.parts[0], item, around, wanted)
        elif step.key:
            wanted.add(self._fact(node, step.key, around))

    def _fact(self, node: Node, key: str, around: Surroundings) -> Fact:
        return fact_of(node, key, around, self._derived_counts)

    def _open_class(self, name: str, node: Node, around: Surroundings, wanted: _Wanted) -> None:
        """Tell the open facts of a named class; kept for the request unless they led back to a class under way."""
        key = (name, node, "open")
        facts: dict[str, Fact] | None = around.explained.get(key)
        if facts is None:
            if (name, node) in wanted.under_way:
                wanted.circular = True
                return
            wanted.under_way.add((name, node))
            inner = _Wanted(wanted.under_way)
            self._open(self._steps.of_class(name), node, around, inner)
            facts = inner.facts
            wanted.under_way.discard((name, node))
            wanted.circular |= inner.circular
            if not inner.circular:
                around.explained[key] = facts
        for fact in facts.values():
            wanted.add(fact)


class _Wanted:
    """The facts found so far by their pointers, and the classes of nodes that are being looked at."""

    def __init__(self, under_way: set[tuple[str, Node]] | None = None) -> None:
        self.facts: dict[str, Fact] = {}
        self.under_way: set[tuple[str, Node]] = set() if under_way is None else under_way
        self.circular = False

    def add(self, fact: Fact) -> None:
        """Want a fact, once."""
        self.facts.setdefault(fact.pointer, fact)
