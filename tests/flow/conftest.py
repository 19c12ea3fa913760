"""A schema small enough to see whole."""

from __future__ import annotations

import pytest

from comity.flow.problems import DescriptionError
from comity.flow.schema import Schema
from comity.logic.territory import Territories

PARTY = {
    "id": {"kind": "text"},
    "kind": {"kind": "code", "codes": ["organisation", "individual"]},
    "establishedIn": {"kind": "places"},
    "group": {"kind": "text"},
    "branchOf": {"kind": "party", "node": "Party", "nullable": True, "acyclic": True},
    "employedBy": {"kind": "parties", "node": "Party"},
    "ownedBy": {"kind": "nodes", "node": "Ownership", "acyclic": True, "shares": "percent"},
    "controlledBy": {"kind": "parties", "node": "Party", "acyclic": True},
    "actsFor": {"kind": "party", "node": "Party", "nullable": True},
}
FLOW = {
    "id": {"kind": "text"},
    "follows": {"kind": "text"},
    "act": {"kind": "code", "codes": ["disclosure", "access"]},
    "exporter": {"kind": "party", "node": "Party", "nullable": True},
    "importer": {"kind": "party", "node": "Party", "nullable": True},
    "to": {"kind": "place"},
    "dataItems": {"kind": "nodes", "node": "DataItem"},
    "purposes": {"kind": "codes", "codes": ["marketing", "recruitment", "none"], "none_codes": ["none"], "overrides": True},
    "totals": {"kind": "nodes", "node": "Total", "open": True},
    "pending": {"kind": "boolean"},
    "demand": {"kind": "node", "node": "Demand", "nullable": True},
}
ITEM = {
    "id": {"kind": "text"},
    "persons": {"kind": "count"},
    "personsByPlace": {"kind": "nodes", "node": "PersonsOfPlace"},
    "devices": {"kind": "count"},
    "categories": {"kind": "taxonomy", "codes": ["Name", "Health"]},
    "purposes": FLOW["purposes"],
    "validFrom": {"kind": "date"},
    "validUntil": {"kind": "date"},
    "inControlOf": {"kind": "parties", "node": "Party"},
}
TOTAL = {
    "counted": {"kind": "taxonomy", "codes": ["Name", "Health"]},
    "notCounted": {"kind": "taxonomy", "codes": ["Name", "Health"]},
    "unit": {"kind": "code", "codes": ["persons"]},
    "countedOver": {"kind": "code", "codes": ["all", "thisFlow"]},
    "window": {"kind": "code", "codes": ["year"]},
    "count": {"kind": "count"},
    "exemptFlowsRemoved": {"kind": "codes", "codes": ["contract"]},
}
NODES = {
    "Description": {"asOf": {"kind": "date"}, "parties": {"kind": "nodes", "node": "Party"}, "legs": {"kind": "legs", "node": "DataFlow"}},
    "DataFlow": FLOW,
    "Party": PARTY,
    "DataItem": ITEM,
    "PersonsOfPlace": {"place": {"kind": "place"}, "persons": {"kind": "count"}},
    "Total": TOTAL,
    "Demand": {"addressee": {"kind": "party", "node": "Party", "nullable": True}},
    "Ownership": {"owner": {"kind": "partyOrPlace", "node": "Party", "acyclic": True}, "percent": {"kind": "percent"}},
}


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema({"nodes": NODES, "labels": {}, "ancestors": {"Name": ["Personal"]}, "references": []})


@pytest.fixture(scope="session")
def territories() -> Territories:
    return Territories({"CN": None, "CN-SH": "CN", "US": None, "DE": None}, [("EU", "DE", "1958-01-01", None)])


@pytest.fixture
def refused(read):
    """The faults, by pointer, for which facts are refused; ``read`` is the fixture of the module that reads them."""

    def faults(**facts):
        with pytest.raises(DescriptionError) as caught:
            read(**facts)
        return {p["pointer"]: p for p in caught.value.problems}

    return faults
