"""Two sides over time, and how several places stand towards each other."""

from __future__ import annotations

from tests.recognition.world import DAY, row, world
from tests.tiny import held


def days(*rows, one: str = "XX", other: str = "YY", **more) -> list[tuple]:
    """The days of the line: when, the states, what begins and what ends."""
    return [
        (each["on"], each["forward"], each["backward"], [r["id"] for r in each["begins"]], [r["id"] for r in each["ends"]])
        for each in world(*rows, **more).history(one, other, DAY)
    ]


def test_a_recognition_begins_and_ends():
    assert days(row("A", "XX", "YY", until="2024-03-01"), row("B", "YY", "XX", **{"from": "2023-01-01"})) == [
        ("2022-01-01", "recognised", "not-recognised", ["A"], []),
        ("2023-01-01", "recognised", "recognised", ["B"], []),
        ("2024-03-01", "not-recognised", "recognised", [], ["A"]),
    ]


def test_what_does_not_touch_both_sides_is_no_day_of_theirs():
    rows = (
        row("A", "XX", "WW"),
        row("B", "ZZ", "YY"),
        row("C", "XX", "YY", inForce=False),
        row("D", "XX", "YY", "treatyCommitment", opens=False),
    )
    assert days(*rows) == []


def test_a_body_recognises_whom_its_members_do_not_from_the_day_they_belong_to_it():
    memberships = [["UNION", "YY", "2023-05-01", "2025-01-01"], ["UNION", "ZZ", "2020-01-01", None]]
    assert days(row("A", "UNION", "XX"), memberships=memberships) == [
        ("2023-05-01", "not-recognised", "recognised", ["A"], []),
        ("2025-01-01", "not-recognised", "not-recognised", [], ["A"]),
    ]


def test_recognition_of_all_whom_a_body_recognises_follows_the_body():
    rows = (row("ALL", "XX", None, through="UNION"), row("A", "UNION", "WW", until="2024-01-01", **{"from": "2023-01-01"}))
    assert days(*rows, other="WW") == [
        ("2023-01-01", "recognised", "not-held", ["ALL"], []),
        ("2024-01-01", "not-recognised", "not-held", [], ["ALL"]),
    ]


def test_a_certificate_counts_from_the_day_on_which_recipients_can_hold_it():
    memberships = [["SEAL", "YY", "2023-01-01", None]]
    assert days(row("CERT", "XX", "SEAL", "certificationRecognition"), memberships=memberships) == [
        ("2023-01-01", "with-mechanism", "not-recognised", ["CERT"], []),
    ]


def test_a_day_known_to_the_year_is_the_last_that_it_may_be_for_an_end():
    assert [each[0] for each in days(row("A", "XX", "YY", until="2024"))] == ["2022-01-01", "2024-12-31"]


def test_how_far_the_law_is_held_is_no_change_between_two_places():
    statements = (held("XX", "whole") | {"from": "2023-01-01"}, held("YY", "whole"))
    assert [each[0] for each in days(row("A", "XX", "YY"), statements=statements)] == ["2022-01-01"]


def test_how_several_places_stand_towards_each_other():
    found = world(row("A", "XX", "YY"), row("CERT", "YY", "XX", "contractArrangement")).standings(["XX", "YY", "WW"], DAY)
    assert {(cell["from"], cell["to"]): (cell["state"], cell["kinds"]) for cell in found["cells"]} == {
        ("XX", "YY"): ("recognised", ["adequacy"]),
        ("XX", "WW"): ("not-recognised", []),
        ("YY", "XX"): ("with-mechanism", ["contractArrangement"]),
        ("YY", "WW"): ("not-recognised", []),
        ("WW", "XX"): ("not-held", []),
        ("WW", "YY"): ("not-held", []),
    }


def test_by_default_places_stand_whose_law_is_held_and_bodies_that_recognise():
    recognitions = world(row("A", "UNION", "XX"), statements=(held("UNION", "whole"), held("YY", "whole"), held("WW", "whole")))
    assert [place["code"] for place in recognitions.standings([], DAY)["places"]] == ["UNION", "WW"]
    assert {place["code"] for place in recognitions.recognising()} == {"UNION", "XX"}
