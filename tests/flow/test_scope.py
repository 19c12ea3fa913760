"""Whether a flow lies within what was approved: each stated limit counts, an unstated one does not."""

from __future__ import annotations

import pytest

from comity.flow.derive import derive
from comity.flow.reading import read_description
from comity.flow.schema import Schema
from tests.flow.conftest import FLOW, ITEM, NODES

APPROVED = {"purposes": FLOW["purposes"], "categories": ITEM["categories"], "persons": ITEM["persons"], "importer": FLOW["importer"]}
RULE = {"op": "op-within", "key": "covers", "node": "Ground", "ofKey": "approved"}


@pytest.fixture(scope="module")
def approving() -> Schema:
    nodes = {
        **NODES,
        "DataFlow": {**FLOW, "grounds": {"kind": "nodes", "node": "Ground"}},
        "Ground": {"approved": {"kind": "node", "node": "Approved", "nullable": True}},
        "Approved": APPROVED,
    }
    return Schema({"nodes": nodes, "labels": {}, "ancestors": {"Name": ["Contact"]}, "references": []})


FACTS = {
    "purposes": ["marketing"],
    "importer": {"kind": "organisation", "establishedIn": ["US"]},
    "dataItems": [{"categories": ["Name"], "persons": 60}, {"categories": ["Name"], "persons": 30}],
}


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        ({}, True),
        ({"purposes": ["marketing", "recruitment"]}, True),
        ({"purposes": ["recruitment"]}, False),
        ({"purposes": {"yes": ["recruitment"]}}, None),
        ({"categories": ["Name"]}, True),
        ({"categories": ["Health"]}, False),
        ({"persons": 90}, True),
        ({"persons": 60}, None),
        ({"persons": 59}, False),
        ({"importer": {"establishedIn": ["DE"]}}, False),
        ({"importer": {"establishedIn": ["US"]}}, None),
        ({"purposes": ["marketing"], "persons": 59}, False),
    ],
)
def test_every_stated_limit_counts(approving, territories, approved, expected):
    description = read_description({"asOf": "2026-01-01", **FACTS, "grounds": [{"approved": approved}, {}]}, approving, territories)
    derive(description, [RULE], approving)
    first, second = description.legs[0]["grounds"]
    assert first.get("covers") == (None if expected is None else frozenset({expected}))
    assert second["covers"] == frozenset({True})


def test_a_figure_that_is_not_stated_leaves_it_open(approving, territories):
    facts = {**FACTS, "dataItems": [{"categories": ["Name"]}], "grounds": [{"approved": {"persons": 90}}]}
    description = read_description({"asOf": "2026-01-01", **facts}, approving, territories)
    derive(description, [RULE], approving)
    assert "covers" not in description.legs[0]["grounds"][0]


def test_an_approval_that_two_legs_share_covers_both_or_is_open(approving, territories):
    leg = {"id": "a", "purposes": ["marketing"], "grounds": [{"approved": {"purposes": ["marketing"]}}]}
    for purposes, expected in ((["marketing"], True), (["recruitment"], False)):
        description = read_description({"asOf": "2026-01-01", "legs": [{**leg, "purposes": purposes}]}, approving, territories)
        derive(description, [RULE], approving)
        assert description.legs[0]["grounds"][0]["covers"] == frozenset({expected})
