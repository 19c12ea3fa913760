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
    return _remainder(expression, necessary(given, classes), classes)


def _remainder(expression: Expression, held: list[Expression], classes: Mapping[str, Expression]) -> Expression:
    if _follows(expression, held, classes):
        return _TRUE
    if expression[0] == "and":
        parts = [part for part in (_remainder(part, held, classes) for part in expression[1:]) if part != _TRUE]
        return parts[0] if len(parts) == 1 else ["and", *parts]
    if expression[0] == "or":
        parts = [_remainder(part, held, classes) for part in expression[1:]]
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


def _follows(expression: Expression, held: list[Expression], classes: Mapping[str, Expression], depth: int = 0) -> bool:
    """Say whether the expression holds where all of *held* do."""
    form = expression[0]
    if form == "true" or expression in held:
        return True
    if depth > _DEEPEST:
        return False
    if form == "is" and _follows(classes[expression[1]], held, classes, depth + 1):
        return True
    if form == "and" and all(_follows(part, held, classes, depth) for part in expression[1:]):
        return True
    if form == "or" and any(_follows(part, held, classes, depth) for part in expression[1:]):
        return True
    if form == "some":
        alike = (other[2] for other in held if other[0] == "some" and other[1] == expression[1])
        if any(_follows(expression[2], necessary(other, classes), classes, depth) for other in alike):
            return True
    return any(
        all(_follows(expression, necessary(case, classes), classes, depth + 1) for case in other[1:]) for other in held if other[0] == "or"
    )
