"""A draft: a change of a description that would meet a demand, not yet carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from comity.plan.marks import Marks
from comity.plan.wishes import Choice, Name, Thing, Things, Wish, joined

__all__ = ["NOTHING", "Draft", "Slot", "best", "covered", "identity", "told_apart"]

_ASKED = 40.0  # what must still be told first comes after what can be done now
_RESORT = (0.0, 80.0, 160.0)
_MECHANISM = 3.0  # of two ways that take the same, the one with the fewer instruments
_FINDINGS = 24  # drafts that are kept of one goal
_ALIKE = 2  # of one mechanism among them


class Slot(NamedTuple):
    """One fact of one object that is there: the pointer of the object, its kind, the key."""

    pointer: str
    kind: str
    key: str


class Draft:
    """What is wished of which facts.

    ``asked`` are the slots whose facts nobody controls and nobody has told: the draft holds if they are as wished. ``resort`` is the
    place of the way in the law's order of resort, ``mechanisms`` says by what it differs from other ways. ``names`` are the names
    of the sentences of the law that the facts of a slot meet.
    """

    __slots__ = ("_cost", "_takes", "asked", "mechanisms", "names", "resort", "wishes")

    def __init__(
        self,
        wishes: Mapping[Slot, Wish],
        asked: frozenset[Slot] = frozenset(),
        resort: int = 0,
        mechanisms: frozenset[str] = frozenset(),
        names: Mapping[Slot, tuple[Name, ...]] | None = None,
    ) -> None:
        self.wishes = wishes
        self.asked = asked
        self.resort = resort
        self.mechanisms = mechanisms
        self.names = names or {}
        self._cost: float | None = None
        self._takes: float | None = None

    def _takes_by(self, marks: Marks) -> float:
        """Return how much the wishes take."""
        if self._takes is None:
            self._takes = sum(marks.cost(slot.kind, slot.key, wish) for slot, wish in self.wishes.items())
        return self._takes

    def cost(self, marks: Marks) -> float:
        """Return how much the draft takes."""
        if self._cost is None:
            self._cost = self._takes_by(marks) + _ASKED * len(self.asked) + _RESORT[self.resort] + _MECHANISM * len(self.mechanisms)
        return self._cost

    def joined(self, other: Draft, marks: Marks) -> Draft | None:
        """Return what does both, ``None`` where they contradict each other."""
        if not self.wishes and not self.resort and not self.mechanisms:
            return other
        if not other.wishes and not other.resort and not other.mechanisms:
            return self
        wishes = dict(self.wishes)
        takes = self._takes_by(marks) + other._takes_by(marks)
        for slot, wish in other.wishes.items():
            mine = wishes.get(slot)
            if mine is None:
                wishes[slot] = wish
                continue
            entry = marks.schema.find(slot.kind, slot.key)
            both = joined(mine, wish, entry is not None and entry.one)
            if both is None:
                return None
            wishes[slot] = both
            alone = marks.cost(slot.kind, slot.key, mine) + marks.cost(slot.kind, slot.key, wish)
            takes += marks.cost(slot.kind, slot.key, both) - alone
        names = self.names
        if other.names:
            merged = dict(names)
            for slot, more in other.names.items():
                merged[slot] = tuple(dict.fromkeys((*merged.get(slot, ()), *more)))
            names = merged
        found = Draft(wishes, self.asked | other.asked, max(self.resort, other.resort), self.mechanisms | other.mechanisms, names)
        found._takes = takes
        return found

    def within(self, other: Draft, marks: Marks) -> bool:
        """Say whether another draft does all that this one does."""
        both = other.joined(self, marks)
        return both is not None and both.wishes == other.wishes

    def marked(self, resort: int, mechanism: str) -> Draft:
        """Return the same as a way of its own in the order of resort."""
        return Draft(self.wishes, self.asked, max(self.resort, resort), self.mechanisms | {mechanism}, self.names)

    def under(self, law: str) -> Draft:
        """Return the same with its mechanisms as those of one law: the same instrument under two laws makes two choices."""
        if not self.mechanisms:
            return self
        own = frozenset(f"{law}/{mechanism}" for mechanism in self.mechanisms)
        return Draft(self.wishes, self.asked, self.resort, own, self.names)

    def named(self, name: Name) -> Draft:
        """Return the same under a name, which its only thing takes if there is just one."""
        if len(self.wishes) != 1:
            return self
        ((slot, wish),) = self.wishes.items()
        if isinstance(wish, Things) and len(wish.new) == 1:
            return Draft({slot: Things((wish.new[0].named(name),))}, self.asked, self.resort, self.mechanisms, self.names)
        return Draft(self.wishes, self.asked, self.resort, self.mechanisms, {slot: (*self.names.get(slot, ()), name)})


NOTHING = Draft({})


def best(drafts: Iterable[Draft], marks: Marks) -> list[Draft]:
    """Return the drafts that take least, a few of each mechanism, each once."""
    drafts = list(drafts)
    if len(drafts) < 2:
        return drafts
    found: list[Draft] = []
    alike: dict[tuple[frozenset[str], bool], int] = {}
    seen = set()
    for draft in sorted(drafts, key=lambda draft: draft.cost(marks)):
        key = frozenset(draft.wishes.items())
        kind = (draft.mechanisms, bool(draft.asked))
        if key in seen or alike.get(kind, 0) >= _ALIKE:
            continue
        seen.add(key)
        alike[kind] = alike.get(kind, 0) + 1
        found.append(draft)
        if len(found) == _FINDINGS:
            break
    return found


def identity(thing: Thing, marks: Marks) -> str:
    """Return by what a new thing differs from others as a way."""
    wishes = dict(thing.wishes)
    chosen = {key: str(wish.values[0]) for key in main_keys(thing.kind, marks) if isinstance(wish := wishes.get(key), Choice)}
    return told_apart(thing.kind, chosen, marks)


def told_apart(kind: str, stated: Mapping[str, Any], marks: Marks) -> str:
    """Return by what a thing differs from others as a way: its kind, what it is, and what it was made under."""
    return ":".join([kind, *(str(stated[key]) for key in main_keys(kind, marks) if stated.get(key))])


@cache
def _main_keys(keys: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    return tuple(key for wanted in ("code", "ref") for key, kind in keys if kind == wanted)


def main_keys(kind: str, marks: Marks) -> tuple[str, ...]:
    """Return the facts that say which thing an object of a kind is: codes, then references."""
    return _main_keys(tuple((key.key, key.kind) for key in marks.schema.nodes[kind].values() if key.identifies))


def covered(some: frozenset[str], others: frozenset[str]) -> bool:
    """Say whether each of some mechanisms is among others; one that leaves open what it is made under is any of its kind."""
    return all(any(a == b or b.startswith(f"{a}:") or a.startswith(f"{b}:") for b in others) for a in some)
