"""What is wrong with a description, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Any, TypedDict

from comity.spelling import nearest

__all__ = ["DescriptionError", "Problem", "Speller", "problem"]


class Problem(TypedDict):
    """One fault: where (a JSON pointer), what and how to mend it (in English and Chinese), the nearest valid values."""

    pointer: str
    message: dict[str, str]
    nearest: list[str]


class DescriptionError(ValueError):
    """The description cannot be read; ``problems`` names every fault found, at most fifty."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p['pointer'] or '/'}: {p['message']['en']}" for p in problems[:5]))
        self.problems = problems


def problem(pointer: str, en: str, zh: str, near: list[str] | None = None) -> Problem:
    """Return one fault."""
    return {"pointer": pointer, "message": {"en": en, "zh": zh}, "nearest": near or []}


class Speller:
    """Finds known words for unknown ones until the time for one description is used up; from then on it finds none.

    A look through a thousand words takes some twenty milliseconds, and a description can hold a great many unknown words.
    """

    def __init__(self, seconds: float = 0.2) -> None:
        self._left = seconds

    def nearest(self, word: Any, known: Iterable[str]) -> list[str]:
        """Return what :func:`comity.spelling.nearest` does, or nothing."""
        if self._left <= 0:
            return []
        began = monotonic()
        found = nearest(word, known)
        self._left -= monotonic() - began
        return found
