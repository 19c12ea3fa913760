"""Witnesses of conflicts: for a stored pair of norms, a scenario in whose answer the two collide.

That one flow *can* be subject to both norms is the reasoner's finding; a witness is such a flow. It is taken from the
scenarios that stand beside the sources, and only where the checker that was just compiled confirms it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from comity.check.checker import Checker
from comity.flow.problems import DescriptionError
from comity.iris import WITNESSES
from comity.law.conflicts import collisions
from comity.law.contested import rulings
from comity.law.program_text import ConflictText, ProgramText
from comity.rdf.names import ID, C
from comity.scenarios.format import SCENARIOS, Scenario

__all__ = ["find_witnesses", "state_witnesses", "witness_lines"]

Json = dict[str, Any]


def find_witnesses(program: ProgramText, scenarios: Iterable[Scenario]) -> dict[str, Scenario]:
    """Return for each conflict of the program that a scenario shows, by its IRI, the scenario.

    A scenario written to show the conflict is taken before one in which it happens to arise; among equals the first is.
    """
    checker = Checker({**program, "graph": {"version": "", "digest": ""}})
    shown: dict[str, Scenario] = {}
    meant: dict[str, Scenario] = {}
    for scenario in scenarios:
        wanted = [set(entry.get("norms", ())) for entry in scenario.expect.get("conflicts") or ()]
        for pair in _collisions(checker, scenario.description):
            shown.setdefault(pair["iri"], scenario)
            if any(stated and stated <= set(pair["norms"]) for stated in wanted):
                meant.setdefault(pair["iri"], scenario)
    return dict(sorted((shown | meant).items()))


def _collisions(checker: Checker, description: Json) -> Iterator[ConflictText]:
    """Yield the stored pairs that collide in a flow, without the rest of an answer; none where the description cannot be read."""
    try:
        read = checker.read(description)
    except DescriptionError:
        return  # the tests of the scenarios say so; a build does not fail for it
    for leg in read.legs:
        application = checker.application(read, leg)
        yield from (collision.pair for collision in collisions(application, rulings(application, application.live())))


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


def witness_lines(graph: Graph) -> list[str]:
    """Return what was stated of witnesses as sorted lines of N-Quads, in the graph of the witnesses."""
    return sorted(f"{s.n3()} {p.n3()} {o.n3()} <{WITNESSES}> ." for s, p, o in graph)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _json(description: Json) -> str:
    return json.dumps(description, ensure_ascii=False, sort_keys=True)
