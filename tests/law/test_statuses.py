"""Every status and what it does to the verdict: kinds of norms, demands, cures and open scopes."""

from __future__ import annotations

import itertools

import pytest

from comity.law.judgement import Rank, Ruling
from comity.law.norm import VERDICTS
from comity.law.verdict import fold, overall
from tests.tiny import checker, flag, flow, norm, statuses, verdict

SIGNED, PLACE = flag("signed"), ["place", "to", ["territory", "YY"]]


def told(entry, **facts):
    return checker([entry]).check(flow(**facts))


@pytest.mark.parametrize(
    ("kind", "status", "answer"),
    [
        ("Obligation", "due", "conditional"),
        ("Prohibition", "prohibited", "prohibited"),
        ("Permission", "permitted", "permitted"),
        ("Exemption", "permitted", "permitted"),
        ("RecognitionNorm", "permitted", "permitted"),
        ("Power", "compelled", "permitted"),
        ("Commitment", "protected", "permitted"),
    ],
)
def test_a_norm_without_a_demand_that_applies(kind, status, answer):
    found = told(norm("n", "A", kind), a=True)
    assert (statuses(found), verdict(found)) == ({"n": status}, answer)


@pytest.mark.parametrize("kind", ["Obligation", "Prohibition", "Permission", "Exemption", "RecognitionNorm", "Power", "Commitment"])
def test_a_norm_that_does_not_apply_has_no_finding_and_regulates_nothing(kind):
    found = told(norm("n", "A", kind), a=False)
    assert (found["findings"], found["instruments"], found["verdict"]) == ([], [], "not-regulated")


@pytest.mark.parametrize(
    ("kind", "signed", "status", "answer"),
    [
        ("Obligation", True, "met", "permitted"),
        ("Obligation", None, "due", "conditional"),
        ("Obligation", False, "unmet", "conditional"),
        ("Prohibition", True, "met", "permitted"),
        ("Prohibition", None, "due", "conditional"),
        ("Prohibition", False, "unmet", "conditional"),
        ("Permission", True, "permitted", "permitted"),
        ("Permission", None, "available", "not-regulated"),
        ("Permission", False, "available", "not-regulated"),
        ("Power", True, "compelled", "permitted"),
    ],
)
def test_a_norm_with_a_demand_that_the_parties_can_meet(kind, signed, status, answer):
    facts = {} if signed is None else {"signed": signed}
    found = told(norm("n", "A", kind, demand=SIGNED), a=True, **facts)
    assert (statuses(found), verdict(found)) == ({"n": status}, answer)


@pytest.mark.parametrize(
    ("demand", "facts", "answer"),
    [
        (PLACE, {"to": "XX"}, "prohibited"),
        (["and", SIGNED, PLACE], {"to": "XX", "signed": True}, "prohibited"),
        (["and", SIGNED, PLACE], {"to": "YY", "signed": False}, "conditional"),
        (["or", SIGNED, PLACE], {"to": "XX", "signed": False}, "conditional"),
        (["not", SIGNED], {"signed": True}, "conditional"),
        (["or", ["and", SIGNED, PLACE], ["and", flag("filed"), flag("b")]], {"to": "XX", "b": False, "signed": True}, "prohibited"),
    ],
)
def test_a_demand_unmet_that_no_controllable_fact_can_cure_prohibits(demand, facts, answer):
    found = told(norm("n", "A", demand=demand), a=True, **facts)
    assert (statuses(found), verdict(found)) == ({"n": "unmet"}, answer)


def test_a_class_in_a_demand_is_cured_through_its_facts():
    found = checker([norm("n", "A", demand=["is", "Ready"])], {"Ready": ["and", SIGNED, flag("filed")]}).check(flow(a=True, signed=False))
    assert (statuses(found), verdict(found)) == ({"n": "unmet"}, "conditional")


@pytest.mark.parametrize(
    ("entry", "facts", "answer"),
    [
        (norm("n", "A"), {}, "needs-information"),
        (norm("n", "A", "Prohibition"), {}, "needs-information"),
        (norm("n", "A", demand=SIGNED), {"signed": False}, "needs-information"),
        (norm("n", "A", demand=PLACE), {"to": "XX"}, "needs-information"),
        (norm("n", "A", "Permission"), {}, "not-regulated"),
        (norm("n", "A", "Exemption"), {}, "not-regulated"),
        (norm("n", "A", "Power"), {}, "not-regulated"),
    ],
)
def test_an_open_scope_is_unknown_and_asks_only_where_it_could_make_things_worse(entry, facts, answer):
    found = told(entry, **facts)
    assert (statuses(found), verdict(found)) == ({"n": "unknown"}, answer)


