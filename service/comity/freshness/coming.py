"""What begins and ends after a day, and what is announced without a day yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from comity.logic.timeline import day_bounds

__all__ = ["announced", "coming"]

Json = dict[str, Any]
Item = Mapping[str, Any]

_NAMED = ("id", "iri", "identifier", "label", "title", "instrument", "jurisdiction", "from", "to", "kind", "kinds", "status")


def coming(sorts: Mapping[str, Iterable[Item]], start: date, end: date) -> list[Json]:
    """Return what begins or ends after one day and up to another, by day; ``end`` of a thing is the first day without it.

    ``sorts`` has norms, instruments, recognitions and memberships under these names. A day known to the month or year only is told as such.
    """
    found = []
    for sort, items in sorts.items():
        for item in items:
            for event, text in _days(sort, item):
                if start < day_bounds(text)[0] <= end:
                    found.append({"on": text, "event": event, "what": sort, **_named(sort, item)})
    return sorted(found, key=lambda each: (each["on"], each["event"], each["what"], str(each.get("id", each))))


def announced(sorts: Mapping[str, Iterable[Item]], day: date, later: date) -> list[Json]:
    """Return law that was made or proposed and is not in force on any day that is known, or only long after ``day``.

    These are instruments without a first day in force, such as drafts and treaties that wait for parties, recognitions that were signed,
    and norms that begin after ``later`` (what begins before is coming). Whatever has an end and no beginning is history and is left out.
    """
    found: list[Json] = []
    for sort, after, made in (("instruments", day, "issued"), ("recognitions", day, "signedOn"), ("norms", later, "")):
        begins, ends = _bounds(sort)
        for item in sorts[sort]:
            first = item.get(begins)
            if day_bounds(str(first))[0] <= after if first else item.get(ends) or sort == "norms":
                continue
            told = {"made": item[made]} if made in item else {}
            found.append({"what": sort, **told, **({"inForceFrom": first} if first else {}), **_named(sort, item)})
    return sorted(found, key=lambda each: (each["what"], each.get("inForceFrom", "~"), each.get("made", ""), each["id"]))


def _days(sort: str, item: Item) -> Iterator[tuple[str, str]]:
    for event, key in zip(("begins", "ends"), _bounds(sort)):
        if item.get(key):
            yield event, str(item[key])


def _bounds(sort: str) -> tuple[str, str]:
    return ("inForceFrom", "inForceUntil") if sort == "recognitions" else ("from", "until")


def _named(sort: str, item: Item) -> Json:
    if sort == "memberships":
        return {key: item[key] for key in ("member", "memberLabel", "body", "bodyLabel") if key in item}
    keys = [key for key in _NAMED if key not in ("from", "to") or sort == "recognitions"]
    return {key: item[key] for key in keys if key in item}
