"""The recognitions of one day: which are in force, for whom they count and whom they reach."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from comity.law.recognition_text import RecognitionRow
from comity.logic.kleene import Truth
from comity.logic.timeline import Span, day_bounds
from comity.recognition.sides import Gazetteer, Side

__all__ = ["BY_PLACE", "COMMON_LAW", "Counted", "OnDay"]

COMMON_LAW = "commonLaw"
BY_PLACE = frozenset({"adequacy", "equivalence", "whiteList", COMMON_LAW})
"""The kinds of recognition on which data may go to a place without a contract, a certificate or another mechanism of the parties."""


class Counted(NamedTuple):
    """A recognition that may be in force on the day.

    ``by`` are the places for which it counts, ``of`` those that it reaches; ``certain`` says that its dates leave no doubt.
    """

    row: RecognitionRow
    by: frozenset[str]
    of: frozenset[str]
    certain: bool

    def counts_for(self, side: Side) -> bool:
        """Say whether a side recognises by it."""
        return self.row["by"] == side.code or side.within(self.by)

    def reaches(self, side: Side) -> bool:
        """Say whether a side is recognised by it, as a whole."""
        return self.row["of"] == side.code or side.within(self.of)

    @property
    def opens_place(self) -> bool:
        """Say whether data may go to a place on it, without a mechanism of the parties."""
        return self.row["opens"] and self.row["kind"] in BY_PLACE and not self.row["everywhere"]


class OnDay:
    """The recognitions of one day. A date known to the month or year only counts as long as the recognition may be in force."""

    def __init__(self, rows: list[RecognitionRow], gazetteer: Gazetteer, day: date, makers: frozenset[str]) -> None:
        self.day = day
        self._gazetteer = gazetteer
        self._makers = makers
        held = [(row, holds) for row in rows if row["inForce"] and (holds := _span(row).holds_on(day)) is not False]
        direct = [self._counted(row, holds, self._reached(row)) for row, holds in held if row["through"] is None]
        through = [self._passed_on(row, holds, direct) for row, holds in held if row["through"] is not None]
        self._counted_rows = direct + through
        self._dormant = [self._counted(row, True, self._reached(row)) for row in rows if _is_dormant(row, day)]
        self._made: dict[str, list[Counted]] = {}

    def of(self, side: Side) -> list[Counted]:
        """Return the recognitions that a side makes on the day."""
        found = self._made.get(side.code)
        if found is None:
            found = self._made[side.code] = [counted for counted in self._counted_rows if counted.counts_for(side)]
        return found

    def opening(self, by: Side, towards: Side) -> list[Counted]:
        """Return the recognitions on which data may go from one side to every place of the other, be it by one or by several together."""
        made = [counted for counted in self.of(by) if counted.opens_place]
        whole = [counted for counted in made if counted.reaches(towards)]
        if whole:
            return whole
        partly = [counted for counted in made if counted.of & towards.places]
        return partly if towards.within(frozenset().union(*(counted.of for counted in partly))) else []

    def one_law(self, one: Side, other: Side) -> bool:
        """Say whether one law governs both sides: they are parts of one country, or a row says so."""
        outermost = self._gazetteer.territories.outermost
        one_country = not one.is_body and not other.is_body and outermost(one.code) == outermost(other.code)
        return one_country or any(counted.row["kind"] == COMMON_LAW for counted in self.opening(one, other))

    def dormant(self, by: Side, towards: Side) -> list[Counted]:
        """Return what is signed or announced by the day, and what has ended, between two sides."""
        return [counted for counted in self._dormant if counted.reaches(towards) and counted.counts_for(by)]

    def _counted(self, row: RecognitionRow, holds: Truth, reached: frozenset[str]) -> Counted:
        return Counted(row, self._makers_of(row["by"]), reached, holds is True)

    def _makers_of(self, code: str) -> frozenset[str]:
        """Return for whom a recognition counts: parts and members of its maker, save those that make recognitions of their own as parts."""
        part_of = self._gazetteer.territories.part_of
        if self._gazetteer.is_body(code):
            return self._gazetteer.members(code, self.day)
        return frozenset(place for place in self._gazetteer.members(code, self.day) if not _made_below(place, code, part_of, self._makers))

    def _reached(self, row: RecognitionRow) -> frozenset[str]:
        if row["of"] is None or row["kind"] == "certificationRecognition":
            return frozenset()
        return self._gazetteer.members(row["of"], self.day)

    def _passed_on(self, row: RecognitionRow, holds: Truth, direct: list[Counted]) -> Counted:
        """Return a recognition of all whom a body recognises; those who belong to the body recognise by its decisions themselves."""
        body = str(row["through"])
        reached = [counted.of for counted in direct if counted.row["by"] == body and counted.opens_place]
        passed_on = self._counted(row, holds, frozenset().union(*reached))
        return passed_on._replace(by=passed_on.by - self._gazetteer.members(body, self.day))


def _made_below(place: str, whole: str, part_of: dict[str, str | None], makers: frozenset[str]) -> bool:
    while place != whole:
        if place in makers:
            return True
        place = part_of[place]  # type: ignore[assignment]  # *place* lies in *whole*, so the walk ends there
    return False


def _is_dormant(row: RecognitionRow, day: date) -> bool:
    """Say whether a recognition has ended by a day, or is known and not in force."""
    if row["inForce"]:
        return Span(None, row["until"]).holds_on(day) is False
    known = row["signed"] or row["from"]
    return known is None or day >= day_bounds(known)[0]


def _span(row: RecognitionRow) -> Span:
    return Span(row["from"], row["until"])
