"""The example flows of the service, judged by the law as it stands in the sources."""

import httpx
import jsonschema_rs
import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app
from comity.api.models import FlowAnswer, PlaceCovered, RouteAnswer, TimelineAnswer, VariantsAnswer
from comity.api.openapi import examples

PATH = "/v1/conflict-check"


@pytest.fixture(scope="module")
def real(dataset, checker) -> httpx.Client:
    """A client of the application whose engine is the checker of the sources."""
    with TestClient(create_app(Settings(dataset=dataset, sparql_workers=0), engine=checker)) as client:
        yield client


@pytest.mark.parametrize("detail", ["summary", "findings", "all"])
@pytest.mark.parametrize("name", examples())
def test_an_example_gets_an_answer_of_the_documented_shape(real, name, detail):
    answer = real.post(PATH, json=examples()[name]["value"], params={"detail": detail})
    assert answer.status_code == 200, answer.text
    found = FlowAnswer.model_validate(answer.json())
    assert found.plan is not None and set(found.norms) >= {
        name for step in found.plan.do for name in step.cures[: 1 if detail == "summary" else None]
    }
    assert (found.findings is not None, found.classes is not None) == (detail != "summary", detail == "all")
    assert all(finding.provision for finding in found.findings or ())


@pytest.mark.parametrize("detail", ["summary", "findings", "all"])
def test_an_answer_is_valid_by_the_schema_that_the_service_publishes(real, detail):
    schema = jsonschema_rs.validator_for(real.get("/schemas/answer.json").json())
    for example in examples().values():
        schema.validate(real.post(PATH, json=example["value"], params={"detail": detail}).json())


def test_variants_and_timelines_have_the_documented_shape(real):
    flow = examples()["drivers-data-to-parent"]["value"]
    stated = [{"name": "as it is", "patch": []}, {"name": "to Germany", "patch": [{"op": "replace", "path": "/to", "value": "DE"}]}]
    answer = real.post(PATH, json={**flow, "variants": stated})
    assert [row.name for row in VariantsAnswer.model_validate(answer.json()).variants] == ["as it is", "to Germany"]
    found = TimelineAnswer.model_validate(real.post("/v1/timeline", json=flow).json())
    assert found.start.on < found.asOf and [change.on for change in found.changes] == sorted({change.on for change in found.changes})


@pytest.mark.parametrize("name", examples())
def test_the_same_example_gets_the_same_bytes(real, name):
    assert real.post(PATH, json=examples()[name]["value"]).content == real.post(PATH, json=examples()[name]["value"]).content


def test_a_route_of_two_examples_gets_an_answer_of_the_documented_shape(real):
    first, second = list(examples().values())[1:3]
    legs = [{key: value for key, value in example["value"].items() if key not in ("asOf", "parties")} for example in (first, second)]
    parties = [*first["value"].get("parties", []), *second["value"].get("parties", [])]
    answer = real.post(PATH, json={"asOf": "2026-01-31", "parties": parties, "legs": legs})
    assert answer.status_code == 200, answer.text
    assert len(RouteAnswer.model_validate(answer.json()).legs) == 2


@pytest.mark.parametrize("name", examples())
def test_an_example_has_a_shacl_report(real, name):
    answer = real.post(PATH, json=examples()[name]["value"], headers={"Accept": "text/turtle"})
    store = ox.Store()
    store.load(answer.content, format=ox.RdfFormat.TURTLE)
    rows = list(store.query("PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT ?c { ?r a sh:ValidationReport ; sh:conforms ?c }"))
    assert len(rows) == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_language_leaves_no_text_in_the_other(real, lang):
    other = "zh" if lang == "en" else "en"
    response = real.post(f"{PATH}?lang={lang}", json=next(iter(examples().values()))["value"])
    assert response.status_code == 200, response.text
    answer = response.json()

    def keys(value):
        if isinstance(value, dict):
            yield from value
            for item in value.values():
                yield from keys(item)
        elif isinstance(value, list):
            for item in value:
                yield from keys(item)

    assert other not in set(keys(answer))


