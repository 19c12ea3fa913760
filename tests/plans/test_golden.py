"""The plans of the engine beside those that were written by hand: where they differ, it is written down who is right and why."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.plans.golden_plans import description, entries

Json = dict[str, Any]
DIFFERENCES = Path(__file__).parent / "differences.yaml"


@pytest.fixture(scope="module")
def recorded() -> dict[str, list[Json]]:
    """The differences known, by the name of the entry."""
    return yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", [entry for _, entry in entries()], ids=[entry["name"] for _, entry in entries()])
def test_the_engine_finds_the_golden_plan_but_for_what_is_written_down(entry, checker, recorded):
    known = [part["difference"] for part in recorded.get(entry["name"], [])]
    assert differences(checker, entry) == known


def test_each_difference_says_who_is_right_and_why(recorded):
    names = {entry["name"] for _, entry in entries()}
    assert recorded.keys() <= names
    for name, parts in recorded.items():
        for part in parts:
            assert part.keys() == {"difference", "right", "why"}, name
            assert part["right"] in ("engine", "golden", "both", "law to mend"), name
            assert len(part["why"]) > 20, name


def differences(checker: Any, entry: Json) -> list[str]:
    """Return in words what the plan of the engine has that the golden one has not, and the other way round."""
    told = description(entry)
    answer = checker.check(told, "findings")
    golden = entry["plan"]
    found = []
    ours, theirs = (f"{one['verdict']}, {one['asDescribed']}" for one in (answer, golden))
    if ours != theirs:
        found.append(f"verdict: {ours}; golden: {theirs}")
    found += _more_and_less("stopped", {stop["norm"] for stop in answer["stopped"]}, {stop["norm"] for stop in golden.get("stopped", ())})
    ways = _ways(checker, told, answer["plan"])
    matched = set()
    for way in _golden_ways(golden):
        fitting = [number for number, found_way in enumerate(ways) if way["path"] <= found_way["taken"]]
        if not fitting:
            found.append(f"lacks the way: {way['name']}")
            continue
        number = min(fitting, key=lambda place: len(ways[place]["cures"] ^ way["cures"]))
        matched.add(number)
        found += _more_and_less(f"way {way['name']}", ways[number]["cures"], way["cures"])
        if ways[number]["resort"] != way["resort"]:
            found.append(f"way {way['name']}: {ways[number]['resort']}; golden: {way['resort']}")
    return [*found, *(f"has the way: {way['name']}" for number, way in enumerate(ways) if number not in matched)]


def _more_and_less(what: str, ours: set[str], theirs: set[str]) -> list[str]:
    more = [f"{what}: has {', '.join(sorted(ours - theirs))}"] if ours - theirs else []
    return more + ([f"{what}: lacks {', '.join(sorted(theirs - ours))}"] if theirs - ours else [])


def _golden_ways(plan: Json) -> list[Json]:
    common = _cured([*plan["do"], *plan["confirm"]])
    if not plan["oneOf"]:
        return [{"name": "of all steps", "path": set(), "cures": common, "resort": "ordinary"}] if common else []
    return [
        {"name": way["way"]["en"], "path": set(way["path"]), "cures": common | _cured(way["steps"]), "resort": way["resort"]}
        for way in plan["oneOf"]
    ]


def _ways(checker: Any, told: Json, plan: Json) -> list[Json]:
    """Return the ways of the engine with all norms that they meet, and the permissions that the flow has after them."""
    common = [*plan["confirm"], *plan["do"]]
    empty = {"way": {"en": "of all steps"}, "resort": "ordinary", "confirm": [], "do": []}
    found = []
    for way in plan["oneOf"] or ([empty] if common else []):
        steps = [*common, *way["confirm"], *way["do"]]
        outcomes = checker.outcomes(patched(told, steps))
        taken = {ruling.norm.id for outcome in outcomes for ruling in outcome.rulings if ruling.status == "permitted"}
        found.append({"name": way["way"]["en"], "resort": way["resort"], "cures": _cured(steps), "taken": taken})
    return found


def _cured(steps: list[Json]) -> set[str]:
    return {norm for step in steps for norm in step["cures"]}


def patched(told: Json, steps: list[Json]) -> Json:
    """Return a description after the patches of steps, which add and replace."""
    told = copy.deepcopy(told)
    for step in steps:
        for operation in step["change"]:
            *way, last = operation["path"].split("/")[1:]
            place: Any = told
            for word in way:
                place = place[int(word)] if isinstance(place, list) else place[word]
            if isinstance(place, list):
                assert last == "-"
                place.append(copy.deepcopy(operation["value"]))
            else:
                assert (operation["op"] == "replace") == (last in place)
                place[last] = copy.deepcopy(operation["value"])
    return told
