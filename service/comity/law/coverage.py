"""What the graph does not know: of the places that take part in a leg, those whose law it does not hold in full.

A statement of coverage speaks of the law of one place or body. The law of a place is its own and that of every whole and body
to which it belongs on the day; a place of which nothing is stated is one whose law the graph does not hold at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from comity.law.program_text import CoverageStatement, CoverageText
from comity.logic.node import Node
from comity.logic.territory import Territories, stated_place
from comity.logic.timeline import Span

__all__ = ["Coverage", "Held", "PlaceCoverage", "coverage_of"]

_OF_FLOW = (("departure", "from"), ("destination", "to"), ("storage", "storedIn"), ("access", "accessedFrom"))
_OF_EITHER_PARTY = (("seat", "principalPlaceOfBusiness"), ("incorporation", "organisedUnder"))
_OF_PARTY = {party: ((party, "establishedIn"), (party, "residentIn"), *_OF_EITHER_PARTY) for party in ("exporter", "importer")}
_OF_ITEM = (("people", "subjectsIn"),)


class Held:
    """What the graph holds of the law of places on one day. Safe to share between threads: what is kept is always the same."""

    def __init__(self, text: CoverageText, territories: Territories, day: date) -> None:
        self.subjects = text["subjects"]
        self._deciding = text["decidingSubjects"]
        self.deciding_roles = frozenset(text["decidingRoles"])
        self._statements = [
            (territories.candidates(said["place"], day), said)
            for said in text["statements"]
            if Span(said["from"], said["until"]).holds_on(day)
        ]
        self._lacking: dict[frozenset[str], tuple[dict[str, str], bool]] = {}

    def lacking(self, places: frozenset[str]) -> tuple[dict[str, str], bool]:
        """Return the subjects that are not held in full for a place, given as the set of places that it may be, with their states.

        Beside it, whether nothing is held on a subject that decides.
        """
        found = self._lacking.get(places)
        if found is None:
            states = self.states(places)
            nothing = any(states[subject] == "none" for subject in self._deciding)
            found = self._lacking[places] = {subject: state for subject, state in states.items() if state != "whole"}, nothing
        return found

    def states(self, places: frozenset[str]) -> dict[str, str]:
        """Return the state of each subject for a place, given as the set of places that it may be.

        Statements on the place, and on the wholes and bodies in which all of the set lies, add up: one that holds something and
        one that holds nothing, or not all, make a part.
        """
        said: dict[str, set[str]] = {}
        for statement in self.statements(places):
            said.setdefault(statement["subject"], set()).add(statement["state"])
        return {subject: _together(said.get(subject, {"none"})) for subject in self.subjects}

    def statements(self, places: frozenset[str] = frozenset()) -> list[CoverageStatement]:
        """Return the statements that speak of a place, given as the set of places that it may be; of all places by default."""
        return [said for inside, said in self._statements if places <= inside]


def _together(states: set[str]) -> str:
    return next(iter(states)) if len(states) == 1 else "part"


class PlaceCoverage(NamedTuple):
    """A place of a leg whose law is not held in full: as it was stated, in which roles, and the state of each subject that lacks."""

    place: str | dict[str, str]
    roles: list[str]
    subjects: dict[str, str]

    @property
    def code(self) -> str:
        """Return the code of the place, or of the one outside which it lies."""
        return self.place if isinstance(self.place, str) else next(iter(self.place.values()))


class Coverage(NamedTuple):
    """The places of a leg whose law is not held in full, and those of them of whose law, which decides, nothing is held."""

    places: list[PlaceCoverage]
    undecided: list[PlaceCoverage]

    @property
    def uncovered(self) -> bool:
        """Say whether nothing is held of a law that decides."""
        return bool(self.undecided)


def coverage_of(leg: Node, held: Held) -> Coverage:
    """Return what the graph does not know of the law of the places that take part in a leg, in the order of their roles."""
    found: dict[str, PlaceCoverage] = {}
    undecided: dict[str, PlaceCoverage] = {}
    for role, stated, places in _places(leg):
        lacking, nothing = held.lacking(places)
        if not lacking:
            continue
        side, code = stated_place(stated) or ("in", str(stated))
        name = f"{side} {code}"
        entry = found.setdefault(name, PlaceCoverage(code if side == "in" else {side: code}, [], lacking))
        if nothing and role in held.deciding_roles:
            undecided[name] = entry
        if role not in entry.roles:
            entry.roles.append(role)
    return Coverage(list(found.values()), list(undecided.values()))


def _places(leg: Node) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """Yield the places of a leg with their roles: as they were stated, and as the sets of places that they may be."""
    yield from _stated(leg, _OF_FLOW)
    for position, roles in _OF_PARTY.items():
        for party in leg.get(position) or ():
            yield from _stated(party, roles)
    for item in leg.get("dataItems") or ():
        yield from _stated(item, _OF_ITEM)


def _stated(node: Node, roles: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Any, frozenset[str]]]:
    """Yield the places, stated or assumed, under the keys of a node, each key with its role."""
    for role, key in roles:
        if candidates := node.get(key):
            raw = node.raw.get(key)
            for stated, places in zip(raw if isinstance(raw, list) else [raw], candidates):
                yield role, stated, places
