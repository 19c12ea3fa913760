"""What a program can hold of the law for ever: each check on a tiny world that fails it, and on its correct twin."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from comity.curate.compliance import omissions_that_help
from comity.curate.idle_exceptions import idle_exceptions
from comity.curate.numbers import numbers_in, numbers_unheld
from comity.curate.reading_words import words_unread
from comity.curate.unread import unread_vocabulary
from comity.curate.untimely import untimely
from comity.rdf.names import C
from comity.readings.record import Element, Reading

Json = dict[str, Any]
FLOW = {
    "act": {"kind": "code", "codes": ["sale", "gift", "loan"]},
    "assessments": {"kind": "nodes", "node": "Assessment", "compliance": True},
    "persons": {"kind": "count"},
    "listed": {"kind": "boolean"},
}
ASSESSED = ["some", "assessments", ["has", "finding", ["good"]]]
BAD = ["some", "assessments", ["has", "finding", ["bad"]]]


def norm(identifier: str, when: str, **more: Any) -> Json:
    entry = {"id": identifier, "iri": f"https://example.org/{identifier}", "kind": "Obligation", "when": when, "situation": when}
    return {**entry, "demand": None, "exceptions": [], "from": None, "until": None, "leavesOut": {}, **more}


def program(*norms: Json, **classes: Any) -> Json:
    nodes = {"DataFlow": FLOW, "Assessment": {"finding": {"kind": "code", "codes": ["good", "bad"], "none_codes": []}}}
    domains = dict.fromkeys(classes, "DataFlow")
    return {"schema": {"nodes": nodes}, "classes_compiled": classes, "domains": domains, "derived": [], "norms": list(norms)}


SALE = ["has", "act", ["sale"]]


@pytest.mark.parametrize(
    ("demand", "helps"),
    [
        (ASSESSED, False),
        (["not", BAD], True),
        (["is", "Sound"], True),
        (["and", ASSESSED, ["not", BAD]], False),
        (["not", ["some", "assessments", ["not", ["has", "finding", ["good"]]]]], True),
        (["count", "assessments", ["true"], None, 3], True),
        (["count", "assessments", ["true"], 1, 3], False),
        (["not", ["is", "Unsound"]], True),
    ],
)
def test_a_demand_that_an_omission_meets_is_told_with_the_class_at_fault(demand, helps):
    found = list(omissions_that_help(program(norm("A-1", "Sale", demand=demand), Sale=SALE, Sound=["not", BAD], Unsound=BAD)))
    assert bool(found) is helps
    if demand == ["is", "Sound"]:
        assert found[0].focus.endswith("#Sound") and "A-1" in found[0].message and found[0].level == "warning"


def test_an_exemption_may_not_hold_where_nothing_was_done_but_a_ban_may():
    world = {"Unassessed": ["not", ASSESSED]}
    assert list(omissions_that_help(program(norm("A-1", "Unassessed", kind="Exemption"), **world)))
    assert not list(omissions_that_help(program(norm("A-1", "Unassessed", kind="Prohibition"), **world)))


def test_that_another_permission_does_not_apply_is_no_omission():
    world = {"Covered": ASSESSED, "Uncovered": ["not", ["is", "Covered"]]}
    norms = norm("A-1", "Covered", kind="Permission"), norm("A-2", "Uncovered", kind="Permission")
    assert not list(omissions_that_help(program(*norms, **world)))


def told(world: Json) -> dict[str, tuple[str, str]]:
    return {found.focus.rpartition("#")[2]: (found.rule, found.message) for found in unread_vocabulary(world)}


def test_keys_and_codes_that_nothing_reads_are_told_until_they_are_marked():
    world = program(norm("A-1", "Sale", demand=ASSESSED), Sale=SALE)
    found = told(world)
    assert set(found) == {"DataFlowShape-act", "DataFlowShape-persons", "DataFlowShape-listed", "AssessmentShape-finding"}
    assert "gift, loan" in found["DataFlowShape-act"][1] and "bad" in found["AssessmentShape-finding"][1]
    marked = {
        "act": {**FLOW["act"], "informative_codes": ["gift", "loan"]},
        **{k: {**FLOW[k], "informative": True} for k in ("persons", "listed")},
    }
    world["schema"]["nodes"] = {"DataFlow": {**FLOW, **marked}, "Assessment": {"finding": {"kind": "code", "codes": ["good"]}}}
    assert told(world) == {}


def test_a_key_that_is_marked_and_read_is_told():
    world = program(norm("A-1", "Listed"), Listed=["has", "listed", [True]])
    world["schema"]["nodes"] = {"DataFlow": {"listed": {"kind": "boolean", "informative": True}}}
    assert told(world)["DataFlowShape-listed"][0] == "vocabulary-informative"


def test_what_an_operator_reads_is_read():
    world = program()
    world["derived"] = [{"op": "op-count", "key": "many"}, {"op": "op-dateTime", "key": "moment", "ofKey": "listed"}]
    assert set(told(world)) == {"DataFlowShape-act", "DataFlowShape-assessments", "AssessmentShape-finding"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("of 10,000 or more people within 21 days", [10000, 21]),
        ("under article 46(1), section 202.505, articles 12 and 13, or No 40", []),
        ("by 15 December 2024, since 2019", []),
        ("at least 33.5 per cent", [33.5]),
        ("28 CFR 202.401 and GB/T 45652", [28]),
    ],
)
def test_numbers_of_a_sentence(text, numbers):
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({}, False),
        ({"demand": ["num", "persons", 500, False, None, False]}, True),
        ({"when": "Many"}, True),
        ({"leavesOut": {"en": "The figure of 500 is not judged."}}, True),
        ({"exceptions": ["A-2"]}, True),
    ],
)
def test_a_number_that_no_condition_holds_is_told(more, held):
    graph = Graph()
    graph.add((URIRef("https://example.org/A-1"), SKOS.definition, Literal("Whoever sells data of 500 people files.", lang="en")))
    many = ["num", "persons", 500, True, None, False]
    lifted = norm("A-2", "Many") if "exceptions" in more else norm("A-2", "Sale")
    found = list(numbers_unheld(graph, program({**norm("A-1", "Sale"), **more}, lifted, Sale=SALE, Many=many)))
    assert bool(found) is not held


@pytest.mark.parametrize(
    ("other", "idle"),
    [
        (["has", "act", ["gift", "loan"]], True),
        (["has", "act", ["gift", "sale"]], False),
        (["not", ["is", "Sale"]], True),
        (["and", ["has", "listed", [True]], ["not", SALE]], True),
        (["has", "listed", [False]], False),
    ],
)
def test_an_exception_that_excludes_its_norm_is_told(other, idle):
    norms = norm("A-1", "Sale", exceptions=["A-2"]), norm("A-2", "Other", kind="Exemption")
    found = list(idle_exceptions(program(*norms, Sale=SALE, Other=other)))
    assert bool(found) is idle and all("A-1" in each.message for each in found)


def test_an_exception_of_another_time_is_told():
    norms = norm("A-1", "Sale", exceptions=["A-2"], **{"from": "2024-01-01"}), norm("A-2", "Sale", kind="Exemption", until="2024-01-01")
    assert len(list(idle_exceptions(program(*norms, Sale=SALE)))) == 1


def test_words_of_a_norm_that_no_element_has_are_told():
    def reading(*says: str) -> Reading:
        return Reading("A-1", "2026-01-01", {}, tuple(Element({"en": text, "zh": ""}, (), {}, 1) for text in says), "", 1)

    words = "Only bodies with at least 500 members may, unless they are listed."
    assert words_unread(reading("bodies of at least 500 members"), words) == ["only", "unless"]
    assert words_unread(reading("only bodies", "at least 500 members", "unless listed"), words) == []
    assert words_unread(reading("only bodies", "at least some", "unless listed"), words) == ["500"]


TIMES = [
    {"op": "op-validOn", "node": "Permit", "key": "current"},
    {"op": "op-daysBetween", "node": "Permit", "key": "daysLeft", "fromKey": "@asOf", "toKey": "validUntil"},
    {"op": "op-begun", "node": "DataFlow", "key": "contractBegun", "fromKey": "contract", "ofKey": "signedOn"},
]
PERMITTED, AGREED = ["has", "state", ["granted"]], ["some", "contract", ["has", "terms", ["secrecy"]]]


@pytest.mark.parametrize(
    ("demand", "key"),
    [
        (["some", "permits", PERMITTED], "permits"),
        (["some", "permits", ["and", PERMITTED, ["has", "current", [True]]]], None),
        (["some", "permits", ["and", PERMITTED, ["num", "daysLeft", 30, False, None, False]]], None),
        (["some", "permits", ["or", PERMITTED, ["has", "current", [True]]]], "permits"),
        (["some", "permits", ["is", "Standing"]], None),
        (["not", ["some", "permits", PERMITTED]], None),
        (AGREED, "contract"),
        (["and", AGREED, ["has", "contractBegun", [True]]], None),
    ],
)
def test_a_thing_that_helps_whatever_its_dates_is_told(demand, key):
    classes = {"Standing": ["and", PERMITTED, ["has", "current", [True]]], "Sale": SALE}
    nodes = {"DataFlow": {"permits": {"kind": "nodes", "node": "Permit"}, "contract": {"kind": "nodes", "node": "Contract"}}, "Permit": {}}
    world = {**program(norm("A-1", "Sale", demand=demand), **classes), "derived": TIMES, "schema": {"nodes": nodes}}
    world["domains"] = {"Standing": "Permit", "Sale": "DataFlow"}
    assert [found.message.split()[0] for found in untimely(Graph(), world)] == ([f"c:{key}"] if key else [])
    reason = Graph()
    reason.add((URIRef("https://example.org/A-1"), C.whateverItsDates, Literal("It is about the past.", lang="en")))
    assert list(untimely(reason, world)) == []


def test_the_situation_of_an_exemption_is_looked_at_unless_its_demand_asks_for_the_time():
    nodes = {"DataFlow": {"permits": {"kind": "nodes", "node": "Permit"}}, "Permit": {}}
    exempt = norm("A-1", "Permitted", kind="Exemption")
    world = {**program(exempt, Permitted=["some", "permits", PERMITTED]), "derived": TIMES, "schema": {"nodes": nodes}}
    assert [found.focus.rpartition("#")[2] for found in untimely(Graph(), world)] == ["Permitted"]
    exempt["demand"] = ["some", "permits", ["has", "current", [True]]]
    assert list(untimely(Graph(), world)) == []
