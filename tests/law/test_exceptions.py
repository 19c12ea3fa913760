"""Exceptions: what they defeat, what defeats them, and what is left open while they are."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flow, norm, statuses, verdict

DUTY = norm("duty", "A", exceptions=["spared"])
SPARED = norm("spared", "B", "Exemption", exceptions=["unspared"])
UNSPARED = norm("unspared", "C", "Exemption")
LADDER = checker([DUTY, SPARED, UNSPARED])


@pytest.mark.parametrize(
    ("facts", "duty", "answer"),
    [
        ({"a": True, "b": False}, "due", "conditional"),
        ({"a": True, "b": True, "c": False}, "exempted", "permitted"),
        ({"a": True, "b": True, "c": True}, "due", "conditional"),
        ({"a": False, "b": True, "c": False}, "not-applicable", "permitted"),
        ({"a": True, "b": True}, "unknown", "needs-information"),
        ({"a": True}, "unknown", "needs-information"),
        ({"a": True, "c": True}, "due", "conditional"),
        ({"b": True, "c": False}, "exempted", "permitted"),
    ],
)
def test_an_exception_and_the_exception_to_it(facts, duty, answer):
    told = LADDER.check(flow(**facts))
    assert statuses(told).get("duty", "not-applicable") == duty
    assert verdict(told) == answer


def test_the_exempted_norm_names_what_exempts_it():
    told = LADDER.check(flow(a=True, b=True, c=False))
    assert [f["exemptedBy"] for f in told["findings"] if f["norm"] == "duty"] == [["spared"]]


def test_an_exemption_that_applies_has_a_finding_of_its_own_whether_or_not_it_defeats_anything():
    assert statuses(LADDER.check(flow(a=False, b=True, c=False))) == {"spared": "permitted"}


def test_an_exception_that_is_itself_excepted_is_reported_as_exempted():
    assert statuses(LADDER.check(flow(a=True, b=True, c=True))) == {"duty": "due", "spared": "exempted", "unspared": "permitted"}


def test_any_one_of_several_exceptions_is_enough():
    told = checker([norm("duty", "A", exceptions=["one", "two"]), norm("one", "B", "Exemption"), norm("two", "C", "Exemption")])
    assert statuses(told.check(flow(a=True, b=False, c=True)))["duty"] == "exempted"
    assert statuses(told.check(flow(a=True, c=True)))["duty"] == "exempted"
    assert statuses(told.check(flow(a=True, b=False)))["duty"] == "unknown"
    assert statuses(told.check(flow(a=True, b=False, c=False)))["duty"] == "due"


def test_an_exception_out_of_force_defeats_nothing():
    told = checker([norm("duty", "A", exceptions=["later"]), norm("later", "B", "Exemption", **{"from": "2030-01-01"})])
    assert statuses(told.check(flow(a=True, b=True))) == {"duty": "due"}
    assert statuses(told.check({"asOf": "2030-01-01", "a": True, "b": True}))["duty"] == "exempted"


def test_a_permission_defeats_a_ban_by_applying_whether_or_not_its_own_demand_is_met():
    """What an exception asks for belongs into its situation; a demand of its own does not hold the defeat back."""
    ban = norm("ban", "A", "Prohibition", exceptions=["way"])
    told = checker([ban, norm("way", "B", "Permission", demand=["has", "signed", [True]])])
    assert statuses(told.check(flow(a=True, b=True, signed=False))) == {"ban": "exempted", "way": "available"}


@pytest.mark.parametrize(
    ("b", "status", "answer"),
    [
        (True, {"ban": "exempted", "way": "permitted"}, "permitted"),
        (False, {"ban": "prohibited"}, "prohibited"),
        (None, {"ban": "prohibited", "way": "unknown"}, "prohibited"),
    ],
)
def test_a_ban_whose_exceptions_must_be_shown_stands_while_they_are_open(b, status, answer):
    norms = [norm("ban", "A", "Prohibition", exceptions=["way"], exceptionsMustBeShown=True), norm("way", "B", "Permission")]
    told = checker(norms).check(flow(a=True, **({} if b is None else {"b": b})))
    assert (statuses(told), verdict(told)) == (status, answer)
    assert [(asked["pointer"], asked["tier"]) for asked in told["missing"]] == [("/b", "plan")] * (b is None)


def test_such_a_ban_says_what_would_lift_it():
    norms = [
        norm("ban", "A", "Prohibition", exceptions=["way", "other"], exceptionsMustBeShown=True),
        norm("way", "B", "Permission"),
        norm("other", "C", "Permission"),
    ]
    first, second = (checker(norms).check(flow(a=True, **facts))["findings"][0]["reason"] for facts in ({"c": False}, {}))
    assert first["en"] == "art. ban applies and forbids this, because a: yes. It would be lifted by: way. Nothing stated shows that."
    assert first["zh"] == "〔art. ban〕适用，并禁止该行为，依据：〔a〕：是。经证明属于下列情形的，不受此限：〔way〕。所述事实不足以证明。"
    assert "lifted by: way; other." in second["en"]


def test_a_ban_that_may_not_apply_at_all_stays_open_whatever_its_exceptions_need():
    norms = [norm("ban", "A", "Prohibition", exceptions=["way"], exceptionsMustBeShown=True), norm("way", "B", "Permission")]
    told = checker(norms).check(flow())
    assert (statuses(told), verdict(told)) == ({"ban": "unknown", "way": "unknown"}, "needs-information")