def test_a_demand_that_is_met_settles_an_open_scope():
    found = told(norm("n", "A", demand=SIGNED), signed=True)
    assert (statuses(found), verdict(found)) == ({"n": "met"}, "permitted")
    assert (found["findings"][0]["scope"], found["findings"][0]["demand"]) == (None, True)


def test_an_open_scope_that_could_only_be_as_grave_as_what_holds_leaves_the_verdict_and_is_asked_for_the_plan():
    found = checker([norm("sure", "A"), norm("open", "B")]).check(flow(a=True))
    assert (statuses(found), verdict(found)) == ({"sure": "due", "open": "unknown"}, "conditional")
    assert [(asked["pointer"], asked["tier"]) for asked in found["missing"]] == [("/b", "plan")]


def test_an_open_ban_outweighs_a_duty_that_holds():
    found = checker([norm("sure", "A"), norm("open", "B", "Prohibition")]).check(flow(a=True))
    assert verdict(found) == "needs-information"


def test_a_ban_that_holds_is_not_softened_by_anything_open():
    found = checker([norm("sure", "A", "Prohibition"), norm("open", "B", "Prohibition")]).check(flow(a=True))
    assert verdict(found) == "prohibited"


def test_each_instrument_has_its_verdict_and_the_first_in_order_is_given_overall():
    found = checker([norm("one", "A"), norm("two", "B", "Permission", instrument="yy/act")]).check(flow(a=True, b=True))
    assert {i["instrument"]: i["verdict"] for i in found["instruments"]} == {"xx/act": "conditional", "yy/act": "permitted"}
    assert found["verdict"] == "conditional"


def test_unknown_never_improves_a_verdict():
    """Whatever is left unsaid of a flow, its verdict is as grave as that of some flow that says it, or asks."""
    norms = [norm("ban", "A", "Prohibition", exceptions=["way"]), norm("way", "B", "Permission"), norm("duty", "C", demand=SIGNED)]
    machine, grave = checker(norms), {name: number for number, name in enumerate(reversed(VERDICTS))}
    keys = ("a", "b", "c", "signed")
    for stated in itertools.product((True, False, None), repeat=4):
        facts = {k: v for k, v in zip(keys, stated, strict=True) if v is not None}
        rest = [k for k in keys if k not in facts and k != "signed"]
        answer = verdict(machine.check(flow(**facts)))
        if answer == "needs-information":
            continue
        for filled in itertools.product((True, False), repeat=len(rest)):
            complete = verdict(machine.check(flow(**facts, **dict(zip(rest, filled, strict=True)))))
            assert grave[complete] <= grave[answer] or {complete, answer} <= {"permitted", "not-regulated"}, (facts, complete)


def ruling(rank, potential=Rank.NOT_REGULATED):
    return Ruling(None, 0, "due", True, None, rank, potential)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ranks", "potential", "expected"),
    [
        ([], 0, "not-regulated"),
        ([0], 0, "not-regulated"),
        ([1, 0], 0, "permitted"),
        ([1, 2], 0, "conditional"),
        ([2, 3], 0, "contested"),
        ([2, 4, 3], 0, "prohibited"),
        ([4], 4, "prohibited"),
        ([3], 4, "needs-information"),
        ([3], 2, "contested"),
        ([2], 2, "conditional"),
        ([1], 2, "needs-information"),
        ([0], 1, "needs-information"),
    ],
)
def test_the_fold(ranks, potential, expected):
    assert fold([*(ruling(Rank(r)) for r in ranks), ruling(Rank.NOT_REGULATED, Rank(potential))]) == expected


def test_overall_takes_the_first_verdict_that_holds_of_an_instrument():
    for number, name in enumerate(VERDICTS):
        assert overall(reversed(VERDICTS[number:]), conflicts=False) == name
    assert overall([], conflicts=False) == "not-regulated"
    assert overall(["permitted"], conflicts=True) == "conflict"
    assert overall(["prohibited"], conflicts=True) == "prohibited"
    assert overall(["needs-information", "contested"], conflicts=True) == "conflict"
