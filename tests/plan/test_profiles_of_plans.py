"""A plan may hang on counts that only the changed flow reads: the profile of a description knows them too."""

from __future__ import annotations

import copy

import pytest

from comity.check.checker import Checker
from tests.tiny import flag, flow, norm, program, words

COUNT = {
    "key": "many",
    "op": "op-count",
    "node": "DataFlow",
    "label": words("many"),
    "question": words("many?"),
    "class": "Signed",
    "units": ["persons"],
    "scope": "thisFlow",
    "windows": ["now"],
    "counted": [],
    "notCounted": [],
    "withoutExempt": False,
}
NORMS = [norm("SIGN", "A", demand=flag("signed")), norm("FILE", "Many", demand=flag("filed"))]
CLASSES = {"Signed": flag("signed"), "Many": ["and", flag("signed"), ["num", "many", 100, False, None, False]]}


@pytest.fixture
def checkers():
    data = program(NORMS, CLASSES, derived=[COUNT])
    return Checker(copy.deepcopy(data)), Checker(copy.deepcopy(data), profile_bytes=0)


def told(persons):
    return flow(a=True, signed=False, filed=False, dataItems=[{"persons": persons}])


def acts(answer):
    return [norm for step in answer["plan"]["do"] for norm in step["cures"]]


def test_a_count_that_only_the_changed_flow_reads_tells_plans_apart(checkers):
    keeping, _ = checkers
    assert acts(keeping.check(told(50))) == ["SIGN"]
    assert sorted(acts(keeping.check(told(150)))) == ["FILE", "SIGN"]


def test_plans_of_one_profile_are_those_that_planning_anew_gives(checkers):
    keeping, anew = checkers
    for persons in (50, 60, 150, 99, 100, 4000, 61):
        assert keeping.check_json(told(persons)) == anew.check_json(told(persons))


def test_a_plan_of_a_profile_that_was_seen_is_recalled(checkers):
    keeping, _ = checkers
    first = keeping.check(told(150))
    question = keeping.question(told(160), keeping.question(told(150)).ask)
    assert keeping.recall(question) is not None
    assert keeping.check(told(160))["plan"] == first["plan"]
