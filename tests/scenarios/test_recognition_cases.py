"""Every recognition case holds: a question to the recognition service has the answer that it states."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from comity.curate.recognition_cases import RecognitionCase, RecognitionCaseError, read_recognition_cases, run_recognition_case
from comity.recognition.service import Recognitions

HERE = Path(__file__).parent
CASES = read_recognition_cases(HERE)


@pytest.fixture(scope="module")
def recognitions(program) -> Recognitions:
    return Recognitions(program)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.file.parent.name}/{c.file.stem}: {c.name}")
def test_recognition_case(recognitions, case: RecognitionCase):
    assert run_recognition_case(recognitions, case) == []


def test_a_wrong_expectation_is_told_with_its_path(recognitions):
    case = RecognitionCase("a slip", HERE, "pair", {"from": "JP", "to": "EU", "on": "2026-11-01"}, {"mutual": "none", "forward.nothing": 1})
    assert run_recognition_case(recognitions, case) == [
        "mutual: 'mutual', expected 'none'",
        "forward.nothing: there is no such part, expected 1",
    ]


def test_a_place_that_the_graph_does_not_know_is_a_difference(recognitions):
    case = RecognitionCase("a slip", HERE, "pair", {"from": "Jpan", "to": "EU", "on": "2026-11-01"}, {})
    assert "no place or body 'Jpan'" in run_recognition_case(recognitions, case)[0]
    assert "KeyError" in run_recognition_case(recognitions, replace(case, given={"from": "JP"}))[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {name: x, ask: pair}", "a case needs name, ask, with and expect"),
        ("- {name: x, ask: par, with: {}, expect: {}}", "ask is one of pair,"),
    ],
)
def test_a_case_that_cannot_be_read_says_why(tmp_path, text, told):
    (tmp_path / "recognition-x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecognitionCaseError, match=told):
        read_recognition_cases(tmp_path)
