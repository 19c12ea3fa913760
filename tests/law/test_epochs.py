"""Time in the program: what is in force on the day asked, compiled once for each epoch."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tiny import checker, norm, statuses, verdict

OLD = norm("old", "A", until="2024-03-22")
NEW = norm("new", "A", "Prohibition", **{"from": "2024-03-22"})
MONTH = norm("month", "B", "Prohibition", **{"from": "2023-05"})
INSIDE = norm("inside", "Inside")
CLASSES = {"Inside": ["place", "to", ["body", "BODY"]], "Recognised": ["inforce", "xx/decision"]}
MACHINE = checker(
    [OLD, NEW, MONTH, INSIDE, norm("known", "Recognised", "Permission")], CLASSES, spans={"xx/decision": ["2020-01-01", "2021-01-01"]}
)


def on(day, **facts):
    return MACHINE.check({"asOf": day, "b": False, "to": "XX", **facts})


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-03-21", {"old": "due"}), ("2024-03-22", {"new": "prohibited"})],
)
def test_the_last_day_is_exclusive_and_the_first_counts(day, expected):
    assert statuses(on(day, a=True)) == expected


def test_a_month_leaves_its_days_open_and_the_verdict_with_them():
    assert statuses(on("2023-04-30", a=False, b=True)) == {}
    told = on("2023-05-15", a=False, b=True)
    assert (statuses(told), verdict(told), told["missing"]) == ({"month": "unknown"}, "needs-information", [])
    assert statuses(on("2023-05-31", a=False, b=True)) == {"month": "prohibited"}


def reason(told):
    return told["findings"][0]["reason"]


def test_the_reason_names_the_date_that_leaves_a_norm_open():
    told = on("2023-05-15", a=False, b=True)
    date_en = "it is in force from some day in 2023-05 (the exact day is not known)"
    assert reason(told)["en"] == f"art. month cannot be decided yet, because {date_en}."
    assert reason(told)["zh"] == "〔art. month〕尚无法判断，依据：该规定自2023年5月某日起施行（具体日期不详）。"
    assert "the exact day" not in reason(on("2023-05-31", a=False, b=True))["en"]


def test_an_open_fact_is_told_beside_an_open_date():
    told = checker([MONTH]).check({"asOf": "2023-05-15"})
    assert reason(told)["en"].endswith("because it is in force from some day in 2023-05 (the exact day is not known); b: not stated.")


@pytest.mark.parametrize(
    ("until", "en", "zh"),
    [("2023-05", "until some day in 2023-05", "施行至2023年5月某日"), ("2023", "until some day in 2023", "施行至2023年某日")],
)
def test_the_date_of_an_exception_is_named_with_its_provision(until, en, zh):
    machine = checker([norm("ban", "A", "Prohibition", exceptions=["way"]), norm("way", "B", "Exemption", until=until)])
    told = machine.check({"asOf": "2023-05-15", "a": True, "b": True})
    assert (statuses(told), verdict(told), told["missing"]) == ({"ban": "unknown", "way": "unknown"}, "needs-information", [])
    assert f"art. way is in force {en} (the exact day is not known)" in reason(told)["en"]
    assert f"〔art. way〕{zh}（具体日期不详）" in reason(told)["zh"]


@pytest.mark.parametrize(("day", "reached"), [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)])
def test_a_body_has_the_members_of_the_day(day, reached):
    assert ("inside" in statuses(on(day, a=False, to="YY"))) is reached


@pytest.mark.parametrize(("day", "reached"), [("2019-12-31", False), ("2020-01-01", True), ("2021-01-01", False)])
def test_a_recognition_holds_in_its_time(day, reached):
    assert ("known" in statuses(on(day, a=False))) is reached


def test_an_epoch_is_compiled_once_and_shared_by_its_days():
    program = MACHINE.program
    assert program.epoch(date(2024, 3, 22)) is program.epoch(date(2024, 12, 31))
    assert program.epoch(date(2024, 3, 21)) is not program.epoch(date(2024, 3, 22))
    assert program.epoch(date(2026, 1, 1)) is program.epoch(date(9999, 12, 31))
    assert program.epoch(date(1, 1, 1)) is program.epoch(date(2019, 12, 31))


def test_the_days_at_either_end_of_the_calendar_have_an_answer():
    assert verdict(on("0001-01-01", a=True)) == "conditional"
    assert verdict(on("9999-12-31", a=True)) == "prohibited"


def test_two_days_of_one_epoch_have_one_answer():
    first, second = (on(day, a=True, b=True) for day in ("2024-06-01", "2024-06-02"))
    assert {**first, "asOf": None, "request": None} == {**second, "asOf": None, "request": None}
