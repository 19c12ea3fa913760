"""Two sides over time: the days on which something between them begins or ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from comity.law.recognition_text import RecognitionRow
from comity.logic.timeline import Span, day_bounds
from comity.recognition.on_day import OnDay
from comity.recognition.pair import Pairs, Standing
from comity.recognition.sides import Gazetteer, RecognitionError, Side

__all__ = ["OverTime"]

Json = dict[str, Any]
Sides = tuple[Side, Side]


class OverTime:
    """Finds the days on which the recognitions between two sides change, and what changes on them."""

    def __init__(self, rows: Sequence[RecognitionRow], gazetteer: Gazetteer, pairs: Pairs, on: Callable[[date], OnDay]) -> None:
        self._rows = [row for row in rows if row["inForce"] and row["kind"] != "treatyCommitment"]
        self._gazetteer = gazetteer
        self._pairs = pairs
        self._on = on

    def between(self, one: Side, other: Side, first: date) -> list[Json]:
        """Return the days from ``first`` on on which the standing of two sides changes, each with states and what begins and ends."""
        found: list[Json] = []
        before: tuple[Standing, Standing] | None = None
        for day in sorted(day for day in self._days(one, other) if day >= first):
            sides = self._sides(one, other, day)
            if sides is None:
                continue
            today = self._on(day)
            now = self._pairs.standing(*sides, today), self._pairs.standing(*sides[::-1], today)
            begun, ended = _moved(before, now)
            if begun or ended or (before is not None and [s.state for s in before] != [s.state for s in now]):
                states = {"forward": now[0].state, "backward": now[1].state}
                found.append({"on": day.isoformat(), **states, "begins": [*map(_brief, begun)], "ends": [*map(_brief, ended)]})
            before = now
        return found

    def _sides(self, one: Side, other: Side, day: date) -> Sides | None:
        """Return the sides as they are on another day; a body had other members."""
        try:
            return self._gazetteer.pair(one.code, other.code, day, ("one", "other"))
        except RecognitionError:
            return None

    def _days(self, one: Side, other: Side) -> set[date]:
        """Return the days that may matter: bounds of the recognitions by one side of the other, and of the memberships that they go by."""
        days: set[date] = set()
        for by, of in ((one, other), (other, one)):
            for row in self._rows:
                if not self._touches(row["by"], by):
                    continue
                scheme = row["kind"] == "certificationRecognition"
                if not scheme and row["through"] is None and not self._touches(row["of"], of):
                    continue
                days |= {day_bounds(text)[0] for text in (row["from"], row["until"]) if text}
                for code, side in ((row["by"], by), (row["of"] or row["through"], of)):
                    days |= {day_bounds(text)[0] for span in self._memberships(code, side) for text in span if text}
        return days

    def _touches(self, code: str | None, side: Side) -> bool:
        """Say whether a place or body has ever had a place of a side."""
        if code is None:
            return False
        if code == side.code or self._gazetteer.members(code, date.max) & side.places:
            return True
        return any(True for _ in self._memberships(code, side))

    def _memberships(self, code: str | None, side: Side) -> Iterator[Span]:
        territories = self._gazetteer.territories
        for member, span in territories.rows.get(code or "", ()):
            if member == side.code or self._gazetteer.members(member, date.max) & side.places:
                yield span


def _moved(before: tuple[Standing, Standing] | None, now: tuple[Standing, Standing]) -> tuple[list[RecognitionRow], list[RecognitionRow]]:
    old = _counting(before) if before else {}
    new = _counting(now)
    return [row for id, row in new.items() if id not in old], [row for id, row in old.items() if id not in new]


def _counting(standings: tuple[Standing, Standing]) -> dict[str, RecognitionRow]:
    """Return the recognitions that count between two sides, certificates only where recipients there can hold them."""
    found: dict[str, RecognitionRow] = {}
    for each in standings:
        held = [counted for counted in each.accepted if each.holders[counted.row["id"]]]
        found |= {counted.row["id"]: counted.row for counted in (*each.reaching, *each.partly, *held)}
    return found


def _brief(row: RecognitionRow) -> Json:
    return {"id": row["id"], "iri": row["iri"], "label": row["label"]}
