"""Named classes that say the same under two names, once the classes that they name are written out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.logic.expression import Expression

__all__ = ["alike"]


def alike(classes: dict[str, Expression], names: Iterable[str]) -> list[list[str]]:
    """Return the groups of *names* whose expressions are the same, the order within ``and`` and ``or`` aside."""
    numbers = _Numbers(classes)
    groups: dict[int, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(numbers.of(["is", name]), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


class _Numbers:
    """Gives expressions that say the same one number."""

    def __init__(self, classes: dict[str, Expression]) -> None:
        self._classes = classes
        self._number: dict[Any, int] = {}
        self._form: list[Any] = []
        self._class: dict[str, int] = {}
        self._open: set[str] = set()

    def of(self, expression: Any) -> int:
        if not isinstance(expression, list):
            return self._numbered((type(expression).__name__, expression))
        if expression and expression[0] == "is":
            return self._named(expression[1])
        if expression and expression[0] in ("and", "or"):
            return self._joined(expression[0], [self.of(part) for part in expression[1:]])
        return self._numbered(("list", *(self.of(part) for part in expression)))

    def _named(self, name: str) -> int:
        """Return the number of a class, which is that of its definition; one that rests on itself is told by its name."""
        if name in self._open:
            return self._numbered(("is", name))
        if name not in self._class:
            self._open.add(name)
            self._class[name] = self.of(self._classes[name])
            self._open.discard(name)
        return self._class[name]

    def _joined(self, form: str, parts: list[int]) -> int:
        flat: set[int] = set()
        for part in parts:
            inner = self._form[part]
            flat |= inner[1] if inner[0] == form else {part}
        return next(iter(flat)) if len(flat) == 1 else self._numbered((form, frozenset(flat)))

    def _numbered(self, form: Any) -> int:
        if form not in self._number:
            self._number[form] = len(self._form)
            self._form.append(form)
        return self._number[form]
