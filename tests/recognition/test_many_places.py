"""The matrix of a day, ways over third places, and what changes between two days."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.recognition.overview import MOST_HOPS
from tests.recognition.world import DAY, Json, row, world
from tests.tiny import norm

CHAIN = (row("A", "XX", "YY", scope={"en": "trade"}), row("B", "YY", "WW"), row("C", "WW", "ZZ"))
NO_UNION: list[Any] = []


def vias(found: Json) -> list[list[str]]:
    return [way["via"] for way in found["paths"]]


def test_the_matrix_tells_who_recognises_whom_and_who_gives_more_than_it_gets():
    found = world(row("A", "XX", "YY"), row("B", "YY", "XX", "equivalence"), row("C", "XX", "WW")).matrix(["XX", "YY", "WW"], DAY)
    assert [(cell["from"], cell["to"], cell["kinds"]) for cell in found["cells"]] == [
        ("XX", "YY", ["adequacy"]),
        ("XX", "WW", ["adequacy"]),
        ("YY", "XX", ["equivalence"]),
    ]
    assert (found["mutual"], found["oneWay"]) == ([["XX", "YY"]], [["XX", "WW"]])
    assert [(place["code"], place["lawHeld"], place["gives"], place["gets"]) for place in found["places"]] == [
        ("XX", "whole", 2, 1),
        ("YY", "whole", 1, 1),
        ("WW", "none", 0, 1),
    ]


def test_the_matrix_has_only_what_opens_a_place():
    rows = (
        row("SIGNED", "XX", "YY", inForce=False),
        row("CERT", "XX", "SEAL", "certificationRecognition"),
        row("CONTRACT", "XX", "YY", "contractArrangement"),
        row("NOTE", "XX", "YY", opens=False),
        row("PART", "YY", "XX-1"),
    )
    assert world(*rows).matrix(["XX", "YY"], DAY)["cells"] == []


def test_two_rows_of_one_kind_are_one_kind_in_a_cell():
    rows = (row("A", "XX", "YY"), row("B", "XX", "YY"), row("C", "XX", "YY", "whiteList"))
    assert world(*rows).matrix(["XX", "YY"], DAY)["cells"][0]["kinds"] == ["adequacy", "whiteList"]


def test_a_place_that_is_named_twice_is_in_the_matrix_once():
    found = world(row("A", "XX", "YY")).matrix(["XX", "Yland", "xland", "YY"], DAY)
    assert [place["code"] for place in found["places"]] == ["XX", "YY"]
    assert len(found["cells"]) == 1


def test_without_names_the_matrix_is_of_all_who_recognise_and_exist_on_the_day():
    service = world(row("A", "XX", "YY"), row("B", "UNION", "WW"), row("OLD", "CLUB", "XX", until="2023-01-01"))
    assert [place["code"] for place in service.matrix([], DAY)["places"]] == ["UNION", "XX"]


def test_ways_are_found_the_shortest_first_and_no_longer_than_asked():
    service = world(*CHAIN, row("D", "YY", "ZZ"), memberships=NO_UNION)
    assert vias(service.ways("XX", "ZZ", DAY)) == [["YY"], ["YY", "WW"]]
    assert vias(service.ways("XX", "ZZ", DAY, 2)) == [["YY"]]
    assert vias(service.ways("XX", "ZZ", DAY, 1)) == []
    assert vias(service.ways("XX", "YY", DAY)) == [[]]
    assert vias(service.ways("ZZ", "XX", DAY)) == []
    assert MOST_HOPS == 3


def test_a_way_never_comes_back_to_where_it_was():
    service = world(*CHAIN, row("D", "YY", "XX"), row("E", "WW", "YY"), memberships=NO_UNION)
    assert vias(service.ways("XX", "ZZ", DAY)) == [["YY", "WW"]]


def test_a_way_leads_through_no_part_or_whole_of_either_side():
    rows = (row("A", "XX", "YY"), row("B", "YY", "XX-1"), row("C", "XX-1", "WW"), row("D", "XX", "WW"))
    assert vias(world(*rows, memberships=NO_UNION).ways("XX", "WW", DAY)) == [[]]
    union = (row("A", "WW", "UNION"), row("B", "UNION", "XX"), row("C", "ZZ", "XX"))
    service = world(*union)
    assert vias(service.ways("WW", "XX", DAY)) == [["UNION"], ["ZZ"]]
    assert vias(service.ways("WW", "ZZ", DAY)) == [[]], "ZZ is inside the body"


def test_a_body_without_members_on_the_day_is_no_station():
    rows = (row("A", "XX", "UNION"), row("B", "UNION", "WW"))
    service = world(*rows, memberships=[["UNION", "YY", "2020-01-01", "2025-01-01"]])
    assert vias(service.ways("XX", "WW", date(2024, 6, 1))) == [["UNION"]]
    assert vias(service.ways("XX", "WW", DAY)) == []


def test_each_hop_has_its_recognitions_and_what_travels_with_the_data():
    onward = (norm("ONWARD", "A", act="OnwardTransfer"), norm("YOURS", "A", act="OnwardTransfer", instrument="yy/act"), norm("N", "A"))
    (way,) = world(*CHAIN, norms=onward, memberships=NO_UNION).ways("XX", "ZZ", DAY)["paths"]
    first, second, third = way["hops"]
    assert first["recognitions"] == [{"id": "A", "kind": "adequacy", "scope": {"en": "trade"}, "since": "2022-01-01", "until": None}]
    assert "conditionsThatTravel" not in first and "notTransitive" not in first
    travels = [[(each["of"], [norm["norm"] for norm in each["norms"]]) for each in hop["conditionsThatTravel"]] for hop in (second, third)]
    assert travels == [[("XX", ["ONWARD"])], [("XX", ["ONWARD"]), ("YY", ["YOURS"])]]
    assert "that Yland recognises Wland says nothing on what Xland thinks of Wland" in second["notTransitive"]["en"]
    assert "〔Wland〕认可〔ZZ〕" not in second["notTransitive"]["zh"] and "〔Yland〕认可〔Wland〕" in second["notTransitive"]["zh"]


def events(found: Json) -> list[tuple[str, str, str]]:
    return [
        (change["on"], change["event"], change["recognition"]["id"] if "recognition" in change else change["membership"]["member"]["code"])
        for change in found["changes"]
    ]


HISTORY = (
    row("A", "XX", "YY", **{"from": "2025-01-01"}, until="2025-03-01"),
    row("B", "UNION", "WW", **{"from": "2025-02"}),
    row("S", "XX", "WW", inForce=False, **{"from": "2025-02-01"}),
)
LEAVING = [["UNION", "YY", "2020-01-01", "2025-02-10"], ["CLUB", "WW", "2025-02-20", None]]


def test_changes_are_told_after_the_first_day_and_up_to_the_last_by_day():
    service = world(*HISTORY, memberships=LEAVING)
    assert events(service.changes(date(2025, 1, 1), date(2025, 3, 1))) == [
        ("2025-02", "begins", "B"),
        ("2025-02-10", "ends", "YY"),
        ("2025-02-20", "begins", "WW"),
        ("2025-03-01", "ends", "A"),
    ]
    assert events(service.changes(date(2024, 12, 31), date(2025, 1, 1))) == [("2025-01-01", "begins", "A")]
    assert events(service.changes(date(2025, 3, 1), date(2025, 3, 1))) == []


def test_changes_of_some_places_are_those_that_concern_one_of_them_on_the_day_of_the_change():
    service = world(*HISTORY, memberships=LEAVING)
    year = date(2024, 12, 31), date(2025, 12, 31)
    assert events(service.changes(*year, ["YY"])) == [
        ("2025-01-01", "begins", "A"),
        ("2025-02", "begins", "B"),
        ("2025-02-10", "ends", "YY"),
        ("2025-03-01", "ends", "A"),
    ]
    assert events(service.changes(*year, ["WW"])) == [("2025-02", "begins", "B"), ("2025-02-20", "begins", "WW")]
    assert events(service.changes(*year, ["UNION"])) == [("2025-02", "begins", "B"), ("2025-02-10", "ends", "YY")]
    assert [name for _, _, name in events(service.changes(*year, ["XX-1"]))] == ["A", "A"]
