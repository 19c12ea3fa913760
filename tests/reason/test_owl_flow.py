"""A stated flow as HermiT sees it: what is closed, what is open, what is told apart."""

from __future__ import annotations

from typing import Any

import pytest

from comity.iris import NS
from comity.reason.hermit import Tbox
from comity.reason.situations import SituationBox
from tests.oracle.owl_flow import FLOW, flow_turtle, state_flow
from tests.reason.hermit_world import PLACES, SCHEMA, SITUATIONS


def item(**facts: Any) -> dict[str, Any]:
    """Put one data item into a flow."""
    return {"dataItems": [facts]}


def owned(*blocks: tuple[float, list[Any]], **facts: Any) -> dict[str, Any]:
    """Describe a party by its blocks of owners."""
    return {**facts, "ownerBlock": [{"blockPercent": percent, "member": members} for percent, members in blocks]}


CASES = [
    # one-valued codes: functional, and every name is its own
    ("DisclosureFlow", {"act": "disclosure"}, True),
    ("DisclosureFlow", {"act": "access"}, False),
    ("DisclosureFlow", {}, None),
    ("DisclosureFlow", {"act": None}, False),
    ("NotPublishedFlow", {"act": "disclosure"}, True),
    ("NotPublishedFlow", {"act": "publication"}, False),
    ("NotPublishedFlow", {}, None),
    # lists of codes: closed, stated as none, open
    ("TrainingFlow", {"purposes": ["training", "research"]}, True),
    ("TrainingFlow", {"purposes": ["research"]}, False),
    ("TrainingFlow", {"purposes": []}, False),
    ("PurposefulFlow", {"purposes": ["none"]}, False),
    ("PurposefulFlow", {"purposes": ["research"]}, True),
    ("TrainingFlow", {"purposes": {"yes": ["research"], "no": ["training"]}}, None),
    ("TrainingFlow", {"purposes": {"yes": ["research"], "no": ["training", "tuning"]}}, False),
    ("TrainingFlow", {"purposes": {"yes": ["tuning"], "no": []}}, True),
    # places: a code, a body, inside, outside
    ("NorthboundFlow", {"to": "AA"}, True),
    ("NorthboundFlow", {"to": "CA"}, False),
    ("NorthboundFlow", {"to": {"in": "NORTH"}}, True),
    ("NorthboundFlow", {"to": {"in": "PACT"}}, None),
    ("NorthboundFlow", {"to": {"outside": "NORTH"}}, False),
    ("ToArcadiaFlow", {"to": "AA"}, True),
    ("ToArcadiaFlow", {"to": "AB"}, False),
    ("ToArcadiaFlow", {"to": "NORTH"}, None),
    ("ToArcadiaFlow", {"to": {"in": "PACT"}}, False),
    ("ToArcadiaFlow", {"to": {"in": "ALONE"}}, True),
    ("KeptNorthFlow", {"storedIn": ["AA", "AB"]}, True),
    ("KeptNorthFlow", {"storedIn": ["AA", "CA"]}, False),
    ("KeptNorthFlow", {"storedIn": []}, False),
    ("KeptNorthFlow", {"storedIn": {"yes": ["AA"], "no": ["BA"]}}, None),
    ("KeptSouthToo", {"storedIn": {"yes": ["AA"], "no": ["BA"]}}, None),
    ("KeptSouthToo", {"storedIn": {"yes": ["AA"], "no": [{"outside": "NORTH"}]}}, False),
    # categories: types, the most specific and all above, nothing else where closed
    ("HealthFlow", item(categories=["HealthData"]), True),
    ("HealthFlow", item(categories=["Name"]), False),
    ("HealthFlow", item(categories=["PersonalData"]), False),
    ("HealthFlow", item(categories=[]), False),
    ("HealthFlow", item(), None),
    ("HealthFlow", {"dataItems": []}, False),
    ("HealthFlow", {}, None),
    ("HealthFlow", item(categories={"yes": ["Name"], "no": []}), None),
    ("HealthFlow", item(categories={"yes": ["TravelData"], "no": ["PersonalData"]}), False),
    ("PersonalFlow", item(categories=["Name"]), True),
    ("PersonalFlow", item(categories={"yes": ["Name"], "no": []}), True),
    ("TraceableFlow", item(contextDisclosed=["Name"]), True),
    ("TraceableFlow", item(contextDisclosed=["HealthData"]), False),
    ("TraceableFlow", item(contextDisclosed=[]), False),
    ("TraceableFlow", item(contextDisclosed={"yes": [], "no": ["PersonalData"]}), False),
    # objects of one list are different things
    ("TwoPartsFlow", {"dataItems": [{}, {}]}, True),
    ("TwoPartsFlow", {"dataItems": [{}]}, False),
    # numbers: exact, an interval, none
    ("LargeFlow", {"persons": 100000}, True),
    ("LargeFlow", {"persons": 99999}, False),
    ("LargeFlow", {"persons": {"atLeast": 100001}}, True),
    ("LargeFlow", {"persons": {"atMost": 99999}}, False),
    ("LargeFlow", {"persons": {"atLeast": 1, "atMost": 100000}}, None),
    ("LargeFlow", {"persons": {}}, None),
    ("LargeFlow", {"persons": None}, False),
    ("MiddlingFlow", {"persons": {"atLeast": 100000, "atMost": 999999}}, True),
    ("MiddlingFlow", {"persons": {"atLeast": 1000000}}, False),
    ("MiddlingFlow", {"persons": {"atLeast": 999999}}, None),
    ("MiddlingFlow", {"persons": {"atLeast": 100000, "atMost": 1000000}}, None),
    ("PreciseFlow", item(precisionMetres=1000), True),
    ("PreciseFlow", item(precisionMetres=1000.5), False),
    ("PreciseFlow", item(precisionMetres={"atMost": 999.9}), True),
    ("DatedFlow", {"startedOn": "2026-01-01"}, True),
    ("DatedFlow", {}, None),
    ("LateServedFlow", {"servedAt": "2025-04-08T00:00:00Z"}, True),
    ("LateServedFlow", {"servedAt": "2025-04-07T23:59:59Z"}, False),
    ("MixedFlow", item(separable=False), True),
    ("MixedFlow", item(separable=True), False),
    ("MixedFlow", item(), None),
    # null, references, and facts that no situation reads
    ("UncontractedFlow", {"contract": None}, True),
    ("UncontractedFlow", {"contract": {}}, False),
    ("UncontractedFlow", {}, None),
    ("ModelClausesFlow", {"contract": {"under": "aa/model-clauses", "signedOn": "2026-01-01"}}, True),
    ("ModelClausesFlow", {"contract": {"under": "aa/old-clauses"}}, False),
    ("DisclosureFlow", {"asOf": "2026-01-01", "act": "disclosure", "startedOn": "2026-01-01", "pattern": "once"}, True),
    # ownership: tier by tier, a place as owner, the block as derived
    ("CoveredImporterFlow", {"importer": {"organisedUnder": ["BB"], "ownerBlock": []}}, True),
    ("CoveredImporterFlow", {"importer": owned((50, ["BB"]), organisedUnder=["AA"])}, True),
    ("CoveredImporterFlow", {"importer": owned((49.99, ["BB"]), organisedUnder=["AA"])}, False),
    ("CoveredImporterFlow", {"importer": owned((60, ["BB", "CA"]), organisedUnder=["AA"])}, False),
    ("CoveredImporterFlow", {"importer": owned((60, [{"in": "LIST"}]), organisedUnder=["AA"])}, True),
    ("CoveredImporterFlow", {"importer": owned((60, [{}]), organisedUnder=["AA"])}, None),
    ("CoveredImporterFlow", {"importer": {"organisedUnder": ["AA"]}}, None),
]  # fmt: skip


