"""Reading: every fault is named with its place, and nothing is guessed."""

from __future__ import annotations

import math

import pytest

from comity.flow.problems import DescriptionError
from comity.flow.reading import read_description
from comity.logic.node import HOLDER_PLACE, OpenCodes, OpenNodes


@pytest.fixture
def read(schema, territories):
    return lambda **facts: read_description({"asOf": "2026-01-01", **facts}, schema, territories)


def test_what_is_left_out_is_absent_and_what_is_empty_is_not(read):
    leg = read(purposes=[], importer=None).legs[0]
    assert leg["purposes"] == frozenset()
    assert leg["importer"] == []
    assert "exporter" not in leg


def test_none_equals_the_empty_list(read):
    assert read(purposes=["none"]).legs[0]["purposes"] == frozenset()


def test_open_lists_and_open_properties(read):
    leg = read(purposes={"yes": ["marketing"], "no": ["recruitment"]}, totals=[]).legs[0]
    assert leg["purposes"] == OpenCodes(frozenset({"marketing"}), frozenset({"recruitment"}))
    assert isinstance(leg["totals"], OpenNodes)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("CN", {"CN", "CN-SH"}), ("EU", {"DE"}), ({"in": "CN"}, {"CN", "CN-SH"}), ({"outside": "CN"}, {"US", "DE"}), ("CN-SH", {"CN-SH"})],
)
def test_places_are_the_places_they_may_be(read, written, expected):
    assert read(to=written).legs[0]["to"] == (frozenset(expected),)


@pytest.mark.parametrize("written", ["EU", {"in": "EU"}])
def test_a_body_without_members_on_the_day_is_no_place(schema, territories, written):
    with pytest.raises(DescriptionError) as caught:
        read_description({"asOf": "1957-12-31", "to": written}, schema, territories)
    assert [p["pointer"] for p in caught.value.problems] == ["/to"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [(5, (5, 5)), ({"atLeast": 2}, (2, math.inf)), ({"atMost": 7}, (0, 7)), ({"atLeast": 2, "atMost": 7}, (2, 7))],
)
def test_counts_are_ranges(read, written, expected):
    assert read(dataItems=[{"persons": written}]).legs[0]["dataItems"][0]["persons"] == expected


def test_one_party_is_one_node(read):
    description = read(
        exporter="a", importer={"id": "b", "ownedBy": [{"owner": "a", "percent": 60}]}, parties=[{"id": "a", "kind": "organisation"}]
    )
    leg = description.legs[0]
    assert leg["importer"][0]["ownedBy"][0]["owner"][0] is leg["exporter"][0]
    assert [party.path for party in description.parties] == ["/parties/0", "/importer"]


def test_a_party_may_be_mentioned_with_facts_that_its_description_holds(read):
    parent = {"id": "a", "kind": "organisation", "establishedIn": ["US"]}
    description = read(importer=parent, exporter={"id": "b", "controlledBy": [{"id": "a", "kind": "organisation"}]})
    leg = description.legs[0]
    assert leg["exporter"][0]["controlledBy"][0] is leg["importer"][0]
    assert leg["importer"][0].path == "/importer"
    assert description.raw["exporter"]["controlledBy"] == ["a"]


@pytest.mark.parametrize(
    ("fact", "value"), [("kind", "individual"), ("branchOf", {"kind": "organisation"}), ("group", "the description has no group")]
)
def test_a_mention_that_says_something_else_is_refused(refused, fact, value):
    parent = {"id": "a", "kind": "organisation", "establishedIn": ["US"], "branchOf": {"kind": "organisation"}}
    faults = refused(importer=parent, exporter={"id": "b", "controlledBy": [{"id": "a", fact: value}]})
    assert list(faults) == [f"/exporter/controlledBy/0/{fact}"]


def test_a_state_may_own(read):
    holding = read(exporter={"ownedBy": [{"owner": "CN", "percent": 100}]}).legs[0]["exporter"][0]["ownedBy"][0]
    assert holding["owner"][0][HOLDER_PLACE] == (frozenset({"CN", "CN-SH"}),)


