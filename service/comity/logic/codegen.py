"""The Python source of a test: an expression written out as one function, so that a test is not a tree of calls.

Every form becomes a few statements that leave its Kleene value in a variable. A connective is a loop that is left as
soon as the value is settled.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.logic.node import HOLDER_PLACE

__all__ = ["CodeWriter"]

Expression = list[Any]
Lines = list[str]

_MOST_BLOCKS = 14  # Python nests at most twenty loops in a function
_ORDER = {"true": 0, "false": 0, "inforce": 0, "has": 1, "place": 2, "present": 2, "num": 3, "is": 4, "not": 4}
_COSTLIEST = 9


class CodeWriter:
    """Writes functions; ``constant`` gives a value a name in their module, ``function`` the name of a part's own test.

    ``membership`` says under which number the memory of a node keeps a class, and under which name its test is called;
    a class that rests on itself keeps its own memory. ``later`` names the test of a part that is compiled when it is first asked.
    """

    def __init__(
        self,
        constant: Callable[[Any], str],
        function: Callable[[Expression], str],
        membership: Callable[[str], tuple[int, str, bool]],
        place_set: Callable[[Any], int],
        derived: frozenset[str],
        later: Callable[[Expression], str],
    ) -> None:
        self._constant = constant
        self._function = function
        self._membership = membership
        self._place_set = place_set
        self._derived = derived
        self._later = later
        self._variables = 0

    def write(self, name: str, expression: Expression) -> str:
        """Return the source of a function."""
        lines = self.statements(expression, "node", "value", 0)
        return "\n".join([f"def {name}(node, around):", *(f" {line}" for line in lines), " return value"])

    def statements(self, expression: Expression, node: str, value: str, depth: int) -> Lines:
        """Return the statements that leave the value of an expression on *node* in the variable *value*."""
        form = expression[0]
        if depth > _MOST_BLOCKS:
            return [f"{value} = {self._function(expression)}({node}, around)"]
        lines: Lines = getattr(self, "_" + form)(node, value, depth, *expression[1:])
        return lines

    def _variable(self) -> str:
        self._variables += 1
        return f"v{self._variables}"

    def _true(self, node: str, value: str, depth: int) -> Lines:
        return [f"{value} = True"]

    def _false(self, node: str, value: str, depth: int) -> Lines:
        return [f"{value} = False"]

    def _and(self, node: str, value: str, depth: int, *parts: Expression) -> Lines:
        return self._connective(node, value, depth, parts, "True", "False")

    def _or(self, node: str, value: str, depth: int, *parts: Expression) -> Lines:
        return self._connective(node, value, depth, parts, "False", "True")

    def _connective(self, node: str, value: str, depth: int, parts: tuple[Expression, ...], neutral: str, settled: str) -> Lines:
        each = self._variable()
        lines = [f"{value} = {neutral}", "while True:"]
        for part in sorted(parts, key=self._cost):  # what is cheap may settle it; the value is the same in any order
            lines += (f" {line}" for line in self.statements(part, node, each, depth + 1))
            lines += [f" if {each} is not {neutral}:", f"  {value} = {each}", f"  if {each} is {settled}: break"]
        return [*lines, " break"]

    def _cost(self, part: Expression) -> int:
        form = part[0]
        if form == "not":
            return self._cost(part[1])
        if form == "num" and part[1] in self._derived:
            return _COSTLIEST
        if form in ("and", "or", "some", "count"):
            return 2 + max((self._cost(inner) for inner in part[1:] if isinstance(inner, list)), default=0)
        return _ORDER.get(form, _COSTLIEST)

    def _not(self, node: str, value: str, depth: int, part: Expression) -> Lines:
        return [*self.statements(part, node, value, depth), f"if {value} is not None: {value} = not {value}"]

    def _is(self, node: str, value: str, depth: int, name: str) -> Lines:
        number, test, rests_on_itself = self._membership(name)
        keep = "" if rests_on_itself else f"memo[{number}] = "
        return [f"memo = {node}.memo", f"if {number} in memo: {value} = memo[{number}]", f"else: {value} = {keep}{test}({node}, around)"]

    def _inforce(self, node: str, value: str, depth: int, identifier: str) -> Lines:
        return [f"{value} = around.in_force[{identifier!r}]"]

    def _some(self, node: str, value: str, depth: int, key: str, part: Expression) -> Lines:
        objects, item, each = self._variable(), self._variable(), self._variable()
        return [
            f"{objects} = {node}.get({key!r})",
            f"if {objects} is None: {value} = None",
            "else:",
            f" {value} = False",
            f" for {item} in {objects}:",
            *(f"  {line}" for line in self.statements(part, item, each, depth + 1)),
            f"  if {each} is not False:",
            f"   {value} = {each}",
            f"   if {each}: break",
            f" if {value} is False and type({objects}) is OpenNodes: {value} = rest_truth({objects}, {self._later(part)}, around)",
        ]

    def _count(self, node: str, value: str, depth: int, key: str, part: Expression, least: int | None, most: int | None) -> Lines:
        return [f"{value} = number_truth({node}.get({key!r}), {self._function(part)}, around, {least!r}, {most!r})"]

    def _has(self, node: str, value: str, depth: int, key: str, codes: list[Any]) -> Lines:
        wanted = frozenset(codes)
        closed = f"{codes[0]!r} in {value}" if len(wanted) == 1 else f"not {self._constant(wanted.isdisjoint)}({value})"
        return [
            f"{value} = {node}.get({key!r})",
            f"if {value} is not None:",
            f" {value} = open_codes_truth({value}, {self._constant(wanted)}) if type({value}) is OpenCodes else {closed}",
        ]

    def _place(self, node: str, value: str, depth: int, key: str, inside: Any) -> Lines:
        unstated = "False" if key == HOLDER_PLACE else "None"
        return [
            f"{value} = {node}.get({key!r})",
            f"{value} = {unstated} if {value} is None else place_truth({value}, around.sets[{self._place_set(inside)}])",
        ]

    def _num(self, node: str, value: str, depth: int, key: str, *interval: Any) -> Lines:
        stated = f"around.derived({key!r})" if key in self._derived else f"{node}.get({key!r})"
        return [f"{value} = interval_truth({stated}, {', '.join(map(repr, interval))})"]

    def _present(self, node: str, value: str, depth: int, key: str, least: int) -> Lines:
        return [f"{value} = presence_truth({node}.get({key!r}), {least!r})"]

    def _ownersum(
        self, node: str, value: str, depth: int, percent: float, part: Expression, holdings: str, owner: str, share: str
    ) -> Lines:
        return [f"{value} = share_truth({node}.get({holdings!r}), {self._function(part)}, around, {percent!r}, {owner!r}, {share!r})"]
