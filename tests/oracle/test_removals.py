"""Unknown never improves an answer: of every scenario, every single fact is left out in turn, and no law may come out milder.

How grave an answer is, is what it allows for: ``needs-information`` is as grave as the gravest verdict that it leaves open
(``atWorst``). A fact on whose absence something is read as none is another matter, since the answer lists it under ``assumed``. So is a
disputed exception that has to be shown: where it is not, the norm stands as it does on the stricter reading (``docs/verdicts.md``). And so
is what tells that a thing is still to begin or was not done: a day that is not stated has come (``op-begun``).

A sample is tried in every run, another one after each change of the sources, and all of them, some 60,000, in ``make oracle``.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from typing import Any

import pytest

from comity.check.checker import Checker
from comity.flow.problems import DescriptionError
from comity.flow.reading import Description
from comity.law.judgement import Rank
from comity.law.norm import DUTIES
from comity.law.outcome import Outcome, judge
from comity.law.program_text import DerivedRule
from comity.law.verdict import RANKS, at_worst, of_the_flow
from tests.shared import all_scenarios, turn

SCENARIOS = all_scenarios()
CHUNKS = 16
_OPEN = "needs-information"
WHOLE = "COMITY_ORACLE_FLOWS" in os.environ
SOME, EACH = (1, 1) if WHOLE else (8, 5)
"""Of how many scenarios one is looked at, and of how many of its facts one is left out."""


def pointers(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every key of a description, the inner ones too."""
    keys = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in keys:
        if isinstance(part, dict):
            yield (*path, key)
        yield from pointers(value, (*path, key))


def without(flow: dict[str, Any], path: tuple[str | int, ...]) -> dict[str, Any]:
    """Return the flow with one fact left out."""
    flow = copy.deepcopy(flow)
    part: Any = flow
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return flow


Judged = tuple[Description, list[Outcome]]


def judged(checker: Checker, flow: dict[str, Any]) -> Judged:
    """Return what the law says of each leg, before it is put into words."""
    read = checker.read(flow)
    return read, [judge(checker.application(read, leg), read.positions) for leg in read.legs]


def gravity(outcomes: list[Outcome]) -> dict[tuple[int, str], Rank]:
    """Return how grave each instrument may turn out on each leg; what it permits and what it leaves alone count as one."""
    return {
        (number, law): max(RANKS[at_worst(of_the_flow(outcome.by_instrument[law])) if verdict == _OPEN else verdict], Rank.PERMITTED)
        for number, outcome in enumerate(outcomes)
        for law, verdict in outcome.verdicts.items()
    }


def assumed(read: Description) -> set[str]:
    """Return the pointers of what silence was read as."""
    return {entry["pointer"] for entry in read.assumed}


def not_begun(rules: list[DerivedRule], flow: dict[str, Any], path: tuple[str | int, ...]) -> bool:
    """Say whether a fact tells that a thing is still to be done or to begin, or was not done: its day, its state, or the thing itself."""
    value, key = flow, path[-1]
    for step in path:
        value = value[step]  # type: ignore[index]
    day = str(flow.get("asOf"))
    return any(
        (key == rule.get("stateKey") and value in rule["deniedBy"])
        or (key == rule["ofKey"] and str(value) > day)
        or (key == rule.get("fromKey") and isinstance(value, dict) and str(value.get(rule["ofKey"], "")) > day)
        for rule in rules
    )


def stands(before: Outcome, after: Outcome, instrument: str) -> bool:
    """Say whether what was contested stands now because its exceptions, the disputed one among them, have to be shown."""
    disputed = {r.norm.id: r.norm for r in before.by_instrument[instrument] if r.status == "contested" and r.norm.kind in DUTIES}
    told = {r.norm.id: r.status for r in after.by_instrument.get(instrument, ())}
    shown = all(norm.exceptions_must_be_shown for norm in disputed.values())
    return bool(disputed) and shown and all(told.get(norm) in ("due", "unmet", "prohibited") for norm in disputed)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_fact_left_out_makes_a_law_milder(checker, chunk):
    milder, tried = [], 0
    begun = [rule for rule in checker.program.derived if rule["op"] == "op-begun"]
    for number, scenario in enumerate(SCENARIOS[chunk::CHUNKS]):
        if (number + turn()) % SOME:
            continue
        paths = [path for path in pointers(scenario.description) if path != ("asOf",)][(number // SOME + turn()) % EACH :: EACH]
        if not paths:
            continue
        read, before = judged(checker, scenario.description)
        for path in paths:
            if not_begun(begun, scenario.description, path):
                continue
            try:
                left, after = judged(checker, without(scenario.description, path))
            except DescriptionError:  # what is left cannot be read, such as a party that is referred to
                continue
            tried += 1
            if len(before) != len(after) or assumed(left) - assumed(read):
                continue
            found = gravity(after)
            milder += [
                f"{scenario.file.name}: {scenario.name}: without /{'/'.join(map(str, path))} {instrument} is no longer {rank.name}"
                for (leg, instrument), rank in gravity(before).items()
                if found.get((leg, instrument), Rank.PERMITTED) < rank and not stands(before[leg], after[leg], instrument)
            ]
    assert not milder, "\n".join(milder)
    assert tried
