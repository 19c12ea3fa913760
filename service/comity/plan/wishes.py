"""Wishes: what is wanted of the facts of a description, as loosely as the law wants it, so that several laws can share one thing.

A demand that is met by a filed or an effective contract wishes for one of two states; another that is met by a filed one only
joins it, and both are met by one filed contract. What cannot be joined is wished for beside the other, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

__all__ = ["Choice", "Name", "Several", "Thing", "Things", "Wish", "joined", "joined_things"]

Name: TypeAlias = tuple[int, str, str]
"""What a thing is called: how far the name stands from the thing (0 the nearest to a sentence), in English, in Chinese."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these values, the best first."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """At least one value of each of the needs, and none of those that are shut."""

    needs: tuple[tuple[Any, ...], ...] = ()
    shut: frozenset[Any] = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that is not there yet, with what is wished of its facts."""

    kind: str
    wishes: tuple[tuple[str, Wish], ...]
    names: tuple[Name, ...] = field(default=(), compare=False)

    def named(self, name: Name) -> Thing:
        """Return the same with one name more."""
        return self if name in self.names else Thing(self.kind, self.wishes, (*self.names, name))


@dataclass(frozen=True, slots=True)
class Things:
    """Objects to be added; none at all says that there are none."""

    new: tuple[Thing, ...] = ()


Wish: TypeAlias = Choice | Several | Things


def joined(first: Wish, second: Wish, single: bool) -> Wish | None:
    """Return what fulfils both wishes for one fact, ``None`` where nothing does; a *single* fact takes one object."""
    if isinstance(first, Choice) and isinstance(second, Choice):
        both = tuple(value for value in first.values if value in second.values)
        return Choice(both) if both else None
    if isinstance(first, Several) and isinstance(second, Several):
        needs = tuple(dict.fromkeys((*first.needs, *second.needs)))
        shut = first.shut | second.shut
        return None if any(shut.issuperset(need) for need in needs) else Several(needs, shut)
    if isinstance(first, Things) and isinstance(second, Things):
        return _all_things(first, second, single)
    return None


def _all_things(first: Things, second: Things, single: bool) -> Things | None:
    if not first.new or not second.new:  # none at all agrees with itself only
        return first if first == second else None
    found = list(first.new)
    for thing in second.new:
        for place, other in enumerate(found):
            both = joined_things(other, thing)
            if both is not None:
                found[place] = both
                break
        else:
            if single:
                return None
            found.append(thing)
    return Things(tuple(found))


def joined_things(first: Thing, second: Thing) -> Thing | None:
    """Return the thing that fulfils the wishes for both, ``None`` where nothing does."""
    if first.kind != second.kind:
        return None
    wishes: dict[str, Wish] = dict(first.wishes)
    for key, wish in second.wishes:
        other = wishes.get(key)
        both = wish if other is None else joined(other, wish, single=False)
        if both is None:
            return None
        wishes[key] = both
    return Thing(first.kind, ordered(wishes), tuple(dict.fromkeys((*first.names, *second.names))))


def ordered(wishes: Mapping[str, Wish] | Iterable[tuple[str, Wish]]) -> tuple[tuple[str, Wish], ...]:
    """Return wishes in the order of their keys."""
    return tuple(sorted(dict(wishes).items(), key=lambda pair: pair[0]))
