"""Which norms owe a scenario: each that decides a verdict is fired by one and silent in another a single fact away."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.law.norm import Norm
from comity.scenarios.format import Scenario

__all__ = ["Owed", "decides", "one_fact_away", "owed"]

_DECIDING = frozenset({"Prohibition", "Permission", "Exemption", "Power"})
_ABSENT = {"$absent": True}


@dataclass(frozen=True, slots=True)
class Owed:
    """The identifiers of norms that no scenario fires, and of those that no pair of neighbours tells apart."""

    never_fired: list[str]
    never_silenced: list[str]


def decides(norm: Norm) -> bool:
    """Say whether a norm decides a verdict, so that scenarios have to show where it holds and where it does not."""
    return norm.kind in _DECIDING or (norm.kind == "Obligation" and norm.demand is not None)


def owed(norms: Iterable[Norm], fired: Iterable[tuple[Scenario, Mapping[str, frozenset[str]]]]) -> Owed:
    """Return which of the norms owe a scenario; with each scenario come the statuses of the norms that fire in it."""
    known = {(scenario.file, scenario.name): (scenario, statuses) for scenario, statuses in fired}
    ever = {norm for _, statuses in known.values() for norm, held in statuses.items() if held - {"unknown"}}
    silenced: set[str] = set()
    for scenario, near in known.values():
        base, far = known.get((scenario.file, scenario.like or ""), (None, near))
        if base is not None and one_fact_away(scenario, base):
            silenced |= near.keys() ^ far.keys()
    wanted = {norm.id for norm in norms if decides(norm)}
    return Owed(sorted(wanted - ever), sorted(wanted - silenced))


def one_fact_away(scenario: Scenario, base: Scenario) -> bool:
    """Say whether a scenario changes a single fact of another.

    The day asked is a fact like any other. One fact may have to be written in two places, as where a party that the data go
    to is established: two pointers that get the same value are one fact.
    """
    another_day = scenario.description.get("asOf") != base.description.get("asOf")
    changes = [value for pointer, value in scenario.but.items() if pointer != "/asOf"]
    if another_day or not changes:
        return another_day and not changes
    return len(changes) == 1 or (len(changes) == 2 and _ABSENT not in changes and _plain(changes[0]) == _plain(changes[1]))


def _plain(value: Any) -> str:
    """Return a value as text, a list of one like its only member."""
    return json.dumps(value[0] if isinstance(value, list) and len(value) == 1 else value, sort_keys=True)
