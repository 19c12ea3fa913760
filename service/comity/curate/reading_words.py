"""Words of a norm that no element of its second reading has: numbers, and the words that bound what is meant."""

from __future__ import annotations

import re

from comity.curate.numbers import numbers_in
from comity.readings.record import Reading

__all__ = ["words_unread"]

_BOUNDING = re.compile(
    r"\b(only|at least|at most|more than|fewer than|less than|unless|except|without|solely|exclusively|until|each|every)\b", re.IGNORECASE
)


def words_unread(reading: Reading, definition: str) -> list[str]:
    """Return the numbers and bounding words of a norm's *definition* (English) that none of the elements of its reading has."""
    elements = " ".join(element.says.get("en", "") for element in reading.elements)
    said, told = set(numbers_in(definition)), set(numbers_in(elements))
    numbers = [f"{number:g}" for number in sorted(said - told)]
    there = {match.lower() for match in _BOUNDING.findall(elements)}
    return numbers + sorted({match.lower() for match in _BOUNDING.findall(definition)} - there)
