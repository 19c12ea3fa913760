"""Witnesses of conflicts: flows in which the checker itself finds the two norms colliding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS, SKOS

from comity.building.pipeline import build
from comity.building.witnesses import find_witnesses, state_witnesses
from comity.iris import WITNESSES
from comity.manifest import MANIFEST
from comity.rdf.names import ID, C
from comity.scenarios.format import SCENARIOS, Scenario, read_scenarios

CONFLICT = str(ID["conflict/CLOUD-2713--DSL-36"])


@pytest.fixture(scope="module")
def shown(root: Path) -> Scenario:
    """A scenario that its author wrote to show the conflict."""
    return next(
        scenario
        for scenario in read_scenarios(root / SCENARIOS / "us/cloud-act")
        if any("DSL-36" in entry["norms"] for entry in scenario.expect.get("conflicts", ()))
    )


def collisions(checker: Any, description: Any) -> Iterator[str]:
    answer = checker.check(description)
    return (conflict["conflict"] for leg in answer.get("legs", [answer]) for conflict in leg["conflicts"])


def test_a_witness_is_a_flow_in_whose_answer_the_conflict_stands(program, checker, root, shown):
    found = find_witnesses(program, [shown])
    assert found[CONFLICT] is shown and set(found) == set(collisions(checker, shown.description))
    graph = state_witnesses(found, root)
    scenario = graph.value(URIRef(CONFLICT), C.witness)
    assert str(scenario).startswith(str(ID["scenario/us/cloud-act/"])) and graph.value(scenario, RDF.type) == C.Scenario
    assert str(graph.value(scenario, SKOS.prefLabel)) == shown.name
    assert (root / str(graph.value(scenario, DCTERMS.source))).resolve() == shown.file.resolve()
    assert CONFLICT in collisions(checker, json.loads(str(graph.value(scenario, C.flowDescription))))


def test_what_a_scenario_expects_is_no_proof(program, shown):
    peaceful = {key: value for key, value in shown.description.items() if key != "demand"}
    assert CONFLICT not in find_witnesses(program, [replace(shown, description=peaceful)])


def test_a_scenario_written_for_the_conflict_comes_before_one_in_which_it_arises(program, shown):
    passing = replace(shown, name="something else", expect={})
    assert find_witnesses(program, [passing, shown])[CONFLICT] is shown
    assert find_witnesses(program, [passing, replace(passing, name="later")])[CONFLICT] is passing


def test_a_description_that_cannot_be_read_bears_no_witness(program, shown):
    assert find_witnesses(program, [replace(shown, description={"asOf": "someday"})]) == {}


def test_witnesses_stand_beside_the_law_and_leave_its_digest_alone(root, built, tmp_path, shown):
    others = json.loads((built / MANIFEST).read_text(encoding="utf-8"))
    witnessed = build(root, tmp_path / "witnessed", reasoner=False, scenarios=[shown])
    assert witnessed["digest"] == others["digest"] and witnessed["witnesses"] != others["witnesses"]
    store = Store()
    store.bulk_load(path=str(tmp_path / "witnessed/dataset.nq"), format=RdfFormat.N_QUADS)
    (quad,) = store.quads_for_pattern(NamedNode(CONFLICT), NamedNode(str(C.witness)), None, None)
    assert quad.graph_name == NamedNode(WITNESSES)
    flow = f"ASK {{ <{CONFLICT}> <{C.witness}>/<{C.flowDescription}> ?flow }}"
    assert store.query(flow, use_default_graph_as_union=True)


def test_the_same_scenarios_give_the_same_statements(program, root, shown):
    first, second = (set(state_witnesses(find_witnesses(program, [shown]), root)) for _ in range(2))
    assert first == second and len(first) > 4
