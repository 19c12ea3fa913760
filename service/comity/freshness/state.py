"""The freshness of a graph on a day, as one object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from comity.freshness.coming import announced, coming
from comity.freshness.reading_ages import ages, by_age, last_read
from comity.logic.timeline import Span

__all__ = ["Lists", "state"]

Json = dict[str, Any]
Item = Mapping[str, Any]


class Lists(NamedTuple):
    """What the graph lists, as the service gives it, and the second readings of its norms."""

    norms: Iterable[Item]
    instruments: Iterable[Item]
    recognitions: Iterable[Item]
    jurisdictions: Iterable[Item]
    readings: Iterable[Item]

    def of(self, place: str) -> Lists:
        """Return what concerns a place or body: its law, recognitions of either side, its memberships or members."""
        return self._replace(
            norms=[norm for norm in self.norms if place in norm.get("jurisdiction", ())],
            instruments=[law for law in self.instruments if place in law.get("jurisdiction", ())],
            recognitions=[row for row in self.recognitions if place in (*row.get("from", ()), *row.get("to", ()))],
        )


def state(lists: Lists, day: date, place: str | None = None) -> Json:
    """Return when the norms in force on ``day`` or later were read, what begins and ends in the next twelve months, what is announced.

    With ``place`` only what concerns that place or body. ``readings.norms`` has every norm, the least fresh first.
    """
    chosen = lists.of(place) if place else lists
    norms = [norm for norm in chosen.norms if not _is_past(norm, day)]
    recognitions = [row for row in chosen.recognitions if not _is_past(row, day)]
    read = last_read(norms, lists.readings)
    end = _a_year_after(day)
    sorts = {
        "norms": norms,
        "instruments": chosen.instruments,
        "recognitions": recognitions,
        "memberships": _memberships(lists.jurisdictions, place),
    }
    return {
        "asOf": day.isoformat(),
        "until": end.isoformat(),
        **({"place": place} if place else {}),
        "readings": {
            "total": len(norms),
            "byAge": by_age((each.get("readOn") for each in read.values()), day),
            "second": {word: sum(each["second"] == word for each in read.values()) for word in ("current", "stale", "none")},
            "recognitions": {"total": len(recognitions), "byAge": by_age((row.get("verifiedOn") for row in recognitions), day)},
            "norms": ages(norms, read, day),
        },
        "coming": coming(sorts, day, end),
        "announced": announced(sorts, day, end),
    }


def _is_past(item: Item, day: date) -> bool:
    """Say whether an item has ended before the day for certain."""
    ends = item.get("inForceUntil") or item.get("until")
    return bool(ends) and Span(None, str(ends)).holds_on(day) is False


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February, or the last year of all
        return day.replace(year=min(day.year + 1, date.max.year), day=28)


def _memberships(jurisdictions: Iterable[Item], place: str | None) -> list[Json]:
    labels = {item["code"]: item.get("label") for item in jurisdictions if "code" in item}
    return [
        {**row, "member": item["code"], "memberLabel": item.get("label"), "bodyLabel": labels.get(str(row.get("body")))}
        for item in jurisdictions
        for row in item.get("memberships", ())
        if "code" in item and (place is None or place in (item["code"], row.get("body")))
    ]
