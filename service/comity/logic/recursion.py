"""Classes that rest on themselves, such as a party whose owner is such a party: the least fixed point.

Objects may lead back to one another (an owner that works for what it owns). A value that is asked for while it is still being
computed is assumed, false at first; rounds are repeated with what the last one found until no assumption was too low. The result
therefore does not depend on which class is asked first.
"""

from __future__ import annotations

from typing import Any

from comity.logic.kleene import Truth
from comity.logic.node import Node
from comity.logic.strong_components import strong_components

__all__ = ["FixedPoint", "recursive_groups"]

_Key = tuple[int, Node]
_ORDER = {False: 0, None: 1, True: 2}


class FixedPoint:
    """The values of a group of classes on the way to their least fixed point; it belongs to one request."""

    def __init__(self) -> None:
        self._assumed: dict[_Key, Truth] = {}
        self._found: dict[_Key, Truth] = {}
        self._open: set[_Key] = set()
        self._relied_on: set[_Key] = set()

    def value(self, number: int, node: Node, test: Any, around: Any) -> Truth:
        """Return what this round says of a class on a node; false at first where it is still being computed."""
        key = (number, node)
        if key in self._found:
            return self._found[key]
        if key in self._open:
            self._relied_on.add(key)
            return self._assumed.get(key, False)
        self._open.add(key)
        found: Truth = test(node, around)
        self._open.discard(key)
        self._found[key] = found
        return found

    def is_reached(self) -> bool:
        """Say whether the assumptions of this round hold; if not, prepare the next round, which assumes what this one found."""
        risen = [key for key in self._relied_on if _ORDER[self._found[key]] > _ORDER[self._assumed.get(key, False)]]
        if not risen:
            return True
        self._assumed.update((key, self._found[key]) for key in risen)
        self._found, self._relied_on = {}, set()
        return False

    def keep(self) -> None:
        """Write what was found into the memory of the nodes."""
        for (number, node), found in self._found.items():
            node.memo[number] = found


def recursive_groups(classes: dict[str, Any]) -> dict[str, int]:
    """Return for each class that rests on itself the number of its group: the classes that rest on one another."""
    mentioned = {name: _names(expression) & classes.keys() for name, expression in classes.items()}
    groups = enumerate(strong_components(classes, mentioned.__getitem__))
    return {name: number for number, group in groups for name in group if len(group) > 1 or name in mentioned[name]}


def _names(expression: Any) -> set[str]:
    found: set[str] = set()
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list) and part:
            if part[0] == "is":
                found.add(part[1])
            else:
                waiting.extend(part)
    return found
