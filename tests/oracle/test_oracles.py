"""The program against its outside judges: HermiT for what applies, pySHACL for what is demanded.

The flows are those of the scenarios and flows one fact away from them. By default a spread of them is judged, so that the
run stays short: another one after each change of the sources. ``make oracle`` judges every scenario and 2,000 neighbours
(``COMITY_ORACLE_FLOWS`` says how many).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, assume, given, seed, settings
from hypothesis import strategies as st

from comity.flow.problems import DescriptionError
from comity.reason.hermit import Reasoner
from tests.oracle.flips import alternatives, at, facts, flipped
from tests.oracle.oracle import Oracle
from tests.shared import all_scenarios, keep_to_the_end, spread, turn

SCENARIOS = all_scenarios()
FLOWS = int(os.environ.get("COMITY_ORACLE_FLOWS", "25"))
WHOLE = FLOWS > 25
FOR_HERMIT = all_scenarios() if WHOLE else spread(50)
FOR_PYSHACL = all_scenarios() if WHOLE else spread(100)
WITH_A_FACT_CHANGED = settings(
    max_examples=FLOWS,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture],
)


def in_turn(test):
    """Try the same flows until a source file changes, and then others; the run of all draws anew each time."""
    return test if WHOLE else seed(turn())(test)


@pytest.fixture(scope="module")
def oracle(graph, checker) -> Oracle:
    oracle = Oracle(graph, checker)
    keep_to_the_end()
    return oracle


@pytest.fixture(scope="module")
def hermit():
    with Reasoner() as reasoner:
        yield reasoner


@st.composite
def neighbours(draw):
    """A scenario's flow with one fact changed."""
    scenario = draw(st.sampled_from(SCENARIOS))
    return scenario, draw(st.randoms(use_true_random=False))


def neighbour(checker, drawn):
    scenario, random = drawn
    options = list(facts(scenario.description, checker.schema))
    assume(options)
    path, entry = random.choice(options)
    flow = flipped(scenario.description, path, random.choice(alternatives(entry, at(scenario.description, path))))
    try:
        checker.read(flow)
    except DescriptionError:
        assume(False)
    return flow


def contradicted(checks) -> list[object]:
    """Return the checks in which the program says yes and HermiT no, or the other way round."""
    return [check for check in checks if check.program is not None and check.hermit is not None and check.program is not check.hermit]


def undecided(checks) -> list[object]:
    """Return the checks in which the program decides what HermiT leaves open: the program would know too much."""
    return [check for check in checks if check.program is not None and check.hermit is None]


@pytest.mark.parametrize("scenario", FOR_HERMIT, ids=lambda s: s.name)
def test_effective_classes_agree_with_hermit(oracle, hermit, scenario):
    checks = oracle.effective(scenario.description, hermit)
    assert contradicted(checks) == []
    assert undecided(checks) == []


@pytest.mark.parametrize("scenario", FOR_PYSHACL, ids=lambda s: s.name)
def test_demands_agree_with_pyshacl(oracle, scenario):
    assert [c for c in oracle.demands(scenario.description) if c.program is not None and c.program is not c.pyshacl] == []


@in_turn
@WITH_A_FACT_CHANGED
@given(drawn=neighbours())
def test_effective_classes_agree_one_fact_away(oracle, hermit, checker, drawn):
    checks = oracle.effective(neighbour(checker, drawn), hermit)
    assert contradicted(checks) == []
    assert undecided(checks) == []


@in_turn
@WITH_A_FACT_CHANGED
@given(drawn=neighbours())
def test_demands_agree_one_fact_away(oracle, checker, drawn):
    checks = oracle.demands(neighbour(checker, drawn))
    assert [c for c in checks if c.program is not None and c.program is not c.pyshacl] == []
