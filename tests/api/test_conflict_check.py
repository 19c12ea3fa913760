"""``POST /v1/conflict-check``: what comes back for a description that can be read."""

import httpx
import pyoxigraph as ox
import pytest

PATH = "/v1/conflict-check"
JSON = {"Content-Type": "application/json"}
SH = "http://www.w3.org/ns/shacl#"
C = "https://w3id.org/comity/ns#"


def post(client: httpx.Client, give: str, **headers: str) -> httpx.Response:
    """The answer to a description for which the engine gives ``give``."""
    return client.post(PATH, json={"give": give}, headers=headers)


def test_an_answer_is_json_by_default(client):
    answer = post(client, "unmet")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert [finding["status"] for finding in answer.json()["findings"]] == ["unmet", "permitted"]


def test_equal_requests_get_equal_bytes(client):
    for accept in ("application/json", "text/turtle", "application/ld+json"):
        assert post(client, "unmet", Accept=accept).content == post(client, "unmet", Accept=accept).content


@pytest.mark.parametrize(("lang", "other"), [("en", "zh"), ("zh", "en")])
def test_lang_keeps_one_language(client, lang, other):
    text = client.post(f"{PATH}?lang={lang}", json={"give": "unmet"}).json()["findings"][0]["reason"]
    assert lang in text and other not in text


def test_a_language_that_the_service_does_not_speak_is_refused(client):
    assert client.post(f"{PATH}?lang=fr", json={"give": "unmet"}).status_code == 422


def test_a_query_parameter_that_is_not_known_is_refused_with_the_nearest(client):
    problem = client.post(f"{PATH}?lnag=en", json={"give": "unmet"})
    assert problem.status_code == 400
    assert problem.json()["errors"][0]["nearest"] == ["lang"]


def test_a_route_is_passed_on_whole(client):
    answer = client.post(PATH, json={"legs": [{"give": "met"}, {"give": "unmet"}]}).json()
    assert len(answer["legs"]) == 2


def report(client: httpx.Client, body: dict) -> ox.Store:
    """The SHACL report for ``body`` as a graph."""
    response = client.post(PATH, json=body, headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/turtle")
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    """Whether ``pattern`` is in the graph."""
    return bool(store.query(f"PREFIX sh: <{SH}> PREFIX c: <{C}> ASK {{ {pattern} }}"))


def test_an_unmet_demand_is_a_violation_of_the_norms_shape(client):
    store = report(client, {"give": "unmet"})
    assert ask(store, "?r a sh:ValidationReport ; sh:conforms false ; sh:result ?x . ?x sh:sourceShape c:AaTransferDemand")
    assert ask(store, "?x sh:resultSeverity sh:Violation ; c:norm <https://w3id.org/comity/id/aa/data-act/norm-38>")
    assert ask(store, '?x sh:resultMessage "AA-38 is \\"unmet\\"."@en')


def test_other_findings_stand_beside_the_results(client):
    store = report(client, {"give": "unmet"})
    assert ask(store, "?r c:hasFinding ?f . ?f c:findingStatus c:findingStatus-permitted")
    assert not ask(store, "?r sh:result ?x . ?x c:findingStatus c:findingStatus-permitted")


def test_a_prohibition_is_its_own_source(client):
    store = report(client, {"give": "prohibited"})
    assert ask(
        store, "?x sh:sourceShape <https://w3id.org/comity/id/bb/order/norm-1> ; sh:sourceConstraintComponent c:ProhibitionComponent"
    )
    assert ask(store, "?r sh:conforms false")


def test_an_open_scope_is_a_warning(client):
    assert ask(report(client, {"give": "unknown"}), "?x sh:resultSeverity sh:Warning")


def test_a_flow_that_meets_its_norms_conforms(client):
    store = report(client, {"give": "met"})
    assert ask(store, "?r sh:conforms true")
    assert not ask(store, "?r sh:result ?x")


def test_each_leg_of_a_route_is_a_focus_of_its_own(client):
    store = report(client, {"legs": [{"give": "unmet"}, {"give": "unmet"}]})
    rows = store.query(f"SELECT DISTINCT ?f {{ ?x <{SH}focusNode> ?f }}")
    assert sorted(row["f"].value.rsplit("#")[-1] for row in rows) == ["leg-1", "leg-2"]


def test_every_result_has_what_shacl_asks_of_one(client):
    store = report(client, {"give": "unknown"})
    for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "resultMessage"):
        assert ask(store, f"?x a sh:ValidationResult ; sh:{name} ?y"), name


def test_json_ld_says_the_same_as_turtle(client):
    in_turtle = {str(quad) for quad in _canonical(client, "text/turtle", ox.RdfFormat.TURTLE)}
    in_json = {str(quad) for quad in _canonical(client, "application/ld+json", ox.RdfFormat.JSON_LD)}
    assert in_turtle == in_json


def _canonical(client: httpx.Client, accept: str, form: ox.RdfFormat) -> ox.Dataset:
    data = ox.Dataset(ox.parse(post(client, "unmet", Accept=accept).content, format=form))
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return data


def test_a_format_that_is_not_offered_is_a_406_that_lists_those_that_are(client):
    answer = post(client, "unmet", Accept="text/csv")
    assert answer.status_code == 406
    assert answer.json()["offered"] == ["application/json", "text/turtle", "application/ld+json"]


def test_quality_values_decide(client):
    answer = post(client, "unmet", Accept="application/json;q=0.2, text/turtle;q=0.9")
    assert answer.headers["content-type"].startswith("text/turtle")
