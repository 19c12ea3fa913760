"""Shared by all tests: the sources compiled once for each process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.check.checker import Checker
from comity.compile.program import compile_program
from comity.conflict.confirmed import shown
from comity.conflict.demands import demands
from comity.conflict.record import read_witnesses
from comity.conflict.unjudged import candidates
from comity.paths import source_root
from comity.rdf.load import load_sources
from comity.rdf.memory import collector_paused
from tests.answers import Answers
from tests.shared import build_once, keep_to_the_end, run_folder

ROOT = source_root()
SHARED = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared"))


def pytest_collection_finish() -> None:
    """The tests and their parameters last to the end."""
    keep_to_the_end()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder with ontology/, data/ and shapes/."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project with the official cases and test suites; ``COMITY_SHARED`` names another."""
    return SHARED


@pytest.fixture(scope="session")
def sources():
    """The parsed sources."""
    with collector_paused():
        return load_sources(ROOT)


@pytest.fixture(scope="session")
def graph(sources):
    """The merged graph."""
    with collector_paused():
        merged = sources.graph()
    keep_to_the_end()
    return merged


@pytest.fixture(scope="session")
def program(graph):
    """The compiled program; its conflicts are judged neither by the reasoner nor by their flows."""
    with collector_paused():
        data = compile_program(graph)
        data["graph"] = {"version": "test", "digest": "sha256:test"}
        witnesses = read_witnesses(ROOT)
        data["conflicts"] = shown(data, candidates(ROOT, graph, data), witnesses)
        data["demands"] = demands(data, data["conflicts"], witnesses)
    keep_to_the_end()
    return data


@pytest.fixture(scope="module", autouse=True)
def out_of_the_collectors_way() -> None:
    """What earlier modules made lasts; the collector would walk through all of it again and again."""
    keep_to_the_end()


@pytest.fixture(scope="session")
def checker(program) -> Checker:
    """The checker of the sources as they stand."""
    with collector_paused():
        checker = Checker(program)
    keep_to_the_end()
    return checker


@pytest.fixture(scope="session")
def answers(checker, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What the checker answers to the scenarios, once for all processes of a run."""
    return Answers(checker, run_folder(tmp_path_factory) / "answers")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sources' dataset, built without HermiT; all processes of a run share it, so nothing is changed in it."""
    return build_once(ROOT, tmp_path_factory)
