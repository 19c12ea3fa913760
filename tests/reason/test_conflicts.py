"""Conflicts of the graph: which pairs the opposition rules find, and which of them HermiT lets stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, Graph, URIRef

from comity.iris import NS
from comity.reason.conflicts import find_conflicts, opposed_pairs
from comity.reason.effective import effective_classes, effective_name
from comity.reason.reasoning import Reasoning
from comity.reason.vocabulary import ContradictionError

WORLD = f"""
@prefix c: <{NS}> . @prefix owl: <{OWL}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
c:Disclosure rdfs:subClassOf c:Transfer . c:LocalStorage a owl:Class .
c:conflictKind-compelledVersusForbidden skos:notation "compelledVersusForbidden" .
c:rule a c:OppositionRule ; c:effectOf c:Power ; c:effectAgainst c:Prohibition ; c:conflictKind c:conflictKind-compelledVersusForbidden ;
    c:sameAct true ; c:acrossJurisdictions true .
c:DataFlow a owl:Class . c:toll a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:domain c:DataFlow .
c:Paid a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( c:DataFlow [ a owl:Restriction ; owl:onProperty c:toll ; owl:hasValue true ] ) ] .
c:Unpaid a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( c:DataFlow [ a owl:Restriction ; owl:onProperty c:toll ; owl:hasValue false ] ) ] .
c:Any a owl:Class ; owl:equivalentClass c:DataFlow .
"""  # noqa: E501


def norm(identifier: str, kind: str, when: str, instrument: str, **more: Any) -> dict[str, Any]:
    entry = {
        "id": identifier,
        "iri": f"https://example.org/norm/{identifier}",
        "kind": kind,
        "situation": when,
        "nexus": None,
        "instrument": instrument,
        "act": "Transfer",
        "articles": [identifier],
        "label": {"en": identifier},
        "demand": None,
        "from": None,
        "until": None,
        "question": None,
        "exceptions": [],
        "reconciledBy": [],
    }
    return {**entry, **more}


POWER = norm("power", "Power", "Paid", "aa/act")
BAN = norm("ban", "Prohibition", "Any", "bb/act", reconciledBy=["bb/act/treaty"])


def found(
    *norms: dict[str, Any], reasoner: Reasoning | None = None, step: Callable[[str], None] = lambda name: None, world: str = WORLD
) -> list[dict[str, Any]]:
    instruments = {"aa/act": {"kind": "Statute", "jurisdiction": ["AA"]}, "bb/act": {"kind": "Statute", "jurisdiction": ["BB"]}}
    program = {"norms": list(norms), "instruments": instruments, "places": {}, "memberships": []}
    graph = Graph().parse(data=world, format="turtle")
    return find_conflicts(graph, program, opposed_pairs(graph, program), reasoner, step)[0]


def test_a_pair_that_a_rule_opposes_is_found_once_with_what_reconciles_it():
    (pair,) = found(POWER, BAN)
    assert (pair["norms"], pair["kind"], pair["act"]) == (["power", "ban"], "compelledVersusForbidden", "Transfer")
    assert pair["reconciledBy"] == ["bb/act/treaty"] and pair["checked"] is False


@pytest.mark.parametrize(
    "ban",
    [
        {**BAN, "instrument": "aa/act"},
        {**BAN, "kind": "Obligation"},
        {**BAN, "act": "LocalStorage"},
        {**BAN, "from": "2025-01-01"},
    ],
    ids=["of one jurisdiction", "of no opposed effect", "on another act", "never in force together"],
)
def test_a_pair_that_no_rule_opposes_is_none(ban):
    assert found({**POWER, "until": "2025-01-01"}, ban) == []


def test_the_act_of_a_conflict_is_the_narrower_one():
    assert [pair["act"] for pair in found(POWER, {**BAN, "act": "Disclosure"})] == ["Disclosure"]


@pytest.mark.parametrize(
    ("ban", "held"),
    [
        (BAN, ["ban"]),
        ({**BAN, "situation": "Unpaid"}, []),
        ({**BAN, "exceptions": ["way"]}, []),
        ({**BAN, "exceptions": ["late"]}, ["ban"]),
    ],
    ids=["open to both", "exclude each other", "an exception covers all", "an exception that begins later"],
)
def test_only_pairs_that_one_flow_can_be_subject_to_stand_before_the_reasoner(ban, held):
    way = norm("way", "Exemption", "Paid", "bb/act")
    late = norm("late", "Exemption", "Paid", "bb/act", **{"from": "2030-01-01"})
    with Reasoning() as reasoner:
        pairs = found(POWER, ban, way, late, reasoner=reasoner)
    assert [pair["norms"][1] for pair in pairs] == held
    assert all(pair["checked"] for pair in pairs)


def test_a_pair_is_asked_about_again_only_where_what_it_says_has_changed(tmp_path: Path):
    told: list[str] = []

    def asked(ban: dict[str, Any], *others: dict[str, Any], world: str = WORLD) -> tuple[str, int]:
        told.clear()
        with Reasoning(tmp_path) as reasoner:
            pairs = found(POWER, ban, *others, reasoner=reasoner, step=told.append, world=world)
        return told[0].rpartition(": ")[2], len(pairs)

    assert asked(BAN) == ("3 of 3 questions are new", 1)
    assert asked(BAN) == ("0 of 3 questions are new", 1)
    assert asked({**BAN, "id": "other", "iri": "https://example.org/norm/other"}) == ("0 of 3 questions are new", 1)
    assert asked({**BAN, "situation": "Unpaid"}) == ("2 of 3 questions are new", 0)
    assert asked({**BAN, "situation": "Unpaid"}) == ("0 of 3 questions are new", 0)
    assert asked({**BAN, "exceptions": ["way"]}, norm("way", "Exemption", "Paid", "bb/act"))[1] == 0
    turned = WORLD.replace("owl:hasValue false", "owl:hasValue true")
    assert asked({**BAN, "situation": "Unpaid"}, world=turned)[1] == 1


def test_norms_of_one_situation_share_their_questions():
    told: list[str] = []
    twin = {**BAN, "id": "twin", "iri": "https://example.org/norm/twin"}
    with Reasoning() as reasoner:
        pairs = found(POWER, BAN, twin, reasoner=reasoner, step=told.append)
    assert len(pairs) == 2 and told[0].endswith("3 of 3 questions are new")


def test_a_norm_that_no_flow_can_be_subject_to_is_told_with_the_remedy(tmp_path: Path):
    empty = WORLD + "c:Paid owl:equivalentClass [ a owl:Class ; owl:complementOf c:DataFlow ] ."
    for _ in range(2):  # what was kept of a norm hides no fault
        with Reasoning(tmp_path) as reasoner, pytest.raises(ContradictionError, match="no flow can be in the situation of Effective-power"):
            found(POWER, BAN, reasoner=reasoner, world=empty)


def test_an_effective_class_is_the_situation_less_the_exceptions_that_last_as_long():
    way, late = norm("way", "Exemption", "Paid", "bb/act"), norm("late", "Exemption", "Paid", "bb/act", **{"from": "2030-01-01"})
    doubted = norm("doubted", "Exemption", "Paid", "bb/act", question="bb/act/question-1")
    graph = effective_classes({"norms": [{**BAN, "exceptions": ["way", "late", "doubted"]}, way, late, doubted]})
    body = graph.value(effective_name("ban"), OWL.equivalentClass)
    situation, outside = graph.items(graph.value(body, OWL.intersectionOf))
    assert situation == URIRef(NS + "Any")
    assert graph.value(outside, OWL.complementOf) == effective_name("way")
