"""What is left of an expression where another is given to hold: the parts that follow from it are settled.

The demand of a norm often repeats its situation ("whichever party handles so many people has appointed an officer"). Once
the situation holds, the repetition asks nothing; while the situation is open, it must not make the demand look open too.
Only what follows by the form of the two expressions is found: a part that does not is left as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from comity.logic.expression import Expression

__all__ = ["necessary", "remainder"]

_DEEPEST = 12
_TRUE: Expression = ["true"]


def remainder(expression: Expression, given: Expression, classes: Mapping[str, Expression]) -> Expression:
    """Return the expression without the parts that hold wherever *given* does, which may be all of it (``["true"]``)."""
    return _remainder(expression, _Given(necessary(given, classes), classes))


def _remainder(expression: Expression, given: _Given) -> Expression:
    if given.shows(expression):
        return _TRUE
    if expression[0] == "and":
        parts = [part for part in (_remainder(part, given) for part in expression[1:]) if part != _TRUE]
        return parts[0] if len(parts) == 1 else ["and", *parts]
    if expression[0] == "or":
        parts = [_remainder(part, given) for part in expression[1:]]
        return _TRUE if _TRUE in parts else ["or", *parts]
    return expression


def necessary(expression: Expression, classes: Mapping[str, Expression], depth: int = 0) -> list[Expression]:
    """Return the conditions without which the expression cannot hold, itself among them."""
    found = [expression]
    if expression[0] == "and":
        for part in expression[1:]:
            found += necessary(part, classes, depth)
    elif expression[0] == "is" and depth < _DEEPEST:
        found += necessary(classes[expression[1]], classes, depth + 1)
    return found


class _Given:
    """Conditions that all hold, and what follows from them; what was found is kept, since parts come up again and again.

    The expressions belong to the caller and outlive the search, so that their identity tells them apart.
    """

    def __init__(self, held: list[Expression], classes: Mapping[str, Expression]) -> None:
        self._held = held
        self._classes = classes
        self._shown: dict[tuple[int, int], bool] = {}
        self._cases: dict[int, _Given] = {}

    def shows(self, expression: Expression, depth: int = 0) -> bool:
        """Say whether the expression holds where all conditions do."""
        key = (id(expression), depth)
        found = self._shown.get(key)
        if found is None:
            found = self._shown[key] = self._follows(expression, depth)
        return found

    def _follows(self, expression: Expression, depth: int) -> bool:
        form = expression[0]
        if form == "true" or expression in self._held:
            return True
        if depth > _DEEPEST:
            return False
        if form == "is" and self.shows(self._classes[expression[1]], depth + 1):
            return True
        if form == "and" and all(self.shows(part, depth) for part in expression[1:]):
            return True
        if form == "or" and any(self.shows(part, depth) for part in expression[1:]):
            return True
        if form == "some":
            alike = (other[2] for other in self._held if other[0] == "some" and other[1] == expression[1])
            if any(self._with(other).shows(expression[2], depth) for other in alike):
                return True
        return any(all(self._with(case).shows(expression, depth + 1) for case in other[1:]) for other in self._held if other[0] == "or")

    def _with(self, case: Expression) -> _Given:
        """Return what is given where one case holds."""
        found = self._cases.get(id(case))
        if found is None:
            found = self._cases[id(case)] = _Given(necessary(case, self._classes), self._classes)
        return found
