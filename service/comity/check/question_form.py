"""The form of a question: what kind of value is wanted, its codes with their names, and a value to be filled in."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from comity.check.labels import Labels
from comity.flow.behind import Wanted
from comity.flow.schema import KeySchema, Schema
from comity.law.application import Application
from comity.law.program_text import DerivedRule, Words
from comity.logic.node import Node

__all__ = ["FEW_CODES", "MOST_CODES", "Forms", "coarse"]

Json = dict[str, Any]

MOST_CODES = 12
"""How many codes a form lists; ``more`` counts the others."""

FEW_CODES = 4
"""The same where questions are put briefly."""

_FEW = 3  # keys of a blank object that no key tells the kind of
_BLANK = ""  # no value of any key: whoever sends it back unfilled is told where
_LISTS = frozenset(("codes", "refs", "norms", "taxonomy", "places", "parties", "partiesOrPlaces", "nodes", "legs"))
_TYPES = {
    "code": "code",
    "codes": "codes",
    "taxonomy": "codes",
    "ref": "reference",
    "refs": "references",
    "norms": "references",
    "place": "place",
    "places": "places",
    "party": "party",
    "parties": "parties",
    "partyOrPlace": "party or place",
    "partiesOrPlaces": "parties or places",
    "node": "object",
    "nodes": "objects",
    "legs": "objects",
}


class Forms:
    """Makes the forms of the questions about one leg."""

    def __init__(self, schema: Schema, application: Application, labels: Labels, most: int = MOST_CODES) -> None:
        """Take what the forms are made of, and how many codes one lists at most."""
        self._most = most
        self._schema = schema
        self._application = application
        self._labels = labels

    def of(self, wanted: Wanted, read: Iterable[str] = ()) -> Json:
        """Return the form of a stated fact; ``read`` are the codes that the norms which wait for it speak of: they come first."""
        entry = self._schema.nodes[wanted.kind][wanted.key]
        form: Json = {"type": _TYPES.get(entry.kind, entry.kind)}
        if entry.codes and entry.kind not in ("ref", "refs"):
            self._list_codes(form, self._in_order(entry, read), lambda code: self._labels.value(wanted.kind, wanted.key, code))
        form["value"] = self._blank(entry)
        return form

    def of_total(self, rule: DerivedRule) -> Json:
        """Return the form of a total that a count asks for, or of what an entry for that count lacks."""
        entry = {
            "counted": rule["counted"],
            "notCounted": rule["notCounted"],
            "unit": rule["units"][-1],
            "countedOver": rule["scope"],
            "count": None,
        }
        if rule["windows"]:
            entry["window"] = rule["windows"][0]
        if rule["withoutExempt"]:
            entry["exemptFlowsRemoved"] = [_BLANK]
        return {"type": "objects", "value": [entry], "lacks": sorted(key for key, value in entry.items() if value in (None, [_BLANK]))}

    def of_part(self, code: str) -> Json:
        """Return the form for a part of a place that was told too coarsely: those parts first on which some set of places turns."""
        territories = self._application.program.territories
        parts = (
            sorted(territories.territory(code) - {code})
            if code in territories.part_of
            else sorted(territories.members(code, self._application.epoch.day))
        )
        turning: dict[str, int] = {}  # how few places the narrowest set has on which a part turns
        for places in self._application.sets:
            if not places.issuperset(parts):
                for part in places.intersection(parts):
                    turning[part] = min(len(places), turning.get(part, len(places)))
        form: Json = {"type": "place"}
        names = self._application.program.data["placeLabels"]
        self._list_codes(
            form,
            sorted(parts, key=lambda part: (turning.get(part, math.inf), part)),
            lambda part: names.get(part, {"en": part, "zh": part}),
        )
        form["value"] = _BLANK
        return form

    def _in_order(self, entry: KeySchema, read: Iterable[str]) -> list[str]:
        first = [code for code in dict.fromkeys(read) if code in entry.codes]
        return [*first, *sorted(entry.codes - set(first))]

    def _list_codes(self, form: Json, codes: list[str], label: Callable[[str], Words]) -> None:
        form["codes"] = [{"code": code, "label": label(code)} for code in codes[: self._most]]
        if len(codes) > self._most:
            form["more"] = len(codes) - self._most

    def _blank(self, entry: KeySchema, deep: bool = True) -> Any:
        """Return a value with gaps: text that is no value of the key, or null for a number, a date or yes and no."""
        if entry.kind in ("boolean", "count", "number", "percent", "date"):
            return None
        one: Any = _BLANK
        if deep and entry.kind in ("node", "nodes", "party", "parties"):
            below = self._schema.nodes[entry.node or "Party"]
            kept = [each for each in below.values() if _belongs(each)] or [*below.values()][:_FEW]
            one = {each.key: self._blank(each, deep=False) for each in kept}
        return [one] if entry.kind in _LISTS else one


def _belongs(entry: KeySchema) -> bool:
    """Say whether a key stands in the blank form of an object: what tells its kind, not all that could be said of it."""
    return entry.core or (entry.tier == "part" and entry.key not in ("id", "validUntil"))


def coarse(node: Node | None, key: str, many: bool) -> list[tuple[int | None, str]]:
    """Return the places under a key that are told by a code and may lie in several parts of it: their positions and codes."""
    stated = node.get(key) if node is not None else None
    raw = node.raw.get(key) if node is not None else None
    if not isinstance(stated, tuple) or raw is None:
        return []
    told = raw if many and isinstance(raw, list) else [raw]  # a list in the position of one place names several that it may be
    found = []
    for position, (place, value) in enumerate(zip(stated, told)):
        code = value.get("in") if isinstance(value, dict) else value
        if isinstance(code, str) and isinstance(place, frozenset) and len(place) > 1:
            found.append((position if many else None, code))
    return found
