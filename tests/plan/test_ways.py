"""Ways: told apart by their instruments, in order of resort, each tried before it is shown."""

from __future__ import annotations

from tests.plan.world import at, contract, planner, some
from tests.tiny import flag, flow, norm

PERMIT = some("grounds", ["has", "ground", ["permit"]], ["has", "status", ["effective"]])
EITHER = ["or", PERMIT, contract("effective")]


def plan_of(checker, description):
    return checker.check(description, "findings")["plan"]


def test_ways_come_in_the_order_of_resort_and_what_they_share_is_said_once():
    checker = planner([norm("GROUND", "A", demand=EITHER), norm("SIGN", "A", demand=flag("signed"))])
    plan = plan_of(checker, flow(a=True, signed=False, grounds=[]))
    assert at(plan) == {"/signed": True}
    assert [way["resort"] for way in plan["oneOf"]] == ["ordinary", "discretionary"]
    assert [way["way"]["en"] for way in plan["oneOf"]] == ["conclude contract (effective)", "conclude permit (effective)"]
    assert all(way["way"]["zh"] and way["stillToTell"] == [] for way in plan["oneOf"])


def test_the_only_way_is_said_to_be_at_an_authority_s_discretion():
    plan = plan_of(planner([norm("PERMIT", "A", demand=PERMIT)]), flow(a=True, grounds=[]))
    assert [way["resort"] for way in plan["oneOf"]] == ["discretionary"] and plan["do"] == []


def test_a_duty_that_a_way_brings_is_met_within_it():
    checker = planner(
        [norm("GROUND", "A", demand=contract("effective")), norm("FILE", "Contract", demand=flag("filed"))],
        {"Contract": ["and", flag("a"), some("grounds", ["has", "ground", ["contract"]])]},
    )
    plan = plan_of(checker, flow(a=True, grounds=[], filed=False))
    assert at(plan) == {"/filed": True, "/grounds": [{"ground": "contract", "status": "effective"}]}
    assert [step["cures"] for step in plan["do"]] == [["FILE"], ["GROUND"]]


def test_a_way_that_another_law_forbids_is_not_shown():
    checker = planner(
        [norm("GROUND", "A", demand=EITHER), norm("NO-CONTRACT", "Contract", kind="Prohibition", instrument="yy/act")],
        {"Contract": ["and", flag("a"), some("grounds", ["has", "ground", ["contract"]])]},
    )
    (way,) = plan_of(checker, flow(a=True, grounds=[]))["oneOf"]
    assert way["do"][0]["change"][0]["value"] == [{"ground": "permit", "status": "effective"}]


def test_a_way_that_hangs_on_a_fact_that_nobody_controls_and_nobody_told_asks_for_it():
    checker = planner([norm("ROLE", "A", demand=["and", flag("b"), contract("effective")])])
    plan = plan_of(checker, flow(a=True, grounds=[]))
    assert [(asked["pointer"], asked["question"]["en"]) for asked in plan["stillToTell"]] == [("/b", "b?")]
    assert at(plan) == {"/grounds": [{"ground": "contract", "status": "effective"}]}


def test_leaving_the_situation_stands_apart_from_complying():
    checker = planner(
        [norm("GROUND", "Plain", perItem=True, demand=contract("effective"))],
        {"Plain": ["and", flag("a"), some("dataItems", ["has", "blurred", [False]])]},
    )
    plan = plan_of(checker, flow(a=True, grounds=[], dataItems=[{"blurred": False}]))
    assert at(plan) == {"/grounds": [{"ground": "contract", "status": "effective"}]}
    assert [step["change"] for way in plan["instead"] for step in way["do"]] == [
        [{"op": "replace", "path": "/dataItems/0/blurred", "value": True}]
    ]


def test_the_same_description_has_the_same_plan_and_no_plan_where_none_is_asked():
    checker = planner([norm("GROUND", "A", demand=EITHER)])
    first, second = (checker.check_json(flow(a=True, grounds=[])) for _ in range(2))
    assert first == second
    assert "plan" not in checker.check(flow(a=True), "summary", plan=False)


def test_what_a_law_wants_to_know_only_after_the_change_is_still_to_tell():
    checker = planner(
        [norm("SIGN", "A", demand=flag("signed")), norm("BAN", "SignedB", kind="Prohibition", instrument="yy/act")],
        {"SignedB": ["and", flag("signed"), flag("b")]},
    )
    plan = plan_of(checker, flow(a=True, signed=False))
    assert [asked["pointer"] for asked in plan["stillToTell"]] == ["/b"]
