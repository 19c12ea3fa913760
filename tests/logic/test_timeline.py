"""Time: spans, imprecise dates and epochs; places and bodies on a day."""

from __future__ import annotations

from datetime import date

import pytest

from comity.logic.territory import Territories
from comity.logic.timeline import Span, Timeline

BEFORE, FIRST, LAST, AFTER = date(2024, 2, 29), date(2024, 3, 1), date(2025, 4, 30), date(2025, 5, 1)


@pytest.mark.parametrize(("day", "expected"), [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)])
def test_the_first_day_counts_and_the_last_named_day_does_not(day, expected):
    assert Span("2024-03-01", "2025-05-01").holds_on(day) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2024, 1, 31), False), (date(2024, 2, 1), None), (date(2024, 2, 28), None), (date(2024, 2, 29), True)]
)
def test_a_month_leaves_the_days_between_open(day, expected):
    assert Span("2024-02", None).holds_on(day) is expected


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2024, 1, 31), (None, None)),
        (date(2024, 2, 3), ("2024-02", None)),
        (date(2024, 3, 1), (None, None)),
        (date(2026, 7, 1), (None, "2026")),
        (date(2026, 12, 31), (None, None)),
    ],
)
def test_the_dates_that_leave_a_day_open_are_named(day, ends):
    assert Span("2024-02", "2026").open_ends(day) == ends


def test_nothing_changes_inside_an_epoch():
    timeline = Timeline([Span("2024-03-01", "2025-05-01"), Span("2024-06", None)])
    assert timeline.epoch(date(2024, 3, 1)) == timeline.epoch(date(2024, 5, 31))
    assert timeline.epoch(date(2024, 5, 31)) != timeline.epoch(date(2024, 6, 1))
    assert timeline.epoch(BEFORE) != timeline.epoch(FIRST)


WHERE = Territories(
    {"FR": None, "GF": "FR", "DE": None, "DK": None, "FO": None, "CN": None, "CN-SH": "CN"},
    [
        ("U", "FR", "1958-01-01", None),
        ("U", "DE", "1990-01-01", "2020-01-01"),
        ("E", "U", "1994-01-01", None),
        ("V", "FR", None, None),
        ("V", "GF", "2030-01-01", None),
    ],
)


def test_parts_follow_their_whole_unless_they_have_rows_of_their_own():
    assert WHERE.members("U", FIRST) == {"FR", "GF"}
    assert WHERE.members("V", FIRST) == {"FR"}
    assert WHERE.members("V", date(2030, 1, 1)) == {"FR", "GF"}


def test_bodies_may_be_members_of_bodies():
    assert WHERE.members("E", date(2019, 12, 31)) == {"FR", "GF", "DE"}


def test_sets_of_places():
    assert WHERE.resolve(["minus", ["union", ["body", "U"], ["territory", "CN"]]], FIRST) == {"DE", "DK", "FO"}
    assert WHERE.candidates("CN", FIRST) == {"CN", "CN-SH"}
