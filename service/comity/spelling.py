"""The known word that was probably meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

__all__ = ["did_you_mean", "nearest"]

_LONGEST = 100  # characters; a longer text is no misspelt word, and takes long to compare


def nearest(word: Any, known: Iterable[str], most: int = 3, likeness: float = 0.55) -> list[str]:
    """Return up to *most* known words that look most like *word*, ignoring case, the likest first.

    ``likeness`` is the least that counts, from 0 to 1.
    """
    if not isinstance(word, str) or len(word) > _LONGEST:
        return []
    by_folded = {name.casefold(): name for name in known}
    return [by_folded[hit] for hit in get_close_matches(word.casefold(), list(by_folded), n=most, cutoff=likeness)]


def did_you_mean(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return ``": did you mean a or b?"`` for the known words that look most like *word*, or an empty text."""
    close = nearest(word, known, likeness=likeness)
    return f": did you mean {' or '.join(close)}?" if close else ""
