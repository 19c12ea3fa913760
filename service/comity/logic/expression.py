"""The expression language and its compilation to plain Python functions.

An expression is a JSON list. ``k`` is a key of a description, ``e`` an expression over the objects found under it:

``["true"]``, ``["false"]``, ``["and", e…]``, ``["or", e…]``, ``["not", e]``
    the connectives, in strong Kleene logic;
``["some", k, e]``, ``["count", k, e, least, most]``
    at least one object, or between *least* and *most* (``null``: no bound) objects;
``["has", k, [codes]]``, ``["place", k, set]``, ``["num", k, low, lowStrict, high, highStrict]``
    a value among the codes, a place inside the set, a number inside the interval;
``["present", k, n]``
    at least *n* values are stated;
``["is", name]``
    the object is of a named class (recursion is a least fixed point);
``["ownersum", percent, e, k, owner, share]``
    the shares of the holdings under *k* whose owner *e* holds of add up to at least *percent*; *owner* and *share* are
    the keys of a holding;
``["inforce", id]``
    a dated thing is in force on the day asked.

A set of places is ``["codes", [..]]``, ``["all"]``, ``["body", code]``, ``["territory", code]``, ``["union", s…]``,
``["meet", s…]`` or ``["minus", s]``; it is computed once for each epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import RLock
from typing import Any, Literal, Protocol, TypeAlias

from comity.logic import value_truth
from comity.logic.codegen import CodeWriter
from comity.logic.kleene import Truth
from comity.logic.node import Node, OpenCodes, OpenNodes
from comity.logic.recursion import FixedPoint, recursive_groups

__all__ = ["Compiler", "Expression", "Form", "PlaceSet", "Surroundings", "Test", "parts_of"]

Form = Literal["true", "false", "and", "or", "not", "some", "count", "has", "place", "num", "present", "is", "ownersum", "inforce"]
"""The first member of an expression, which says what the others are."""
Expression: TypeAlias = list[Any]
"""A :data:`Form` and what belongs to it; JSON has no type for a list whose members differ."""
PlaceSet: TypeAlias = list[Any]
"""A set of places, in the same manner."""
Test = Callable[[Node, "Surroundings"], Truth]

_NESTING = frozenset(("and", "or", "not", "some", "count", "ownersum"))


class Surroundings(Protocol):
    """What a test may ask for besides the node: the epoch's sets of places, what is in force, derived counts.

    ``unsettled`` holds the groups of recursive classes under way, none at the start.
    """

    sets: list[frozenset[str]]
    in_force: dict[str, Truth]
    explained: dict[Any, Any]
    unsettled: dict[int, FixedPoint]

    def derived(self, key: str) -> tuple[float, float]:
        """Return the bounds of a derived count of the flow."""


class Compiler:
    """Turns expressions into functions; named classes and sets of places are shared by all of them.

    ``classes`` maps a name to its expression, ``derived_counts`` names the keys that are computed on demand.

    A class is compiled when it is first asked for, so that a service answers soon after it starts. The sets of places
    are numbered from the beginning, because an epoch resolves all of them at once.

    Safe to share between threads: one lock rounds all compiling, and a name can be looked up only once its test is finished.
    """

    def __init__(self, classes: dict[str, Expression], derived_counts: frozenset[str] = frozenset()) -> None:
        self.classes = classes
        self.derived_counts = derived_counts
        self.set_expressions: list[Any] = []
        self._set_index: dict[str, int] = {}
        self._index = {name: number for number, name in enumerate(classes)}
        self._groups = recursive_groups(classes)
        self._members: dict[str, Test] = {}
        self._written: dict[str, str] = {}
        self._lock = RLock()  # compiling one expression compiles its parts
        self._module: dict[str, Any] = {
            "OpenCodes": OpenCodes,
            "OpenNodes": OpenNodes,
            **{name: getattr(value_truth, name) for name in value_truth.__all__},
        }
        self._writer = CodeWriter(self._constant, self._function, self._membership, self.place_set, derived_counts, self._later_name)
        for expression in classes.values():
            self._number_sets(expression)

    def test(self, expression: Expression) -> Test:
        """Compile one expression."""
        if expression[0] == "is":
            return self.named(expression[1])
        with self._lock:
            test: Test = self._module[self._function(expression)]
            return test

    def later(self, expression: Expression) -> Test:
        """Return the test of an expression that is compiled when it is first asked."""
        self._number_sets(expression)
        body: Test | None = None

        def test(node: Node, around: Surroundings) -> Truth:
            nonlocal body
            if body is None:
                body = self.test(expression)
            return body(node, around)

        return test

    def named(self, name: str) -> Test:
        """Return the test of a named class; its verdict on a node is kept in the node's memory."""
        found = self._members.get(name)
        if found is None:
            with self._lock:
                number, test, rests_on_itself = self._membership(name)
                found = self._module[test] if rests_on_itself else _plain_member(number, test, self._module)
                self._members[name] = found
        return found

    def place_set(self, expression: Any) -> int:
        """Return the number under which the epoch keeps the codes of a set of places."""
        key = repr(expression)
        if key not in self._set_index:
            self._set_index[key] = len(self.set_expressions)
            self.set_expressions.append(expression)
        return self._set_index[key]

    def _membership(self, name: str) -> tuple[int, str, bool]:
        """Return the number of a class, the name of its test, and whether the class rests on itself."""
        number = self._index[name]
        test, group = f"class_{number}", self._groups.get(name)
        if test not in self._module:
            if group is None:
                self._module[test] = self._first_asked(test, name)
            else:
                body = f"body_{number}"
                self._module[body] = self._first_asked(body, name)
                self._module[test] = _recursive_member(number, group, body, self._module)
        return number, test, group is not None

    def _first_asked(self, function: str, name: str) -> Test:
        """Return a stand-in for the test of a class, which puts the test in its own place when it is first asked."""

        def stand_in(node: Node, around: Surroundings) -> Truth:
            with self._lock:
                if self._module[function] is stand_in:  # another thread may have been first
                    self._compile(function, self.classes[name])
            test: Test = self._module[function]
            return test(node, around)

        return stand_in

    def _function(self, expression: Expression) -> str:
        """Return the name of a compiled expression; the same expression is compiled once. For whoever holds the lock."""
        key = repr(expression)
        function = self._written.get(key)
        if function is None:
            function = self._constant(None)
            self._compile(function, expression)
            self._written[key] = function
        return function

    def _compile(self, function: str, expression: Expression) -> None:
        exec(compile(self._writer.write(function, expression), f"<{function}>", "exec"), self._module)

    def _later_name(self, expression: Expression) -> str:
        """Return the name of the test of a part that few descriptions ask for."""

        def test(node: Node, around: Surroundings) -> Truth:
            return self.test(expression)(node, around)

        return self._constant(test)

    def _constant(self, value: Any) -> str:
        name = f"name_{len(self._module)}"
        self._module[name] = value
        return name

    def _number_sets(self, expression: Expression) -> None:
        for part in parts_of(expression):
            if part[0] == "place":
                self.place_set(part[2])


def parts_of(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and all its parts, without the classes that it names."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        if part[0] in _NESTING:
            waiting.extend(inner for inner in part[1:] if isinstance(inner, list))


def _plain_member(number: int, body: str, module: dict[str, Any]) -> Test:
    def is_member(node: Node, around: Surroundings) -> Truth:
        memo = node.memo
        if number in memo:
            return memo[number]
        value: Truth = module[body](node, around)
        memo[number] = value
        return value

    return is_member


def _recursive_member(number: int, group: int, body: str, module: dict[str, Any]) -> Test:
    """Return the test of a class that rests on itself: the first of its group to be asked carries the others along."""

    def is_member(node: Node, around: Surroundings) -> Truth:
        memo = node.memo
        if number in memo:
            return memo[number]
        under_way = around.unsettled.get(group)
        if under_way is not None:
            return under_way.value(number, node, module[body], around)
        fixed_point = around.unsettled[group] = FixedPoint()
        try:
            found = fixed_point.value(number, node, module[body], around)
            while not fixed_point.is_reached():
                found = fixed_point.value(number, node, module[body], around)
        finally:
            del around.unsettled[group]
        fixed_point.keep()
        return found

    return is_member
