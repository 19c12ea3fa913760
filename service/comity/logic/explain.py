"""Why a test came out as it did: the stated facts behind a decision, each under the reported class that it makes."""

from __future__ import annotations

from collections.abc import Callable

from comity.logic.expression import Compiler, Surroundings
from comity.logic.facts import Fact, Ground, Grounds, Link, fact_of
from comity.logic.kleene import Truth
from comity.logic.node import Node
from comity.logic.open_facts import OpenFacts
from comity.logic.steps import Step, Steps

__all__ = ["Explainer"]


class Explainer:
    """Walks expressions a second time, for the live norms only, and collects what they rest on.

    ``shown`` are the classes under which facts are told: those that answers report, but for mere frames of others. Where one of
    several alternatives would do, that which is usual (``usual``) is told, since it needs the fewest words.
    """

    def __init__(self, compiler: Compiler, shown: frozenset[str] = frozenset(), usual: Callable[[Fact], bool] = lambda fact: False) -> None:
        self._compiler = compiler
        self._shown = shown
        self._usual = usual
        self._implied: dict[str, frozenset[str]] = {}
        self.steps = Steps(compiler)
        open_facts = OpenFacts(self.steps, compiler.derived_counts)
        self.open_facts, self.open_in = open_facts.of, open_facts.within
        self.codes_read = self.steps.codes_read

    def because(self, name: str, node: Node, around: Surroundings) -> list[Ground]:
        """Return the grounds that decide a class on the node, in the order of its expression."""
        key = (name, node, "because")
        found: list[Ground] | None = around.explained.get(key)
        if found is None:
            told = Grounds()
            self._decide_class(name, node, around, told, self._compiler.named(name)(node, around))
            found = around.explained[key] = told.all
        return found

    def shortfall(self, name: str, node: Node, around: Surroundings) -> list[Ground]:
        """Return the grounds for which a class fails on the node: those of every condition that fails."""
        told = Grounds()
        self._fall_short(self.steps.of_class(name), node, around, told)
        return told.all

    def implied(self, name: str) -> frozenset[str]:
        """Return the shown classes that a shown class has among its conjuncts, so that naming it names them."""
        if name not in self._implied:
            found: set[str] = set()
            waiting = [self.steps.of_class(name)]
            while waiting:
                step = waiting.pop()
                if step.form == "is" and step.name not in found:
                    found.add(step.name)
                    waiting.append(self.steps.of_class(step.name))
                elif step.form in ("and", "some"):
                    waiting += step.parts
            self._implied[name] = frozenset(found) & self._shown
        return self._implied[name]

    def decide(self, step: Step, node: Node, around: Surroundings, told: Grounds, value: Truth) -> bool:
        """Tell the facts behind the value of a step.

        False where they lead back to what is being explained, and explain nothing.
        """
        form = step.form
        if form == "is":
            return self._decide_class(step.name, node, around, told, value)
        if form in ("and", "or"):
            if value is (form == "or"):  # one is enough
                enough = [part for part in step.parts if part.test(node, around) is value]
                if len(enough) > 1:
                    enough.sort(key=lambda part: not (part.form == "has" and self._usual(self.fact(node, part.key, around))))
                return any(self.decide(part, node, around, told, value) for part in enough)
            grounded = True
            for part in step.parts:  # a conjunction that holds, or a disjunction that fails, rests on every part
                if value is not None or part.test(node, around) is None:
                    grounded &= self.decide(part, node, around, told, value)
            return grounded
        if form == "not":
            return self.decide(step.parts[0], node, around, told, None if value is None else not value)
        if step.parts:
            return self._decide_objects(step, node, around, told, value)
        if step.key:
            told.add(self.fact(node, step.key, around), value is not True and not step.denies)
        return True

    def _fall_short(self, step: Step, node: Node, around: Surroundings, told: Grounds) -> None:
        if step.form == "is" and (step.name, node) not in told.explained:
            told.explained[step.name, node] = False
            self._fall_short(self.steps.of_class(step.name), node, around, told)
        elif step.form == "and":
            for part in step.parts:
                if part.test(node, around) is False:
                    self._fall_short(part, node, around, told)
        elif step.form != "is":
            self.decide(step, node, around, told, False)

    def _decide_class(self, name: str, node: Node, around: Surroundings, told: Grounds, value: Truth) -> bool:
        """Tell the facts behind a named class; many norms share one, so that they are kept for the request."""
        key = (name, node)
        grounds: list[Ground] | None = around.explained.get(key)
        if grounds is None:
            if key in told.explained:
                return told.explained[key]
            told.explained[key] = False
            inner = Grounds(told.explained)
            if not self.decide(self.steps.of_class(name), node, around, inner, value):
                return False
            told.explained[key] = True
            grounds = around.explained[key] = inner.all
        told.add_all(grounds, Link(name, node, value is True) if name in self._shown else None)
        return True

    def _decide_objects(self, step: Step, node: Node, around: Surroundings, told: Grounds, value: Truth) -> bool:
        objects = node.get(step.key)
        if not objects:
            told.add(self.fact(node, step.key, around), absent=True)
            return True
        explained = not (value and step.form == "some")
        part = step.parts[0]
        for item in objects:
            owner = (item.get(step.owner) or [None])[0] if step.form == "ownersum" else item
            if owner is None or part.test(owner, around) is not value:
                continue
            before = len(told)
            if step.form == "ownersum":
                told.add(self.fact(item, step.share, around), value is not True)
            grounded = self.decide(part, owner, around, told, value)
            if grounded and len(told) == before:
                told.add(self.fact(node, step.key, around), value is not True)
            if grounded and value and step.form == "some":
                return True
        return explained

    def fact(self, node: Node, key: str, around: Surroundings) -> Fact:
        """Return the fact of a node under a key."""
        return fact_of(node, key, around, self._compiler.derived_counts)