def test_ten_thousand_items_are_answered_or_refused_in_time(real):
    import time

    item = {"categories": ["Name"], "persons": 5}
    flow = {"asOf": "2026-01-31", "act": "disclosure", "dataItems": [item] * 10_000}
    began = time.monotonic()
    answer = real.post(PATH, json=flow)
    assert answer.status_code in (200, 422)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("flow", "pointer"),
    [
        ({"asOf": "2026-01-31", "exprter": None}, "/exprter"),
        ({"asOf": "2026-02-30"}, "/asOf"),
        ({"asOf": "2026-01-31", "act": 7}, "/act"),
        ({"asOf": "2026-01-31", "act": "disclosre"}, "/act"),
        ({"asOf": "2026-01-31", "dataItems": {"categories": []}}, "/dataItems"),
        ({}, "/asOf"),
    ],
)
def test_what_is_wrong_with_a_description_is_pointed_at(real, flow, pointer):
    answer = real.post(PATH, json=flow)
    assert answer.status_code == 422
    assert any(error["pointer"].startswith(pointer) or error["pointer"] == "" for error in answer.json()["errors"]), answer.text


def test_a_party_that_owns_itself_is_refused(real):
    party = {"id": "a", "kind": "organisation", "ownedBy": [{"owner": "a", "percent": 100}]}
    assert real.post(PATH, json={"asOf": "2026-01-31", "parties": [party], "exporter": "a"}).status_code == 422


def test_law_that_is_not_in_the_graph_is_told_and_does_not_conform(real):
    flow = {
        "asOf": "2026-11-01",
        "act": "disclosure",
        "from": "KR",
        "to": {"outside": "KR"},
        "exporter": {"kind": "organisation", "establishedIn": ["KR"], "designations": []},
        "importer": {"kind": "organisation", "establishedIn": ["SG"], "designations": []},
        "dataItems": [{"categories": ["ContactOrDemographic"], "persons": 10, "subjectsIn": ["KR"], "identifiability": "direct"}],
    }
    leg = {key: value for key, value in flow.items() if key != "asOf"}
    leg["to"] = "SG"
    answer = real.post(PATH, json={"asOf": flow["asOf"], **leg}).json()
    covered = [PlaceCovered.model_validate(told) for told in answer["coverage"]]
    assert (answer["verdict"], [told.place for told in covered]) == ("not-covered", ["KR", "SG"])
    assert PlaceCovered.model_validate(real.post(PATH, json=flow).json()["coverage"][1]).place == {"outside": "KR"}
    route = {"asOf": flow["asOf"], "legs": [leg, leg]}
    for body, results in (({"asOf": flow["asOf"], **leg}, 1), (route, 2)):
        turtle = real.post(PATH, json=body, headers={"Accept": "text/turtle"})
        store = ox.Store()
        store.load(turtle.content, format=ox.RdfFormat.TURTLE)
        rows = store.query(
            "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX c: <https://w3id.org/comity/ns#> "
            "SELECT ?focus { ?report sh:conforms false ; c:verdict c:verdict-notCovered ; sh:result ?result . "
            "?result sh:sourceConstraintComponent c:CoverageComponent ; sh:focusNode ?focus ; sh:resultSeverity sh:Warning }"
        )
        assert len({row["focus"].value for row in rows}) == results


def test_openapi_shows_an_answer_of_each_detail_as_the_service_gives_it(real):
    check = real.get("/openapi.json").json()["paths"]["/v1/conflict-check"]["post"]
    shown = check["responses"]["200"]["content"]["application/json"]["examples"]
    assert list(shown) == ["summary", "findings", "all"]
    requests = [example["value"] for example in check["requestBody"]["content"]["application/json"]["examples"].values()]
    for detail, example in shown.items():
        assert any(real.post(PATH, json=flow, params={"detail": detail}).json() == example["value"] for flow in requests)


@pytest.mark.parametrize(("lang", "held"), [("en", "in part"), ("zh", "部分收录")])
def test_the_page_of_coverage_tells_each_statement_with_its_state(real, lang, held):
    page = real.get("/coverage", params={"lang": lang}).text
    stated = real.get("/v1/coverage", params={"limit": 200}).json()["items"]
    assert stated and all(statement["label"][lang] in page and f"/id/{statement['id']}?" in page for statement in stated)
    assert held in page
