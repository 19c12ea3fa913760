"""What the graph says of steps: how much a value takes, which is the inert one, which nobody can bring about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.flow.schema import KeySchema, Schema
from comity.plan.wishes import Choice, Several, Thing, Things, Wish

__all__ = ["RESORTS", "Marks"]

RESORTS = ("ordinary", "exceptional", "discretionary")
"""In which order a law offers its ways."""

_LEAVING = 15.0  # to leave the situation of a norm is cheap, and must not beat complying with it
_VAGUE = 40.0  # a thing of which nothing is wished but that it be named
_MANY = 50
_MORE = 0.1  # each further fact of one thing


class Marks:
    """Reads the marks of values, facts and kinds of things."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._marks = schema.marks
        self._things = schema.things
        self._ordered: dict[tuple[str, str, frozenset[Any]], tuple[Any, ...]] = {}

    def is_dead(self, entry: KeySchema, value: Any) -> bool:
        """Say whether a stated value is a state that nothing changes any more."""
        return "dead" in self._marks.get(f"{entry.vocabulary}/{value}", ())

    def inert(self, entry: KeySchema, shut: frozenset[Any]) -> list[Any]:
        """Return the inert value of a list that is to hold something and need not hold anything in particular, if it has one."""
        return [c for c in entry.order if "inert" in self._marks.get(f"{entry.vocabulary}/{c}", ()) and c not in shut][:1]

    def is_mechanism(self, kind: str) -> bool:
        """Say whether ways differ in things of this kind."""
        return "mechanism" in self._things.get(kind, ())

    def resort(self, entry: KeySchema, value: Any) -> int:
        """Return in which order of resort a value comes."""
        return RESORTS.index(self._marks.get(f"{entry.vocabulary}/{value}", {}).get("resort", "ordinary"))

    def reachable(self, kind: str, entry: KeySchema, codes: Iterable[Any], *, untold: bool = False) -> tuple[Any, ...]:
        """Return those of some values that a step can bring about, the best first.

        What is merely *untold* may be any value: whether it is so is a question and no act.
        """
        known = (kind, f"{entry.key} {untold}", frozenset(codes))
        found = self._ordered.get(known)
        if found is None:
            left_out = entry.none_codes | entry.beyond_control
            reach = [c for c in known[2] if c not in left_out and (untold or not self._is_unreachable(entry, c))]
            place = {value: number for number, value in enumerate(entry.order)}
            found = tuple(
                sorted(
                    reach,
                    key=lambda c: (
                        self._is_unreachable(entry, c),
                        "inert" not in self._marks.get(f"{entry.vocabulary}/{c}", ()),
                        self.burden(kind, entry, c),
                        place.get(c, len(place)),
                        str(c),
                    ),
                )
            )
            self._ordered[known] = found
        return found

    def _is_unreachable(self, entry: KeySchema, value: Any) -> bool:
        return "unreachable" in self._marks.get(f"{entry.vocabulary}/{value}", ())

    def burden(self, kind: str, entry: KeySchema, value: Any) -> int:
        """Return how much a value takes: by itself, else by its fact, else by the kind of thing, else the least."""
        own = self._marks.get(f"{entry.vocabulary}/{value}", {}).get("burden")
        return own or entry.burden or self._things.get(kind, {}).get("burden", 1)

    def burden_of(self, thing: Thing) -> int:
        """Return how much a new thing takes: the most of what is wished of it."""
        own = self._things.get(thing.kind, {}).get("burden", 1)
        found = [own]
        for key, wish in thing.wishes:
            entry = self.schema.find(thing.kind, key)
            mark = self._marks.get(f"{entry.vocabulary}/{wish.values[0]}", {}) if entry is not None and isinstance(wish, Choice) else {}
            found.append(mark.get("burden", 0))
        return max(found)

    def cost(self, kind: str, key: str, wish: Wish) -> float:
        """Return what a wish for a fact costs: burdens, and a little for each further fact."""
        entry = self.schema.find(kind, key)
        assert entry is not None  # nothing is wished of a fact that descriptions cannot state
        if isinstance(wish, Things):
            return sum((self.burden_of(thing) + _MORE * _size(thing) + _VAGUE * _vague(thing) for thing in wish.new), _MORE)
        leaving = _LEAVING if entry.leaves and not (entry.kind in ("place", "places") and not _shuts(wish)) else 0.0
        if isinstance(wish, Choice):
            vague = _VAGUE if len(wish.values) > _MANY else 0.0
            return leaving + vague + self.burden(kind, entry, wish.values[0])
        return leaving + sum(min(self.burden(kind, entry, value) for value in need) for need in wish.needs) + _MORE

    def burden_of_fact(self, kind: str, key: str, wish: Wish) -> int:
        """Return how much one fact takes: the most of the values wished for."""
        entry = self.schema.find(kind, key)
        assert entry is not None  # as above
        if isinstance(wish, Things):
            return max((self.burden_of(thing) for thing in wish.new), default=1)
        values = [wish.values[0]] if isinstance(wish, Choice) else [need[0] for need in wish.needs]
        return max((self.burden(kind, entry, value) for value in values), default=1)


def _shuts(wish: Wish) -> bool:
    """Say whether a wish wants something gone."""
    return isinstance(wish, Several) and bool(wish.shut)


def _size(thing: Thing) -> int:
    return sum(len(wish.needs) if isinstance(wish, Several) else 1 for _, wish in thing.wishes)


def _vague(thing: Thing) -> int:
    return sum(isinstance(wish, Choice) and len(wish.values) > _MANY for _, wish in thing.wishes)
