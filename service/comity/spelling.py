"""The known word that was probably meant by an unknown one."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR
from difflib import get_close_matches
from typing import Any

__all__ = ["did_you_mean", "nearest", "nearest_day"]

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


def nearest_day(text: str) -> list[str]:
    """Return the ISO day that was probably meant by a text that is none: another way to write it, or the last day of its month."""
    found = re.fullmatch(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?", text.strip())
    if found is None:
        return []
    year, month, day = map(int, found.groups())
    year, month = min(max(year, MINYEAR), MAXYEAR), min(max(month, 1), 12)
    return [f"{year:04}-{month:02}-{min(max(day, 1), monthrange(year, month)[1]):02}"]
