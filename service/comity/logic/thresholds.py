"""The thresholds of a program: the numbers with which its tests compare each figure."""

from __future__ import annotations

from collections.abc import Iterable

from comity.logic.expression import Expression

__all__ = ["thresholds"]


def thresholds(expressions: Iterable[Expression | None]) -> dict[str, list[float]]:
    """Return for each key that a test compares with a number, or asks to be stated as one, those numbers in order."""
    found: dict[str, set[float]] = {}
    waiting: list[Expression | None] = list(expressions)
    while waiting:
        part = waiting.pop()
        if not isinstance(part, list) or not part:
            continue
        if part[0] == "num":
            low, _, high, _ = part[2:]
            found.setdefault(part[1], set()).update(limit for limit in (low, high) if limit is not None)
        else:
            waiting.extend(part)
    return {key: sorted(limits) for key, limits in sorted(found.items())}
