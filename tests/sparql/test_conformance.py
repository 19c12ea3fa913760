"""The W3C SPARQL 1.1 Protocol suite: its 20 query tests pass, its 14 updates are refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared"))
MANIFEST = SHARED / "conformance" / "sparql11-protocol" / "manifest.ttl"

TABULAR = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml"}


def _suite() -> dict[str, list[dict[str, Any]]]:
    """Each test of the manifest by name: its requests, with what each must bring."""
    from rdflib import RDF, Graph, Namespace
    from rdflib.collection import Collection

    mf, ht = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"), Namespace("http://www.w3.org/2011/http#")
    cnt = Namespace("http://www.w3.org/2011/content#")
    graph = Graph().parse(MANIFEST, format="turtle")
    tests = {}
    for test in graph.subjects(RDF.type, mf.ProtocolTest):
        requests = []
        for node in Collection(graph, graph.value(graph.value(test, mf.action), ht.requests)):
            body, answer = graph.value(node, ht.body), graph.value(node, ht.resp)
            headers = graph.value(node, ht.headers)
            encoding = "utf-16" if body and "16" in graph.value(body, cnt.characterEncoding) else "utf-8"
            requests.append(
                {
                    "method": str(graph.value(node, ht.methodName)),
                    "path": str(graph.value(node, ht.absolutePath)),
                    "content": str(graph.value(body, cnt.chars)).encode(encoding) if body else None,
                    "headers": {
                        str(graph.value(header, ht.fieldName)): str(graph.value(header, ht.fieldValue))
                        for header in (Collection(graph, headers) if headers else ())
                    },
                    "statuses": {str(status)[-3] for status in graph.objects(answer, mf.expectedStatus)},
                    "boolean": graph.value(answer, mf.expectedBoolean),
                    "format": str(graph.value(answer, mf.expectedFormat)),
                }
            )
        tests[str(test).rpartition("#")[2]] = requests
    return tests


TESTS = _suite() if MANIFEST.is_file() else {}
QUERIES = sorted(name for name in TESTS if "update" not in name)
UPDATES = sorted(name for name in TESTS if "update" in name)


def _send(client: TestClient, request: dict[str, Any]) -> Any:
    return client.request(request["method"], request["path"], content=request["content"], headers=request["headers"])


@pytest.mark.skipif(
    not TESTS, reason=f"THE PROTOCOL SUITE DID NOT RUN: no {MANIFEST}; set COMITY_SHARED to the folder that holds conformance/"
)
def test_the_whole_suite_is_here() -> None:
    assert (len(QUERIES), len(UPDATES)) == (20, 14)


@pytest.mark.parametrize("name", QUERIES)
def test_query(client: TestClient, name: str) -> None:
    for request in TESTS[name]:
        answer = _send(client, request)
        assert str(answer.status_code)[0] in request["statuses"], answer.text
        media_type = answer.headers["content-type"].partition(";")[0]
        if answer.status_code >= 400:
            assert media_type == "application/problem+json"
        elif request["format"] == "boolean":
            assert media_type in TABULAR
            if request["boolean"] is not None:
                assert answer.json()["boolean"] is request["boolean"].toPython()
        else:
            assert media_type in (TABULAR if request["format"] == "tabular" else GRAPHS)


@pytest.mark.parametrize("name", UPDATES)
def test_update_is_refused(client: TestClient, name: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = client.get("/sparql", params={"query": count}).json()
    answer = _send(client, TESTS[name][0])
    assert answer.status_code in {403, 415}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get("/sparql", params={"query": count}).json() == before
