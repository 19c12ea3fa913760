"""The recognition service in one object: read once from the program, asked for pairs, matrices, ways, changes and commitments."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from threading import Lock
from typing import Any

from comity.law.program import territories_of
from comity.law.program_text import ProgramText
from comity.logic.timeline import day_bounds
from comity.recognition.commitments import Commitments
from comity.recognition.exceptions import ANY_MEASURE, Measure
from comity.recognition.law_of import LawOf
from comity.recognition.on_day import OnDay
from comity.recognition.over_time import OverTime
from comity.recognition.overview import MOST_HOPS, Overview
from comity.recognition.pair import Pairs
from comity.recognition.sides import Fault, Gazetteer, RecognitionError, Side
from comity.recognition.treaties import Treaties

__all__ = ["MOST_PLACES", "Recognitions"]

Json = dict[str, Any]
MOST_PLACES = 80
"""The most places of one matrix."""

_MOST_DAYS = 32  # that are kept: a client asks about one or two, and every one costs a hundred kilobytes


class Recognitions:
    """Who recognises whom, for one version of the graph. Safe to share between threads."""

    def __init__(self, program: ProgramText) -> None:
        """Prepare the answers of a build product (the parsed ``program.json``)."""
        self.text = text = program["recognition"]
        self._graph = program["graph"]
        makers = frozenset(row["by"] for row in text["rows"])
        with_law = makers | {said["place"] for said in program["coverage"]["statements"]}
        names = program["schema"].get("placeNames", {})
        self.gazetteer = Gazetteer(territories_of(program), program["placeLabels"], names, text["bodies"], frozenset(with_law))
        self.treaties = Treaties(text, self.gazetteer)
        law = self._law = LawOf(program, self.gazetteer)
        self.commitments = Commitments(text, self.treaties)
        self._pairs = Pairs(text, self.gazetteer, self.treaties, law)
        self._overview = Overview(text, self.gazetteer, law)
        self._over_time = OverTime(text["rows"], self.gazetteer, self._pairs, self.on)
        self._makers = makers
        self._law_in = frozenset(said["place"] for said in program["coverage"]["statements"])
        self.first_day = _first(text["rows"])
        self.first_treaty = _first(text["treaties"].values())
        self._days: OrderedDict[date, OnDay] = OrderedDict()
        self._lock = Lock()

    def pair(self, one: str, other: str, day: date) -> Json:
        """Return what stands between two places or bodies on a day, each way. Raises :class:`RecognitionError`."""
        _refuse_before(self.first_day, "recognition", "认可", day)
        return {**self._pairs.pair(*self.gazetteer.pair(one, other, day, ("one", "other")), self.on(day)), "graph": self._graph}

    def matrix(self, names: Sequence[str], day: date) -> Json:
        """Return who of several places recognises whom; by default everyone who makes a recognition. Raises :class:`RecognitionError`."""
        _refuse_before(self.first_day, "recognition", "认可", day)
        _refuse_many(names)
        sides = self._sides(names or sorted(self._makers), day, known=not names)
        return {**self._overview.matrix(sides, self.on(day)), "graph": self._graph}

    def standings(self, names: Sequence[str], day: date) -> Json:
        """Return how each of several places stands towards each other one; by default places whose law the graph holds.

        Raises :class:`RecognitionError`.
        """
        _refuse_before(self.first_day, "recognition", "认可", day)
        _refuse_many(names)
        sides = self._sides(names, day) if names else self._with_held_law(day)
        today = self.on(day)
        cells = [(by, towards, self._pairs.standing(by, towards, today)) for by in sides for towards in sides if by.code != towards.code]
        return {
            "on": day.isoformat(),
            "places": [self.gazetteer.shown(side.code) for side in sides],
            "cells": [
                {
                    "from": by.code,
                    "to": towards.code,
                    "state": standing.state,
                    "kinds": sorted({each.row["kind"] for each in standing.reaching}),
                }
                for by, towards, standing in cells
            ],
            "kinds": self.text["words"]["kind"],
            "graph": self._graph,
        }

    def history(self, one: str, other: str, day: date) -> list[Json]:
        """Return the days on which something between two places, as of ``day``, begins or ends. Raises :class:`RecognitionError`."""
        return self._over_time.between(*self.gazetteer.pair(one, other, day, ("one", "other")), self.first_day)

    def recognising(self) -> list[Json]:
        """Return the places and bodies that recognise or are recognised, each with its code and label."""
        named = {str(code) for row in self.text["rows"] if row["inForce"] for code in (row["by"], row["of"]) if code}
        return [self.gazetteer.shown(code) for code in sorted(named) if self.gazetteer.has_law(code)]

    def _with_held_law(self, day: date) -> list[Side]:
        """Return whose law the graph says that it holds in part at least: bodies that recognise, outermost places in none of these."""
        codes = [
            code for code in sorted(self._law_in) if code in self.gazetteer.labels and not self.gazetteer.territories.part_of.get(code)
        ]
        sides = [side for side in self._sides(codes, day) if side.places]
        bodies = [side for side in sides if side.is_body and side.code in self._makers]
        inside = frozenset[str]().union(*(side.places for side in bodies))
        return [side for side in sides if side in bodies or not (side.is_body or side.within(inside))]

    def ways(self, one: str, other: str, day: date, hops: int = MOST_HOPS) -> Json:
        """Return the ways from one place to another by recognition alone. Raises :class:`RecognitionError`."""
        _refuse_before(self.first_day, "recognition", "认可", day)
        sides = self.gazetteer.pair(one, other, day, ("from", "to"))
        ways = self._overview.ways(*sides, self.on(day), hops)
        return {
            "from": self.gazetteer.shown(sides[0].code),
            "to": self.gazetteer.shown(sides[1].code),
            "on": day.isoformat(),
            "paths": ways,
            "graph": self._graph,
        }

    def changes(self, start: date, end: date, names: Sequence[str] = ()) -> Json:
        """Return what begins or ends after one day and up to another. Raises :class:`RecognitionError`."""
        if end < start:
            en, zh = f"until {end} is before from {start}; swap them.", f"until {end} 早于 from {start}；请对调。"
            raise RecognitionError([Fault("until", en, zh, [])])
        sides = self._sides(names, end)
        return {
            "from": start.isoformat(),
            "until": end.isoformat(),
            "changes": self._overview.changes(start, end, sides),
            "graph": self._graph,
        }

    def owed(self, by: str, towards: str, day: date, measure: Measure = ANY_MEASURE) -> Json:
        """Return which commitments one side owes the other, and which of its restrictions they reach. Raises :class:`RecognitionError`."""
        _refuse_before(self.first_treaty, "treaty", "条约", day)
        one, other = self.gazetteer.pair(by, towards, day, ("by", "towards"))
        restrictions = self._law.restrictions(one, day)
        owed = self.commitments.owed(one, other, day, measure)
        for commitment in owed:
            kinds = {reach["code"]: reach["arguable"] for reach in commitment["reaches"]}
            commitment["restrictions"] = [
                {
                    "norm": restriction["norm"],
                    "label": restriction["label"],
                    "as": sorted(reached),
                    "arguable": all(kinds[code] for code in reached),
                }
                for restriction in restrictions
                if (reached := {kind["code"] for kind in restriction["restricts"]} & set(kinds))
            ]
        return {
            "by": self.gazetteer.shown(one.code),
            "towards": self.gazetteer.shown(other.code),
            "on": day.isoformat(),
            "lawHeld": self._law.held(one, day),
            "commitments": owed,
            "note": _NOTE,
            "graph": self._graph,
        }

    def on(self, day: date) -> OnDay:
        """Return the recognitions of a day, kept for the next question."""
        with self._lock:
            found = self._days.get(day)
            if found is None:
                found = self._days[day] = OnDay(self.text["rows"], self.gazetteer, day, self._makers)
                if len(self._days) > _MOST_DAYS:
                    self._days.popitem(last=False)
            else:
                self._days.move_to_end(day)
            return found

    def _sides(self, names: Sequence[str], day: date, known: bool = False) -> list[Side]:
        """Return several sides, with every fault of any; of ``known`` codes those that have no members on the day are left out."""
        sides: dict[str, Side] = {}
        faults: list[Fault] = []
        for name in dict.fromkeys(names):
            try:
                side = self.gazetteer.side(name, day, "places")
            except RecognitionError as refused:
                faults += refused.faults
            else:
                sides[side.code] = side
        if faults:
            raise RecognitionError(faults)
        return [side for side in sides.values() if side.places or not known]


_NOTE = {
    "en": (
        "Commitments bind states towards one another. A restriction that one reaches is questionable at most: only the parties or a panel "
        "say that it is a breach. No company can plead a commitment, and none is a ground for a transfer."
    ),
    "zh": "承诺仅约束国家相互之间。承诺所及的限制至多存疑：是否违反由缔约方或专家组认定。企业不得援引承诺，承诺亦非传输依据。",
}


def _first(entries: Iterable[Any]) -> date:
    """Return the first day of any of several dated things."""
    return min((day_bounds(entry["from"])[0] for entry in entries if entry["from"]), default=date.min)


def _refuse_many(names: Sequence[str]) -> None:
    """Raise :class:`RecognitionError` for more places than a matrix has."""
    if len(names) > MOST_PLACES:
        en, zh = (
            f"{len(names)} places are asked for; a matrix has at most {MOST_PLACES}.",
            f"请求了 {len(names)} 个地方；矩阵最多 {MOST_PLACES} 个。",
        )
        raise RecognitionError([Fault("places", en, zh, [])])


def _refuse_before(first: date, what: str, what_zh: str, day: date) -> None:
    """Raise :class:`RecognitionError` for a day before there was anything to ask about."""
    if day < first:
        en = f"The day asked is {day}; the first {what} of the graph begins on {first}. Ask for a day since then."
        zh = f"所问日期为 {day}；图谱中最早的{what_zh}始于 {first}。请查询该日以后的日期。"
        raise RecognitionError([Fault("asOf", en, zh, [first.isoformat()])])
