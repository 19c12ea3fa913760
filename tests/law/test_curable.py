"""Demands that are not met: which the parties can still meet, which nobody can, and which hang on facts that nobody controls."""

from __future__ import annotations

import pytest

from comity.law.program import attainable_demands
from tests.tiny import SCHEMA, checker, flag, flow, norm, program, statuses, verdict, words

SIGNED, FILED, PLACE = flag("signed"), flag("filed"), ["place", "to", ["territory", "YY"]]
BOTH, EITHER, NEITHER = ["and", SIGNED, PLACE], ["or", SIGNED, PLACE], ["not", ["or", FILED, flag("b")]]


def told(demand, when="A", classes=None, kind="Obligation", **facts):
    return checker([norm("n", when, kind, demand=demand)], classes).check(flow(**{"a": True, **facts}))


def asked(answer):
    return [entry["pointer"] for entry in answer["missing"] if entry["tier"] == "verdict"]


@pytest.mark.parametrize("kind", ["Obligation", "Prohibition"])
@pytest.mark.parametrize(
    ("demand", "facts", "status", "answer", "missing"),
    [
        (PLACE, {}, "due", "needs-information", ["/to"]),
        (BOTH, {}, "due", "needs-information", ["/to"]),
        (BOTH, {"signed": False}, "unmet", "needs-information", ["/to"]),
        (BOTH, {"signed": True}, "due", "needs-information", ["/to"]),
        (BOTH, {"to": "YY"}, "due", "conditional", []),
        (BOTH, {"to": "XX"}, "unmet", "prohibited", []),
        (EITHER, {}, "due", "conditional", []),
        (EITHER, {"to": "XX"}, "due", "conditional", []),
        (NEITHER, {}, "due", "needs-information", ["/b"]),
        (NEITHER, {"filed": True}, "unmet", "needs-information", ["/b"]),
        (NEITHER, {"b": False}, "due", "conditional", []),
        (NEITHER, {"b": True}, "unmet", "prohibited", []),
        (["not", ["and", FILED, flag("b")]], {}, "due", "conditional", []),
        (["not", ["and", FILED, flag("b")]], {"b": True}, "due", "conditional", []),
    ],
)
def test_a_demand_that_hangs_on_what_nobody_controls_asks(kind, demand, facts, status, answer, missing):
    found = told(demand, kind=kind, **facts)
    assert (statuses(found), verdict(found), asked(found)) == ({"n": status}, answer, missing)


def test_each_value_of_what_was_asked_for_decides():
    open_verdict = verdict(told(BOTH))
    assert (open_verdict, verdict(told(BOTH, to="YY")), verdict(told(BOTH, to="XX"))) == ("needs-information", "conditional", "prohibited")


def test_a_demand_that_repeats_its_situation_asks_nothing_of_it():
    """The situation is open because ``b`` is; once it holds, so does that part of the demand."""
    found = told(["and", SIGNED, flag("b")], when="AandB", classes={"AandB": ["and", flag("a"), flag("b")]})
    assert (statuses(found), verdict(found), asked(found)) == ({"n": "unknown"}, "needs-information", ["/b"])
    machine = checker([norm("sure", "A"), norm("n", "AandB", demand=["and", SIGNED, flag("b")])], {"AandB": ["and", flag("a"), flag("b")]})
    found = machine.check(flow(a=True))
    assert (statuses(found), verdict(found), asked(found)) == ({"sure": "due", "n": "unknown"}, "conditional", [])


def test_an_open_scope_with_a_demand_that_may_be_beyond_reach_asks_for_both():
    found = checker([norm("sure", "B"), norm("n", "A", demand=BOTH)]).check(flow(b=True))
    assert (statuses(found), verdict(found)) == ({"sure": "due", "n": "unknown"}, "needs-information")
    assert asked(found) == ["/to"]  # the required core comes first
    found = checker([norm("sure", "B"), norm("n", "A", demand=["and", SIGNED, flag("c")])]).check(flow(b=True))
    assert asked(found) == ["/a", "/c"]


def test_what_is_prohibited_already_asks_for_no_more():
    found = checker([norm("ban", "B", "Prohibition"), norm("n", "A", demand=BOTH)]).check(flow(a=True, b=True))
    assert (verdict(found), asked(found)) == ("prohibited", [])


def test_a_permission_that_is_not_taken_asks_nothing():
    found = told(PLACE, kind="Permission")
    assert (statuses(found), verdict(found), asked(found)) == ({"n": "available"}, "not-regulated", [])


def test_a_value_that_the_parties_cannot_bring_about_is_beyond_their_control():
    purposes = {**SCHEMA["nodes"]["DataFlow"]["purposes"], "controllable": True, "beyond_control": ["play"]}
    schema = {**SCHEMA, "nodes": {**SCHEMA["nodes"], "DataFlow": {**SCHEMA["nodes"]["DataFlow"], "purposes": purposes}}}
    for code, answer in (("work", "conditional"), ("play", "prohibited")):
        found = checker([norm("n", "A", demand=["has", "purposes", [code]])], schema=schema).check(flow(a=True, purposes=["none"]))
        assert verdict(found) == answer


def test_whether_a_thing_in_the_parties_hands_has_begun_is_in_their_hands():
    rule = {"key": "begun", "op": "op-begun", "fromKey": "signed", "ofKey": "on", "label": words("begun")}
    data = program([norm("N", "A", demand=["has", "begun", [True]])], derived=[rule])
    assert attainable_demands(data, {"signed": frozenset()})[1]["N"] is None, "the parties can meet it whatever is the case"
    assert attainable_demands(data, {"filed": frozenset()})[1]["N"] is not None
