"""A small world of two invented places, served by the real application with an engine that gives fixed answers."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import httpx
import orjson
import pyoxigraph as ox
import pytest
import uvicorn
from fastapi.testclient import TestClient

import comity
from comity.api import Settings, create_app
from comity.api.serve import server_options
from comity.flow.problems import DescriptionError, problem
from comity.manifest import write_manifest
from tests.recognition.world import commitment, exception, reach, row, tiny_program, treaty
from tests.shared import free_port
from tests.tiny import norm

GRAPH = {"version": comity.__version__, "digest": "sha256:" + "ab" * 32}


def finding(norm: str, status: str, scope: bool | None, demand: bool | None) -> dict:
    """A finding of the small world's engine."""
    return {
        "norm": norm,
        "iri": {
            "AA-38": "https://w3id.org/comity/id/aa/data-act/norm-38",
            "AA-9": "https://w3id.org/comity/id/aa/data-act/norm-9",
            "BB-1": "https://w3id.org/comity/id/bb/order/norm-1",
        }[norm],
        "instrument": "aa/data-act",
        "kind": "Obligation",
        "provision": [
            {"iri": "https://w3id.org/comity/id/aa/data-act/art-38", "label": {"en": "art. 38", "zh": "第三十八条"}, "url": None}
        ],
        "status": status,
        "scope": scope,
        "demand": demand,
        "because": [],
        "reason": {"en": f'{norm} is "{status}".', "zh": f"{norm}：{status}。"},
    }


class FixedEngine:
    """Answers by what the description says under ``give``; refuses anything it does not know."""

    answers: ClassVar = {
        "unmet": [("AA-38", "unmet", True, False), ("AA-9", "permitted", True, None)],
        "prohibited": [("BB-1", "prohibited", True, None)],
        "unknown": [("AA-38", "unknown", None, None)],
        "met": [("AA-38", "met", True, True)],
    }

    def check_json(self, description: object, detail: str, scope: str, plan: bool, latent: bool) -> bytes:
        """The fixed answer."""
        return orjson.dumps(self._answer(description))

    def _answer(self, description: object) -> dict:
        if not isinstance(description, dict):
            raise DescriptionError([problem("", "A description is a JSON object.", "描述须为 JSON 对象。")])
        for key in description:
            if key not in ("give", "legs", "asOf", "note"):
                raise DescriptionError([problem(f"/{key}", f"There is no key {key!r}.", f"没有键“{key}”。", ["asOf"])])
        if description.get("give") == "fault":
            raise RuntimeError("the secret inside")
        head = {"asOf": "2026-01-31", "graph": GRAPH, "request": "sha256:" + "12" * 32}
        if legs := description.get("legs"):
            return {**head, "verdict": "conditional", "legs": [self._leg(leg["give"]) for leg in legs]}
        return {**head, **self._leg(description.get("give", "met"))}

    def _leg(self, give: str) -> dict:
        return {"verdict": "conditional", "findings": [finding(*row) for row in self.answers[give]], "conflicts": []}


def write_dataset(folder: Path) -> Path:
    """Build the dataset directory of the small world in ``folder``."""
    store = ox.Store()
    store.load(
        path=str(Path(__file__).parent / "world.ttl"),
        format=ox.RdfFormat.TURTLE,
        to_graph=ox.NamedNode("https://w3id.org/comity/data/world"),
    )
    folder.mkdir(parents=True, exist_ok=True)
    store.dump(output=str(folder / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"exporter": {"$ref": "#/$defs/Party"}},
        "$defs": {"Party": {"type": "object"}},
    }
    shaped = {"iri": "https://w3id.org/comity/id/aa/data-act/norm-38", "shape": "https://w3id.org/comity/ns#AaTransferDemand"}
    bound = {**norm("AA-38", "A", instrument="aa/data-act"), **shaped}
    program = {**_recognitions(bound, BAN), "jsonSchema": schema, "jsonldContext": {"@context": {}}, "graph": GRAPH}
    program["places"] |= {"AA": {"partOf": None}, "AA-1": {"partOf": "AA"}, "BB": {"partOf": None}}
    program["placeLabels"] |= {code: {"en": f"{name}land", "zh": f"{name}国"} for code, name in (("AA", "A"), ("AA-1", "A1"), ("BB", "B"))}
    program["schema"]["placeNames"] |= {"aland": "AA", "bland": "BB"}
    program["conflicts"] = [CLASH]
    (folder / "program.json").write_text(json.dumps(program))
    write_manifest(folder, **GRAPH, witnesses=GRAPH["digest"], reasoner=True, counts={"norms": 3, "instruments": 2})
    return folder


BAN = norm(
    "BB-1",
    "A",
    "Prohibition",
    instrument="bb/order",
    iri="https://w3id.org/comity/id/bb/order/norm-1",
    **{"from": "2021-06-01", "until": "2024-01-01"},
)
CLASH = {
    "iri": "https://w3id.org/comity/id/conflict/1",
    "norms": ["AA-38", "BB-1"],
    "kind": "compelledVersusForbidden",
    "rule": "opposed",
    "duty": ["AA-38", "BB-1"],
    "act": "Transfer",
    "reconciledBy": [],
    "formal": False,
}


def _recognitions(*told: dict) -> dict:
    """The program of a few recognitions and of one commitment, apart from the places of the graph."""
    return tiny_program(
        row("A", "XX", "YY", scope={"en": "trade", "zh": "贸易"}),
        row("B", "YY", "WW", "equivalence"),
        row("C", "XX", "SEAL", "certificationRecognition"),
        norms=told,
        memberships=[["CLUB", "XX", "2020-01-01", None], ["CLUB", "YY", "2025-01-01", None]],
        treaties={"pact": treaty(parties=["WW", "XX"])},
        commitments={"P": commitment(reach("localStorage"), protects=["investor"])},
        exceptions={"E": exception("P", grounds=["security"]), "F": exception("P", excludesMeasures=["taxation"])},
    )


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the small world's dataset."""
    return write_dataset(tmp_path_factory.mktemp("world") / "build")


@pytest.fixture(scope="session")
def engine() -> FixedEngine:
    """The engine of the small world."""
    return FixedEngine()


@pytest.fixture(scope="session")
def client(dataset: Path, engine: FixedEngine) -> Iterator[httpx.Client]:
    """A client of the application over the small world."""
    app = create_app(Settings(dataset=dataset, sparql_workers=0), engine=engine)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
def address(dataset, engine) -> Iterator[str]:
    """The address of a running server."""
    port = free_port()
    settings = Settings(dataset=dataset, sparql_workers=0, port=port, head_timeout_seconds=1, body_timeout_seconds=2)
    app = create_app(settings, engine=engine)
    server = uvicorn.Server(uvicorn.Config(app, **server_options(settings), log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)
