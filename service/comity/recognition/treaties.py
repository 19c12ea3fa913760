"""Between whom a treaty is in force on a day, and what each side owes the other under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from comity.law.recognition_text import CommitmentText, RecognitionText, StandingText, TreatyText
from comity.logic.timeline import Span, day_bounds
from comity.recognition.sides import Gazetteer, Side

__all__ = ["Between", "Standing", "Treaties"]


class Standing(NamedTuple):
    """How a side stands to a treaty: ``party``, or short of that such as ``applicant``.

    ``since`` is its first day as far as it is known, ``member`` the place or body that has the standing.
    """

    status: str
    since: str | None
    member: str


_PARTY = "party"
_MOST_KEPT = 4096  # standings of sides; days are many, so that they may not pile up


class Between(NamedTuple):
    """A treaty between two sides: in force since a day (as far as it is known), or not.

    ``standings`` say, by the codes of the sides, how each stands to a treaty to which one of them has only applied or put its name.
    """

    id: str
    treaty: TreatyText
    since: str | None
    in_force: bool
    standings: Mapping[str, Standing] = MappingProxyType({})


class Treaties:
    """The treaties of the graph, with their parties."""

    def __init__(self, text: RecognitionText, gazetteer: Gazetteer) -> None:
        self.text = text
        self._gazetteer = gazetteer
        self._rows = gazetteer.territories.rows
        self._pairs = {(str(body), frozenset((str(one), str(other)))): since for body, one, other, since in text["pairs"]}
        self._kept: dict[tuple[str, str, date], Standing | None] = {}
        self._standings: dict[str, list[StandingText]] = {}
        for standing in text["standings"]:
            self._standings.setdefault(standing["body"], []).append(standing)
        self._commitments: dict[str, list[str]] = {}
        for name, commitment in text["commitments"].items():
            self._commitments.setdefault(commitment["treaty"], []).append(name)

    def between(self, one: Side, other: Side, day: date) -> list[Between]:
        """Return the treaties that bind two sides towards each other on a day, then those that they have signed or negotiated."""
        found = [
            between
            for id, treaty in self.text["treaties"].items()
            if (between := self._between(id, treaty, one, other, day) or self._aspired(id, treaty, one, other, day))
        ]
        return sorted(found, key=lambda each: (not each.in_force, each.since or "", each.id))

    def owed(self, by: Side, treaty: str, day: date) -> Iterator[tuple[str, CommitmentText]]:
        """Yield the commitments of a treaty that bind a side on a day."""
        for name in self._commitments.get(treaty, ()):
            commitment = self.text["commitments"][name]
            if Span(commitment["from"], commitment["until"]).holds_on(day) is False:
                continue
            if not commitment["binds"] or any(self.lies_in(by, party, day) for party in commitment["binds"]):
                yield name, commitment

    def lies_in(self, side: Side, code: str, day: date) -> bool:
        """Say whether a side is a place or body, or lies in it, on a day."""
        return side.code == code or side.within(self._gazetteer.members(code, day))

    def _between(self, id: str, treaty: TreatyText, one: Side, other: Side, day: date) -> Between | None:
        if treaty["until"] and day >= day_bounds(treaty["until"])[1]:
            return None
        if treaty["draft"]:
            return self._signed(id, treaty, one, other, day)
        joined = self._since(treaty, one, other, day)
        if joined is None:
            return self._later(id, treaty, one, other, day)
        since = max(filter(None, (joined, treaty["from"])), default=None, key=lambda text: day_bounds(text)[0])
        if since is not None and day < day_bounds(since)[0]:
            return self._signed(id, treaty, one, other, day)
        return Between(id, treaty, since, True)

    def _since(self, treaty: TreatyText, one: Side, other: Side, day: date) -> str | None:
        """Return since when two sides are parties towards each other; ``None`` if they are not, an empty text where no day is given."""
        if treaty["partiesOf"] is None:
            parties = self._parties(treaty, one, day), self._parties(treaty, other, day)
            return "" if parties[0] and parties[1] and parties[0] != parties[1] else None
        body = treaty["partiesOf"]
        entries = [self._member(body, side, day) for side in (one, other)]
        if None in entries or entries[0] == entries[1]:
            return None
        (first, first_from), (second, second_from) = entries  # type: ignore[misc]  # neither is None
        key = (body, frozenset((first, second)))
        if key in self._pairs:
            own = self._pairs[key]
            return own if own is not None and day >= day_bounds(own)[0] else None
        return max(first_from, second_from, key=lambda text: day_bounds(text)[0] if text else date.min)

    def _entry(self, body: str, side: Side, day: date) -> tuple[str, str] | None:
        if not side.within(self._gazetteer.territories.members(body, day)) and side.code not in self._members(body, day):
            return None
        found = [
            (member, span.start or "")
            for member, span in self._rows.get(body, ())
            if span.holds_on(day) is not False and self.lies_in(side, member, day)
        ]
        return min(found, key=lambda entry: (entry[0] != side.code, len(self._gazetteer.members(entry[0], day))), default=None)

    def _aspired(self, id: str, treaty: TreatyText, one: Side, other: Side, day: date) -> Between | None:
        """Return a treaty to which each of two sides stands in some way, one of them short of being a party."""
        body = treaty["partiesOf"]
        if body is None or (treaty["until"] and day >= day_bounds(treaty["until"])[1]):
            return None
        standings = {side.code: found for side in (one, other) if (found := self._standing(body, side, day))}
        short = [found for found in standings.values() if found.status != _PARTY]
        return Between(id, treaty, None, False, standings) if len(standings) == 2 and short else None

    def _standing(self, body: str, side: Side, day: date) -> Standing | None:
        """Return how a side stands to a body on a day, kept for the next question."""
        key = (body, side.code, day)
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = self._found_standing(body, side, day)
        return self._kept[key]

    def _found_standing(self, body: str, side: Side, day: date) -> Standing | None:
        entry = self._entry(body, side, day)
        if entry is not None:
            return Standing(_PARTY, entry[1] or None, entry[0])
        for row in self._standings.get(body, ()):
            if Span(row["from"], row["until"]).holds_on(day) is not False and self.lies_in(side, row["place"], day):
                return Standing(row["status"], row["from"], row["place"])
        return None

    def _member(self, body: str, side: Side, day: date) -> tuple[str, str] | None:
        """Return the member of a body that a side is or lies in on a day, and since when that is one."""
        standing = self._standing(body, side, day)
        return (standing.member, standing.since or "") if standing is not None and standing.status == _PARTY else None

    def _members(self, body: str, day: date) -> set[str]:
        return {member for member, span in self._rows.get(body, ()) if span.holds_on(day) is not False}

    def _parties(self, treaty: TreatyText, side: Side, day: date) -> str | None:
        return next((party for party in treaty["parties"] if self.lies_in(side, party, day)), None)

    def _signed(self, id: str, treaty: TreatyText, one: Side, other: Side, day: date) -> Between | None:
        """Return a treaty that two sides have signed or negotiated by the day, without its being in force."""
        known = treaty["signed"] or treaty["concluded"]
        if known is None or day < day_bounds(known)[0]:
            return None
        return Between(id, treaty, None, False) if self._since(treaty, one, other, day) is not None else None

    def _later(self, id: str, treaty: TreatyText, one: Side, other: Side, day: date) -> Between | None:
        """Return a treaty between whose members two sides are counted, without its being known to be in force between them."""
        body = treaty["partiesOf"]
        if body is None:
            return None
        entries = [self._member(body, side, day) for side in (one, other)]
        if None in entries or entries[0] == entries[1]:
            return None
        return Between(id, treaty, None, False)