@pytest.mark.parametrize(("situation", "flow", "expected"), CASES, ids=lambda value: str(value)[:60])
def test_recipe(judge: Any, situation: str, flow: dict[str, Any], expected: bool | None) -> None:
    assert judge(situation, flow) is expected


TIERS = {
    "importer": "bottom",
    "parties": [
        owned((75, ["middle"]), id="bottom", organisedUnder=["AA"]),
        owned((50, ["left", "right"]), id="middle", organisedUnder=["AB"]),
        {"id": "left", "organisedUnder": ["BB"], "ownerBlock": []},
        owned((100, ["BB"]), id="right", organisedUnder=["CA"]),
    ],
}


def test_ownership_is_followed_through_three_tiers_of_parties_by_reference(judge: Any) -> None:
    assert judge("CoveredImporterFlow", TIERS) is True
    assert judge("CoveredParty", TIERS, at="/parties/1") is True
    parties = [party if party["id"] != "left" else {**party, "organisedUnder": ["CA"]} for party in TIERS["parties"]]
    assert judge("CoveredImporterFlow", {**TIERS, "parties": parties}) is False
    unknown = [party if party["id"] != "left" else {"id": "left"} for party in TIERS["parties"]]
    assert judge("CoveredImporterFlow", {**TIERS, "parties": unknown}) is None


