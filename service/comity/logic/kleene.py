"""Strong Kleene truth values: ``True``, ``False`` and ``None`` for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
"""A three-valued truth value; ``None`` stands for unknown."""

__all__ = ["Truth", "all_of", "any_of", "negate"]


def negate(value: Truth) -> Truth:
    """Return the strong Kleene negation: unknown stays unknown."""
    return None if value is None else not value


def all_of(values: Iterable[Truth]) -> Truth:
    """Return the conjunction: false as soon as one value is false, else unknown as soon as one is unknown."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Return the disjunction: true as soon as one value is true, else unknown as soon as one is unknown."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result
