"""A commitment between states permits nothing: no verdict of a flow changes with what states owe each other, however much that is."""

from __future__ import annotations

from typing import Any

import pytest

from comity.check.checker import Checker
from comity.scenarios.format import Scenario
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
    """Return the answer without its notes on commitments and without the legend, which names the norms of the notes; and the notes."""
    legs = [told_apart(leg) for leg in answer.get("legs", ())]
    kept = {name: value for name, value in answer.items() if name != "norms" and not name.startswith("commitments")}
    notes = [*answer.get("commitments", ()), *(note for _, of_leg in legs for note in of_leg)]
    return (kept | {"legs": [leg for leg, _ in legs]} if legs else kept), notes


def asked(checker: Checker, scenario: Scenario) -> tuple[Json, list[Json]]:
    """Return the answer to a scenario with its findings and without a plan, apart from its notes."""
    return told_apart(checker.check(scenario.description, "findings", plan=False))


def test_no_answer_changes_but_in_its_notes_whatever_states_owe_each_other(without, boundless):
    """Everything else of an answer stays as it is: verdicts, statuses, reasons, conflicts, questions."""
    noted = []
    for scenario in SAMPLE:
        (bare, none), (owing, notes) = asked(without, scenario), asked(boundless, scenario)
        assert (bare, none) == (owing, []), scenario.name
        noted += notes
    assert len(noted) > 20, "the comparison is empty"
    assert {note["status"] for note in noted} == {"protected"} and all("permits nothing" in note["text"]["en"] for note in noted)


def test_no_answer_changes_but_in_its_notes_with_what_states_owe_each_other_as_the_law_stands(program, without):
    real = with_commitments(program)
    for scenario in SAMPLE[::3]:
        assert asked(real, scenario)[0] == asked(without, scenario)[0], scenario.name
