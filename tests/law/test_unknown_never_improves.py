"""Unknown never improves a verdict: nothing that a description leaves out can turn out graver than its answer allowed for.

Scenarios are the flows; one fact that is not stated is said, in one of the ways in which it may turn out.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from comity.flow.problems import DescriptionError
from comity.law.application import Application
from comity.law.contested import rulings
from comity.law.judgement import Rank, Ruling
from comity.law.norm import DUTIES
from tests.law.completions import completed, unstated, values
from tests.shared import all_scenarios, turn

SCENARIOS = all_scenarios()


def gravest(application: Application) -> dict[str, Rank]:
    """Return for each instrument the gravest outcome that the answer on a leg allows for."""
    found: dict[str, Rank] = {}
    for ruling in rulings(application, application.live()):
        instrument = ruling.norm.instrument
        found[instrument] = max(found.get(instrument, Rank.PERMITTED), _allowed(application, ruling))
    return found


def _allowed(application: Application, ruling: Ruling) -> Rank:
    """Return the gravest outcome of a ruling; a duty that is contested is as grave as its gravest position."""
    if ruling.status != "contested" or ruling.norm.kind not in DUTIES:
        return max(ruling.rank, ruling.potential)
    under = set(ruling.positions.values())
    banned = "prohibited" in under or ("unmet" in under and application.curable(ruling.norm, ruling.part) is not True)
    return Rank.PROHIBITED if banned else Rank.CONDITIONAL


@pytest.fixture(scope="module")
def reader(checker):
    """Reads a description once for all the facts that may be added to it."""
    read = {}

    def reading(number):
        if number not in read:
            description = checker.read(SCENARIOS[number].description)
            read[number] = description, list(unstated(description, checker.schema)), assumptions(description)
        return read[number]

    return reading


@pytest.fixture(scope="module")
def hanging(checker, reader):
    """The facts, which nobody controls, on which it hangs in a quarter of the scenarios whether a demand can be met."""
    found = []
    for number in range(turn() % 4, len(SCENARIOS), 4):
        read, gaps, _ = reader(number)
        pointers = {fact.pointer for leg in read.legs for fact in _beyond_control(checker.application(read, leg))}
        found += [(number, pointer, entry) for pointer, entry in gaps if f"{pointer}/{entry.key}" in pointers]
    return found


def _beyond_control(application: Application):
    for ruling in rulings(application, application.live()):
        if ruling.status in ("due", "unmet") and ruling.norm.curable is not None:
            node = application.nodes(ruling.norm)[ruling.part]
            yield from application.program.explainer.open_facts(ruling.norm.at_best, node, application)


def assumptions(description):
    return [(entry["pointer"], repr(entry["value"])) for entry in description.assumed]


def no_graver(checker, reader, number, pointer, entry, value):
    """Hold the answer on a scenario against the answer on the scenario with one more fact said."""
    scenario, (before, _, assumed) = SCENARIOS[number], reader(number)
    try:
        after = checker.read(completed(scenario.description, pointer, entry.key, value))
    except (DescriptionError, KeyError):  # a value that does not go with what is stated, or a fact of a party told elsewhere
        assume(False)
    assume(assumptions(after) == assumed)  # what silence was read as is another matter: the answer lists it
    for leg, whole in zip(before.legs, after.legs, strict=True):
        allowed = gravest(checker.application(before, leg))
        for instrument, rank in gravest(checker.application(after, whole)).items():
            note(f"{scenario.file.name}: {scenario.name}: {pointer}/{entry.key} = {value!r}")
            assert rank <= allowed.get(instrument, Rank.PERMITTED), f"{instrument} turns out {rank.name}"


SAMPLE = {
    "deadline": None,
    "derandomize": True,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
}


@settings(max_examples=800, **SAMPLE)
@given(data=st.data())
def test_no_completion_is_graver_than_the_answer_allowed_for(checker, reader, data):
    number = data.draw(st.integers(0, len(SCENARIOS) - 1))
    gaps = reader(number)[1]
    assume(gaps)
    pointer, entry = gaps[data.draw(st.integers(0, len(gaps) - 1))]
    no_graver(checker, reader, number, pointer, entry, data.draw(values(entry, checker.schema)))


@settings(max_examples=150, **SAMPLE)
@given(data=st.data())
def test_nor_is_one_of_a_fact_on_which_it_hangs_whether_a_demand_can_be_met(checker, reader, hanging, data):
    number, pointer, entry = hanging[data.draw(st.integers(0, len(hanging) - 1))]
    no_graver(checker, reader, number, pointer, entry, data.draw(values(entry, checker.schema)))