def test_a_circle_of_owners_entails_nothing(judge: Any) -> None:
    circle = [
        owned((60, ["b"]), id="a", organisedUnder=["AA"]),
        owned((60, ["a"]), id="b", organisedUnder=["AA"]),
    ]
    assert judge("CoveredImporterFlow", {"importer": "a", "parties": circle}) is None


def test_a_party_is_one_individual_wherever_it_is_named(box: SituationBox, judge: Any) -> None:
    flow = {
        "importer": {"id": "buyer", "organisedUnder": ["BB"]},
        "dataItems": [{"keysHeldBy": ["buyer"]}],
    }
    assert judge("ImporterHoldsKeys", flow) is True
    stated = state_flow(flow, SCHEMA, PLACES, box)
    assert stated.individuals["/importer"] == stated.individuals["/dataItems/0/keysHeldBy/0"] == FLOW + "party:buyer"
    assert judge("CoveredParty", flow, at="/importer") is True


def test_an_opaque_class_is_decided_only_by_what_is_asserted_of_it(judge: Any) -> None:
    flow = {"to": "BA"}
    assert judge("EffectiveBan", flow) is None
    assert judge("EffectiveBan", flow, judged=[("", NS + "RecognisedFlow", False)]) is True
    assert judge("EffectiveBan", flow, judged=[("", NS + "RecognisedFlow", True)]) is False


def test_seventy_blocks_of_owners_take_no_quadratic_text(box: SituationBox) -> None:
    def size(count: int) -> int:
        blocks = [{"blockPercent": 50, "member": ["AA"]}] * count
        return len(flow_turtle({"importer": {"ownerBlock": blocks}}, SCHEMA, PLACES, box))

    assert size(140) - size(70) < 1.1 * (size(70) - size(0))


def test_many_classes_at_once_are_decided_as_one_by_one(tbox: Tbox, box: SituationBox) -> None:
    flows: list[dict[str, Any]] = [
        {"act": "disclosure", "to": "AA", "persons": {"atLeast": 5, "atMost": 200000}, **item(categories=["Name"])},
        {"act": "disclosure", "to": "BB", "persons": 5, "purposes": [], "storedIn": [], "contract": None, **item(categories=[])},
        {},
    ]
    for flow in flows:
        with tbox.extend(flow_turtle(flow, SCHEMA, PLACES, box)) as ontology:
            classes = [NS + name for name in SITUATIONS]
            assert ontology.decide_all(FLOW, classes) == {iri: ontology.decide(FLOW, iri) for iri in classes}


@pytest.mark.parametrize(
    ("flow", "complaint"),
    [
        ({"act": "disclosure", "speed": 3}, "/speed: the schema of DataFlow has no such key"),
        ({"importer": "nobody"}, "/importer: no party has the id 'nobody'"),
        ({"to": "ZZ"}, "/to: no place answers to 'ZZ'"),
    ],
)
def test_a_wrong_flow_is_refused_by_its_pointer(box: SituationBox, flow: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        flow_turtle(flow, SCHEMA, PLACES, box)
