"""A law is silent on flows that have no link to it: no permission of one law is given to flows of another, and nothing is asked for it."""

from __future__ import annotations

from typing import Any

import pytest

Json = dict[str, Any]


def flow(start: str, end: str, **more: Any) -> Json:
    """Return a flow of personal data between organisations of two places, with the facts that every description states."""
    return {
        "asOf": "2026-11-01",
        "exporter": {"kind": "organisation", "establishedIn": [start]},
        "importer": {"kind": "organisation", "establishedIn": [end]},
        "act": "disclosure",
        "from": start,
        "to": end,
        "dataItems": [{"categories": ["PersonalData"], "subjectsIn": [start], "identifiability": "direct", "persons": 2000}],
        **more,
    }


def places(checker, answer: Json) -> set[str]:
    """Return the places whose law says something."""
    instruments = checker.program.data["instruments"]
    return {place for found in answer["findings"] for place in instruments[found["instrument"]]["jurisdiction"]}


@pytest.mark.parametrize(
    ("start", "end", "ruling"), [("KR", "US", {"US"}), ("ES", "MX", {"EU"}), ("EG", "GH", set()), ("CN", "KR", {"CN"})]
)
def test_the_law_of_a_place_without_a_link_is_silent(checker, start, end, ruling):
    answer = checker.check(flow(start, end))
    assert places(checker, answer) <= ruling, [found["norm"] for found in answer["findings"]]


def test_a_person_who_gives_her_own_data_abroad_is_no_transfer_of_others_law(checker):
    answer = checker.check(flow("KR", "US", act="directCollection", exporter=None))
    assert "eu/edpb-05-2021" not in {told["instrument"] for told in answer["instruments"]}


def test_an_order_between_strangers_asks_nothing_of_chinese_counter_measures(checker):
    demand = {"ofPlace": "MX", "demandKind": "tax", "demandForm": "courtOrder", "addressee": None, "agreement": None}
    answer = checker.check(flow("ES", "MX", demand=demand))
    assert not {"cn/block", "cn/d835"} & {told["instrument"] for told in answer["instruments"]}
    assert not {"cn/block", "cn/d835"} & {waiting for asked in answer["missing"] for waiting in asked["instruments"]}


@pytest.mark.parametrize("link", [{"to": "CN"}, {"importer": {"kind": "organisation", "establishedIn": ["CN"]}}])
def test_one_link_is_enough(checker, link):
    assert "CN" in places(checker, checker.check(flow("KR", "US", **link)))


def test_a_link_that_is_not_told_leaves_the_law_open(checker):
    told = flow("KR", "US")
    told["dataItems"][0].pop("subjectsIn")
    answer = checker.check(told)
    assert "CN" in places(checker, answer) and answer["verdict"] == "needs-information"


def test_the_reason_of_a_norm_names_the_link(checker):
    answer = checker.check(flow("CN", "KR"))
    norm = next(n for n in checker.program.norms if n.data["nexus"] == "CnLinkedFlow" and n.id in {f["norm"] for f in answer["findings"]})
    found = next(found for found in answer["findings"] if found["norm"] == norm.id)
    assert any("CN" in str(fact["value"]) for fact in found["because"]) or found["status"] == "unknown"
