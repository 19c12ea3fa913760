"""Witnesses of conflicts: for a stored pair of norms, a scenario in whose answer the two collide.

That one flow *can* be subject to both norms is the reasoner's finding; a witness is such a flow. It is taken from the
scenarios that stand beside the sources, and only where the checker that was just compiled confirms it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from comity.check import Checker
from comity.flow.problems import DescriptionError
from comity.graph.names import ID, C

__all__ = ["SCENARIOS", "Scenario", "find_witnesses", "state_witnesses"]

Json = dict[str, Any]

SCENARIOS = "tests/scenarios"
"""Where the scenarios are, from the root of a source checkout; a wheel brings none."""


class Scenario(Protocol):
    """What is needed of a scenario: its name, its file, the flow, and what its author expects of the answer."""

    @property
    def name(self) -> str:
        """The name, a sentence."""
    @property
    def file(self) -> Path:
        """The file, below :data:`SCENARIOS`."""
    @property
    def description(self) -> Json:
        """The description of the flow."""
    @property
    def expect(self) -> Json:
        """What the answer must say; its ``conflicts`` list the norms that must collide."""


def find_witnesses(program: Json, scenarios: Iterable[Scenario]) -> dict[str, Scenario]:
    """Return for each conflict of the program that a scenario shows, by its IRI, the scenario.

    A scenario written to show the conflict is taken before one in which it happens to arise; among equals the first is.
    """
    checker = Checker({**program, "graph": {}})
    shown: dict[str, Scenario] = {}
    meant: dict[str, Scenario] = {}
    for scenario in scenarios:
        wanted = [set(entry.get("norms", ())) for entry in scenario.expect.get("conflicts") or ()]
        for conflict, norms in _collisions(checker, scenario.description):
            shown.setdefault(conflict, scenario)
            if any(stated and stated <= norms for stated in wanted):
                meant.setdefault(conflict, scenario)
    return dict(sorted((shown | meant).items()))


def _collisions(checker: Checker, description: Json) -> Iterator[tuple[str, set[str]]]:
    """Yield the IRI and the norms of each conflict in the answer; none where the description cannot be read."""
    try:
        answer = checker.check(description)
    except DescriptionError:
        return  # the tests of the scenarios say so; a build does not fail for it
    for leg in answer.get("legs", [answer]):
        for conflict in leg["conflicts"]:
            yield conflict["conflict"], {norm["norm"] for norm in conflict["norms"]}


def state_witnesses(witnesses: dict[str, Scenario], root: Path) -> Graph:
    """Return the witnesses as a graph: each conflict with its scenario, and the scenario with its flow as JSON."""
    graph = Graph()
    for conflict, scenario in witnesses.items():
        source = scenario.file.relative_to(root).as_posix()
        term = ID["scenario/" + source.removeprefix(SCENARIOS + "/").removesuffix(".yaml") + "/" + _slug(scenario.name)]
        graph.add((URIRef(conflict), C.witness, term))
        graph.add((term, RDF.type, C.Scenario))
        graph.add((term, SKOS.prefLabel, Literal(scenario.name, lang="en")))
        graph.add((term, DCTERMS.source, Literal(source)))
        graph.add((term, C.flowDescription, Literal(_json(scenario.description), datatype=RDF.JSON, normalize=False)))
    return graph


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _json(description: Json) -> str:
    return json.dumps(description, ensure_ascii=False, sort_keys=True)
