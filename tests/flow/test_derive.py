"""Derived facts: bounds of counts, dates, and whether two parties are one person or one group."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest

from comity.flow.counting import Counter, Counting
from comity.flow.derive import derive, same_group, same_legal_person
from comity.flow.reading import read_description

RULE = {
    "key": "n",
    "op": "op-count",
    "units": ["persons"],
    "scope": "all",
    "windows": ["year"],
    "counted": ["Name"],
    "notCounted": [],
    "withoutExempt": False,
}
TOTAL = {"counted": ["Name"], "notCounted": [], "unit": "persons", "countedOver": "all", "window": "year", "count": 50}


GROUP = {
    "ofKey": "ownedBy",
    "ownerKey": "owner",
    "shareKey": "percent",
    "shareAbove": 50.0,
    "controlKey": "controlledBy",
    "groupKey": "group",
}


def read(schema, territories, **facts):
    return read_description({"asOf": "2026-01-01", **facts}, schema, territories)


@pytest.fixture
def bounds(schema, territories):
    def count(counts, truths, totals=(), **changes):
        leg = read(schema, territories, dataItems=[{} if n is None else {"persons": n} for n in counts], totals=list(totals)).legs[0]
        return Counter(schema).bounds({**RULE, **changes}, leg, list(zip(leg["dataItems"], truths)), None)

    return count


@pytest.mark.parametrize(
    ("counts", "truths", "expected"),
    [
        ([60, 30], [True, True], (60, 90)),
        ([60, 30], [True, None], (60, 90)),
        ([60, 30], [None, False], (0, 60)),
        ([60, None], [True, True], (60, math.inf)),
        ([], [], (0, 0)),
    ],
)
def test_each_person_counts_once_so_the_largest_item_is_the_floor_and_the_sum_the_ceiling(bounds, counts, truths, expected):
    assert bounds(counts, truths, scope="thisFlow") == expected


def test_a_count_wider_than_the_flow_has_no_ceiling(bounds):
    assert bounds([60], [True]) == (60, math.inf)


def test_a_stated_total_of_the_same_thing_settles_the_count(bounds):
    assert bounds([20], [True], [TOTAL]) == (50, 50)


@pytest.mark.parametrize(
    ("told", "truth", "floor"),
    [
        ([("US", 4), ("CN", 11), ("US", 2)], True, 6),
        ([("US", 4), ("CN", 11)], None, 0),
        ([("CN", 11)], True, 0),
        ([("US", None), ("US", 2)], True, 2),
        ([("US", 20)], True, 20),
        ([], True, 15),
    ],
)
def test_of_people_told_by_place_those_surely_count_whom_the_law_counts_and_the_others_may(schema, territories, told, truth, floor):
    by_place = [{"place": place} | ({} if persons is None else {"persons": persons}) for place, persons in told]
    leg = read(schema, territories, dataItems=[{"persons": 15, "personsByPlace": by_place}]).legs[0]
    rule, parts = {**RULE, "scope": "thisFlow"}, [(leg["dataItems"][0], truth)]
    assert Counter(schema).bounds(rule, leg, parts, lambda people: people.raw["place"] == "US") == (floor, max(floor, 15))
    assert Counter(schema).bounds(rule, leg, parts, None) == (15 if truth else 0, 15)


def test_devices_are_counted_whole_beside_people_told_by_place(schema, territories):
    item = {"persons": 15, "devices": 9, "personsByPlace": [{"place": "US", "persons": 4}]}
    leg = read(schema, territories, dataItems=[item]).legs[0]
    rule = {**RULE, "scope": "thisFlow", "units": ["devices", "persons"]}
    assert Counter(schema).bounds(rule, leg, [(leg["dataItems"][0], True)], lambda _: True) == (9, 15)


def test_a_counting_comes_back_from_json_and_names_every_figure_anew(schema, territories):
    item = {"persons": 15, "personsByPlace": [{"place": "US", "persons": 4}, {"place": "CN", "persons": 11}]}
    leg = read(schema, territories, dataItems=[item], totals=[TOTAL]).legs[0]
    counter = Counter(schema)
    counter.bounds(RULE, leg, [(leg["dataItems"][0], True)], lambda people: people.raw["place"] == "US")
    ((counting,),) = counter.taken.values()
    assert Counting.of(json.loads(json.dumps(counting))) == counting
    names = {"/dataItems/0/persons": 1, "/dataItems/0/personsByPlace/0/persons": 2, "/totals/0/count": 3}
    assert counting.placed(names.__getitem__).bounds({1: (15, 15), 2: (5, 6), 3: (0, 9)}.__getitem__) == (5, 9)


@pytest.mark.parametrize("change", [{"unit": "records"}, {"countedOver": "thisFlow"}])
def test_a_total_of_another_thing_settles_nothing(bounds, schema, territories, change):
    if change.get("unit") == "records":
        change = {"counted": ["Health"]}
    assert bounds([20], [True], [{**TOTAL, **change}]) == (20, math.inf)


def test_a_total_that_does_not_say_that_exempt_flows_are_out_is_a_ceiling_only(bounds):
    assert bounds([20], [True], [TOTAL], withoutExempt=True) == (20, 50)
    assert bounds([20], [True], [{**TOTAL, "exemptFlowsRemoved": ["contract"]}], withoutExempt=True) == (50, 50)


def parties(schema, territories, exporter, importer, *others):
    leg = read(schema, territories, exporter={"id": "e", **exporter}, importer={"id": "i", **importer}, parties=list(others)).legs[0]
    return leg["exporter"][0], leg["importer"][0]


@pytest.mark.parametrize(
    ("importer", "expected"),
    [
        ({"kind": "organisation"}, False),
        ({"kind": "organisation", "branchOf": "e"}, True),
        ({"kind": "individual"}, None),
        ({"kind": "individual", "employedBy": ["e"]}, True),
        ({"kind": "individual", "employedBy": ["e"], "actsFor": "x"}, False),
        ({"kind": "individual", "employedBy": []}, False),
    ],
)
def test_a_branch_and_an_employee_are_the_same_legal_person(schema, territories, importer, expected):
    assert same_legal_person(*parties(schema, territories, {"kind": "organisation"}, importer, {"id": "x"})) is expected


@pytest.mark.parametrize(
    ("exporter", "importer", "expected"),
    [
        ({}, {}, None),
        ({"group": "g"}, {"group": "g"}, True),
        ({"group": "g"}, {"group": "h"}, False),
        ({}, {"ownedBy": [{"owner": "e", "percent": 51}]}, True),
        ({"ownedBy": []}, {"ownedBy": [{"owner": "e", "percent": 50}]}, False),
        ({"ownedBy": []}, {"controlledBy": ["e"]}, True),
    ],
)
def test_a_group_is_a_name_or_a_majority_chain(schema, territories, exporter, importer, expected):
    assert same_group(*parties(schema, territories, exporter, importer), GROUP) is expected


def test_how_much_makes_a_group_is_the_ontologys_to_say(schema, territories, program):
    (declared,) = [rule for rule in program["derived"] if rule["op"] == "op-sameGroup"]
    assert {key: declared[key] for key in GROUP} == GROUP
    held = {"ownedBy": [{"owner": "e", "percent": 60}]}
    assert same_group(*parties(schema, territories, {"ownedBy": []}, held), {**GROUP, "shareAbove": 66.0}) is False


def test_a_group_is_found_on_however_many_paths(schema, territories):
    """Forty tiers of two controllers each: more paths than could ever be walked."""
    tiers = [{"id": f"{tier}{side}", "controlledBy": [f"{tier + 1}x", f"{tier + 1}y"]} for tier in range(40) for side in "xy"]
    top = [{"id": "40x", "controlledBy": []}, {"id": "40y", "controlledBy": []}]
    held, holder, stranger = {"id": "low", "controlledBy": ["0x", "0y"]}, "40y", {"controlledBy": []}
    leg = read(schema, territories, exporter=held, importer=holder, parties=[*tiers, *top]).legs[0]
    assert same_group(leg["exporter"][0], leg["importer"][0], GROUP) is True
    leg = read(schema, territories, exporter=held, importer=stranger, parties=[*tiers, *top]).legs[0]
    assert same_group(leg["exporter"][0], leg["importer"][0], GROUP) is False


@pytest.mark.parametrize(
    ("dates", "expected"),
    [({}, True), ({"validFrom": "2026-01-01"}, True), ({"validFrom": "2026-01-02"}, False), ({"validUntil": "2026-01-01"}, False)],
)
def test_what_is_listed_is_in_force_unless_its_dates_say_otherwise(schema, territories, dates, expected):
    description = read(schema, territories, dataItems=[dates])
    derive(description, [{"op": "op-validOn", "key": "current", "node": "DataItem"}], schema)
    assert description.legs[0]["dataItems"][0]["current"] == frozenset({expected})


def test_days_between_and_moments(schema, territories):
    description = read(schema, territories, dataItems=[{"validFrom": "2025-12-01"}, {}])
    rules = [
        {"op": "op-daysBetween", "key": "age", "node": "DataItem", "fromKey": "validFrom", "toKey": "asOf"},
        {"op": "op-dateTime", "key": "at", "node": "DataItem", "ofKey": "validFrom"},
    ]
    derive(description, rules, schema)
    first, second = description.legs[0]["dataItems"]
    assert first["age"] == (31, 31)
    assert date.fromtimestamp(first["at"][0]) == date(2025, 12, 1)
    assert "age" not in second and "at" not in second


def test_the_next_leg_is_the_one_that_follows(schema, territories):
    description = read(schema, territories, legs=[{"id": "a"}, {"id": "b", "follows": "a"}, {"id": "c", "follows": "a"}])
    derive(description, [], schema)
    first, second, third = description.legs
    assert first["nextLeg"] == [second, third]
    assert second["nextLeg"] == [] and third["nextLeg"] == []


@pytest.mark.parametrize(("dates", "expected"), [({}, True), ({"validFrom": "2026-01-01"}, True), ({"validFrom": "2026-01-02"}, False)])
def test_a_day_has_come_unless_it_is_stated_to_come(schema, territories, dates, expected):
    description = read(schema, territories, dataItems=[dates])
    derive(description, [{"op": "op-begun", "key": "begun", "node": "DataItem", "ofKey": "validFrom"}], schema)
    assert description.legs[0]["dataItems"][0]["begun"] == frozenset({expected})
    rule = {"op": "op-begun", "key": "begun", "node": "DataFlow", "fromKey": "dataItems", "ofKey": "validFrom"}
    derive(description, [rule], schema)
    assert description.legs[0]["begun"] == frozenset({expected})
    silent = read(schema, territories)
    derive(silent, [rule], schema)
    assert silent.legs[0]["begun"] == frozenset({True})
    absent = read(schema, territories, importer=None)
    derive(absent, [{**rule, "fromKey": "importer"}], schema)
    assert absent.legs[0]["begun"] == frozenset({False})


@pytest.mark.parametrize(("state", "expected"), [({}, True), ({"act": "access"}, True), ({"act": "disclosure"}, False)])
def test_what_a_state_denies_has_not_begun_and_silence_denies_nothing(schema, territories, state, expected):
    description = read(schema, territories, **state)
    rule = {"op": "op-begun", "key": "begun", "node": "DataFlow", "ofKey": "day", "stateKey": "act", "deniedBy": ["disclosure"]}
    derive(description, [rule], schema)
    assert description.legs[0]["begun"] == frozenset({expected})


@pytest.mark.parametrize(
    ("health", "expected"),
    [(0, (0, 50)), (7, (0, 57)), (None, (0, math.inf))],
)
def test_totals_that_leave_nothing_out_together_bound_the_count(bounds, health, expected):
    parts = [{**TOTAL, "notCounted": ["Health"]}, {**TOTAL, "counted": ["Health"], "count": health}]
    assert bounds([], [], [part for part in parts if part["count"] is not None], units=["persons"]) == expected


@pytest.mark.parametrize("key", ["counted", "notCounted"])
def test_a_total_of_which_it_is_not_told_what_it_counts_bears_on_no_count(bounds, key):
    assert bounds([60], [True], [{**TOTAL, key: {"yes": ["Name"]}}]) == (60, math.inf)


@pytest.mark.parametrize(
    ("demand", "controls", "expected"),
    [
        ({"addressee": "a"}, ["a"], True),
        ({"addressee": "a"}, ["b"], False),
        ({"addressee": "a"}, [], False),
        ({"addressee": "a"}, {"yes": ["b"]}, None),
        ({"addressee": "a"}, {"yes": ["a"]}, True),
        ({"addressee": "a"}, None, None),
        ({"addressee": "branch"}, ["a"], True),
        ({"addressee": "a"}, ["branch"], True),
        ({"addressee": "held"}, ["a"], False),
        ({}, ["a"], None),
        ({"addressee": None}, ["a"], False),
        (None, ["a"], False),
    ],
)
def test_the_party_that_is_asked_is_looked_for_among_those_in_control(schema, territories, demand, controls, expected):
    company = {"kind": "organisation", "branchOf": None}
    parties = [
        {"id": "a", **company},
        {"id": "b", **company},
        {"id": "branch", "kind": "organisation", "branchOf": "a"},
        {"id": "held", **company, "ownedBy": [{"owner": "a", "percent": 100}]},
    ]
    item = {} if controls is None else {"inControlOf": controls}
    description = read(schema, territories, demand=demand, dataItems=[item], parties=parties)
    rule = {"op": "op-partyAmong", "node": "DataItem", "key": "asked", "ofKey": "inControlOf", "fromKey": "demand", "toKey": "addressee"}
    derive(description, [rule], schema)
    stated = description.legs[0]["dataItems"][0].get("asked")
    assert stated == (None if expected is None else frozenset({expected}))


def test_each_leg_looks_for_the_party_that_its_own_demand_names(schema, territories):
    parties = [{"id": name, "kind": "organisation", "branchOf": None} for name in "ab"]
    legs = [{"demand": {"addressee": name}, "dataItems": [{"inControlOf": ["a"]}]} for name in "ab"]
    description = read(schema, territories, legs=legs, parties=parties)
    rule = {"op": "op-partyAmong", "node": "DataItem", "key": "asked", "ofKey": "inControlOf", "fromKey": "demand", "toKey": "addressee"}
    derive(description, [rule], schema)
    assert [leg["dataItems"][0]["asked"] for leg in description.legs] == [frozenset({True}), frozenset({False})]
