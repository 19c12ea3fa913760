"""Shared by all tests: the sources compiled once for each process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from comity.check.checker import Checker
from comity.compile.program import compile_program
from comity.paths import source_root
from comity.rdf.load import load_sources
from comity.reason.conflicts import find_conflicts

ROOT = source_root()
SHARED = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared"))


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
    return load_sources(ROOT)


@pytest.fixture(scope="session")
def graph(sources):
    """The merged graph."""
    return sources.graph()


@pytest.fixture(scope="session")
def program(graph):
    """The compiled program; its conflicts are the opposed pairs, not yet judged by the reasoner."""
    data = compile_program(graph)
    data["graph"] = {"version": "test", "digest": "sha256:test"}
    data["conflicts"], _ = find_conflicts(graph, data, reasoner=None, step=lambda name: None)
    return data


@pytest.fixture(scope="session")
def checker(program) -> Checker:
    """The checker of the sources as they stand."""
    return Checker(program)
