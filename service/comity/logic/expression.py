"""The expression language and its compilation to plain Python closures.

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
``["ownersum", percent, e]``
    the shares held directly by owners of whom *e* holds add up to at least *percent*;
``["inforce", id]``
    a dated thing is in force on the day asked.

A set of places is ``["codes", [..]]``, ``["all"]``, ``["body", code]``, ``["territory", code]``, ``["union", s…]``,
``["meet", s…]`` or ``["minus", s]``; it is computed once for each epoch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from comity.logic.kleene import Truth, negate
from comity.logic.node import HOLDER_PLACE, Node, OpenCodes, OpenNodes
from comity.logic.recursion import FixedPoint, recursive_groups

__all__ = ["Compiler", "Expression", "Surroundings", "Test", "place_truth"]

Expression = list[Any]
Test = Callable[[Node, "Surroundings"], Truth]

_UNDECIDED = object()


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


def place_truth(candidates: tuple[frozenset[str], ...], inside: frozenset[str]) -> Truth:
    """Say whether one of the places lies in *inside*: surely, surely not, or perhaps."""
    result: Truth = False
    for candidate in candidates:
        if candidate <= inside:
            return True
        if not candidate.isdisjoint(inside):
            result = None
    return result


class Compiler:
    """Turns expressions into closures; named classes and sets of places are shared by all of them.

    ``classes`` maps a name to its expression, ``derived_counts`` names the keys that are computed on demand.
    ``open_keys`` compiles a variant in which the named keys are unknown whatever was stated: a demand that is still
    false under it cannot be cured by changing those facts.
    """

    def __init__(
        self,
        classes: dict[str, Expression],
        derived_counts: frozenset[str] = frozenset(),
        open_keys: frozenset[str] = frozenset(),
        sets: list[Any] | None = None,
    ) -> None:
        self.classes = classes
        self.derived_counts = derived_counts
        self.open_keys = open_keys
        self.set_expressions: list[Any] = sets if sets is not None else []
        self._index = {name: number for number, name in enumerate(classes)}
        self._groups = recursive_groups(classes)
        self._tests: dict[str, Test] = {}
        self._set_index = {repr(s): number for number, s in enumerate(self.set_expressions)}

    def test(self, expression: Expression) -> Test:
        """Compile one expression."""
        compiled: Test = getattr(self, "_" + expression[0])(*expression[1:])
        return compiled

    def named(self, name: str) -> Test:
        """Compile the test of a named class; its verdict on a node is kept in the node's memory."""
        if name in self._tests:
            return self._tests[name]
        number = self._index[name] * 2 + bool(self.open_keys)
        body: list[Test] = []
        group = self._groups.get(name)
        is_member = _plain_member(number, body) if group is None else _recursive_member(number, group * 2 + bool(self.open_keys), body)
        self._tests[name] = is_member
        body.append(self.test(self.classes[name]))
        return is_member

    def place_set(self, expression: Any) -> int:
        """Return the number under which the epoch keeps the codes of a set of places."""
        key = repr(expression)
        if key not in self._set_index:
            self._set_index[key] = len(self.set_expressions)
            self.set_expressions.append(expression)
        return self._set_index[key]

    def _true(self) -> Test:
        return lambda node, around: True

    def _false(self) -> Test:
        return lambda node, around: False

    def _and(self, *parts: Expression) -> Test:
        tests = [self.test(part) for part in parts]

        def conjunction(node: Node, around: Surroundings) -> Truth:
            result: Truth = True
            for test in tests:
                value = test(node, around)
                if value is False:
                    return False
                if value is None:
                    result = None
            return result

        return conjunction

    def _or(self, *parts: Expression) -> Test:
        tests = [self.test(part) for part in parts]

        def disjunction(node: Node, around: Surroundings) -> Truth:
            result: Truth = False
            for test in tests:
                value = test(node, around)
                if value is True:
                    return True
                if value is None:
                    result = None
            return result

        return disjunction

    def _not(self, part: Expression) -> Test:
        test = self.test(part)
        return lambda node, around: negate(test(node, around))

    def _is(self, name: str) -> Test:
        return self.named(name)

    def _inforce(self, identifier: str) -> Test:
        return lambda node, around: around.in_force[identifier]

    def _some(self, key: str, part: Expression) -> Test:
        if key in self.open_keys:
            return lambda node, around: None
        test = self.test(part)

        def exists(node: Node, around: Surroundings) -> Truth:
            objects = node.get(key)
            if objects is None:
                return None
            result: Truth = None if type(objects) is OpenNodes else False
            for item in objects:
                value = test(item, around)
                if value is True:
                    return True
                if value is None:
                    result = None
            return result

        return exists

    def _count(self, key: str, part: Expression, least: int | None, most: int | None) -> Test:
        if key in self.open_keys:
            return lambda node, around: None
        test = self.test(part)
        low, high = least or 0, most if most is not None else float("inf")

        def number_of(node: Node, around: Surroundings) -> Truth:
            objects = node.get(key)
            if objects is None:
                return None
            values = [test(item, around) for item in objects]
            sure = values.count(True)
            possible = float("inf") if type(objects) is OpenNodes else sure + values.count(None)
            if low <= sure and possible <= high:
                return True
            return False if possible < low or sure > high else None

        return number_of

    def _has(self, key: str, codes: list[Any]) -> Test:
        if key in self.open_keys:
            return lambda node, around: None
        wanted = frozenset(codes)

        def among(node: Node, around: Surroundings) -> Truth:
            value = node.get(key)
            if value is None:
                return None
            if type(value) is OpenCodes:
                if not wanted.isdisjoint(value.yes):
                    return True
                return False if wanted <= value.no else None
            return not wanted.isdisjoint(value)

        return among

    def _place(self, key: str, inside: Any) -> Test:
        if key in self.open_keys:
            return lambda node, around: None
        number = self.place_set(inside)

        def lies_in(node: Node, around: Surroundings) -> Truth:
            value = node.get(key)
            if value is None:
                return False if key == HOLDER_PLACE else None
            return place_truth(value, around.sets[number])

        return lies_in

    def _num(self, key: str, low: float | None, low_strict: bool, high: float | None, high_strict: bool) -> Test:
        if key in self.open_keys:
            return lambda node, around: None
        computed = key in self.derived_counts

        def inside(node: Node, around: Surroundings) -> Truth:
            value = around.derived(key) if computed else node.get(key)
            if value is None:
                return None
            if not value:  # a place that stands as a party has no numbers
                return False
            least, most = value
            if least > most:  # stated that there is none
                return False
            low_met = low is None or (least > low if low_strict else least >= low)
            high_met = high is None or (most < high if high_strict else most <= high)
            if low_met and high_met:
                return True
            if low is not None and (most <= low if low_strict else most < low):
                return False
            if high is not None and (least >= high if high_strict else least > high):
                return False
            return None

        return inside

    def _present(self, key: str, least: int) -> Test:
        if key in self.open_keys:
            return lambda node, around: None

        def stated(node: Node, around: Surroundings) -> Truth:
            value = node.get(key)
            if value is None:
                return None
            if type(value) is OpenCodes:
                return True if len(value.yes) >= least else None
            if type(value) is OpenNodes:
                return True if len(value) >= least else None
            if type(value) is tuple and value and not isinstance(value[0], frozenset):
                return value[0] <= value[1] and least <= 1  # a number counts as one value
            return len(value) >= least

        return stated

    def _ownersum(self, percent: float, part: Expression) -> Test:
        test = self.test(part)

        def adds_up(node: Node, around: Surroundings) -> Truth:
            holdings = node.get("ownedBy")
            if holdings is None:
                return None
            sure = possible = 0.0
            for holding in holdings:
                low, high = holding.get("percent", (0.0, 100.0))
                owners = holding.get("owner")
                value = test(owners[0], around) if owners else None
                if value is not False:
                    possible += high
                    if value:
                        sure += low
            if round(sure * 100) >= round(percent * 100):
                return True
            return False if round(possible * 100) < round(percent * 100) else None

        return adds_up


def _plain_member(number: int, body: list[Test]) -> Test:
    def is_member(node: Node, around: Surroundings) -> Truth:
        memo = node.memo
        value = memo.get(number, _UNDECIDED)
        if value is _UNDECIDED:
            value = memo[number] = body[0](node, around)
        return value  # type: ignore[return-value]

    return is_member


def _recursive_member(number: int, group: int, body: list[Test]) -> Test:
    """Return the test of a class that rests on itself: the first of its group to be asked carries the others along."""

    def is_member(node: Node, around: Surroundings) -> Truth:
        value = node.memo.get(number, _UNDECIDED)
        if value is not _UNDECIDED:
            return value  # type: ignore[return-value]
        under_way = around.unsettled.get(group)
        if under_way is not None:
            return under_way.value(number, node, body[0], around)
        fixed_point = around.unsettled[group] = FixedPoint()
        try:
            found = fixed_point.value(number, node, body[0], around)
            while not fixed_point.is_reached():
                found = fixed_point.value(number, node, body[0], around)
        finally:
            del around.unsettled[group]
        fixed_point.keep()
        return found

    return is_member
