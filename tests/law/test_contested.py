"""Unsettled law: each position is tried, and what differs between them is contested."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flag, flow, norm, statuses, verdict

STRICT = {"question": "xx/act/question", "position": "xx/act/strict"}
MILD = {"question": "xx/act/question", "position": "xx/act/mild"}


def machine(*norms, **more):
    return checker(list(norms), **more)


def positions(answer, identifier):
    return {p["position"]: p["status"] for f in answer["findings"] if f["norm"] == identifier for p in f.get("positions", ())}


def test_positions_with_different_answers_are_contested_and_each_is_told():
    told = machine(norm("strict", "A", "Prohibition", **STRICT), norm("mild", "A", "Permission", **MILD)).check(flow(a=True))
    assert statuses(told) == {"strict": "contested", "mild": "contested"}
    assert verdict(told) == "contested"
    assert positions(told, "strict") == {"xx/act/strict": "prohibited", "xx/act/mild": "not-applicable"}
    assert positions(told, "mild") == {"xx/act/strict": "not-applicable", "xx/act/mild": "permitted"}
    assert {p["authority"] for f in told["findings"] for p in f["positions"]} == {"a court"}


def test_positions_with_one_answer_are_not_contested():
    same = flag("signed")
    told = machine(norm("strict", "A", demand=same, **STRICT), norm("mild", "A", demand=same, **MILD)).check(flow(a=True))
    assert statuses(told) == {"strict": "due", "mild": "due"}
    assert verdict(told) == "conditional"


def test_positions_that_ask_for_different_things_are_contested_though_both_are_conditional():
    strict, mild = norm("strict", "A", demand=flag("signed"), **STRICT), norm("mild", "A", demand=flag("filed"), **MILD)
    told = machine(strict, mild).check(flow(a=True))
    assert statuses(told) == {"strict": "contested", "mild": "contested"}
    assert verdict(told) == "contested"


def test_positions_that_are_both_met_are_not_contested():
    told = machine(norm("strict", "A", demand=flag("signed"), **STRICT), norm("mild", "A", demand=flag("filed"), **MILD)).check(
        flow(a=True, signed=True, filed=True)
    )
    assert statuses(told) == {"strict": "met", "mild": "met"}
    assert verdict(told) == "permitted"


@pytest.mark.parametrize(("b", "duty", "answer"), [(True, "contested", "contested"), (False, "due", "conditional")])
def test_an_exception_that_hangs_on_a_position_makes_the_norm_contested_where_it_applies(b, duty, answer):
    told = machine(
        norm("duty", "A", exceptions=["spared"]),
        norm("spared", "B", "Exemption", **MILD),
        norm("unspared", "D", "Exemption", **STRICT),
    ).check(flow(a=True, b=b, d=False))
    assert (statuses(told)["duty"], verdict(told)) == (duty, answer)
    if b:
        assert positions(told, "duty") == {"xx/act/mild": "exempted", "xx/act/strict": "due"}
        assert [f["exemptedBy"] for f in told["findings"] if f["norm"] == "duty"] == [["spared"]]


def test_a_question_deep_in_the_exceptions_reaches_the_norm():
    told = machine(
        norm("ban", "A", "Prohibition", exceptions=["way"]),
        norm("way", "B", "Permission", exceptions=["bar"]),
        norm("bar", "C", "Exemption", **STRICT),
        norm("open", "D", "Exemption", **MILD),
    )
    assert statuses(told.check(flow(a=True, b=True, c=True, d=False)))["ban"] == "contested"
    assert statuses(told.check(flow(a=True, b=True, c=False, d=False)))["ban"] == "exempted"
    assert statuses(told.check(flow(a=True, b=False, c=True, d=False)))["ban"] == "prohibited"


def test_an_open_scope_keeps_a_contested_norm_unknown():
    told = machine(norm("strict", "A", "Prohibition", **STRICT), norm("mild", "All", "Permission", **MILD)).check(flow())
    assert statuses(told)["strict"] == "unknown"
    assert verdict(told) == "needs-information"


def test_neither_position_reaches_a_flow_outside_their_situations():
    told = machine(norm("strict", "A", "Prohibition", **STRICT), norm("mild", "A", "Permission", **MILD)).check(flow(a=False))
    assert told["findings"] == []


def test_two_questions_are_tried_one_by_one():
    other = {"question": "xx/act/other"}
    told = machine(
        norm("strict", "A", "Prohibition", **STRICT),
        norm("mild", "A", "Permission", **MILD),
        norm("here", "B", "Prohibition", **other, position="xx/act/here"),
        norm("there", "B", **other, position="xx/act/there"),
    ).check(flow(a=False, b=True))
    assert statuses(told) == {"here": "contested", "there": "contested"}


def test_contested_yields_to_a_ban_of_the_same_instrument():
    told = machine(norm("ban", "B", "Prohibition"), norm("strict", "A", "Prohibition", **STRICT), norm("mild", "A", "Permission", **MILD))
    assert verdict(told.check(flow(a=True, b=True))) == "prohibited"


def test_only_the_item_in_question_is_contested():
    classes = {"Secret": ["some", "dataItems", flag("secret")]}
    told = checker(
        [norm("strict", "Secret", "Prohibition", perItem=True, **STRICT), norm("mild", "Secret", "Permission", perItem=True, **MILD)],
        classes,
    )
    answer = told.check(flow(dataItems=[{"secret": False}, {"secret": True}]))
    assert [(f["status"], f["items"]) for f in answer["findings"]] == [("contested", ["/dataItems/1"])] * 2
