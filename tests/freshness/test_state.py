"""How fresh a small graph is."""

from datetime import date

import pytest

from comity.freshness.reading_ages import by_age
from comity.freshness.state import Lists, state

DAY = date(2026, 11, 28)


def words(text):
    return {"en": text, "zh": f"〔{text}〕"}


def norm(name, **more):
    return {"id": f"xx/act/{name}", "identifier": name, "label": words(name), "instrument": "xx/act", "jurisdiction": ["XX"], **more}


def lists(norms=(), instruments=(), recognitions=(), jurisdictions=(), readings=()):
    return Lists(norms, instruments, recognitions, jurisdictions, readings)


def told(found, key="identifier"):
    return [each[key] for each in found]


def test_the_least_fresh_come_first_and_a_second_reading_counts():
    norms = [
        norm("A", verifiedOn="2026-11-20"),
        norm("B", verifiedOn="2025-01-01"),
        norm("C"),
        norm("D", verifiedOn="2025-01-01"),
        norm("E"),
        norm("F", verifiedOn="2026-06"),
    ]
    readings = [
        {"norm": "xx/act/D", "on": "2026-08-01T00:00:00Z", "current": True},
        {"norm": "xx/act/E", "on": "2026-09-30T00:00:00Z", "current": False},
    ]
    readings.append({"norm": "xx/act/E", "on": "2024-01-01T00:00:00Z", "current": True})  # an older one does not count
    found = state(lists(norms, readings=readings), DAY)["readings"]
    assert told(found["norms"]) == ["C", "B", "F", "D", "E", "A"]
    assert [each.get("readOn") for each in found["norms"]] == [None, "2025-01-01", "2026-06", "2026-08-01", "2026-09-30", "2026-11-20"]
    assert found["norms"][-1]["ageDays"] == 8
    assert found["second"] == {"current": 1, "stale": 1, "none": 4}
    assert [group["number"] for group in found["byAge"]] == [2, 2, 0, 1, 1]


@pytest.mark.parametrize(
    ("read", "group"), [("2026-11-28", 0), ("2026-08-29", 0), ("2026-08-28", 1), ("2026-05-01", 2), ("2025-11-27", 3), ("2027-01-01", 0)]
)
def test_ages_are_grouped_without_a_gap(read, group):
    numbers = [each["number"] for each in by_age([read], DAY)]
    assert sum(numbers) == 1
    assert numbers[group] == 1


def test_what_has_ended_is_not_read_any_more():
    found = state(lists([norm("A", until="2026-11-28"), norm("B", until="2026-11-29"), norm("C", until="2026-11")]), DAY)
    assert told(found["readings"]["norms"]) == ["B", "C"]


def test_coming_are_the_next_twelve_months_of_everything_that_has_dates():
    norms = [
        norm("TODAY", **{"from": "2026-11-28"}),
        norm("TOMORROW", **{"from": "2026-11-29"}),
        norm("MONTH", **{"from": "2027-05"}),
        norm("SUNSET", **{"from": "2020-01-01", "until": "2027-11-28"}),
        norm("LATER", **{"from": "2027-11-29"}),
    ]
    decision = {"id": "recognition/R", "identifier": "R", "label": words("decision"), "from": ["XX"], "to": ["YY"], "status": "inForce"}
    dated = {**decision, "inForceFrom": "2020-01-01", "inForceUntil": "2027-06-27"}
    law = {"id": "xx/act", "label": words("act"), "jurisdiction": ["XX"], "from": "2020-01-01", "until": "2027-10-03"}
    places = [
        {"code": "XX", "label": words("X"), "memberships": [{"body": "CLUB", "from": "2027-01-01"}]},
        {"code": "CLUB", "label": words("club"), "memberships": []},
    ]
    found = state(lists(norms, [law], [dated], places), DAY)
    assert [(each["on"], each["event"], each["what"]) for each in found["coming"]] == [
        ("2026-11-29", "begins", "norms"),
        ("2027-01-01", "begins", "memberships"),
        ("2027-05", "begins", "norms"),
        ("2027-06-27", "ends", "recognitions"),
        ("2027-10-03", "ends", "instruments"),
        ("2027-11-28", "ends", "norms"),
    ]
    membership = found["coming"][1]
    assert (membership["member"], membership["body"], membership["bodyLabel"]["en"]) == ("XX", "CLUB", "club")
    assert found["coming"][3]["to"] == ["YY"]
    assert told(found["announced"]) == ["LATER"]
    elsewhere = state(lists(norms, [law], [dated], places), DAY, "YY")
    assert [each["what"] for each in elsewhere["coming"]] == ["recognitions"]
    assert elsewhere["readings"]["total"] == 0
    assert [each["what"] for each in state(lists(norms, [law], [dated], places), DAY, "CLUB")["coming"]] == ["memberships"]


def test_announced_is_what_has_no_first_day_and_no_last():
    laws = [
        {"id": "xx/draft", "title": words("draft"), "jurisdiction": ["XX"], "issued": "2026-01-01"},
        {"id": "xx/next", "title": words("next"), "jurisdiction": ["XX"], "from": "2028-01-01"},
        {"id": "xx/dead", "title": words("dead"), "jurisdiction": ["XX"], "until": "2020-01-01"},
        {"id": "xx/law", "title": words("law"), "jurisdiction": ["XX"], "from": "2020-01-01"},
    ]
    rows = [
        {"id": "recognition/S", "label": words("signed"), "from": ["XX"], "to": ["YY"], "signedOn": "2026-06-10"},
        {"id": "recognition/W", "label": words("withdrawn"), "from": ["XX"], "to": ["YY"], "inForceUntil": "2020-01-01"},
        {"id": "recognition/F", "label": words("in force"), "from": ["XX"], "to": ["YY"], "inForceFrom": "2020-01-01"},
    ]
    found = state(lists([norm("NOW"), norm("THEN", **{"from": "2029-01-01"})], laws, rows), DAY)["announced"]
    assert told(found, "id") == ["xx/next", "xx/draft", "xx/act/THEN", "recognition/S"]
    assert found[-1]["made"] == "2026-06-10"


def test_a_leap_day_and_the_last_year_have_a_year_after_them():
    assert state(lists(), date(2028, 2, 29))["until"] == "2029-02-28"
    assert state(lists(), date(9999, 12, 31))["until"]
