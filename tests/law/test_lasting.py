"""Properties of all answers, on a spread of the scenarios: an omission helps nobody, an order stops a flow, no answer contradicts itself.

``COMITY_ORACLE_FLOWS`` set: all scenarios; else about 150 of them. Contradictions are looked for in all of them, whatever is set.
"""

from __future__ import annotations

import copy
import os
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from comity.check.checker import Checker
from comity.curate.clashes import Clash, clashes
from comity.flow.problems import DescriptionError
from tests.shared import all_scenarios, spread

Json = dict[str, Any]
Path = tuple[str | int, ...]
SCENARIOS = all_scenarios()
WHOLE = "COMITY_ORACLE_FLOWS" in os.environ
SAMPLE = SCENARIOS if WHOLE else spread(80)
SATISFIED, FAILING = {"met", "exempted", "permitted"}, {"due", "unmet", "prohibited"}
_NONE: dict[str, Any] = {"nodes": [], "codes": [], "node": None, "boolean": False}


def acts_of_compliance(checker: Checker) -> dict[str, Any]:
    """Return what states that there is none, for each act of compliance."""
    nodes = checker.program.data["schema"]["nodes"].values()
    return {
        key: _NONE[entry["kind"]] for keys in nodes for key, entry in keys.items() if entry.get("compliance") and entry["kind"] in _NONE
    }


def stated(part: Any, keys: dict[str, Any], path: Path = ()) -> Iterator[Path]:
    """Yield where a description states one of the keys."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if key in keys and isinstance(part, dict):
            yield (*path, key)
        yield from stated(value, keys, (*path, key))


def with_(flow: Json, path: Path, value: Any) -> Json:
    """Return the flow with one fact changed; ``...`` leaves it out."""
    flow = copy.deepcopy(flow)
    part: Any = flow
    for step in path[:-1]:
        part = part[step]
    if value is ...:
        part.pop(path[-1], None)
    else:
        part[path[-1]] = value
    return flow


def statuses(checker: Checker, flow: Json) -> dict[tuple[int, str], set[str]] | None:
    """Return the statuses of the norms on each leg, nothing for a description that is refused."""
    try:
        outcomes = checker.outcomes(flow)
    except DescriptionError:
        return None
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for number, outcome in enumerate(outcomes):
        for ruling in outcome.rulings:
            found[number, ruling.norm.id].add(ruling.status)
    return found


def helped(before: set[str], after: set[str]) -> bool:
    return before <= FAILING and bool(after & SATISFIED) and not after & FAILING


def helped_by_omission(checker: Checker, flows: list[Json]) -> dict[tuple[str, str], Json]:
    """Return the norms that come out better once an act of compliance is stated to be absent, than untold or done, each with a flow."""
    keys = acts_of_compliance(checker)
    of_flow = [key for key in checker.program.data["schema"]["nodes"]["DataFlow"] if key in keys]
    found: dict[tuple[str, str], Json] = {}
    for flow in flows:
        told = statuses(checker, flow)
        if told is None:
            continue
        base: Path = ("legs", 0) if "legs" in flow else ()
        for path in dict.fromkeys([*stated(flow, keys), *((*base, key) for key in of_flow)]):
            key = str(path[-1])
            denied = statuses(checker, with_(flow, path, keys[key]))
            for others in (told, statuses(checker, with_(flow, path, ...))):
                for place in (denied or {}).keys() & (others or {}).keys():
                    if helped(others[place], denied[place]):
                        found.setdefault((place[1], key), flow)
    return found


def test_stating_that_nothing_was_done_is_never_better_than_silence_nor_than_doing_it(checker):
    found = helped_by_omission(checker, [scenario.description for scenario in SAMPLE])
    assert found == {}


@pytest.mark.parametrize("order", ["stopTransfer", "suspendTransfer"])
@pytest.mark.parametrize("place", ["CN", "DE"])
def test_an_order_in_force_never_leaves_a_flow_below_prohibited(checker, place, order):
    party = {"kind": "organisation", "establishedIn": [place]}
    abroad = {"kind": "organisation", "establishedIn": ["KR" if place == "CN" else "BR"]}
    item = {"categories": ["PersonalData"], "subjectsIn": [place], "identifiability": "direct", "persons": 50}
    told = {
        "asOf": "2026-11-01",
        "exporter": party,
        "importer": abroad,
        "act": "disclosure",
        "from": place,
        "to": abroad["establishedIn"][0],
    }
    stopped = {**told, "dataItems": [item], "counterMeasures": [{"orderKind": order, "by": place, "validFrom": "2026-06-01"}]}
    assert checker.check(stopped)["verdict"] in ("prohibited", "conflict")


def test_no_answer_permits_what_it_bans_without_a_declared_reason(answers):
    found: dict[Clash, str] = {}
    for scenario, answered in answers.all():
        for clash in answered.clashes:
            found.setdefault(clash, scenario.name)
    assert found == {}


def finding(norm: str, kind: str, status: str, **more: Any) -> Json:
    return {"norm": norm, "kind": kind, "status": status, **more}


@pytest.mark.parametrize(
    ("besides", "items", "exceptions", "clash"),
    [((), {}, [], True), (["BAN"], {}, [], False), ((), {"items": ["/1"]}, [], False), ((), {}, ["OK"], False)],
)
def test_a_permission_beside_a_ban_is_told(besides, items, exceptions, clash):
    norm = {"instrument": "xx/act", "act": "Transfer", "besides": [], "underminedBy": [], "exceptions": []}
    norms = [{**norm, "id": "OK", "besides": besides}, {**norm, "id": "BAN", "exceptions": exceptions}]
    findings = [finding("OK", "Permission", "permitted", items=["/0"]), finding("BAN", "Prohibition", "unmet", **items)]
    assert bool(list(clashes({"norms": norms}, {"findings": findings, "classes": []}))) is clash


@pytest.mark.parametrize("holds", [True, False, None])
def test_a_ground_that_a_class_undermines_is_told(holds):
    norms = [{"id": "OK", "underminedBy": ["xx/Hollow"], "besides": [], "exceptions": []}]
    answer = {"findings": [finding("OK", "Permission", "permitted")], "classes": [{"class": "xx/Hollow", "holds": holds}]}
    assert list(clashes({"norms": norms}, answer)) == ([Clash("OK", "xx/Hollow")] if holds else [])
