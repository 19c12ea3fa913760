"""Every scenario holds, and every norm that decides a verdict is fired by one and left alone by its neighbour."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from comity.curate.graph_cases import read_graph_cases
from comity.scenarios.flows import flow_name
from comity.scenarios.format import Scenario, differences, read_scenarios
from comity.scenarios.record import Record

HERE = Path(__file__).parent
SCENARIOS = read_scenarios(HERE)
DECIDING = {"Prohibition", "Permission", "Exemption", "Power"}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: f"{s.file.parent.name}/{s.file.stem}: {s.name}")
def test_scenario(checker, scenario: Scenario):
    assert differences(checker, scenario) == []


def statuses(record: Record) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for part, said in record.parts().items():
        if part.kind == "norm":
            found.setdefault(part.name, set()).update(re.findall(r"(?:^| )([\w-]+)", said))
    return found


def test_every_deciding_norm_fires_in_one_scenario_and_not_in_another_a_single_fact_away(checker, records):
    by_name = {(s.file, s.name): s for s in SCENARIOS}
    reached = {(s.file, s.name): statuses(records[flow_name(s, HERE)]) for s in SCENARIOS}
    fired = {norm for found in reached.values() for norm, held in found.items() if held - {"unknown"}}
    silenced = set()
    for scenario in SCENARIOS:
        if scenario.like is None or len(scenario.but) != 1:
            continue
        near, far = reached[scenario.file, scenario.name], reached[by_name[scenario.file, scenario.like].file, scenario.like]
        silenced |= {n for n in near | far if near.get(n, set()) != far.get(n, set()) and (not near.get(n) or not far.get(n))}
    owed = {norm.id for norm in checker.program.norms
            if norm.kind in DECIDING or (norm.kind == "Obligation" and norm.demand is not None)}
    lacking = {"never fired": sorted(owed - fired), "never silenced by one fact": sorted(owed - silenced)}
    assert lacking == {"never fired": [], "never silenced by one fact": []}


def test_every_corpus_case_is_a_scenario_or_stands_in_not_yet_with_a_reason(shared):
    folder = shared / "corpus"
    if not folder.is_dir():
        pytest.skip(f"the corpus of official cases is not at {folder} (COMITY_SHARED names another place): NOT CHECKED")
    known = {case["id"] for path in folder.glob("*.json") for case in json.loads(path.read_text(encoding="utf-8"))}
    told = {s.case for s in SCENARIOS if s.case} | {case.case for case in read_graph_cases(HERE) if case.case}
    parked = {entry["case"]: entry.get("reason") for entry in yaml.safe_load((HERE / "not-yet.yaml").read_text(encoding="utf-8"))}
    assert sorted(told - known) == [], "cases that are not in the corpus"
    assert [case for case, reason in parked.items() if not reason] == []
    assert sorted(told & set(parked)) == [], "cases both told and parked"
    assert sorted(known - told - set(parked)) == [], "cases that are neither told nor parked"
    print(f"{len(told)} of {len(known)} corpus cases are scenarios, {len(parked)} are parked with a reason")
