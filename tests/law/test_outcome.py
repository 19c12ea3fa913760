"""The verdict is folded over the norms that govern the flow; what a flow is as described tells a gap from a breach."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flag, flow, norm, statuses, verdict

START = {"from": "XX"}


@pytest.mark.parametrize("governs", ["around", "authority"])
def test_a_duty_that_does_not_govern_the_flow_makes_no_verdict_worse(governs):
    told = checker([norm("sure", "A", "Permission"), norm("n", "A", demand=flag("signed"), governs=governs)])
    answer = told.check(flow(a=True, signed=False, **START))
    assert statuses(answer)["n"] == "unmet" and verdict(answer) == "permitted" == answer["verdict"]
    assert answer["asDescribed"] == "lawful"
    assert [entry["norm"] for entry in answer["around"]] == (["n"] if governs == "around" else [])


def test_a_duty_around_the_flow_asks_nothing_unless_it_is_wanted():
    told = checker([norm("sure", "A", "Permission"), norm("n", "B", "Prohibition", governs="around")])
    assert told.check(flow(a=True))["missing"] == []
    assert [entry["pointer"] for entry in told.check(flow(a=True), scope="all")["missing"]] == ["/b"]


def test_a_power_over_the_flow_is_told_with_its_law():
    answer = checker([norm("n", "A", "Power", governs="authority")]).check(flow(a=True, **START))
    assert (verdict(answer), answer["verdict"]) == ("permitted", "permitted")


@pytest.mark.parametrize(
    ("facts", "described"),
    [({}, "undecided"), ({"signed": False}, "unlawful"), ({"signed": True}, "lawful")],
)
def test_a_gap_is_undecided_and_a_stated_breach_unlawful(facts, described):
    answer = checker([norm("n", "A", demand=flag("signed"))]).check(flow(a=True, **START, **facts))
    assert answer["asDescribed"] == described == answer["instruments"][0]["asDescribed"]
    assert answer["verdict"] == ("permitted" if described == "lawful" else "conditional")


def test_an_open_scope_leaves_it_undecided_and_a_ban_makes_it_unlawful():
    told = checker([norm("n", "A", "Prohibition")])
    described = [told.check(flow(**facts, **START))["asDescribed"] for facts in ({}, {"a": True}, {"a": False})]
    assert described == ["undecided", "unlawful", "lawful"]


@pytest.mark.parametrize(
    ("facts", "status", "path"),
    [
        ({"signed": True}, "permitted", "taken"),
        ({"signed": False}, "available", "available"),
        ({}, "available", "available"),
        ({"signed": True, "c": False}, "closed", "closed"),
    ],
)
def test_a_way_that_the_law_offers_is_taken_available_or_closed(facts, status, path):
    way = norm("way", "A", "Permission", demand=["and", flag("signed"), ["not", ["has", "c", [False]]]])
    (finding,) = checker([way]).check(flow(**{"a": True, "c": True, **facts}))["findings"]
    assert (finding["status"], finding["path"]) == (status, path)
