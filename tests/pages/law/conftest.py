"""The pages about the law, served from the dataset of the sources by the real application.

``COMITY_PAGES_DATASET`` names a dataset that stands already, so that one test file can be run without building it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app
from comity.rdf.load import turtle_files
from comity.web.finder import Finder
from comity.web.index import Index
from tests.api.conftest import FixedEngine


@pytest.fixture(scope="session")
def law_dataset(request: pytest.FixtureRequest) -> Path:
    """The folder of the dataset that is served."""
    named = os.environ.get("COMITY_PAGES_DATASET")
    return Path(named) if named else request.getfixturevalue("built")


@pytest.fixture(scope="session")
def law(law_dataset: Path) -> Iterator[httpx.Client]:
    """A client of the pages; nothing that they show is judged, so that a fixed engine is enough."""
    app = create_app(Settings(dataset=law_dataset, sparql_workers=0), engine=FixedEngine())
    with TestClient(app, headers={"Accept": "text/html"}, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def finder(root: Path) -> Finder:
    """The search over the sources themselves."""
    store = ox.Store()
    for path in turtle_files(root):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return Finder(store, Index(store))
