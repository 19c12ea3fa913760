"""The service itself: health, documents, pages, headers, limits, and what it does without."""

import os
import subprocess
import sys

import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app
from comity.api.models import Page, ProblemDocument
from comity.api.openapi import examples
from comity.check.dataset import DatasetError

BROWSER = {"Accept": "text/html"}


def test_health_names_the_graph(client):
    answer = client.get("/healthz")
    assert answer.json()["status"] == "ok"
    assert answer.json()["graph"]["digest"].startswith("sha256:")
    assert answer.json()["counts"] == {"instruments": 2, "norms": 3}
    assert answer.headers["cache-control"] == "no-store"


def test_openapi_describes_every_route_with_examples(client):
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"/v1/conflict-check", "/v1/norms", "/v1/conflicts", "/id/{key}", "/healthz"} <= document["paths"].keys()
    body = document["paths"]["/v1/conflict-check"]["post"]["requestBody"]["content"]["application/json"]
    assert len(body["examples"]) >= 3


def test_every_reference_in_openapi_leads_somewhere(client):
    document = client.get("/openapi.json").json()
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    def references(value):
        if isinstance(value, dict):
            yield from ([value["$ref"]] if isinstance(value.get("$ref"), str) else [])
            for item in value.values():
                yield from references(item)
        elif isinstance(value, list):
            for item in value:
                yield from references(item)

    assert set(references(document)) <= known


def test_the_schema_of_a_flow_has_a_validator(client):
    answer = client.get("/schemas/flow.json")
    assert answer.headers["content-type"] == "application/schema+json"
    assert client.get("/schemas/flow.json", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_the_context_of_a_flow_is_json_ld(client):
    answer = client.get("/schemas/flow.jsonld")
    assert answer.headers["content-type"] == "application/ld+json" and "@context" in answer.json()


@pytest.mark.parametrize("path", ["/", "/docs", "/coverage", "/?lang=zh", "/docs?lang=zh", "/coverage?lang=zh"])
def test_pages_load_only_from_this_service(client, path):
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert 'src="http' not in answer.text
    for name in answer.text.split('src="')[1:] + answer.text.split('rel="stylesheet" href="')[1:]:
        assert client.get(name.split('"')[0]).status_code == 200


def test_the_api_documentation_brings_its_own_files(client):
    page = client.get("/docs").text
    assert "/static/docs/swagger-ui-bundle.js" in page
    script = client.get("/static/docs/swagger-ui-bundle.js")
    assert script.headers["content-type"].startswith("text/javascript") and len(script.content) > 500_000


def test_examples_can_be_fetched_and_posted(client):
    assert len(examples()) >= 3
    for name in examples():
        assert client.get(f"/examples/{name}.json").json()["asOf"]
    assert client.get("/examples/nothing.json").status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/v1/norms", "/id/place/AA", "/ns", "/", "/openapi.json", "/static/comity.css"])
def test_head_is_get_without_the_body(client, path):
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)
    assert ("content-length" in head.headers) is (path != "/openapi.json")  # too long to be compressed before its headers are sent


@pytest.mark.parametrize("path", ["/healthz", "/v1/norms", "/nothing", "/id/place/AA", "/docs"])
def test_every_answer_has_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]


def test_a_browser_of_another_origin_may_call(client):
    answer = client.get("/v1/norms", headers={"Origin": "https://app.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://app.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/v1/conflict-check", headers=asked).status_code == 200


def test_static_files_are_a_closed_list(client):
    for name in ("..%2f..%2fpages.py", "pages.py", "docs/../comity.css", "docs/redoc.standalone.js"):
        assert client.get(f"/static/{name}").status_code in (404, 200) and "def " not in client.get(f"/static/{name}").text
    assert client.get("/static/docs/redoc.standalone.js").status_code == 404


def test_lists_and_problems_are_as_documented(client):
    Page.model_validate(client.get("/v1/norms").json())
    ProblemDocument.model_validate(client.get("/v1/norms?kindd=x").json())


def test_large_answers_are_compressed_and_small_ones_not(dataset, engine):
    app = create_app(Settings(dataset=dataset, sparql_workers=0, gzip_minimum_bytes=1000), engine=engine)
    with TestClient(app) as client:
        assert client.get("/v1/norms").headers["content-encoding"] == "gzip"
        assert "content-encoding" not in client.get("/healthz").headers


def test_a_rate_limit_answers_429_with_a_time_to_come_back(dataset, engine):
    app = create_app(Settings(dataset=dataset, sparql_workers=0, rate_limit="2/day"), engine=engine)
    with TestClient(app) as client:
        statuses = [client.get("/v1/norms").status_code for _ in range(4)]
        assert statuses == [200, 200, 429, 429]
        last = client.get("/v1/norms")
        assert int(last.headers["retry-after"]) > 0 and last.headers["content-type"] == "application/problem+json"
        assert client.get("/healthz").status_code == 200


def test_a_rate_that_cannot_be_read_is_refused_at_start(dataset, engine):
    with (
        pytest.raises(ValueError, match="120/minute"),
        TestClient(create_app(Settings(dataset=dataset, sparql_workers=0, rate_limit="often"), engine=engine)),
    ):
        pass


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("COMITY_DATASET", str(tmp_path))
    monkeypatch.setenv("COMITY_MAX_BODY_BYTES", "4096")
    monkeypatch.setenv("COMITY_CORS_ORIGINS", '["https://a.example"]')
    settings = Settings()
    assert (settings.dataset, settings.max_body_bytes, settings.cors_origins) == (tmp_path, 4096, ["https://a.example"])


def test_a_missing_dataset_says_what_to_do(tmp_path):
    with pytest.raises(DatasetError, match="comity build"):
        create_app(Settings(dataset=tmp_path))


def test_a_damaged_dataset_says_what_to_do(tmp_path, dataset):
    for name in ("manifest.json", "program.json"):
        (tmp_path / name).write_bytes((dataset / name).read_bytes())
    (tmp_path / "dataset.nq").write_text("<not quads")
    with pytest.raises(DatasetError, match="comity build"):
        create_app(Settings(dataset=tmp_path))


def test_the_service_loads_neither_rdflib_nor_pyshacl(dataset):
    code = (
        "import sys; from comity.api import Settings, create_app\n"
        "from pathlib import Path\n"
        "class Engine:\n    def check_json(self, description, *asked): return b'{}'\n"
        "app = create_app(Settings(dataset=Path(sys.argv[1])), engine=Engine())\n"
        "from fastapi.testclient import TestClient\n"
        "client = TestClient(app)\n"
        "for path in ('/v1/norms', '/v1/conflicts', '/id/place/AA', '/ns', '/openapi.json', '/docs'):\n"
        "    assert client.get(path).status_code == 200, path\n"
        "assert client.post('/v1/conflict-check', json={}, headers={'Accept': 'application/json'}).status_code == 200\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('rdflib', 'pyshacl', 'owlready2', 'jpype', 'SPARQLWrapper')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(dataset)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
