"""A commitment between states permits nothing: no verdict of a flow changes with what states owe each other, however much that is."""

from __future__ import annotations

from typing import Any

import pytest

from comity.check.checker import Checker
from tests.recognition.world import Json, commitment, exception, power, reach, treaty
from tests.shared import spread

SAMPLE = spread(150)


def with_commitments(program: Json, **changed: Any) -> Checker:
    """Return the checker of the sources with other commitments."""
    return Checker({**program, "recognition": {**program["recognition"], **changed}}, profile_bytes=0)


@pytest.fixture(scope="module")
def without(program) -> Checker:
    """The law with no commitment at all."""
    return with_commitments(program, commitments={})


@pytest.fixture(scope="module")
def boundless(program) -> Checker:
    """The law, and a treaty between all places by which each owes the others to restrict nothing."""
    kinds = sorted(program["recognition"]["words"]["restriction"])
    parties = sorted(code for code, place in program["places"].items() if place["partOf"] is None)
    return with_commitments(
        program,
        treaties={"pact": treaty(parties=parties, **{"from": "1990-01-01"})},
        commitments={"P": commitment(*map(reach, kinds)), "Q": commitment(*map(reach, kinds))},
        exceptions={"E": exception("P", grounds=["security"])},
        enforcement={"W": power("P")},
    )


def told_apart(answer: Json) -> tuple[Json, list[Json]]:
    """Return the answer without its notes on commitments, and these notes."""
    legs = [told_apart(leg) for leg in answer.get("legs", ())]
    kept = {name: value for name, value in answer.items() if not name.startswith("commitments")}
    notes = [*answer.get("commitments", ()), *(note for _, of_leg in legs for note in of_leg)]
    return (kept | {"legs": [leg for leg, _ in legs]} if legs else kept), notes


def answers(checker: Checker) -> list[tuple[Json, list[Json]]]:
    """Return the answers to the sample, with findings and without a plan."""
    return [told_apart(checker.check(scenario.description, "findings", plan=False)) for scenario in SAMPLE]


def test_no_answer_changes_but_in_its_notes_whatever_states_owe_each_other(program, without, boundless):
    """Everything else of an answer stays as it is: verdicts, statuses, reasons, conflicts, questions."""
    real, none, all_owe = (answers(checker) for checker in (with_commitments(program), without, boundless))
    differ = [
        scenario.name
        for scenario, (real_answer, _), (none_answer, notes), (owing_answer, _) in zip(SAMPLE, real, none, all_owe, strict=True)
        if real_answer != none_answer or none_answer != owing_answer or notes
    ]
    assert differ == []
    noted = [note for _, notes in all_owe for note in notes]
    assert len(noted) > 20, "the comparison is empty"
    assert {note["status"] for note in noted} == {"protected"} and all("permits nothing" in note["text"]["en"] for note in noted)
