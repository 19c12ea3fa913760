"""Positions on unsettled questions, taken with a request."""

from __future__ import annotations

import pytest

from comity.flow.problems import DescriptionError
from tests.tiny import checker, flow, norm, statuses

QUESTION = "xx/act/question"
STRICT = {"question": QUESTION, "position": "xx/act/strict"}
MILD = {"question": QUESTION, "position": "xx/act/mild"}
MACHINE = checker([norm("strict", "A", "Prohibition", **STRICT), norm("mild", "A", "Permission", **MILD)])


@pytest.mark.parametrize(
    ("taken", "verdict"),
    [({}, "contested"), ({QUESTION: "xx/act/strict"}, "prohibited"), ({QUESTION: "xx/act/mild"}, "permitted")],
)
def test_an_answer_holds_under_the_position_taken_and_says_what_another_would_change(taken, verdict):
    answer = MACHINE.check({**flow(a=True, **{"from": "XX"}), "positions": taken})
    assert answer["verdict"] == verdict
    (question,) = answer["contested"]
    assert question.get("taken") == taken.get(QUESTION)
    assert {position: told["norms"] for position, told in question["positions"].items()}["xx/act/strict"]["strict"] == "prohibited"


def test_a_norm_of_another_position_does_not_apply():
    answer = MACHINE.check({**flow(a=True), "positions": {QUESTION: "xx/act/mild"}})
    assert statuses(answer) == {"strict": "not-applicable", "mild": "permitted"}


@pytest.mark.parametrize(
    ("positions", "pointer", "nearest"),
    [
        ([], "/positions", []),
        ({"xx/act/questio": "x"}, "/positions", [QUESTION]),
        ({QUESTION: "xx/act/other"}, "/positions/xx~1act~1question", ["xx/act/mild", "xx/act/strict"]),
    ],
)
def test_a_question_or_position_that_is_not_known_is_refused(positions, pointer, nearest):
    with pytest.raises(DescriptionError) as refused:
        MACHINE.check({**flow(a=True), "positions": positions})
    (fault,) = refused.value.problems
    assert (fault["pointer"], fault["nearest"]) == (pointer, nearest)
