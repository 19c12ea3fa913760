"""What the scenarios ask of the law: which class of which object, and what the answer was.

A mutant that gives the same values wherever it is asked changes no answer, so only the scenarios in which some value
differs need to be run again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.check.answer import Answer
from comity.check.checker import Checker
from comity.law.application import Application
from comity.law.outcome import judge
from comity.logic.kleene import Truth
from comity.logic.node import Node, reachable
from comity.scenarios.format import Scenario, differences
from comity.scenarios.record import Record, record, record_of

__all__ = ["Asked", "Reach", "broken", "moved", "reach"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put of a node of one of a scenario's legs, with the value that came back."""

    application: Application
    node: Node
    value: Truth


@dataclass
class Reach:
    """The scenarios that hold, those that do not, and what the former ask.

    ``classes`` are the questions about a class by its number in the memory of nodes and the number of the scenario,
    ``demands`` those about the demand of a norm by its id. ``nodes`` are the nodes of each scenario, ``records`` what the
    ledger keeps of its answer, ``showing`` the scenarios that have a finding of a norm.
    """

    scenarios: list[Scenario] = field(default_factory=list)
    failing: list[Scenario] = field(default_factory=list)
    classes: dict[int, dict[int, list[Asked]]] = field(default_factory=lambda: defaultdict(dict))
    demands: dict[str, dict[int, list[Asked]]] = field(default_factory=lambda: defaultdict(dict))
    nodes: list[list[Node]] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    showing: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def reach(checker: Checker, scenarios: Iterable[Scenario]) -> Reach:
    """Run the scenarios on a sound program whose norms stand behind no gates, and note what they ask."""
    found = Reach()
    for scenario in scenarios:
        answer = checker.check(scenario.description)
        if differences(checker, scenario, answer):
            found.failing.append(scenario)
            continue
        number = len(found.scenarios)
        found.scenarios.append(scenario)
        found.records.append(record(answer))
        read = checker.read(scenario.description)
        outcomes = [judge(checker.application(read, leg), read.positions) for leg in read.legs]
        applications = [outcome.application for outcome in outcomes]
        for application, outcome in zip(applications, outcomes, strict=True):
            for finding in Answer(checker.schema, outcome, read).build("findings")["findings"]:
                found.showing[finding["norm"]].add(number)
            for norm in application.live():
                if norm.demand is not None:
                    for node, value in zip(application.nodes(norm), application.demand(norm), strict=True):
                        found.demands[norm.id].setdefault(number, []).append(Asked(application, node, value))
        found.nodes.append([])
        for application in applications:
            for node in reachable([application.leg, *application.parts, *read.parties]):
                found.nodes[number].append(node)
                for mark, value in node.memo.items():
                    found.classes[mark].setdefault(number, []).append(Asked(application, node, value))
    return found


def broken(checker: Checker, scenario: Scenario) -> bool:
    """Say whether a scenario does not hold."""
    try:
        return bool(differences(checker, scenario))
    except Exception:  # a mutant may do anything; that it is noticed is what counts
        return True


def moved(checker: Checker, scenario: Scenario, sound: Record) -> bool:
    """Say whether the ledger, which holds the record of the sound answer, notices another one."""
    try:
        return record_of(checker, scenario.description) != sound
    except Exception:  # as above
        return True
