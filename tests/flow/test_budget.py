"""A short text that asks for much is refused while it is read, naming what is too much."""

from __future__ import annotations

import pytest

from comity.flow.budget import MOST_ENTRIES, MOST_OBJECTS, MOST_WORK
from comity.flow.problems import DescriptionError

DAY = {"asOf": "2026-09-30"}


def refusal(checker, **facts):
    with pytest.raises(DescriptionError) as refused:
        checker.read({**DAY, **facts})
    return refused.value.problems


@pytest.mark.parametrize(
    ("facts", "pointer", "said"),
    [
        ({"legs": [{}] * 50}, "/legs", "50 legs"),
        ({"legs": [{}] * 20, "parties": [{"id": f"p{n}"} for n in range(500)]}, "/legs", "500 parties"),
        ({"dataItems": [{"persons": n} for n in range(MOST_WORK)]}, "/dataItems", f"{MOST_WORK} different data items"),
        (
            {
                "grounds": [{}] * 400,
                "contracts": [{}] * 400,
                "assessments": [{}] * 400,
                "consents": [{}] * 400,
                "notices": [{}] * 400,
                "measureSets": [{}] * 400,
            },
            "",
            f"{MOST_OBJECTS:,} objects",
        ),
        (
            {"dataItems": [{"persons": n, "subjectsIn": ["CN"] * 450, "collectedIn": ["CN"] * 450} for n in range(10)]},
            "",
            f"{MOST_ENTRIES:,} values",
        ),
    ],
)
def test_too_much_is_named(checker, facts, pointer, said):
    facts = {key: value for key, value in facts.items() if key in {*checker.schema.nodes["DataFlow"], "legs", "parties"}}
    problems = refusal(checker, **facts)
    assert len(problems) == 1 and problems[0]["pointer"].startswith(pointer)
    assert said in problems[0]["message"]["en"] and problems[0]["message"]["zh"]


def test_items_that_say_the_same_count_once(checker):
    assert checker.read({**DAY, "dataItems": [{"id": str(n), "categories": ["EmailAddress"]} for n in range(200)]})


def test_what_a_large_register_needs_is_read(checker):
    flow = {
        **DAY,
        "legs": [{"dataItems": [{"persons": n} for n in range(10)]} for _ in range(6)],
        "parties": [{"id": f"p{n}"} for n in range(30)],
    }
    assert len(checker.read(flow).legs) == 6


def test_faults_found_before_are_told_as_well(checker):
    problems = refusal(checker, act="sending", legs=[{"act": "sending"}] * 50)
    assert [problem["pointer"] for problem in problems][-1] == "/legs/48/act"


@pytest.mark.parametrize(
    ("facts", "faults"),
    [
        ({"parties": [{"id": f"p{n}", "controlledBy": [f"nobody{n}"]} for n in range(400)]}, 50),
        ({"dataItems": [{"collectedIn": [f"Atlantis {n}"] * 400} for n in range(200)]}, 13),
    ],
)
def test_the_nearest_words_are_sought_within_one_time(checker, facts, faults, monkeypatch):
    clock = iter(range(10_000))
    monkeypatch.setattr("comity.flow.problems.monotonic", lambda: next(clock))
    problems = refusal(checker, **facts)
    assert len(problems) == faults
    assert next(clock) <= 2, "one look takes a second by this clock, and that is more than there is for all of them"
