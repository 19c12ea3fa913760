"""What a change may refer to: the parties and the places of a flow, the items that say the same, and things that are new."""

from __future__ import annotations

from typing import Any

from comity.flow.schema import Schema
from comity.law.program import Program
from comity.logic.node import HOLDER_PLACE, HolderPlace, Node, reachable
from comity.logic.territory import stated_place

__all__ = ["FRESH", "Surroundings"]

FRESH = "*"
"""The pointer of things that are not there yet."""

_HELD = ("op-validOn", "op-within", "op-begun")
_FIRST = ("from", "exporter", "to", "importer", "storedIn", "accessedFrom")


class Surroundings:
    """Looks round one leg."""

    def __init__(self, program: Program, schema: Schema, leg: Node, alike: list[list[Node]], day: Any) -> None:
        self._program = program
        self._schema = schema
        self._leg = leg
        self.day = day
        self._alike = {item.path: [other.path for other in group] for group in alike for item in group}
        self._fresh: dict[str, Node] = {}
        self._places: list[tuple[str, HolderPlace]] | None = None

    def alike(self, pointer: str) -> list[str]:
        """Return the pointers at which a change of an object is made: those of all items that say the same."""
        for item, group in self._alike.items():
            if len(group) > 1 and (pointer == item or pointer.startswith(f"{item}/")):
                return [other + pointer[len(item) :] for other in group]
        return [pointer]

    def fresh(self, kind: str) -> Node:
        """Return a thing of a kind that is new: nothing is stated of it, it has no limit in time and none of scope."""
        found = self._fresh.get(kind)
        if found is None:
            found = self._fresh[kind] = Node(kind, FRESH)
            for rule in self._program.arithmetic:
                if rule.get("node") == kind and rule["op"] in _HELD:
                    found[rule["key"]] = frozenset((True,))
            for key in self._schema.nodes[kind].values():
                if key.none_codes and not key.controllable:
                    found[key.key] = frozenset()
        return found

    def parties(self) -> list[Node]:
        """Return the parties of the leg, exporter and importer first."""
        first = [*(self._leg.get("exporter") or ()), *(self._leg.get("importer") or ())]
        others = [node for node in reachable([self._leg]) if node.kind == "Party" and node not in first]
        return [*first, *others]

    def places(self) -> list[tuple[str, HolderPlace]]:
        """Return the places that the leg names, those where it begins first, each with itself as a holder."""
        if self._places is None:
            found: dict[str, HolderPlace] = {}
            waiting = [self._leg.raw.get(key) for key in _FIRST] + [self._leg.raw]
            while waiting:
                value = waiting.pop(0)
                if isinstance(value, dict):
                    waiting += value.values()
                elif isinstance(value, list):
                    waiting += value
                elif isinstance(value, str) and value not in found and self._is_place(value):
                    holder = HolderPlace("Place", FRESH, {"place": value})
                    holder[HOLDER_PLACE] = (self._program.territories.candidates(value, self.day),)
                    found[value] = holder
            for node in self.parties():
                for key in node:
                    entry = self._schema.find("Party", key)
                    if entry is not None and entry.kind in ("place", "places"):
                        raw = node.raw.get(key)
                        waiting += raw if isinstance(raw, list) else [raw]
            for value in waiting:
                if isinstance(value, str) and value not in found and self._is_place(value):
                    holder = HolderPlace("Place", FRESH, {"place": value})
                    holder[HOLDER_PLACE] = (self._program.territories.candidates(value, self.day),)
                    found[value] = holder
            self._places = list(found.items())
        return self._places

    def _is_place(self, value: str) -> bool:
        return stated_place(value) is not None and self._program.territories.knows(value)
