"""Which values a goal wants of one fact, among those that can be stated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from comity.flow.schema import KeySchema
from comity.law.application import Application
from comity.logic.node import Node
from comity.plan.goals import Goal, Goals
from comity.plan.marks import Marks
from comity.plan.surroundings import FRESH, Surroundings
from comity.plan.wishes import Choice, Several, Things, Wish

__all__ = ["Reference", "Values"]

_PLAIN = ("DataFlow", "Party", "DataItem")  # of these a value may go; from a thing that is evidence nothing is taken away
_BOTH = frozenset((True, False))


class Values:
    """Chooses values for the facts of one leg."""

    def __init__(self, application: Application, goals: Goals, marks: Marks, around: Surroundings) -> None:
        self._application = application
        self._goals = goals
        self._marks = marks
        self._around = around

    def wish(self, goal: Goal, node: Node, want: bool, entry: KeySchema, *, untold: bool) -> Wish | None:
        """Return what to wish of a fact so that a goal has the value wanted; ``None`` where no value does.

        What is only asked (``untold``) may take values that no step brings about.
        """
        if goal.form == "has":
            return self._codes(goal, node, want, entry, untold)
        if goal.form == "place":
            return self._places(goal, node, want, entry)
        if goal.form == "present":
            return self._presence(goal, node, want, entry, untold)
        return self._number(goal, want, entry, untold)

    def _codes(self, goal: Goal, node: Node, want: bool, entry: KeySchema, untold: bool) -> Wish | None:
        named = frozenset(goal.data[2])
        if entry.one:
            every = _BOTH if entry.kind == "boolean" else entry.codes
            codes = named if want else every - named
            reach = self._marks.reachable(node.kind, entry, codes, untold=untold)
            return Choice(reach) if reach else None
        if want:
            reach = self._marks.reachable(node.kind, entry, named, untold=untold)
            return Several((reach,)) if reach else None
        if entry.key in node and node.kind not in _PLAIN:
            return None
        return Several((), named)

    def _presence(self, goal: Goal, node: Node, want: bool, entry: KeySchema, untold: bool) -> Wish | None:
        if goal.data[2] > 1:
            return None
        if entry.kind in ("node", "nodes"):
            return Things() if not want and entry.key not in node else None
        if not want:
            return Several((), entry.codes) if not entry.one and entry.key not in node else None
        codes = self._marks.schema.references if entry.kind in ("ref", "refs") else entry.codes
        if not self._marks.reachable(node.kind, entry, codes, untold=untold):
            return None
        any_value = self._marks.reachable(node.kind, entry, codes, untold=True)  # one that another norm asks for does as well
        return Choice(any_value) if entry.one else Several((any_value,))

    def _places(self, goal: Goal, node: Node, want: bool, entry: KeySchema) -> Wish | None:
        inside = self._application.sets[self._application.program.compiler.place_set(goal.data[2])]
        known = [(code, next(iter(holder.values()))[0]) for code, holder in self._around.places()]
        wanted = tuple(code for code, where in known if (where <= inside if want else where.isdisjoint(inside)))
        if not wanted:
            return None
        if entry.one:
            return Choice(wanted)
        if want:
            return Several((wanted,))
        return Several((wanted,), inside) if node.kind in _PLAIN else None

    def _number(self, goal: Goal, want: bool, entry: KeySchema, untold: bool) -> Wish | None:
        low, low_strict, high, high_strict = goal.data[2:]
        if not want or untold or entry.kind == "count":  # no step names a number of people: it is what the flow has
            return None
        bound = high if high is not None else low
        strict = high_strict if high is not None else low_strict
        return None if bound is None or strict else Choice((bound,))

    def nothing_yet(self, kind: str) -> dict[str, Wish]:
        """Return what is stated of a new thing at once: of what others do to it, nothing has happened yet."""
        keys = self._marks.schema.nodes[kind].values()
        return {key.key: Several((), key.codes) for key in keys if key.none_codes and not key.controllable}

    def holder(self, goal: Goal, entry: KeySchema) -> Wish | None:
        """Return the wish for a party or a place of the flow of which a goal holds."""
        found: list[Any] = []
        if entry.kind in ("partyOrPlace", "partiesOrPlaces"):
            found += [code for code, holder in self._around.places() if goal.test(holder, self._application) is True]
        if not found:
            fitting = (party for party in self._around.parties() if goal.test(party, self._application) is True)
            found += [Reference(party) for party in fitting if party.raw]
        if not found:
            return None
        return Choice(tuple(found)) if entry.one else Several((tuple(found),))

    def days(self, goal: Goal, node: Node) -> Iterator[list[tuple[str, Wish]]]:
        """Yield the dates that bring a number of days into an interval, counted by a rule of the node."""
        rule = self._goals.rules.get((node.kind, goal.key))
        if rule is None or rule["op"] != "op-daysBetween":
            return
        low, low_strict, high, high_strict = goal.data[2:]
        least = (low or 0) + (1 if low is not None and low_strict else 0)
        if high is not None and (least > high or (high_strict and least >= high)):
            return
        today = self._around.day
        keys = [rule["fromKey"], rule["toKey"]]
        stated = [today if key == "asOf" else next(iter(node.get(key) or ()), None) for key in keys]
        if all(stated):
            return
        start, end = stated
        if start is None:
            start = (end or today) - timedelta(days=least)
        end = end or start + timedelta(days=least)
        wishes: list[tuple[str, Wish]] = []
        for key, known, day in zip(keys, stated, (start, end)):
            entry = self._marks.schema.find(node.kind, key)
            if known is not None:
                continue
            if entry is None or not (entry.controllable or (node.path == FRESH and entry.outcome)) or not isinstance(day, date):
                return
            wishes.append((key, Choice((day.isoformat(),))))
        yield wishes


class Reference:
    """A party of the flow as another object names it: by its id, else by what was stated of it."""

    __slots__ = ("party",)

    def __init__(self, party: Node) -> None:
        self.party = party

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reference) and other.party is self.party

    def __hash__(self) -> int:
        return hash(self.party)

    @property
    def stated(self) -> Any:
        """Return what stands for the party in a description: its figures and its ties to others are not said twice."""
        return self.party.raw.get("id") or {key: value for key, value in self.party.raw.items() if _is_plain(value)}


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | bool) or (isinstance(value, list) and all(isinstance(part, str) for part in value))
