"""Which norms owe a scenario: each that decides a verdict is fired by one and silent in another a single fact away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from comity.check.checker import Checker
from comity.flow.problems import DescriptionError
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


def owed(checker: Checker, scenarios: Iterable[Scenario]) -> Owed:
    """Return the norms that owe a scenario. A scenario whose facts cannot be read shows nothing."""
    known = {(s.file, s.name): s for s in scenarios}
    reached = {key: _statuses(checker, scenario) for key, scenario in known.items()}
    fired = {norm for found in reached.values() for norm, held in found.items() if held - {"unknown"}}
    silenced: set[str] = set()
    for key, scenario in known.items():
        base = known.get((scenario.file, scenario.like or ""))
        if base is not None and one_fact_away(scenario, base):
            near, far = reached[key], reached[base.file, base.name]
            silenced |= {norm for norm in near | far if (norm in near) != (norm in far)}
    wanted = {norm.id for norm in checker.program.norms if decides(norm)}
    return Owed(sorted(wanted - fired), sorted(wanted - silenced))


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


def _statuses(checker: Checker, scenario: Scenario) -> dict[str, set[str]]:
    try:
        answer = checker.check(scenario.description, "findings", plan=False)
    except DescriptionError:
        return {}
    found: dict[str, set[str]] = {}
    for leg in answer.get("legs", [answer]):
        for finding in leg["findings"]:
            if finding["status"] != "not-applicable":  # told only because it was pleaded, or nearly holds
                found.setdefault(finding["norm"], set()).add(finding["status"])
    return found
