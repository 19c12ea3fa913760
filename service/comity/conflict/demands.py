"""Demands that may come: those of the flows that show conflicts, without the case in which they were made.

With them a flow that answers no demand is asked what would collide if one came. Of a demand is left what it asks for and by which power:
not whom it asks, what has become of it, nor what other places have found of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import orjson

from comity.conflict.record import Witness
from comity.law.program import territories_of
from comity.law.program_text import ConflictText, DemandText, KeyEntry, ProgramText
from comity.logic.territory import Territories

__all__ = ["demands"]

Json = dict[str, Any]

_OF_THE_CASE = ("party", "parties", "places", "date", "node")
"""Kinds of what a demand says of the case: persons, other places, days."""


def demands(program: ProgramText, pairs: Sequence[ConflictText], witnesses: Iterable[Witness]) -> list[DemandText]:
    """Return the demands of the *witnesses* of listed pairs, each once, those first that let most norms compel.

    A norm compels where it stands in such a pair and is law of the place from which the demand comes.
    """
    keys = program["schema"]["nodes"]["Demand"]
    territories = territories_of(program)
    listed = {frozenset(pair["norms"]): pair for pair in pairs if not pair["formal"]}
    orders = {norm["id"]: program["instruments"][norm["instrument"]]["jurisdiction"] for norm in program["norms"]}
    found: dict[bytes, DemandText] = {}
    for witness in witnesses:
        stated = witness.flow.get("demand")
        if frozenset(witness.norms) not in listed or not isinstance(stated, dict) or not isinstance(stated.get("ofPlace"), str):
            continue
        place, day = stated["ofPlace"], date.fromisoformat(witness.flow["asOf"])
        made = {key: value for key, value in sorted(stated.items()) if key in keys and _is_kept(keys[key], value)}
        made |= _by(witness.flow, stated)
        controls = "inControlOf" in stated
        for name in witness.norms:
            order = next((code for code in orders[name] if _is_law_at(place, code, territories, day)), None)
            if order is not None:
                key = orjson.dumps([order, made, controls], option=orjson.OPT_SORT_KEYS)
                entry = found.setdefault(key, {"order": order, "demand": made, "controls": controls, "powers": []})
                entry["powers"] = sorted({*entry["powers"], name})
    return [entry for _, entry in sorted(found.items(), key=lambda each: (-len(each[1]["powers"]), each[0]))]


def _is_kept(entry: KeyEntry, value: Any) -> bool:
    """Say whether what a demand states under a key is so of a demand that has just come."""
    if entry["kind"] in _OF_THE_CASE:
        return False
    return not entry.get("controllable") or value in entry.get("informative_codes", ())


def _by(flow: Json, stated: Json) -> Json:
    """Return who demands, in place and without a name."""
    by = stated.get("by")
    if isinstance(by, str):
        by = next((party for party in _objects(flow) if party.get("id") == by), None)
    return {"by": {key: value for key, value in by.items() if key != "id"}} if isinstance(by, dict) else {}


def _objects(value: Any) -> Iterator[Json]:
    """Yield every object below a value of a description."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner)


def _is_law_at(place: str, code: str, territories: Territories, day: date) -> bool:
    """Say whether the law of a place or body, given by its code, is law at a place."""
    if place == code:
        return True
    if place not in territories.part_of:
        return False
    return territories.outermost(place) in territories.candidates(code, day) or place in territories.candidates(code, day)
