"""The catalogue of questions over HTTP and as pages: lists, answers, refusals; and /sparql in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient

from comity.api import Settings, create_app
from comity.paths import source_root
from comity.queries.catalogue import questions
from tests.api.conftest import FixedEngine
from tests.pages.law.page_text import read_page

CATALOGUE = questions(source_root())
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LOST = 'SELECT ?x { ?x a c:Instrumnt ; eli:date_applicability ?d FILTER(?d < "2020-01-01"^^xsd:date) }'


@pytest.fixture(scope="module")
def graph(built) -> Iterator[httpx.Client]:
    """A client of the service over the dataset of the sources."""
    app = create_app(Settings(dataset=built, sparql_workers=1), engine=FixedEngine())
    with TestClient(app) as client:
        yield client


def test_the_list_is_a_page_with_all_questions(graph):
    page = graph.get("/v1/queries?limit=200").json()
    assert page["total"] == len(CATALOGUE) == len(page["items"]) and page["next"] is None
    item = next(item for item in page["items"] if item["name"] == "members-on")
    assert set(item["text"]) == {"en", "zh"}
    assert [(each["name"], each["vocabulary"], each["open"]) for each in item["parameters"]] == [
        ("body", "body", True),
        ("day", "date", False),
    ]
    assert graph.get(item["parameters"][0]["values"] + "?q=RCEP").json()["items"][0]["code"] == "RCEP"
    short = graph.get("/v1/queries?limit=2&lang=zh")
    assert len(short.json()["items"]) == 2 and 'rel="next"' in short.headers["link"]


def test_the_list_is_narrowed_by_words_and_by_what_is_taken(graph):
    assert "members-on" in {item["name"] for item in graph.get("/v1/queries?q=belong").json()["items"]}
    taking = graph.get("/v1/queries?takes=treaty").json()["items"]
    assert [item["name"] for item in taking] == ["parties-of"]
    refused = graph.get("/v1/queries?takes=treety")
    assert refused.status_code == 422 and refused.json()["errors"][0]["nearest"] == ["treaty"]


def test_an_answer_is_a_page_of_rows(graph):
    answer = graph.get("/v1/queries/members-on?body=RCEP&day=2022-06-01&limit=5").json()
    assert (answer["total"], len(answer["items"]), answer["limit"], answer["offset"]) == (13, 5, 5, 0)
    assert answer["asked"] == {"body": "RCEP", "day": "2022-06-01"}
    assert list(answer["items"][0]) == answer["columns"] == ["place", "en", "zh", "since", "until"]
    assert graph.get(answer["next"]).json()["offset"] == 5
    chinese = graph.get("/v1/queries/members-on?body=RCEP&day=2022-06-01&lang=zh").json()
    assert chinese["columns"] == ["place", "zh", "since", "until"]


def test_a_value_may_be_left_open(graph):
    answer = graph.get("/v1/queries/members-on?day=2022-06-01&limit=200").json()
    assert answer["total"] > 300 and answer["columns"][0] == "body"


@pytest.mark.parametrize("how", [{"params": {"format": "csv"}}, {"headers": {"Accept": "text/csv"}}])
def test_an_answer_as_csv_is_whole(graph, how):
    answer = graph.get(
        "/v1/queries/members-on", params={"body": "RCEP", "day": "2022-06-01", **how.get("params", {})}, headers=how.get("headers")
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.splitlines()[0] == "place,en,zh,since,until" and len(answer.text.splitlines()) == 14


@pytest.mark.parametrize(
    ("address", "status", "nearest"),
    [
        ("members-on?body=RECP&day=2022-06-01", 422, "RCEP"),
        ("members-on?body=RCEP&day=2022-06-31", 422, "2022-06-30"),
        ("members-on?bdy=RCEP&day=2022-06-01", 400, "body"),
        ("member-on?day=2022-06-01", 404, "members-on"),
        ("members-on?day=2022-06-01&format=cvs", 422, "csv"),
        ("values/places", 404, "place"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_nearest(graph, address, status, nearest):
    answer = graph.get(f"/v1/queries/{address}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert nearest in (problem["nearest"] if "nearest" in problem else problem["errors"][0]["nearest"])


def test_a_day_is_needed(graph):
    answer = graph.get("/v1/queries/members-on?body=RCEP")
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/query/day"


def test_case_does_not_matter_and_a_value_stays_a_value(graph):
    assert graph.get("/v1/queries/members-on?body=rcep&day=2022-06-01").json()["asked"]["body"] == "RCEP"
    hostile = quote('RCEP" } UNION { ?s ?p ?o } #')
    assert graph.get(f"/v1/queries/members-on?body={hostile}&day=2022-06-01").status_code == 422


def test_without_processes_nothing_is_answered_and_the_list_stands(built):
    app = create_app(Settings(dataset=built, sparql_workers=0), engine=FixedEngine())
    with TestClient(app) as client:
        assert client.get("/v1/queries").status_code == 200
        assert client.get("/v1/queries/members-on?body=RCEP&day=2022-06-01").status_code == 503


def test_a_question_is_described_at_its_address(graph):
    turtle = graph.get("/id/query/members-on?format=ttl").text
    assert "sh:SPARQLSelectExecutable" in turtle and "sh:parameter" in turtle and "SELECT ?body ?day ?place" in turtle
    parameter = graph.get("/id/query/members-on/day?format=ttl").text
    assert "sh:optional false" in parameter and "sh:datatype xsd:date" in parameter
    assert graph.get("/id/query/members-on", headers=BROWSER).status_code == 200


PAGES = [
    "/queries",
    "/queries?q=conflict",
    "/queries/members-on",
    "/queries/members-on?body=RCEP&day=2022-06-01",
    "/queries/norms-of?instrument=&day=2026-06-01&page=3",
    "/queries/open-questions",
    "/queries/conflicts?kind=localiseVersusLocalise",
    "/sparql",
    "/sparql?example=members-on&body=RCEP",
    f"/sparql?query={quote(LOST)}",
    f"/sparql?query={quote('ASK { ?x a c:Norm }')}",
    f"/sparql?query={quote('CONSTRUCT { ?x a c:Norm } { ?x a c:Norm } LIMIT 3')}",
]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_sound(graph, path, lang):
    answer = graph.get(f"{path}{'&' if '?' in path else '?'}lang={lang}", headers=BROWSER)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = read_page(answer.text)
    assert page.lang == {"en": "en", "zh": "zh-Hans"}[lang]
    assert set(page.inline) <= ({"script"} if path.startswith("/sparql") else set()) and "<script>" not in answer.text
    assert len(page.ids) == len(set(page.ids))
    assert [told for told in page.fields if told.get("id") not in page.labelled] == []
    assert [told for told in page.heads if told.get("scope") not in ("col", "row")] == []


def test_the_form_of_a_question_has_its_values_and_the_rows_are_a_table(graph):
    text = graph.get("/queries/members-on?body=RCEP&day=2022-06-01&lang=zh", headers=BROWSER).text
    assert 'name="body"' in text and 'value="2022-06-01"' in text and "日本" in text and "Japan" not in text
    assert "/v1/queries/members-on?body=RCEP&amp;day=2022-06-01&amp;format=csv" in text
    refused = graph.get("/queries/members-on?body=RECP&day=2022-06-01", headers=BROWSER)
    assert refused.status_code == 422 and "body=RCEP" in refused.text
    assert graph.get("/queries/member-on", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_question_has_a_form(graph, name):
    text = graph.get(f"/queries/{name}?lang=en", headers=BROWSER).text
    assert [parameter.name for parameter in CATALOGUE[name].head.parameters if f'name="{parameter.name}"' not in text] == []


def test_a_browser_gets_a_page_and_others_data(graph):
    query = {"query": "SELECT ?x { ?x a c:Norm } LIMIT 2"}
    assert "<textarea" in graph.get("/sparql", headers=BROWSER).text
    assert graph.get("/sparql", params=query, headers=BROWSER).headers["content-type"].startswith("text/html")
    assert graph.get("/sparql", params=query).headers["content-type"] == "application/sparql-results+json"
    assert graph.get("/sparql").headers["content-type"].startswith("text/turtle")
    for name, media_type in {"csv": "text/csv", "json": "application/sparql-results+json"}.items():
        answer = graph.get("/sparql", params={**query, "format": name}, headers=BROWSER)
        assert answer.headers["content-type"].startswith(media_type)
    built = graph.get("/sparql", params={"query": "CONSTRUCT { ?x a c:Norm } { ?x a c:Norm } LIMIT 1", "format": "ttl"}, headers=BROWSER)
    assert built.headers["content-type"].startswith("text/turtle")
    assert graph.get("/sparql", params={**query, "format": "cvs"}).status_code == 422


def test_what_may_have_kept_rows_away_is_told(graph):
    answer = graph.get("/sparql", params={"query": LOST})
    assert "c:Instrumnt" in answer.headers["comity-hints"] and "c:Instrument" in answer.headers["comity-hints"]
    assert "c:earliest" in answer.headers["comity-hints"]
    page = graph.get("/sparql?lang=zh", params={"query": LOST, "lang": "zh"}, headers=BROWSER).text
    assert "图谱中没有 c:Instrumnt" in page and "仅知年月或年份" in page
    sound = graph.get("/sparql", params={"query": "SELECT ?x { ?x a c:Norm ; c:earliest ?d FILTER(?d < '2020-01-01'^^xsd:date) } LIMIT 1"})
    assert "comity-hints" not in sound.headers


def test_an_undeclared_prefix_is_named_with_the_nearest(graph):
    answer = graph.get("/sparql", params={"query": "SELECT ?x { ?x a skso:Concept }"})
    assert answer.status_code == 400 and "'skso' is not declared" in answer.json()["detail"] and "skos:" in answer.json()["detail"]


def test_the_editor_completes_words_of_the_graph(graph):
    words = graph.get("/sparql/words.json").json()
    assert any(iri.endswith("#Norm") for iri in words["class"]) and any(iri.endswith("#statedIn") for iri in words["property"])
