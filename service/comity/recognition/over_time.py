"""Two sides over time: the days on which something between them begins or ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from comity.law.recognition_text import RecognitionRow
from comity.logic.timeline import Span
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
            if begun or ended or (before is not None and [*map(_open, before)] != [*map(_open, now)]):
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
        return {
            day
            for by, of in ((one, other), (other, one))
            for row in self._rows
            if self._touches(row["by"], by)
            for day in self._bounds(row, by, of)
        }

    def _bounds(self, row: RecognitionRow, by: Side, of: Side) -> set[date]:
        """Return the days on which a recognition by one side may begin or cease to reach the other."""
        passed_on = row["through"]
        if passed_on is None and row["kind"] != "certificationRecognition" and not self._touches(row["of"], of):
            return set()
        spans = [Span(row["from"], row["until"]), *self._memberships(row["by"], by), *self._memberships(row["of"], of)]
        if passed_on is not None:
            # It reaches whom the body recognises, save the members of the body themselves.
            spans += self._memberships(passed_on, by)
            for each in self._rows:
                if each["by"] == passed_on and self._touches(each["of"], of):
                    spans += [Span(each["from"], each["until"]), *self._memberships(each["of"], of)]
        return {day for span in spans for day in span.edges()}

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


def _open(standing: Standing) -> str:
    """Return the state; how far the graph holds the law of a side that does not recognise is no matter between the two."""
    return "" if standing.state in ("not-recognised", "not-held") else standing.state


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
