"""The flows that are measured: those of the scenarios, told apart by how much they leave open."""

from __future__ import annotations

from typing import Any

from comity.check import Checker
from comity.curate.scenarios import read_scenarios
from comity.paths import source_root

__all__ = ["complete_flows", "open_flows"]

Flow = dict[str, Any]


def _by_open_facts(checker: Checker) -> list[tuple[int, Flow]]:
    found = []
    for scenario in read_scenarios(source_root() / "tests" / "scenarios"):
        answer = checker.check(scenario.description)
        missing = sum(len(leg["missing"]) for leg in answer.get("legs", [answer]))
        found.append((missing, scenario.description))
    return found


def complete_flows(checker: Checker) -> list[Flow]:
    """Return the scenarios' flows whose answer asks for nothing more."""
    return [flow for missing, flow in _by_open_facts(checker) if missing == 0]


def open_flows(checker: Checker) -> list[Flow]:
    """Return the scenarios' flows whose answer asks for one to ten facts."""
    return [flow for missing, flow in _by_open_facts(checker) if 1 <= missing <= 10]