@pytest.mark.parametrize(
    ("facts", "pointer", "nearest"),
    [
        ({"importr": None}, "/importr", ["importer"]),
        ({"act": "disclosur"}, "/act", ["disclosure"]),
        ({"to": "Chn"}, "/to", ["CN"]),
        ({"purposes": ["marketting"]}, "/purposes/0", ["marketing"]),
        ({"exporter": "nobody"}, "/exporter", []),
        ({"pending": "yes"}, "/pending", []),
        ({"purposes": "marketing"}, "/purposes", []),
        ({"purposes": ["none", "marketing"]}, "/purposes", []),
        ({"purposes": {"yes": ["marketing"], "no": ["marketing"]}}, "/purposes", []),
        ({"act": None}, "/act", []),
        ({"dataItems": [{"persons": -1}]}, "/dataItems/0/persons", []),
        ({"dataItems": [{"persons": 1.5}]}, "/dataItems/0/persons", []),
        ({"dataItems": [{"persons": True}]}, "/dataItems/0/persons", []),
        ({"dataItems": [{"persons": {"atLeast": 3, "atMost": 2}}]}, "/dataItems/0/persons", []),
        ({"dataItems": [{"validFrom": "2026-02-30"}]}, "/dataItems/0/validFrom", []),
        ({"dataItems": [{"validFrom": "2026-02-02", "validUntil": "2026-02-02"}]}, "/dataItems/0/validUntil", []),
        ({"dataItems": [7]}, "/dataItems/0", []),
        ({"dataItems": [{}] * 10_000}, "/dataItems", []),
        ({"exporter": {"ownedBy": [{"owner": "CN", "percent": 60}, {"owner": "US", "percent": 41}]}}, "/exporter/ownedBy", []),
        ({"exporter": {"ownedBy": [{"owner": "CN", "percent": 101}]}}, "/exporter/ownedBy/0/percent", []),
        ({"legs": []}, "/legs", []),
        ({"legs": [{}], "act": "access"}, "/act", []),
    ],
)
def test_faults_name_the_place_and_the_nearest_value(refused, facts, pointer, nearest):
    faults = refused(**facts)
    assert pointer in faults
    assert faults[pointer]["nearest"][: len(nearest)] == nearest
    assert set(faults[pointer]["message"]) == {"en", "zh"}


def test_every_fault_is_named_at_once(refused):
    assert set(refused(act="x", to="y", z=1)) == {"/act", "/to", "/z"}


def test_a_party_that_owns_itself_is_refused(refused):
    ring = [{"id": "a", "ownedBy": [{"owner": "b", "percent": 100}]}, {"id": "b", "ownedBy": [{"owner": "a", "percent": 100}]}]
    assert "belongs to itself" in next(iter(refused(exporter="a", parties=ring).values()))["message"]["en"]


@pytest.mark.parametrize("key", ["controlledBy", "branchOf"])
def test_a_party_that_controls_itself_or_is_its_own_branch_is_refused(refused, key):
    ring = [{"id": "a", key: ["b"] if key == "controlledBy" else "b"}, {"id": "b", key: ["a"] if key == "controlledBy" else "a"}]
    assert "belongs to itself" in next(iter(refused(exporter="a", parties=ring).values()))["message"]["en"]


def test_a_founder_may_work_for_the_company_that_is_his(read):
    company = {"id": "firm", "ownedBy": [{"owner": "founder", "percent": 100}]}
    leg = read(exporter=company, parties=[{"id": "founder", "kind": "individual", "employedBy": ["firm"]}]).legs[0]
    founder = leg["exporter"][0]["ownedBy"][0]["owner"][0]
    assert founder["employedBy"][0] is leg["exporter"][0]


def chain(tiers: int) -> list[dict]:
    return [{"id": f"p{n}", "ownedBy": [{"owner": f"p{n + 1}", "percent": 100}]} for n in range(tiers)] + [{"id": f"p{tiers}"}]


def test_a_chain_of_fifty_tiers_is_read_and_one_of_fifty_one_is_not(read, refused):
    read(exporter="p0", parties=chain(50))
    assert "50 tiers" in next(iter(refused(exporter="p0", parties=chain(51)).values()))["message"]["en"]


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("tie", ["ownedBy", "employedBy"])
def test_the_longest_chain_that_can_be_sent_is_refused_like_any_other(refused, tie, forwards):
    parties = chain(498) if tie == "ownedBy" else [{"id": f"p{n}", "employedBy": [f"p{n + 1}"]} for n in range(498)] + [{"id": "p498"}]
    (fault,) = refused(exporter="p0", parties=parties if forwards else parties[::-1]).values()
    assert "50 tiers" in fault["message"]["en"]


def test_a_firm_owned_by_its_many_employees_is_no_chain(read):
    firm = {"id": "firm", "ownedBy": [{"owner": f"p{n}", "percent": 0.25} for n in range(400)]}
    read(exporter=firm, parties=[{"id": f"p{n}", "employedBy": ["firm"]} for n in range(400)])


def test_many_parties_are_no_chain(read):
    company = {"id": "firm", "ownedBy": [{"owner": f"p{n}", "percent": 0.2} for n in range(400)]}
    read(exporter=company, parties=[{"id": f"p{n}", "employedBy": ["other"]} for n in range(400)] + [{"id": "other"}])


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_a_description_is_an_object(schema, territories, data):
    with pytest.raises(DescriptionError):
        read_description(data, schema, territories)


@pytest.mark.parametrize("day", [None, "2026", "2026-13-01", 20260101])
def test_no_date_no_answer(schema, territories, day):
    with pytest.raises(DescriptionError) as caught:
        read_description({} if day is None else {"asOf": day}, schema, territories)
    assert caught.value.problems[0]["pointer"] == "/asOf"
