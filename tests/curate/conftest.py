"""A tiny world in which laws are written: a few keys, codes, places and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.curate.known_terms import KnownTerms
from comity.curate.resolve import Reports

PREFIXES = """
@prefix c: <https://w3id.org/comity/ns#> .
@prefix body: <https://w3id.org/comity/id/body/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix place: <https://w3id.org/comity/id/place/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# node class -> key -> kind, and what its values are
KEYS = {
    "DataFlow": {
        "act": ("code", "ActValue"),
        "purposes": ("codes", "PurposeValue"),
        "exporter": ("party", "Party"),
        "importer": ("party", "Party"),
        "dataItems": ("nodes", "DataItem"),
        "grounds": ("nodes", "Ground"),
        "totals": ("nodes", "Total"),
        "to": ("place", None),
        "storedIn": ("places", None),
        "startedOn": ("date", None),
        "usual": ("boolean", None),
    },
    "Party": {
        "establishedIn": ("places", None),
        "certifications": ("nodes", "Certification"),
        "ownedBy": ("nodes", "Ownership"),
        "staffCount": ("count", None),
        "group": ("text", None),
    },
    "Ownership": {"owner": ("partyOrPlace", "Party"), "percent": ("percent", None)},
    "DataItem": {"persons": ("count", None), "categories": ("taxonomy", None), "contextDisclosed": ("taxonomy", None)},
    "Ground": {"status": ("code", "GroundStateValue"), "under": ("ref", None), "validFrom": ("date", None)},
    "Certification": {"status": ("code", "CertStateValue")},
    "Total": {"unit": ("code", "UnitValue"), "countedOver": ("code", "ScopeValue"), "window": ("code", "WindowValue")},
}
CODES = {
    "ActValue": ("act", "disclosure", "access"),
    "PurposeValue": ("purpose", "marketing", "research"),
    "GroundStateValue": ("groundState", "effective", "expired"),
    "CertStateValue": ("certState", "active", "lapsed"),
    "UnitValue": ("unit", "persons", "devices"),
    "ScopeValue": ("scope", "thisFlow", "allExports"),
    "WindowValue": ("window", "now", "thisYear"),
    "BearerValue": ("bearer", "exporter", "importer"),
    "RiskValue": ("risk", "privacy"),
    "RestrictionValue": ("restriction", "transferBan", "transferCondition"),
    "ReviewValue": ("review", "encoded", "contested", "unverified"),
    "OperatorValue": ("op", "count", "dateTime", "daysBetween", "ownerBlocks"),
    "RecognitionKindValue": ("recognition", "adequacy"),
}
CLASSES = {
    "DataItem": None,
    "AnyData": "DataItem",
    "PersonalData": "AnyData",
    "MedicalData": "PersonalData",
    "Place": None,
    "HomePlace": "Place",
    "FarPlace": "Place",
    "Instrument": None,
    "Statute": "Instrument",
    "Norm": None,
    "Obligation": "Norm",
    "Exemption": "Norm",
    "RegulatedAct": None,
    "Transfer": "RegulatedAct",
    "Note": None,
    "Procedure": "Note",
}


def flow_shapes() -> str:
    rows = []
    for node, keys in KEYS.items():
        properties = " ".join(f"sh:property c:{node}Shape-{key} ;" for key in keys)
        rows.append(f"c:{node}Shape a sh:NodeShape ; {properties} c:describes c:{node} .")
        for key, (kind, about) in keys.items():
            more = f"; c:vocabulary c:{about}" if kind in ("code", "codes") else f"; c:nodeShape c:{about}Shape" if about else ""
            rows.append(f'c:{node}Shape-{key} a sh:PropertyShape ; sh:path c:{key} ; c:valueKind "{kind}" {more} .')
    return PREFIXES + "\n".join(rows)


def words() -> str:
    rows = ["<https://w3id.org/comity/ontology/flow> a owl:Ontology ."]
    for name, above in CLASSES.items():
        rows.append(f"c:{name} a owl:Class {f'; rdfs:subClassOf c:{above}' if above else ''} .")
    for vocabulary, (stem, *codes) in CODES.items():
        members = " ".join(f"c:{stem}-{code}" for code in codes)
        rows.append(f"c:{vocabulary} a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( {members} ) ] .")
        rows += [f'c:{stem}-{code} a c:{vocabulary} ; skos:notation "{code}" .' for code in codes]
    rows.append("c:ownerBlock a owl:ObjectProperty ; c:derivedBy c:op-ownerBlocks ; rdfs:domain c:Party ; rdfs:range c:OwnerBlock .")
    rows.append(
        "c:blockPercent a owl:DatatypeProperty ; c:derivedBy c:op-ownerBlocks ; rdfs:domain c:OwnerBlock ; rdfs:range xsd:decimal ."
    )
    rows.append(
        "c:blockMember a owl:ObjectProperty ; c:derivedBy c:op-ownerBlocks ; rdfs:domain c:OwnerBlock ; "
        "rdfs:range [ a owl:Class ; owl:unionOf ( c:Party c:Place ) ] ."
    )
    return PREFIXES + "\n".join(rows)


PLACES = (
    PREFIXES
    + """
<https://w3id.org/comity/data/jurisdictions> a owl:Ontology ; owl:imports <https://w3id.org/comity/ontology/flow> .
place:XA a c:Place ; skos:notation "XA" .
place:XB a c:Place ; skos:notation "XB" .
body:XU a c:Body ; skos:notation "XU" .
"""
)


@pytest.fixture
def tiny(tmp_path) -> Path:
    """The root of a project with the tiny world in it."""
    for name, text in (("shapes/flow.ttl", flow_shapes()), ("ontology/flow.ttl", words()), ("data/jurisdictions.ttl", PLACES)):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> KnownTerms:
    """The tiny world, read."""
    root = tmp_path_factory.mktemp("world")
    for name, text in (("shapes/flow.ttl", flow_shapes()), ("ontology/flow.ttl", words()), ("data/jurisdictions.ttl", PLACES)):
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return KnownTerms(root)


class Heard(Reports):
    """Reports that remember."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.warnings: list[str] = []
        super().__init__(self.errors.append, self.warnings.append)


@pytest.fixture
def heard() -> Heard:
    """Faults and warnings, kept."""
    return Heard()


@pytest.fixture(scope="session")
def prefixes() -> str:
    """The prefixes of the Turtle in these tests."""
    return PREFIXES
