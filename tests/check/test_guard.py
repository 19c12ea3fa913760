"""Silence is never permission: no assumption hides a graver answer, unless the fact is marked rare and nothing hints at it."""

from __future__ import annotations

import pytest

from comity.check.guard import StandIn, elsewhere
from comity.check.silence import left_open
from comity.law.judgement import Rank
from comity.law.outcome import judge
from comity.law.verdict import of_the_flow
from comity.logic.node import reachable, unremembered
from tests.shared import all_scenarios

EVERY = 60  # scenarios: each costs some judgements


def worst(checker, read, leg):
    """How grave each law may turn out."""
    grouped = judge(checker.application(read, leg)).by_instrument
    return {
        law: max((max(r.rank, r.potential) for r in of_the_flow(rulings)), default=Rank.NOT_REGULATED) for law, rulings in grouped.items()
    }


def graver(before, after):
    return sorted(law for law, rank in after.items() if rank > before.get(law, Rank.NOT_REGULATED))


def test_no_assumption_hides_a_graver_answer_unless_it_is_rare(checker):
    tried = 0
    for scenario in all_scenarios()[::EVERY]:
        read = checker.read(scenario.description)
        leg = read.legs[0]
        nodes = {node.path: node for node in reachable([leg])}
        with unremembered([leg]):
            stands = worst(checker, read, leg)
        for entry in read.assumed:
            path, _, key = entry["pointer"].rpartition("/")
            node = nodes.get(path)
            told = None if node is None else checker.schema.find(node.kind, key)
            if node is None or told is None or key not in node or told.rare:
                continue
            tried += 1
            if told.assumed:
                with left_open(leg, {entry["pointer"]}):
                    assert graver(stands, worst(checker, read, leg)) == [], (scenario.name, entry["pointer"])
                continue
            places = elsewhere(StandIn(node, told), checker.schema)
            if places and node.kind == "Party":
                kept = node[key]
                node[key] = (frozenset().union(*kept, places),)
                with unremembered([leg]):
                    assert graver(stands, worst(checker, read, leg)) == [], (scenario.name, entry["pointer"])
                node[key] = kept
    assert tried > 50


VENDOR = {
    "asOf": "2026-11-02",
    "exporter": {
        "id": "e",
        "kind": "organisation",
        "establishedIn": ["US-OH"],
        "organisedUnder": ["US-OH"],
        "ownedBy": [],
        "offersTo": ["US-OH"],
    },
    "act": "disclosure",
    "from": "US-OH",
    "to": "US-WA",
    "recipientAccess": "actual",
    "purposes": ["customerSupport"],
    "grounds": [],
    "transaction": {"transactionKind": "serviceByImporter", "consideration": True, "incidentTo": ["none"], "dataIsTheProduct": False},
    "dataItems": [
        {
            "categories": ["FinancialData"],
            "persons": 31000,
            "subjectsIn": ["US-OH"],
            "identifiability": "direct",
            "collectedByRecipient": False,
        }
    ],
    "parties": [{"id": "o", "kind": "organisation", "establishedIn": ["RU"], "organisedUnder": ["RU"], "ownedBy": []}],
}


@pytest.mark.parametrize(
    ("key", "place", "told", "percent"),
    [
        ("organisedUnder", "US-WA", {"principalPlaceOfBusiness": "US-WA"}, 80),
        ("principalPlaceOfBusiness", "DE", {"organisedUnder": ["DE"]}, 20),
    ],
)
def test_where_the_owner_is_from_elsewhere_the_place_is_asked_for_and_not_assumed(checker, key, place, told, percent):
    importer = {"id": "v", "kind": "organisation", "establishedIn": [place], "ownedBy": [{"owner": "o", "percent": percent}], **told}
    answer = checker.check({**VENDOR, "to": place, "importer": importer})
    verdicts = {law["instrument"]: law["verdict"] for law in answer["instruments"]}
    assert verdicts["us/cfr-202"] == "needs-information"
    assert f"/importer/{key}" in {question["pointer"] for question in answer["missing"]}
    assert f"/importer/{key}" not in {entry["pointer"] for entry in answer["assumed"]}


def test_a_rare_fact_that_is_hinted_at_is_not_assumed(checker):
    flow = {
        "asOf": "2026-11-02",
        "from": "CN",
        "to": "DE",
        "act": "disclosure",
        "exporter": {"kind": "organisation", "establishedIn": ["CN"]},
        "importer": {"kind": "organisation", "establishedIn": ["DE"]},
        "dataItems": [{"categories": ["Name"], "subjectsIn": ["CN"], "persons": 9}],
    }
    pointers = [
        {entry["pointer"] for entry in checker.check({**flow, **hint})["assumed"]}
        for hint in ({}, {"exporterKnows": ["recipientIsListed"]})
    ]
    assert "/importer/designations" in pointers[0] - pointers[1]


def test_a_summary_lists_only_the_assumptions_that_matter(checker):
    importer = {"id": "v", "kind": "organisation", "establishedIn": ["US-WA"], "organisedUnder": ["US-WA"]}
    whole, brief = (checker.check({**VENDOR, "importer": importer}, detail=detail)["assumed"] for detail in ("all", "summary"))
    assert [entry for entry in whole if entry in brief] == brief
    assert len(brief) < len(whole)
