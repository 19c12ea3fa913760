"""Many places at once: the matrix of a day, ways over third places, what changes between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from comity.law.recognition_text import RecognitionText
from comity.logic.timeline import day_bounds
from comity.recognition.law_of import LawOf
from comity.recognition.on_day import COMMON_LAW, Counted, OnDay
from comity.recognition.pair import row_shown
from comity.recognition.sides import Gazetteer, Side

__all__ = ["MOST_HOPS", "Overview"]

Json = dict[str, Any]
MOST_HOPS = 3
"""The longest way that is looked for: two places between the first and the last."""

_MOST_WAYS = 60

_NOT_TRANSITIVE = {
    "en": (
        "Recognition is not transitive: that {via} recognises {to} says nothing on what {by} thinks of {to}. What {by} demands of its "
        "recipient in {via} travels with the data, and the recipient may send them on only as that law allows."
    ),
    "zh": "认可不具传递性：{via}认可{to}，不表示{by}认可{to}。{by}对其在{via}的接收方的要求随数据而行，接收方仅可依该法转传。",
}


class Overview:
    """Answers about many places."""

    def __init__(self, text: RecognitionText, gazetteer: Gazetteer, law: LawOf) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._law = law
        self._makers = sorted({row["by"] for row in text["rows"] if row["inForce"]})

    def matrix(self, sides: Sequence[Side], today: OnDay) -> Json:
        """Return who of several sides recognises whom on a day, which pairs are mutual, and who gives more than it gets."""
        cells: list[Json] = [
            {"from": by.code, "to": towards.code, "kinds": kinds}
            for by in sides
            for towards, kinds in self._recognised_by(by, sides, today)
        ]
        given = {(cell["from"], cell["to"]) for cell in cells}
        gives = {side.code: sum(1 for by, _ in given if by == side.code) for side in sides}
        gets = {side.code: sum(1 for _, to in given if to == side.code) for side in sides}
        return {
            "on": today.day.isoformat(),
            "places": [
                {
                    **self._gazetteer.shown(side.code),
                    "lawHeld": self._law.held(side, today.day),
                    "gives": gives[side.code],
                    "gets": gets[side.code],
                }
                for side in sides
            ],
            "cells": cells,
            "mutual": sorted([by, to] for by, to in given if by < to and (to, by) in given),
            "oneWay": sorted([by, to] for by, to in given if (to, by) not in given),
        }

    def _recognised_by(self, by: Side, sides: Iterable[Side], today: OnDay) -> Iterable[tuple[Side, list[str]]]:
        for towards in sides:
            if towards.code == by.code:
                continue
            if kinds := [COMMON_LAW] if today.one_law(by, towards) else sorted({each.row["kind"] for each in today.opening(by, towards)}):
                yield towards, kinds

    def ways(self, one: Side, other: Side, today: OnDay, hops: int = MOST_HOPS) -> list[Json]:
        """Return the ways from one side to another by recognition alone, the shortest first, each hop with its recognitions."""
        stations = [side for code in self._makers if (side := self._station(code, one, other, today.day))]
        next_to = {side.code: [each for each in stations if today.opening(side, each)] for side in (one, *stations)}
        arriving = {side.code for side in (one, *stations) if today.opening(side, other)}
        found: list[list[Side]] = []
        waiting: list[list[Side]] = [[one]]
        for _ in range(hops):
            found += [[*way, other] for way in waiting if way[-1].code in arriving]
            waiting = [[*way, side] for way in waiting for side in next_to[way[-1].code] if _new(side, way)]
        return [self._way(way, today) for way in found[:_MOST_WAYS]]

    def _station(self, code: str, one: Side, other: Side, day: date) -> Side | None:
        places = self._gazetteer.members(code, day)
        taken = one.places | other.places
        return (
            None
            if not places or places & taken
            else Side(code, self._gazetteer.labels.get(code, {}), places, self._gazetteer.is_body(code))
        )

    def _way(self, sides: list[Side], today: OnDay) -> Json:
        hops = []
        for number, (by, towards) in enumerate(pairwise(sides)):
            hop: Json = {"from": by.code, "to": towards.code, "recognitions": [self._brief(each) for each in today.opening(by, towards)]}
            if number:
                hop["conditionsThatTravel"] = [
                    {"of": before.code, "norms": norms} for before in sides[:number] if (norms := self._law.onward(before, today.day))
                ]
                hop["notTransitive"] = {
                    lang: text.format(
                        by=sides[0].label.get(lang, sides[0].code),
                        via=by.label.get(lang, by.code),
                        to=towards.label.get(lang, towards.code),
                    )
                    for lang, text in _NOT_TRANSITIVE.items()
                }
            hops.append(hop)
        return {"hops": hops, "via": [side.code for side in sides[1:-1]]}

    @staticmethod
    def _brief(counted: Counted) -> Json:
        row = counted.row
        return {"id": row["id"], "kind": row["kind"], "scope": row["scope"], "since": row["from"], "until": row["until"]}

    def changes(self, start: date, end: date, places: Sequence[Side] = ()) -> list[Json]:
        """Return what begins or ends after one day and up to another, by day; with ``places``, only what concerns one of them."""
        found: list[Json] = []
        for row in self._text["rows"]:
            if not row["inForce"]:
                continue
            shown = row_shown(Counted(row, frozenset(), frozenset(), True), self._text)
            for event, text in _between(row["from"], row["until"], start, end):
                if not places or any(self._concerns(side, (row["by"], row["of"]), day_bounds(text)[0]) for side in places):
                    found.append({"on": text, "event": event, "recognition": shown})
        for body, rows in self._gazetteer.territories.rows.items():
            for member, span in rows:
                shown = {"body": self._gazetteer.shown(body), "member": self._gazetteer.shown(member)}
                for event, text in _between(*span, start, end):
                    if not places or any(side.code == body or self._concerns(side, (member,), day_bounds(text)[0]) for side in places):
                        found.append({"on": text, "event": event, "membership": shown})
        return sorted(found, key=lambda change: (change["on"], change["event"], str(change.get("recognition", change.get("membership")))))

    def _concerns(self, side: Side, codes: Iterable[str | None], day: date) -> bool:
        return any(code is not None and (side.code == code or side.within(self._gazetteer.members(code, day))) for code in codes)


def _between(begins: str | None, ends: str | None, start: date, end: date) -> Iterator[tuple[str, str]]:
    """Yield what happens after one day and up to another to a thing with a first day and a first day without it."""
    for event, text in (("begins", begins), ("ends", ends)):
        if text is not None and start < day_bounds(text)[0] <= end:
            yield event, text


def _new(side: Side, way: list[Side]) -> bool:
    return all(not (side.places & before.places) for before in way)
