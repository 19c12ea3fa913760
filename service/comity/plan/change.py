"""Carrying out a draft: the values that it chooses, the steps that it takes, and the JSON Patch of each.

A step is one new thing, what changes in one thing that is there, or one fact of a flow, a party or a data item. The patches of a
plan are applied one after another, in the order of its steps; each adds or replaces, and none removes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import orjson

from comity.flow.schema import KeySchema
from comity.logic.territory import Territories
from comity.plan.draft import Draft, Slot
from comity.plan.marks import Marks
from comity.plan.values import Reference
from comity.plan.wishes import Choice, Name, Several, Thing, Things, Wish

__all__ = ["Changer", "Step", "steps_of"]

Json = Any
_PLAIN = ("DataFlow", "Party", "DataItem")


@dataclass(frozen=True, slots=True)
class Step:
    """One act: a new thing under a fact (``thing``), or wishes for facts of one object that is there."""

    pointer: str
    kind: str
    wishes: tuple[tuple[str, Wish], ...]
    thing: Thing | None = None
    names: tuple[Name, ...] = field(default=(), compare=False)

    def draft(self) -> Draft:
        """Return the step as a draft."""
        if self.thing is not None:
            return Draft({Slot(self.pointer, self.kind, self.wishes[0][0]): Things((self.thing,))})
        return Draft({Slot(self.pointer, self.kind, key): wish for key, wish in self.wishes})


def steps_of(draft: Draft) -> list[Step]:
    """Return the steps of a draft, those in what is there first, in the order of their pointers."""
    found: list[Step] = []
    together: dict[tuple[str, str], list[tuple[str, Wish]]] = {}
    for slot, wish in sorted(draft.wishes.items(), key=lambda pair: pair[0]):
        if slot in draft.asked:
            continue
        if isinstance(wish, Things) and wish.new:
            found += [Step(slot.pointer, slot.kind, ((slot.key, Things((thing,))),), thing, thing.names) for thing in wish.new]
        elif slot.kind in _PLAIN:
            found.append(Step(slot.pointer, slot.kind, ((slot.key, wish),), None, draft.names.get(slot, ())))
        else:
            together.setdefault((slot.pointer, slot.kind), []).append((slot.key, wish))
    inside = [
        Step(pointer, kind, tuple(wishes), None, _names(draft, pointer, kind, wishes)) for (pointer, kind), wishes in together.items()
    ]
    return [*inside, *found]


def _names(draft: Draft, pointer: str, kind: str, wishes: list[tuple[str, Wish]]) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(name for key, _ in wishes for name in draft.names.get(Slot(pointer, kind, key), ())))


class Changer:
    """Changes descriptions of one day."""

    def __init__(self, marks: Marks, territories: Territories, day: Any) -> None:
        self._marks = marks
        self._territories = territories
        self._day = day

    def carry_out(self, description: Json, draft: Draft) -> tuple[Json, dict[str, tuple[Slot, Thing]]]:
        """Return the description after a draft, with what it asks taken to be so, and where each new thing stands now."""
        changed = orjson.loads(orjson.dumps(description))
        placed: dict[str, tuple[Slot, Thing]] = {}
        for slot in sorted(draft.asked):
            self._write(changed, slot.pointer, slot.kind, slot.key, draft.wishes[slot])
        for step in steps_of(draft):
            for operation in self.patch(changed, step):
                where = operation["path"]
                if step.thing is not None:
                    container = _at(changed, step.pointer)[step.wishes[0][0]]
                    place = f"{step.pointer}/{step.wishes[0][0]}"
                    where = f"{place}/{len(container) - 1}" if isinstance(container, list) else place
                    placed[where] = (Slot(step.pointer, step.kind, step.wishes[0][0]), step.thing)
        return changed, placed

    def patch(self, description: Json, step: Step) -> list[Json]:
        """Carry a step out in a description, and return the JSON Patch that does so."""
        if step.thing is None:
            return [self._write(description, step.pointer, step.kind, key, wish) for key, wish in step.wishes]
        key = step.wishes[0][0]
        entry = self._entry(step.kind, key)
        home = _at(description, step.pointer)
        value = self._thing(step.thing)
        if not entry.one and isinstance(home.get(key), list) and home[key]:
            home[key].append(value)
            return [{"op": "add", "path": f"{step.pointer}/{key}/-", "value": value}]
        stated = value if entry.one else [value]
        operation = {"op": "replace" if key in home else "add", "path": f"{step.pointer}/{key}", "value": stated}
        home[key] = orjson.loads(orjson.dumps(stated))
        return [operation]

    def _write(self, description: Json, pointer: str, kind: str, key: str, wish: Wish) -> Json:
        home = _at(description, pointer)
        value = self._value(kind, key, wish, home.get(key))
        operation = {"op": "replace" if key in home else "add", "path": f"{pointer}/{key}", "value": value}
        home[key] = orjson.loads(orjson.dumps(value))
        return operation

    def _thing(self, thing: Thing) -> Json:
        return {key: self._value(thing.kind, key, wish, None) for key, wish in thing.wishes}

    def _value(self, kind: str, key: str, wish: Wish, stated: Json) -> Json:
        entry = self._entry(kind, key)
        if isinstance(wish, Choice):
            return _plain(wish.values[0])
        if isinstance(wish, Things):
            added = [self._thing(thing) for thing in wish.new]
            return (added[0] if added else None) if entry.one else [*(stated or ()), *added]
        return self._list(kind, entry, wish, stated)

    def _list(self, kind: str, entry: KeySchema, wish: Several, stated: Json) -> Json:
        """Return a list of values that has what is wanted and lacks what is not."""
        kept, refused = stated or [], []
        if isinstance(kept, dict):  # told only in part
            kept, refused = kept.get("yes", []), kept.get("no", [])
        kept = [value for value in kept if value not in entry.none_codes and not self._is_shut(entry, value, wish)]
        chosen = self.chosen(kind, entry, wish, kept)
        found = [*kept, *(_plain(value) for value in chosen)]
        if isinstance(stated, dict):
            more = [value for value in (*refused, *sorted(map(str, wish.shut))) if value not in found]
            return {"yes": found, "no": list(dict.fromkeys(more))}
        return found or sorted(entry.none_codes)[:1] or self._marks.inert(entry, wish.shut)

    def chosen(self, kind: str, entry: KeySchema, wish: Several, stated: list[Any]) -> list[Any]:
        """Return the values to be added to those stated, as few as the needs allow."""
        found: list[Any] = []
        for need in sorted(wish.needs, key=lambda need: (len(need), [str(value) for value in need])):
            open_ones = [value for value in need if not self._is_shut(entry, value, wish)]
            if any(value in stated or value in found for value in open_ones):
                continue
            if open_ones:
                found.append(open_ones[0])
        place = {value: number for number, value in enumerate(entry.order)}
        return sorted(found, key=lambda value: (place.get(value, 0), str(value)))

    def _is_shut(self, entry: KeySchema, value: Any, wish: Several) -> bool:
        if not wish.shut:
            return False
        if entry.kind in ("place", "places"):
            return not self._territories.candidates(value, self._day).isdisjoint(wish.shut)
        return isinstance(value, str) and value in wish.shut

    def _entry(self, kind: str, key: str) -> KeySchema:
        entry = self._marks.schema.find(kind, key)
        assert entry is not None  # drafts wish for nothing else
        return entry


def _plain(value: Any) -> Any:
    return value.stated if isinstance(value, Reference) else value


def _at(description: Json, pointer: str) -> Json:
    """Return the object at a pointer."""
    found = description
    for word in pointer.split("/")[1:]:
        found = found[int(word)] if isinstance(found, list) else found[word]
    return found
