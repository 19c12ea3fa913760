"""An endpoint over a small invented graph: the same routes, guard and processes as in service."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

import comity
from comity import sparql
from comity.http import problems
from comity.manifest import write_manifest
from comity.sparql.workers import WorkerPool

NS = "https://w3id.org/comity/ns#"
ID = "https://w3id.org/comity/id/"
DATA = "https://w3id.org/comity/data/"
SUITE = "http://kasei.us/2009/09/sparql/data/"


def _world() -> Iterator[str]:
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    for number in range(400):
        norm, graph = f"<{ID}aa/act/norm-{number}>", f"<{DATA}aa/act>"
        yield f'{norm} {label} "Norm {number}, \\"quoted\\""@en {graph} .'
        yield f'{norm} {label} "第{number}条"@zh {graph} .'
        yield f"{norm} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Obligation> {graph} ."
        yield f'{norm} <{NS}order> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> {graph} .'
    # One triple stands in both graphs; it is one triple of their union.
    yield f"<{ID}aa/act/norm-0> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Obligation> <{DATA}bb/order> ."
    yield f"<{ID}bb/order/norm-1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Prohibition> <{DATA}bb/order> ."
    # The W3C suite's own data. It asks for data0.rdf without shipping it, and this endpoint fetches nothing.
    for number in range(4):
        document = f"<{SUITE}data{number}.rdf>"
        yield f"{document} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document> {document} ."


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build directory with 1,606 quads in six graphs."""
    folder = tmp_path_factory.mktemp("dataset")
    (folder / "dataset.nq").write_text("\n".join(sorted(_world())) + "\n", "utf-8")
    (folder / "program.json").write_text("{}")
    digests = {"digest": "sha256:" + "ab" * 32, "witnesses": "sha256:" + "cd" * 32}
    write_manifest(folder, version=comity.__version__, **digests, reasoner=False, counts={})
    return folder


@pytest.fixture(scope="session")
def pool(dataset: Path) -> Iterator[WorkerPool]:
    """Two workers with limits that no honest test query meets."""
    with WorkerPool(dataset, 2, wall_seconds=20, memory_mb=128, max_results_bytes=1024 * 1024) as pool:
        pool.start()
        yield pool


def application(pool: WorkerPool) -> FastAPI:
    """A service with nothing but the endpoint."""
    app = FastAPI()
    problems.install(app)
    app.include_router(sparql.router(pool, max_query_bytes=64 * 1024), prefix="/sparql")
    return app


@pytest.fixture(scope="session")
def client(pool: WorkerPool) -> TestClient:
    """Calls the endpoint in process."""
    return TestClient(application(pool))


@pytest.fixture(scope="session")
def client_of() -> Callable[[WorkerPool], TestClient]:
    """Makes a client for a pool with limits of its own."""
    return lambda pool: TestClient(application(pool))


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[WorkerPool], tuple[str, int]]]:
    """Serves a pool with uvicorn on a free loopback port; gives host and port."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(pool: WorkerPool) -> tuple[str, int]:
        server = uvicorn.Server(uvicorn.Config(application(pool), host="127.0.0.1", port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        while not server.started:
            time.sleep(0.01)
        host, port = server.servers[0].sockets[0].getsockname()[:2]
        return host, port

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(5)
