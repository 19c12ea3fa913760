"""Plans of flows of the scenarios: what is promised of every way, and of everything that stops a flow."""

from __future__ import annotations

import random
from typing import Any

import pytest

from comity.flow.problems import DescriptionError
from comity.law.judgement import Rank
from comity.plan.failing import gravest, unshowable
from tests.plans.test_golden import patched
from tests.shared import all_scenarios, turn

SAMPLE = 60


def flows() -> list[Any]:
    drawn = random.Random(turn()).sample(all_scenarios(), SAMPLE)
    return [pytest.param(scenario.description, id=f"{place}-{scenario.name[:40]}") for place, scenario in enumerate(drawn)]


def ways_of(plan: dict[str, Any]) -> list[list[Any]]:
    """Return the steps of each way, those that all share first; of the ways out, theirs alone."""
    common = [*plan["confirm"], *plan["do"]]
    ways = [[*common, *way["confirm"], *way["do"]] for way in plan["oneOf"]] or [common]
    return [*ways, *([*way["confirm"], *way["do"]] for way in plan["instead"])]


def assumed(told: Any, plan: dict[str, Any]) -> bool:
    """Say whether some way hangs on facts that are still to be told, so that its patches alone do not carry it."""
    return bool(plan.get("stillToTell") or any(way["stillToTell"] for way in [*plan["oneOf"], *plan["instead"]]))


def lost(before: Any, after: Any, path: str = "") -> list[str]:
    """Return the objects that are gone after a change, or that have become something else in kind."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            fault for key, value in before.items() for fault in ([path] if key not in after else lost(value, after[key], f"{path}/{key}"))
        ]
    if isinstance(before, list) and isinstance(after, list) and any(isinstance(part, dict) for part in before):
        return [f"{path} is shorter"] * (len(after) < len(before)) + [
            fault for place, (old, new) in enumerate(zip(before, after)) for fault in lost(old, new, f"{path}/{place}")
        ]
    return [] if type(before) is type(after) or before is None or after is None else [path]


@pytest.mark.parametrize("told", flows())
def test_a_way_lets_the_flow_go_and_takes_nothing_away(checker, told):
    try:
        answer = checker.check(told, "findings")
    except DescriptionError:
        pytest.skip("a description with a fault of its own")
    plan = answer["plan"]
    for stop in answer["stopped"]:
        assert stop["norm"] in checker.program.by_id and stop["fact"]["pointer"] and stop["fact"]["label"]["zh"]
    assert not (answer["stopped"] and plan["oneOf"])
    ways = ways_of(plan)
    for steps in ways:
        assert lost(told, patched(told, steps)) == []
    if plan["oneOf"]:
        changes = [{str(step["change"]) for step in steps} for steps in ways[: len(plan["oneOf"])]]
        enough = [change for change, way in zip(changes, plan["oneOf"]) if not way["stillToTell"]]  # others may turn out to be shut
        assert not any(one < other for one in enough for other in changes)
    if assumed(told, plan) or answer["stopped"]:
        return
    before = [gravest(outcome) for outcome in checker.outcomes(told)]
    failed = any(not unshowable(r) and r.status != "contested" for outcome in checker.outcomes(told) for r in outcome.failing())
    for steps in ways if failed and (plan["oneOf"] or plan["do"] or plan["confirm"]) else []:
        after = checker.outcomes(patched(told, steps))
        left = [r.norm.id for outcome in after for r in outcome.failing() if not unshowable(r) and r.status != "contested"]
        assert left == [] or all(step["change"] == [] for step in steps), left
        for old, outcome in zip(before, after, strict=True):
            for law, rank in gravest(outcome).items():
                assert rank <= max(old.get(law, Rank.CONDITIONAL), Rank.CONDITIONAL), law
