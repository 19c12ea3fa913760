"""Expressions whose value is settled by their form alone: they hold, or fail, whatever a description states."""

from __future__ import annotations

from comity.logic.expression import Expression
from comity.logic.kleene import Truth, all_of, any_of, negate

__all__ = ["settled"]


def settled(expression: Expression) -> Truth:
    """Return true or false where the form settles the expression, None where it depends on what is stated.

    Named classes count as open: what they hold is judged where they are defined.
    """
    form = expression[0]
    if form in ("true", "false"):
        return bool(form == "true")
    if form == "and":
        return all_of(settled(part) for part in expression[1:])
    if form == "or":
        return any_of(settled(part) for part in expression[1:])
    if form == "not":
        return negate(settled(expression[1]))
    if form == "has":
        return None if expression[2] else False
    if form == "present":
        return None if expression[2] > 0 else True
    if form == "some":
        return False if settled(expression[2]) is False else None
    if form == "count":
        least, most = expression[3:]
        return True if not least and most is None else None
    if form == "num":
        low, low_strict, high, high_strict = expression[2:]
        empty = low is not None and high is not None and (low > high or (low == high and (low_strict or high_strict)))
        return False if empty else None
    return None
