"""Goals: the parts of a demand, each with its test, what it is called, and whether anybody has it in hand."""

from __future__ import annotations

from collections.abc import Iterator

from comity.flow.schema import Schema
from comity.law.program import Program
from comity.law.program_text import DerivedRule, Words
from comity.logic.expression import Expression, Test, parts_of
from comity.plan.marks import RESORTS

__all__ = ["Goal", "Goals"]

_READING = frozenset(("some", "count", "has", "place", "num", "present"))


class Goal:
    """A part of an expression. ``key`` is what it reads, ``parts`` are the goals below it, ``name`` the class that it names."""

    __slots__ = ("controls", "data", "form", "key", "label", "name", "parts", "test")

    def __init__(self, expression: Expression, test: Test, parts: tuple[Goal, ...], controls: bool, label: Words | None) -> None:
        self.form: str = expression[0]
        self.data = expression
        self.test = test
        self.parts = parts
        self.key: str = expression[1] if self.form in _READING else ""
        self.name: str = expression[1] if self.form == "is" else ""
        self.controls = controls
        self.label = label


class Goals:
    """Prepares the goals of a program, each once."""

    def __init__(self, program: Program, schema: Schema) -> None:
        self._program = program
        self._classes = program.compiler.classes
        self._labels = program.data.get("classLabels", {})
        self._named: dict[str, Goal] = {}
        self._prepared: dict[int, Goal] = {}
        self._parts: dict[int, Words] = {}
        for norm in program.data["norms"]:
            if norm["demand"] is not None and norm["namedParts"]:
                named = {repr(part["expression"]): part["label"] for part in norm["namedParts"]}
                self._parts |= {id(part): named[text] for part in parts_of(norm["demand"]) if (text := repr(part)) in named}
        every = [key for keys in schema.nodes.values() for key in keys.values()]
        in_hand = {key.key for key in every if key.controllable or key.outcome}
        self.rules = {(rule.get("node", ""), rule["key"]): rule for rule in program.arithmetic}
        self._in_hand = in_hand | {rule["key"] for rule in program.arithmetic if in_hand.intersection(_read_by(rule))}
        self._controlled: dict[str, bool] = {}
        self.resorts = {
            norm["situation"]: RESORTS.index(norm["resort"])
            for norm in program.data["norms"]
            if norm["resort"] != "ordinary" and "situation" in norm
        }

    def of(self, expression: Expression) -> Goal:
        """Return the goal of an expression of the program."""
        found = self._prepared.get(id(expression))
        if found is None:
            inner = [part for part in expression[1:] if isinstance(part, list)] if expression[0] in _NESTING else []
            parts = tuple(self.of(part) for part in inner)
            test = self._program.compiler.test(expression)
            made = Goal(expression, test, parts, self._controls(expression), self._parts.get(id(expression)))
            found = self._prepared.setdefault(id(expression), made)  # of two threads that prepare it, both use the first one's
        return found

    def named(self, name: str) -> Goal:
        """Return the goal of a named class."""
        found = self._named.get(name)
        return found if found is not None else self._named.setdefault(name, self.of(self._classes[name]))

    def label(self, name: str) -> Words | None:
        """Return what a class is called, if it has a name."""
        return self._labels.get(name)

    def _controls(self, expression: Expression) -> bool:
        """Say whether an expression reads a fact that the parties, or whoever they ask, can bring about."""
        return any(
            part[1] in self._in_hand if part[0] in _READING else part[0] == "is" and self._class_controls(part[1])
            for part in parts_of(expression)
        )

    def _class_controls(self, name: str) -> bool:
        if name not in self._controlled:
            self._controlled[name] = any(part[0] in _READING and part[1] in self._in_hand for part in self._within(name))
        return self._controlled[name]

    def _within(self, name: str) -> Iterator[Expression]:
        """Yield all parts of a class and of the classes that it names."""
        seen, waiting = {name}, [name]
        while waiting:
            for part in parts_of(self._classes[waiting.pop()]):
                yield part
                if part[0] == "is" and part[1] not in seen:
                    seen.add(part[1])
                    waiting.append(part[1])


_NESTING = frozenset(("and", "or", "not", "some", "count", "ownersum"))


def _read_by(rule: DerivedRule) -> list[str]:
    return [key for key in (rule.get("ofKey"), rule.get("fromKey"), rule.get("toKey")) if key]
