"""Demands that may come: what is left of the demand of a witness, and which norms it lets compel."""

from __future__ import annotations

from typing import Any

from comity.conflict.demands import demands
from comity.conflict.record import Witness
from tests.tiny import SCHEMA, flow, key, norm, program

DEMAND = {
    "ofPlace": key("place", "of place"),
    "by": key("party", "by", node="Party", nullable=True),
    "addressee": key("party", "addressee", node="Party", nullable=True),
    "inControlOf": key("parties", "in control of", node="Party"),
    "secret": key("boolean", "secret"),
    "foundImproperBy": key("places", "found improper by"),
    "servedOn": key("date", "served on"),
    "approval": key("code", "approval", codes=["granted", "notSought"], controllable=True, informative_codes=["notSought"]),
}
POWER, BAN = norm("power", "A", "Power", instrument="yy/act"), norm("ban", "B", "Prohibition")
PAIR = {"iri": "https://example.org/conflict/1", "norms": ["power", "ban"], "kind": "k", "act": None, "formal": False}
LAW = program([POWER, BAN], schema={**SCHEMA, "nodes": {**SCHEMA["nodes"], "Demand": DEMAND}})
LAW["instruments"]["yy/act"]["jurisdiction"], LAW["instruments"]["xx/act"]["jurisdiction"] = ["YY"], ["XX"]


def made(demand: Any, pair: dict[str, Any] = PAIR, **facts: Any) -> list[Any]:
    witness = Witness(("power", "ban"), flow(demand=demand, **facts), (), "data/conflicts/xx--yy.yaml", 1)
    return demands(LAW, [pair], [witness])


def test_of_a_demand_is_left_what_it_asks_for_and_not_the_case():
    stated = {
        "ofPlace": "YY",
        "secret": True,
        "addressee": "someone",
        "inControlOf": ["someone"],
        "foundImproperBy": ["XX"],
        "servedOn": "2025-01-01",
        "approval": "notSought",
        "by": "agency",
    }
    importer = {"id": "agency", "kind": "organisation", "establishedIn": ["YY"]}
    assert made(stated, importer=importer) == [
        {
            "order": "YY",
            "demand": {
                "approval": "notSought",
                "by": {"establishedIn": ["YY"], "kind": "organisation"},
                "ofPlace": "YY",
                "secret": True,
            },
            "controls": True,
            "powers": ["power"],
        }
    ]


def test_what_was_reached_for_the_case_is_left_out():
    (found,) = made({"ofPlace": "YY", "approval": "granted"})
    assert found["demand"] == {"ofPlace": "YY"} and not found["controls"]


def test_a_norm_compels_where_the_demand_comes_from_a_place_of_its_law():
    assert [found["powers"] for found in made({"ofPlace": "XX"})] == [["ban"]]
    LAW["instruments"]["yy/act"]["jurisdiction"] = ["BODY"]
    try:
        assert [(found["order"], found["powers"]) for found in made({"ofPlace": "YY"})] == [("BODY", ["power"])]
    finally:
        LAW["instruments"]["yy/act"]["jurisdiction"] = ["YY"]


def test_a_conflict_in_form_only_or_without_a_demand_leaves_none():
    assert made({"ofPlace": "YY"}, {**PAIR, "formal": True}) == []
    assert made(None) == [] and made({"secret": True}) == []
