"""Every scenario holds, and every norm that decides a verdict is fired by one and left alone by its neighbour."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from comity.curate.graph_cases import read_graph_cases
from comity.curate.owed import Owed, owed
from comity.curate.recognition_cases import read_recognition_cases
from comity.scenarios.format import Scenario, ScenarioError
from tests.shared import all_scenarios

HERE = Path(__file__).parent


def scenarios() -> list[Scenario]:
    try:
        return list(all_scenarios())
    except ScenarioError as fault:
        pytest.fail(str(fault), pytrace=False)


SCENARIOS = scenarios()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: f"{s.file.parent.name}/{s.file.stem}: {s.name}")
def test_scenario(answers, scenario: Scenario):
    assert answers.of(scenario).differences == []


def test_every_deciding_norm_fires_in_one_scenario_and_not_in_another_a_single_fact_away(checker, answers):
    fired = [(scenario, answered.fired) for scenario, answered in answers.all()]
    assert owed(checker.program.norms, fired) == Owed([], [])


def test_every_corpus_case_is_a_scenario_or_stands_in_not_yet_with_a_reason(shared):
    folder = shared / "corpus"
    if not folder.is_dir():
        pytest.skip(f"the corpus of official cases is not at {folder} (COMITY_SHARED names another place): NOT CHECKED")
    known = {
        case["id"]
        for path in (*folder.glob("*.json"), folder / "next" / "treaties-2.json", folder / "next" / "compelled.json")
        for case in json.loads(path.read_text(encoding="utf-8"))
    }
    beside = [*read_graph_cases(HERE), *read_recognition_cases(HERE)]
    told = {s.case for s in SCENARIOS if s.case} | {case.case for case in beside if case.case}
    parked = {entry["case"]: entry.get("reason") for entry in yaml.safe_load((HERE / "not-yet.yaml").read_text(encoding="utf-8"))}
    assert sorted(told - known) == [], "cases that are not in the corpus"
    assert [case for case, reason in parked.items() if not reason] == []
    assert sorted(told & set(parked)) == [], "cases both told and parked"
    assert sorted(known - told - set(parked)) == [], "cases that are neither told nor parked"
    print(f"{len(told)} of {len(known)} corpus cases are scenarios, {len(parked)} are parked with a reason")
