"""Conflicts of one flow: a pair that the graph stores, where both norms bind."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flag, flow, norm

PAIR = {
    "iri": "https://example.org/conflict/1",
    "kind": "compelledVersusForbidden",
    "act": "Transfer",
    "norms": ["power", "ban"],
    "reconciledBy": ["xx/act/motion"],
}
MOTION = {"xx/act/motion": {"label": {"en": "a motion", "zh": "动议"}, "definition": {}, "provision": ["art-power"]}}


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
