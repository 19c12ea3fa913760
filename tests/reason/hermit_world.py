"""An invented law of five countries for the tests of HermiT: its situations, the keys of its flows, its places."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.iris import NS

WORLDS = Path(__file__).parents[1] / "worlds"
PREFIXES = f"""@prefix c: <{NS}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SITUATIONS = [
    "DisclosureFlow", "NotPublishedFlow", "TrainingFlow", "NorthboundFlow", "SouthboundFlow",
    "ToArcadiaFlow", "ToListedFlow", "PurposefulFlow", "KeptNorthFlow", "KeptSouthToo",
    "HealthFlow", "PersonalFlow", "TwoPartsFlow", "LargeFlow", "MiddlingFlow",
    "PreciseFlow", "MixedFlow", "TraceableFlow", "DatedFlow", "LateServedFlow", "UncontractedFlow",
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
