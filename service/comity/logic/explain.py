"""Why a test came out as it did: the stated facts behind a decision, and the unstated ones behind an open one."""

from __future__ import annotations

from typing import Any, NamedTuple

from comity.logic.expression import Compiler, Expression, Surroundings, Test, parts_of
from comity.logic.kleene import Truth
from comity.logic.node import HOLDER_PLACE, Node, OpenNodes

__all__ = ["UNSTATED", "Explainer", "Fact"]


class Fact(NamedTuple):
    """A key of one node of the description: its JSON pointer, the node's class, the key, and what was stated."""

    pointer: str
    kind: str
    key: str
    value: Any


class _Step:
    """A part of an expression: its test, the key that it reads, the parts below it, or the class that it names."""

    __slots__ = ("form", "key", "name", "owner", "parts", "share", "test")

    def __init__(
        self, form: str, test: Test, key: str = "", parts: tuple[_Step, ...] = (), name: str = "", owner: str = "", share: str = ""
    ) -> None:
        self.form = form
        self.test = test
        self.key = key
        self.parts = parts
        self.name = name
        self.owner = owner
        self.share = share


class Explainer:
    """Walks expressions a second time, for the live norms only, and collects facts."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._named: dict[str, _Step] = {}
        self._codes: dict[tuple[str, str], tuple[str, ...]] = {}
        self._prepared: dict[int, _Step] = {}

    def prepare(self, expression: Expression) -> _Step:
        """Return the expression with a test for each of its parts."""
        form = expression[0]
        test = self._compiler.test(expression)
        if form in ("and", "or", "not"):
            return _Step(form, test, parts=tuple(self.prepare(part) for part in expression[1:]))
        if form in ("some", "count"):
            return _Step(form, test, expression[1], (self.prepare(expression[2]),))
        if form == "ownersum":
            return _Step(form, test, expression[3], (self.prepare(expression[2]),), owner=expression[4], share=expression[5])
        if form == "is":
            return _Step(form, test, name=expression[1])
        return _Step(form, test, expression[1] if form in ("has", "place", "num", "present") else "")

    def prepare_class(self, name: str) -> _Step:
        """Return the expression of a named class, prepared once."""
        if name not in self._named:
            self._named[name] = self.prepare(self._compiler.classes[name])
        return self._named[name]

    def codes_read(self, name: str, key: str) -> tuple[str, ...]:
        """Return the codes of a key that a named class speaks of, itself or through the classes that it names."""
        found = self._codes.get((name, key))
        if found is None:
            codes: dict[str, None] = {}
            seen, waiting = {name}, [name]
            for each in waiting:
                for part in parts_of(self._compiler.classes[each]):
                    if part[0] == "is" and part[1] not in seen:
                        seen.add(part[1])
                        waiting.append(part[1])
                    elif part[0] == "has" and part[1] == key:
                        codes.update(dict.fromkeys(code for code in part[2] if isinstance(code, str)))
            found = self._codes[name, key] = tuple(codes)
        return found

    def because(self, name: str, node: Node, around: Surroundings) -> list[Fact]:
        """Return the stated facts that decide a class on the node, each once, in the order of its expression."""
        key = (name, node, "because")
        facts = around.explained.get(key)
        if facts is None:
            told = _Told()
            self._decide(self.prepare_class(name), node, around, told, self._compiler.named(name)(node, around))
            facts = around.explained[key] = list(told.facts.values())
        return facts

    def shortfall(self, name: str, node: Node, around: Surroundings) -> list[Fact]:
        """Return the facts for which a class fails on the node: those of every condition that fails, each once."""
        told = _Told()
        self._fall_short(self.prepare_class(name), node, around, told)
        return list(told.facts.values())

    def open_facts(self, name: str, node: Node, around: Surroundings) -> list[Fact]:
        """Return the facts that an undecided class still reads of the node, each once."""
        key = (name, node, "still open")
        facts = around.explained.get(key)
        if facts is None:
            told = _Told()
            self._open(self.prepare_class(name), node, around, told)
            facts = around.explained[key] = list(told.facts.values())
        return facts

    def open_in(self, expression: Expression, node: Node, around: Surroundings) -> list[Fact]:
        """Return the facts that an undecided expression still reads of the node, each once."""
        step = self._prepared.get(id(expression))  # expressions of a program live as long as it
        if step is None:
            step = self._prepared[id(expression)] = self.prepare(expression)
        told = _Told()
        self._open(step, node, around, told)
        return list(told.facts.values())

    def _decide(self, step: _Step, node: Node, around: Surroundings, told: _Told, value: Truth) -> bool:
        """Tell the facts behind the value of a step.

        False where they lead back to what is being explained, and explain nothing.
        """
        form = step.form
        if form == "is":
            return self._decide_class(step.name, node, around, told, value)
        if form in ("and", "or"):
            if value is (form == "or"):  # one is enough
                return any(part.test(node, around) is value and self._decide(part, node, around, told, value) for part in step.parts)
            grounded = True
            for part in step.parts:  # a conjunction that holds, or a disjunction that fails, rests on every part
                if value is not None or part.test(node, around) is None:
                    grounded &= self._decide(part, node, around, told, value)
            return grounded
        if form == "not":
            return self._decide(step.parts[0], node, around, told, None if value is None else not value)
        if step.parts:
            return self._decide_objects(step, node, around, told, value)
        if step.key:
            told.add(self._fact(node, step.key, around))
        return True

    def _fall_short(self, step: _Step, node: Node, around: Surroundings, told: _Told) -> None:
        if step.form == "is" and (step.name, node) not in told.explained:
            told.explained[step.name, node] = False
            self._fall_short(self.prepare_class(step.name), node, around, told)
        elif step.form == "and":
            for part in step.parts:
                if part.test(node, around) is False:
                    self._fall_short(part, node, around, told)
        elif step.form != "is":
            self._decide(step, node, around, told, False)

    def _decide_class(self, name: str, node: Node, around: Surroundings, told: _Told, value: Truth) -> bool:
        """Tell the facts behind a named class; many norms share one, so that they are kept for the request."""
        key = (name, node)
        facts = around.explained.get(key)
        if facts is None:
            if key in told.explained:
                return told.explained[key]
            told.explained[key] = False
            inner = _Told(told.explained)
            if not self._decide(self.prepare_class(name), node, around, inner, value):
                return False
            told.explained[key] = True
            facts = around.explained[key] = inner.facts
        told.add_all(facts)
        return True

    def _decide_objects(self, step: _Step, node: Node, around: Surroundings, told: _Told, value: Truth) -> bool:
        objects = node.get(step.key)
        if not objects:
            told.add(self._fact(node, step.key, around))
            return True
        explained = not (value and step.form == "some")
        part = step.parts[0]
        for item in objects:
            owner = (item.get(step.owner) or [None])[0] if step.form == "ownersum" else item
            if owner is None or part.test(owner, around) is not value:
                continue
            before = len(told.facts)
            if step.form == "ownersum":
                told.add(self._fact(item, step.share, around))
            grounded = self._decide(part, owner, around, told, value)
            if grounded and len(told.facts) == before:
                told.add(self._fact(node, step.key, around))
            if grounded and value and step.form == "some":
                return True
        return explained

    def _open(self, step: _Step, node: Node, around: Surroundings, told: _Told) -> None:
        if step.test(node, around) is not None:
            return
        if step.form == "is":
            self._open_class(step.name, node, around, told)
        elif step.form in ("and", "or", "not"):
            for part in step.parts:
                self._open(part, node, around, told)
        elif step.form in ("some", "count", "ownersum") and node.get(step.key):
            if type(node[step.key]) is OpenNodes:  # one that is not stated may settle it
                told.add(self._fact(node, step.key, around))
            for item in node[step.key]:
                if step.form == "ownersum":
                    if step.share not in item:
                        told.add(self._fact(item, step.share, around))
                    owners = item.get(step.owner)
                    if not owners:
                        told.add(self._fact(item, step.owner, around))
                        continue
                    self._open(step.parts[0], owners[0], around, told)
                else:
                    self._open(step.parts[0], item, around, told)
        elif step.key:
            told.add(self._fact(node, step.key, around))

    def _fact(self, node: Node, key: str, around: Surroundings) -> Fact:
        fact = node.told.get(key)
        if fact is None:
            if key == HOLDER_PLACE:
                fact = Fact(node.path, node.kind, "place", node.raw.get("place", UNSTATED))
            else:
                pointer = f"{node.origin.get(key, node.path)}/{key}"
                fact = Fact(pointer, node.kind, key, self._value(node, key, around))
            node.told[key] = fact
        return fact

    def _value(self, node: Node, key: str, around: Surroundings) -> Any:
        if key in node.raw:
            return node.raw[key]
        if key in self._compiler.derived_counts:
            return around.derived(key)
        return node.get(key, UNSTATED)

    def _open_class(self, name: str, node: Node, around: Surroundings, told: _Told) -> None:
        """Tell the open facts of a named class; kept for the request unless they led back to a class under way."""
        key = (name, node, "open")
        facts = around.explained.get(key)
        if facts is None:
            if (name, node) in told.explained:
                told.circular = True
                return
            told.explained[name, node] = True
            inner = _Told(told.explained)
            self._open(self.prepare_class(name), node, around, inner)
            facts = inner.facts
            del told.explained[name, node]
            told.circular |= inner.circular
            if not inner.circular:
                around.explained[key] = facts
        told.add_all(facts)


class _Told:
    """The facts told so far by their pointers, and the classes explained of nodes; false while one is under way."""

    def __init__(self, explained: dict[tuple[str, Node], bool] | None = None) -> None:
        self.facts: dict[str, Fact] = {}
        self.explained: dict[tuple[str, Node], bool] = {} if explained is None else explained
        self.circular = False

    def add(self, fact: Fact) -> None:
        """Tell a fact, once."""
        self.facts.setdefault(fact.pointer, fact)

    def add_all(self, facts: dict[str, Fact]) -> None:
        """Tell facts that were kept, each once."""
        told = self.facts
        for pointer, fact in facts.items():
            if pointer not in told:
                told[pointer] = fact


UNSTATED = object()
"""The value of a fact of which the description says nothing."""
