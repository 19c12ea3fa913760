"""What an answer says that silence was read as: all of it, on the leg that it concerns, and nothing of another leg."""

from __future__ import annotations

import pytest

DAY = {"asOf": "2026-09-30"}
LEG = {"act": "disclosure", "from": "CN", "to": "DE", "exporter": {"id": "e", "kind": "organisation", "establishedIn": ["CN"]}}


def assumed(answer):
    return [[entry["pointer"] for entry in leg["assumed"]] for leg in answer.get("legs", [answer])]


def test_a_leg_does_not_list_what_was_assumed_of_a_leg_whose_number_begins_alike(checker):
    found = assumed(checker.check({**DAY, "legs": [{**LEG, "id": f"leg{n}"} for n in range(12)]}))
    for number, pointers in enumerate(found):
        legs = {pointer.split("/")[2] for pointer in pointers if "/exporter/" not in pointer}  # who is described in the first leg
        assert legs == {str(number)}


def test_assumptions_on_a_party_described_beside_the_legs_are_listed_on_each_leg_that_it_takes_part_in(checker):
    party = {"id": "e", "kind": "organisation", "establishedIn": ["CN"]}
    other = {"id": "o", "kind": "organisation", "establishedIn": ["DE"]}
    first, second = {**LEG, "exporter": "e"}, {**LEG, "exporter": "o"}
    found = assumed(checker.check({**DAY, "parties": [party, other], "legs": [first, second]}))
    assert "/parties/0/branchOf" in found[0] and "/parties/0/branchOf" not in found[1]
    assert "/parties/1/branchOf" in found[1] and "/parties/1/branchOf" not in found[0]


@pytest.mark.parametrize(("dates", "listed"), [({}, True), ({"validUntil": "2030-01-01"}, False)])
def test_a_ground_without_a_last_day_is_said_to_have_been_read_so(checker, dates, listed):
    flow = {**DAY, **LEG, "grounds": [{"ground": "standardContract", "status": "effective", **dates}]}
    assert ("/grounds/0/validUntil" in assumed(checker.check(flow))[0]) is listed
