"""The mutation run on a program small enough to know its survivors by heart."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from comity.check.checker import Checker
from comity.scenarios.format import Scenario, differences
from comity.scenarios.record import record_of
from tests.mutants.mutations import Mutant, mutants, mutated
from tests.mutants.trial import Bench, try_all
from tests.tiny import flag, flow, norm, program

WORLD = program(
    [norm("big", "Big", exceptions=["spared"], demand=["or", flag("signed"), flag("filed")]), norm("spared", "Spared", "Exemption")],
    {"Big": ["and", flag("a"), ["num", "number", 100, False, None, False]], "Spared": ["and", flag("b"), ["not", flag("c")]]},
)


def scenario(name, status, **facts) -> Scenario:
    return Scenario(name, Path("tiny.yaml"), flow(**facts), {"findings": [{"norm": "big", "status": status}]})


AT_THE_EDGE = scenario("one hundred are many", "due", a=True, b=False, number=100)
BELOW = scenario("ninety-nine are few", "not-applicable", a=True, b=False, number=99)
SPARED = scenario("b takes it out", "exempted", a=True, b=True, c=False, number=100)
SIGNED = scenario("a signature is enough", "met", a=True, b=False, number=100, signed=True)
OPEN = Scenario("the number is asked for", Path("tiny.yaml"), flow(a=True, b=False), {"missing": ["/number"]})


def survivors(*scenarios, jobs=1):
    return [t.mutant for t in try_all(Bench(WORLD, scenarios), mutants(WORLD), jobs) if t.killed_by is None]


def told(found: list[Mutant]) -> list[str]:
    return [f"{m.name}: {m.told}" for m in found]


def test_every_change_is_made_once():
    kinds = Counter(m.kind for m in mutants(WORLD))
    assert kinds == {"threshold": 1, "edge": 1, "connective": 3, "conjunct": 4, "negation": 1, "exception": 1}


def test_a_scenario_at_the_edge_kills_the_moved_threshold_and_the_turned_edge():
    assert "Big: number: low bound 100 exclusive" in told(survivors(BELOW))
    assert "Big: number: low bound 100 exclusive" not in told(survivors(AT_THE_EDGE))
    assert "Big: number: low bound 100 → 99" in told(survivors(AT_THE_EDGE))
    assert "Big: number: low bound 100 → 99" not in told(survivors(AT_THE_EDGE, BELOW))


def test_an_exception_that_no_scenario_uses_may_be_dropped():
    assert "big: spared no longer defeats it" in told(survivors(AT_THE_EDGE))
    assert "big: spared no longer defeats it" not in told(survivors(SPARED))


def test_the_ledger_notices_what_no_assertion_does():
    asks_nothing = Scenario("nothing is asserted", Path("tiny.yaml"), AT_THE_EDGE.description, {})
    found = {f"{t.mutant.name}: {t.mutant.told}": t for t in try_all(Bench(WORLD, [asks_nothing]), mutants(WORLD), 1)}
    edge = found["Big: number: low bound 100 exclusive"]
    assert (edge.killed_by, edge.in_ledger) == (None, True)
    assert not found["big: spared no longer defeats it"].in_ledger


def test_the_ledger_notices_that_other_facts_are_asked_for():
    open_ = Scenario("b and c are open", Path("tiny.yaml"), flow(a=True, number=100, signed=False), {})
    found = {f"{t.mutant.name}: {t.mutant.told}": t for t in try_all(Bench(WORLD, [open_]), mutants(WORLD), 1)}
    without = found["Spared: without (not (has c [True]))"]
    assert (without.killed_by, without.changed_in, without.in_ledger) == (None, 0, True)


def test_what_no_scenario_holds_in_place_survives():
    found = told(survivors(AT_THE_EDGE, BELOW, SPARED, SIGNED))
    assert found == ["Big: without (has a [True])", "Spared: without (not (has c [True]))"]


def test_a_scenario_that_fails_already_kills_nothing():
    wrong = scenario("wrong from the start", "met", a=True, b=False, number=100)
    assert Bench(WORLD, [wrong]).reach.failing == [wrong]
    assert len(survivors(wrong)) == len(mutants(WORLD))


def test_two_processes_find_what_one_finds():
    assert survivors(AT_THE_EDGE, SPARED, jobs=2) == survivors(AT_THE_EDGE, SPARED)


@pytest.mark.parametrize("mutant", mutants(WORLD), ids=lambda m: f"{m.name}: {m.told}")
def test_a_changed_bench_answers_as_the_changed_program_and_is_mended_afterwards(mutant):
    """A scenario that is passed by, since no value of it changes, is one that would not break."""
    anew = Checker(mutated(WORLD, mutant))
    for case in (AT_THE_EDGE, BELOW, SPARED, SIGNED, OPEN):
        bench = Bench(WORLD, [case])
        assert (bench.try_one(mutant).killed_by is not None) is bool(differences(anew, case))
        assert differences(bench.checker, case) == []
        assert bench.try_one(mutant).in_ledger is (record_of(anew, case.description) != record_of(Checker(WORLD), case.description))
