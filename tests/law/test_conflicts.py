"""Conflicts of one flow: a pair that the graph stores, where both norms bind."""

from __future__ import annotations

import pytest

from comity.law.cuts import MOST_CUTS
from tests.tiny import checker, flag, flow, norm

PAIR = {
    "iri": "https://example.org/conflict/1",
    "kind": "compelledVersusForbidden",
    "act": "Transfer",
    "norms": ["power", "ban"],
    "rule": "opposed",
    "reconciledBy": ["xx/act/motion"],
}
MOTION = {
    "xx/act/motion": {
        "label": {"en": "a motion", "zh": "动议"},
        "definition": {},
        "kind": None,
        "actor": {},
        "deadline": None,
        "provision": ["art-power"],
    }
}


def machine(*norms):
    return checker(list(norms), conflicts=[PAIR], reconciliations=MOTION)


POWER, BAN = norm("power", "A", "Power"), norm("ban", "B", "Prohibition", instrument="yy/act")


def test_two_norms_that_bind_collide_and_the_law_says_what_reconciles_them():
    answer = machine(POWER, BAN).check(flow(a=True, b=True))
    (conflict,) = answer["conflicts"]
    assert [(n["norm"], n["status"], n["provision"][0]["iri"]) for n in conflict["norms"]] == [
        ("power", "compelled", "art-power"),
        ("ban", "prohibited", "art-ban"),
    ]
    assert [r["label"]["en"] for r in conflict["reconciledBy"]] == ["a motion"]
    assert [fact["path"] for fact in conflict["because"]] == ["/a", "/b"]


def test_a_ban_stays_a_ban_beside_a_conflict():
    assert machine(POWER, BAN).check(flow(a=True, b=True))["verdict"] == "prohibited"


def test_duties_that_collide_make_the_answer_a_conflict():
    answer = machine(norm("power", "A"), norm("ban", "B", demand=flag("signed"), instrument="yy/act")).check(flow(a=True, b=True))
    assert answer["verdict"] == "conflict"
    assert {i["verdict"] for i in answer["instruments"]} == {"conditional"}


@pytest.mark.parametrize("facts", [{"a": True, "b": False}, {"a": True}, {"b": True}, {}])
def test_a_norm_that_is_open_or_out_of_scope_collides_with_nothing(facts):
    assert machine(POWER, BAN).check(flow(**facts))["conflicts"] == []


def test_a_norm_that_is_exempted_collides_with_nothing():
    spared = norm("ban", "B", "Prohibition", instrument="yy/act", exceptions=["way"])
    told = machine(POWER, spared, norm("way", "C", "Exemption", instrument="yy/act"))
    assert told.check(flow(a=True, b=True, c=True))["conflicts"] == []
    assert len(told.check(flow(a=True, b=True, c=False))["conflicts"]) == 1


def test_a_duty_that_is_met_collides_with_nothing():
    told = machine(norm("power", "A", demand=flag("signed")), BAN)
    assert told.check(flow(a=True, b=True, signed=True))["conflicts"] == []


HERE, THERE = ["some", "dataItems", ["has", "a", [True]]], ["some", "dataItems", ["has", "secret", [True]]]


@pytest.mark.parametrize("per_item", [False, True], ids=["of the flow", "of the item"])
@pytest.mark.parametrize(
    ("items", "collide"),
    [
        ([{"a": True, "secret": True}], True),
        ([{"a": True, "secret": False}, {"a": False, "secret": True}], False),
        ([{"a": True, "secret": False}, {"a": True, "secret": True}], True),
    ],
    ids=["one item", "two items", "one of two items"],
)
def test_norms_collide_on_one_item_only(items, collide, per_item):
    told = checker(
        [norm("power", "Here", "Power"), norm("ban", "There", "Prohibition", instrument="yy/act", perItem=per_item)],
        {"Here": HERE, "There": THERE},
        conflicts=[PAIR],
        reconciliations=MOTION,
    )
    answer = told.check(flow(dataItems=items))
    assert {finding["norm"] for finding in answer["findings"]} == {"power", "ban"}
    assert bool(answer["conflicts"]) is collide


def test_norms_collide_on_copies_in_one_place_only():
    near, far = (["some", "dataItems", ["place", "heldIn", ["codes", codes]]] for codes in (["XX", "XX-1"], ["YY"]))
    told = checker(
        [norm("power", "Near", "Power"), norm("ban", "Far", "Prohibition", instrument="yy/act")],
        {"Near": near, "Far": far},
        conflicts=[PAIR],
        reconciliations=MOTION,
    )
    answer = told.check(flow(dataItems=[{"heldIn": ["XX", "YY"]}]))
    assert {(finding["norm"], finding["status"]) for finding in answer["findings"]} == {("power", "compelled"), ("ban", "prohibited")}
    assert answer["conflicts"] == []


def test_a_leg_with_too_many_items_is_taken_whole():
    told = checker(
        [norm("power", "Here", "Power"), norm("ban", "There", "Prohibition", instrument="yy/act")],
        {"Here": HERE, "There": THERE},
        conflicts=[PAIR],
        reconciliations=MOTION,
    )
    apart = [{"a": True, "secret": False}, {"a": False, "secret": True}]
    few, many = ([{**apart[number % 2], "persons": number} for number in range(length)] for length in (MOST_CUTS, MOST_CUTS + 1))
    assert [bool(told.check(flow(dataItems=items))["conflicts"]) for items in (few, many)] == [False, True]


def test_places_among_which_others_may_be_are_not_separated():
    near, far = (["some", "dataItems", ["place", "heldIn", ["codes", codes]]] for codes in (["XX", "XX-1"], ["YY"]))
    told = checker(
        [norm("power", "Near", "Power"), norm("ban", "Far", "Prohibition", instrument="yy/act")],
        {"Near": near, "Far": far},
        conflicts=[PAIR],
        reconciliations=MOTION,
    )
    assert told.check(flow(dataItems=[{"heldIn": {"yes": ["XX", "YY"], "no": []}}]))["conflicts"]
