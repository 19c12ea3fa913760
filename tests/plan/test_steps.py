"""What a step may change: the smallest change that makes a demand true, and nothing that nobody has in hand."""

from __future__ import annotations

from tests.plan.world import at, contract, planner, some, steps
from tests.tiny import flag, flow, norm


def plan_of(checker, description):
    return checker.check(description, "findings")["plan"]


def test_a_fact_that_was_not_told_is_to_be_confirmed_and_one_that_was_denied_to_be_done():
    checker = planner([norm("SIGN", "A", demand=flag("signed"))])
    untold, denied = plan_of(checker, flow(a=True)), plan_of(checker, flow(a=True, signed=False))
    assert [step["cures"] for step in untold["confirm"]] == [["SIGN"]] and untold["do"] == []
    assert [step["change"] for step in denied["do"]] == [[{"op": "replace", "path": "/signed", "value": True}]] and denied["confirm"] == []


def test_two_laws_that_agree_on_one_thing_are_met_by_one():
    checker = planner(
        [
            norm("EFFECT", "A", demand=contract("effective", "filed")),
            norm("FILE", "A", demand=contract("filed"), instrument="yy/act"),
            norm("TEXT", "A", demand=some("grounds", ["has", "ground", ["contract"]], ["not", ["has", "text", ["altered"]]])),
        ]
    )
    plan = plan_of(checker, flow(a=True, grounds=[]))
    assert at(plan) == {"/grounds": [{"ground": "contract", "status": "filed", "text": "kept"}]}
    assert [set(step["cures"]) for step in plan["do"]] == [{"EFFECT", "TEXT", "FILE"}]


def test_what_is_there_is_carried_on_and_what_is_dead_is_replaced_by_another():
    checker = planner([norm("FILE", "A", demand=contract("filed"))])
    begun = plan_of(checker, flow(a=True, grounds=[{"ground": "contract", "status": "draft"}]))
    failed = plan_of(checker, flow(a=True, grounds=[{"ground": "contract", "status": "failed"}]))
    other = plan_of(checker, flow(a=True, grounds=[{"ground": "permit", "status": "effective"}]))
    assert at(begun) == {"/grounds/0/status": "filed"}
    assert at(failed) == at(other) == {"/grounds/-": {"ground": "contract", "status": "filed"}}


def test_the_outcome_that_is_hoped_for_is_named_of_a_new_thing_only():
    checker = planner([norm("ALLOW", "A", demand=some("grounds", ["has", "ground", ["contract"]], ["has", "allowed", [True]]))])
    assert at(plan_of(checker, flow(a=True, grounds=[]))) == {"/grounds": [{"allowed": True, "ground": "contract"}]}
    refused = plan_of(checker, flow(a=True, grounds=[{"ground": "contract", "allowed": False}]))
    assert at(refused) == {"/grounds/-": {"allowed": True, "ground": "contract"}}


def test_what_nobody_brings_about_stops_the_flow_with_its_fact():
    checker = planner([norm("TREATY", "A", demand=some("grounds", ["has", "ground", ["treaty"]])), norm("BAN", "B", kind="Prohibition")])
    treaty = checker.check(flow(a=True, grounds=[]), "summary")
    assert [stop["norm"] for stop in treaty["stopped"]] == ["TREATY"] and steps(treaty["plan"]) == []
    (ban,) = checker.check(flow(b=True), "summary")["stopped"]
    assert (ban["norm"], ban["fact"]["pointer"]) == ("BAN", "/b")
    assert ban["reason"]["en"] and ban["reason"]["zh"]


def test_a_ban_is_lifted_by_an_exception_that_the_parties_can_bring_about():
    checker = planner(
        [norm("BAN", "A", kind="Prohibition", exceptions=["FREE"]), norm("FREE", "Signed", kind="Exemption")],
        {"Signed": ["and", flag("a"), flag("signed")]},
    )
    plan = plan_of(checker, flow(a=True, signed=False))
    assert [change["path"] for step in plan["do"] for change in step["change"]] == ["/signed"]


def test_a_list_is_lengthened_and_no_place_is_named_that_the_flow_does_not_know():
    checker = planner([norm("HOME", "A", demand=["place", "storedIn", ["territory", "XX"]])])
    assert at(plan_of(checker, flow(a=True, **{"from": "XX", "to": "YY"}, storedIn=["YY"]))) == {"/storedIn": ["YY", "XX"]}
    foreign = checker.check(flow(a=True, to="YY", storedIn=["YY"]), "summary")
    assert [stop["norm"] for stop in foreign["stopped"]] == ["HOME"]


def test_none_gives_way_to_what_is_wanted():
    checker = planner([norm("BASIS", "A", demand=["has", "basis", ["consent"]])])
    assert at(plan_of(checker, flow(a=True, basis=["none"]))) == {"/basis": ["consent"]}


def test_a_duty_that_the_graph_does_not_test_is_to_be_confirmed_and_stops_nothing():
    answer = planner([norm("KEEP", "A")]).check(flow(a=True), "summary")
    (step,) = answer["plan"]["confirm"]
    assert (step["cures"], step["change"], answer["stopped"]) == (["KEEP"], [], [])


def test_items_that_say_the_same_are_changed_alike():
    checker = planner([norm("BLUR", "A", perItem=True, demand=some("dataItems", flag("blurred")))])
    plan = plan_of(checker, flow(a=True, dataItems=[{"blurred": False}, {"blurred": False}, {"blurred": True}]))
    assert at(plan) == {"/dataItems/0/blurred": True, "/dataItems/1/blurred": True}


def test_a_party_that_is_named_elsewhere_is_changed_where_it_stands():
    checker = planner([norm("LIST", "A", demand=some("exporter", flag("listed")))])
    schema = checker.schema.nodes["Party"]
    assert not schema["listed"].controllable
    assert [stop["norm"] for stop in checker.check(flow(a=True, exporter={"listed": False}), "summary")["stopped"]] == ["LIST"]


def test_steps_of_a_route_name_their_leg():
    checker = planner([norm("SIGN", "A", demand=flag("signed"))])
    plan = plan_of(checker, {"asOf": flow()["asOf"], "legs": [{"a": False}, {"a": True, "signed": False}]})
    assert [(step["leg"], step["change"][0]["path"]) for step in plan["do"]] == [(1, "/legs/1/signed")]
