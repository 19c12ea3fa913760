"""Profiles: an answer that was kept is the answer that judging anew would give, byte for byte."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest

from comity.check.checker import Checker
from comity.flow.problems import DescriptionError
from comity.logic.thresholds import thresholds
from tests import tiny as world
from tests.shared import spread
from tests.tiny import flag, flow, norm

CLASSES = {
    "Secret": ["some", "dataItems", flag("secret")],
    "Many": ["num", "people", 10, False, None, False],
    "Few": ["num", "people", None, False, 3, True],
    "Adult": ["some", "dataItems", ["num", "persons", 100, True, None, False]],
    "Named": ["some", "exporter", ["present", "id", 1]],
    "Inside": ["place", "to", ["body", "BODY"]],
}
DERIVED = [
    {
        "key": "people",
        "op": "op-count",
        "class": "Secret",
        "units": ["persons"],
        "scope": "thisFlow",
        "windows": [],
        "counted": [],
        "notCounted": [],
        "withoutExempt": False,
        "label": {"en": "people", "zh": "人数"},
        "question": {"en": "?", "zh": "？"},
    }
]
NORMS = [norm("m", "Many", "Prohibition"), norm("f", "Few"), norm("i", "Inside"), norm("h", "Adult"), norm("n", "Named")]


def tiny(**more: Any) -> Checker:
    return Checker(world.program(NORMS, CLASSES, derived=DERIVED), **more)


def items(*counts: Any) -> dict[str, Any]:
    return flow(to="YY", dataItems=[{"secret": True, "persons": count} for count in counts])


@pytest.fixture
def seen(monkeypatch):
    """A checker that has judged one description, and must not judge another."""

    def after(description: dict[str, Any]) -> Checker:
        checker = tiny()
        checker.check(description)

        def refuse(*_: Any) -> bytes:
            raise AssertionError("it was judged anew")

        monkeypatch.setattr(checker, "judge", refuse)
        return checker

    return after


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (items(4, 5), items(5, 4)),
        (items(20, 200), items(11, 101)),
        (items({"atLeast": 4}), items({"atLeast": 9})),
        (items(4, 5), {**items(4, 5), "asOf": "2025-06-03"}),
    ],
)
def test_figures_that_no_threshold_tells_apart_are_answered_from_the_profile(seen, first, second):
    assert seen(first).check_json(second) == tiny(profile_bytes=0).check_json(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (items(4, 5), items(4, 5, 6)),
        (items(4, 5), items(5, 10)),
        (items(4, 5), items(5, 5)),
        (items(4), items(2)),
        (items(100), items(101)),
        (items(4), items({"atMost": 4})),
        (items(4), {**items(4), "to": "XX"}),
        (items(4), {**items(4), "asOf": "2026-06-02"}),
    ],
)
def test_what_a_threshold_a_fact_or_a_date_tells_apart_is_judged_anew(seen, first, second):
    with pytest.raises(AssertionError, match="anew"):
        seen(first).check_json(second)


def test_the_figures_and_the_digest_of_a_kept_answer_are_those_of_the_request(seen):
    checker = seen(items(4, 5))
    answer = checker.check(items(5, 4))
    assert {fact["value"] for finding in answer["findings"] for fact in finding["because"]} >= {"YY"}
    assert answer["request"] != tiny().check(items(4, 5))["request"]
    told = next(f for f in tiny().check(items(20, 200))["findings"] if f["norm"] == "m")
    again = next(f for f in seen(items(20, 200)).check(items(21, 301))["findings"] if f["norm"] == "m")
    assert "at least 200 and at most 220" in told["reason"]["en"]
    assert "at least 301 and at most 322" in again["reason"]["en"]


@pytest.mark.parametrize("wrong", [-1, 1.5, True, None, "4", {"atLeast": 5, "atMost": 4}, {"least": 4}])
def test_a_wrong_figure_is_refused_though_its_profile_was_seen(wrong):
    checker = tiny()
    checker.check(items(4))
    with pytest.raises(DescriptionError):
        checker.check(items(wrong))


@pytest.mark.parametrize("day", ["20250602", "2025-W23-1", "2025-06-02T", 2025, None])
def test_a_wrong_day_is_refused_though_its_profile_was_seen(day):
    checker = tiny()
    checker.check(items(4))
    with pytest.raises(DescriptionError):
        checker.check({**items(4), "asOf": day})


def test_a_text_that_looks_like_a_gap_stays_as_it_is():
    description = flow(to="YY", exporter={"id": "\ue0000:en\ue001", "kind": "organisation"}, dataItems=[{"secret": True, "persons": 40}])
    assert "\ue0000:en\ue001" in tiny().check_json(description).decode()


def test_what_is_kept_stays_within_its_bound():
    checker = tiny(profile_bytes=20_000)
    for day in range(1, 29):
        for place in ("XX", "YY", "XX-1"):
            checker.check({**items(4), "to": place, "a": day % 2 == 0, "asOf": f"2024-02-{day:02d}"})
    kept = checker._profiles
    assert kept._kept
    assert kept._size == sum(profile.size for profile in kept._kept.values()) <= 20_000


def _elsewhere(description: Any, limits: list[int], rng: random.Random) -> Any:
    """Return the description with every count moved: by one, onto a threshold, beside it, or into a range."""

    def moved(key: str, value: Any) -> Any:
        if key in ("persons", "devices", "count", "youngestAge", "personsHit") and type(value) is int:
            near = rng.choice(limits)
            ranges = {"atLeast": near}, {"atLeast": 1, "atMost": near}
            return rng.choice([value + 1, max(0, value - 1), near, near + 1, max(0, near - 1), *ranges])
        return walked(value)

    def walked(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: moved(key, inner) for key, inner in value.items()}
        return [walked(inner) for inner in value] if isinstance(value, list) else value

    return walked(copy.deepcopy(description))


def test_the_answers_kept_for_the_scenarios_are_those_that_judging_anew_gives(program):
    tests = [*program["classes_compiled"].values(), *(norm["demand"] for norm in program["norms"])]
    limits = sorted({int(limit) for found in thresholds(tests).values() for limit in found if 0 < limit < 1e9})
    keeping, anew, rng = Checker(program), Checker(program, profile_bytes=0), random.Random(11)
    met = 0
    for number, scenario in enumerate(spread(400)):
        ask = {"plan": not number % 5}  # plans are what costs
        for description in (scenario.description, *(_elsewhere(scenario.description, limits, rng) for _ in range(2))):
            try:
                expected = anew.check_json(description, **ask)
            except DescriptionError:
                continue
            before = keeping._profiles._size
            assert keeping.check_json(description, **ask) == expected, scenario.name
            met += keeping._profiles._size == before
    assert met > 50
