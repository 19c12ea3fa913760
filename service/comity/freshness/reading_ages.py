"""How long ago norms and recognitions were read in a text, and which never were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from comity.logic.timeline import day_bounds

__all__ = ["AGES", "ages", "by_age", "last_read"]

Json = dict[str, Any]
Item = Mapping[str, Any]

_DAYS_OF_MONTH = 365.25 / 12
AGES = (3, 6, 12)
"""Where one group of ages ends and the next begins, in months."""


def last_read(norms: Iterable[Item], readings: Iterable[Item]) -> dict[str, Json]:
    """Return of each norm, by id, when it was last read and whether a second reader has read it.

    ``readOn`` is the later one of the day of its curator (``verifiedOn``) and that of its second reading; absent where neither is known.
    ``second`` is ``current``, ``stale`` (the norm has changed since) or ``none``.
    """
    second: dict[str, Item] = {}
    for reading in sorted(readings, key=lambda reading: str(reading.get("on"))):
        second[str(reading["norm"])] = reading
    found: dict[str, Json] = {}
    for norm in norms:
        reading = second.get(norm["id"], {})
        days = [str(day)[:10] for day in (norm.get("verifiedOn"), reading.get("on")) if day]
        state = "none" if not reading else "stale" if reading.get("current") is False else "current"
        found[norm["id"]] = {**({"readOn": max(days)} if days else {}), "second": state}
    return found


def by_age(read: Iterable[str | None], day: date) -> list[Json]:
    """Return how many things were read how long before ``day``: ``under`` so many months, the last group without a bound; then never."""
    found = [*read]
    months = [_months(text, day) for text in found if text]
    groups: list[Json] = []
    for least, under in zip((0, *AGES), (*AGES, None), strict=True):
        number = sum(least <= age and (under is None or age < under) for age in months)
        groups.append({"fromMonths": least, "underMonths": under, "number": number})
    return [*groups, {"never": True, "number": len(found) - len(months)}]


def ages(norms: Iterable[Item], read: Mapping[str, Json], day: date) -> list[Json]:
    """Return norms with when they were read, the least fresh first: never read, then by the day, then by id."""
    listed = [
        {key: norm[key] for key in ("id", "iri", "identifier", "label", "instrument", "jurisdiction", "reviewStatus") if key in norm}
        | read[norm["id"]]
        | ({"ageDays": _days(read[norm["id"]]["readOn"], day)} if "readOn" in read[norm["id"]] else {})
        for norm in norms
    ]
    return sorted(listed, key=lambda line: (line.get("readOn", ""), line["id"]))


def _days(text: str, day: date) -> int:
    return max(0, (day - day_bounds(text)[0]).days)


def _months(text: str, day: date) -> float:
    return _days(text, day) / _DAYS_OF_MONTH
