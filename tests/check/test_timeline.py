"""The days on which an answer changes: found by looking at few, and the same as by looking at all."""

from __future__ import annotations

from datetime import date, timedelta

from tests.tiny import checker, flag, flow, norm

BAN = norm("ban", "A", "Prohibition", **{"from": "2023-01-01", "until": "2024-01-01"})
DUTY = norm("duty", "A", demand=flag("signed"), instrument="yy/act", **{"from": "2026-05", "until": None})
ELSEWHERE = norm("elsewhere", "B", "Prohibition", **{"from": "2022-03-01", "until": "2027-01-01"})
MACHINE = checker([BAN, DUTY, ELSEWHERE])


def test_a_timeline_tells_the_days_and_the_laws_that_change_the_answer():
    found = MACHINE.timeline(flow(a=True, b=False, **{"from": "XX"}))
    assert (found["start"]["on"], found["start"]["verdict"]) == ("2020-06-01", "not-regulated")
    told = [
        (change["on"], change["verdict"], [(law["instrument"], law["from"], law["to"]) for law in change["instruments"]])
        for change in found["changes"]
    ]
    assert told == [
        ("2023-01-01", "prohibited", [("xx/act", "not-regulated", "prohibited")]),
        ("2024-01-01", "not-regulated", [("xx/act", "prohibited", "not-regulated")]),
        ("2026-05-01", "needs-information", [("yy/act", "not-regulated", "needs-information")]),
        ("2026-05-31", "conditional", [("yy/act", "needs-information", "conditional")]),
    ]
    assert found["changes"][0]["instruments"][0]["norms"] == [{"norm": "ban", "from": "not-applicable", "to": "prohibited"}]


def test_a_timeline_can_begin_and_end_where_one_asks():
    found = MACHINE.timeline(flow(a=True, b=False), start=date(2023, 6, 1), until=date(2024, 6, 1))
    assert found["start"]["verdict"] == "prohibited" and [change["on"] for change in found["changes"]] == ["2024-01-01"]


def test_days_on_which_a_description_names_what_is_not_there_are_passed_over():
    machine = checker([norm("near", "Near", "Prohibition")], {"Near": ["place", "to", ["body", "BODY"]]})
    found = machine.timeline(flow(to="BODY", **{"from": "XX"}))
    assert found["start"]["on"] == "2025-01-01", "the body has its first member on that day"


def test_a_timeline_of_the_first_years_begins_with_them():
    assert MACHINE.timeline({"asOf": "0003-01-01", "a": True})["start"]["on"] == "0001-01-01"


def test_looking_at_few_days_finds_what_looking_at_every_day_finds():
    machine = checker([norm("near", "Near", "Prohibition"), BAN], {"Near": ["place", "to", ["body", "BODY"]]})
    for facts in (flow(a=True, to="YY", **{"from": "XX"}), flow(a=False, to="XX", **{"from": "XX"})):
        quick = {change["on"]: change["verdict"] for change in machine.timeline(facts, start=date(2022, 12, 1))["changes"]}
        slow, before = {}, None
        for number in range(1400):
            day = (date(2022, 12, 1) + timedelta(days=number)).isoformat()
            verdict = machine.check({**facts, "asOf": day}, plan=False)["verdict"]
            if before is not None and verdict != before:
                slow[day] = verdict
            before = verdict
        assert quick == slow
