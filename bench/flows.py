"""The flows that are measured: those of the scenarios, told apart by how much they leave open."""

from __future__ import annotations

from typing import Any

from comity.check.checker import Checker
from comity.paths import source_root
from comity.scenarios.format import read_scenarios

__all__ = ["Flow", "all_flows", "complete_flows", "open_flows", "usual", "with_other_figures"]

Flow = dict[str, Any]
_FIGURES = ("persons", "devices", "count")


def _by_open_facts(checker: Checker) -> list[tuple[int, Flow]]:
    found = []
    for scenario in read_scenarios(source_root() / "tests" / "scenarios"):
        answer = checker.check(scenario.description)
        missing = sum(len(leg["missing"]) for leg in answer.get("legs", [answer]))
        found.append((missing, scenario.description))
    return found


def all_flows() -> list[Flow]:
    """Return the flow of every scenario."""
    return [scenario.description for scenario in read_scenarios(source_root() / "tests" / "scenarios")]


def complete_flows(checker: Checker) -> list[Flow]:
    """Return the scenarios' flows whose answer asks for nothing more."""
    return [flow for missing, flow in _by_open_facts(checker) if missing == 0]


def open_flows(checker: Checker) -> list[Flow]:
    """Return the scenarios' flows whose answer asks for one to ten facts."""
    return [flow for missing, flow in _by_open_facts(checker) if 1 <= missing <= 10]


def usual(checker: Checker, flows: list[Flow]) -> Flow:
    """Return the flow that states figures and whose answer is the middle one by length."""
    stated = [flow for flow in flows if with_other_figures(flow, 1) != flow]
    return sorted(stated, key=lambda flow: len(checker.check_json(flow)))[len(stated) // 2]


def with_other_figures(part: Any, more: int) -> Any:
    """Return a flow with every number of people, devices or records raised."""
    if isinstance(part, list):
        return [with_other_figures(inner, more) for inner in part]
    if not isinstance(part, dict):
        return part
    return {key: value + more if key in _FIGURES and type(value) is int else with_other_figures(value, more) for key, value in part.items()}
