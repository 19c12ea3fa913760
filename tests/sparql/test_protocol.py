"""Requests and answers over HTTP: formats, negotiation, the service description, bad input."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, Graph, Namespace, URIRef

from comity.sparql.workers import WorkerPool

NORMS = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX c: <https://w3id.org/comity/ns#>
SELECT ?norm ?label ?missing { ?norm c:order 7 ; skos:prefLabel ?label OPTIONAL { ?norm c:none ?missing } } ORDER BY LANG(?label)"""
NORM_7 = "https://w3id.org/comity/id/aa/act/norm-7"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
XML = "{http://www.w3.org/2005/sparql-results#}"


def ask(client: TestClient, query: str, accept: str | None = None, **parameters: Any) -> Any:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = answer.json()
    assert document["status"] == status
    assert document["title"]
    assert document["detail"].endswith(".")
    return document


def test_rows_as_json(client: TestClient) -> None:
    answer = ask(client, NORMS, "application/sparql-results+json")
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.headers["vary"] == "Accept"
    assert answer.json()["head"]["vars"] == ["norm", "label", "missing"]
    assert answer.json()["results"]["bindings"] == [
        {"norm": {"type": "uri", "value": NORM_7}, "label": {"type": "literal", "value": 'Norm 7, "quoted"', "xml:lang": "en"}},
        {"norm": {"type": "uri", "value": NORM_7}, "label": {"type": "literal", "value": "第7条", "xml:lang": "zh"}},
    ]


def test_rows_as_xml(client: TestClient) -> None:
    answer = ask(client, NORMS, "application/sparql-results+xml")
    root = ElementTree.fromstring(answer.content)
    assert [node.get("name") for node in root.iter(f"{XML}variable")] == ["norm", "label", "missing"]
    assert [node.text for node in root.iter(f"{XML}literal")] == ['Norm 7, "quoted"', "第7条"]


def test_rows_as_csv(client: TestClient) -> None:
    answer = ask(client, NORMS, "text/csv")
    assert answer.headers["content-type"] == "text/csv; header=present; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))
    assert rows == [["norm", "label", "missing"], [NORM_7, 'Norm 7, "quoted"', ""], [NORM_7, "第7条", ""]]


def test_rows_as_tsv(client: TestClient) -> None:
    lines = ask(client, NORMS, "text/tab-separated-values").content.decode().splitlines()
    assert lines[0].split("\t") == ["?norm", "?label", "?missing"]
    assert lines[2].split("\t") == [f"<{NORM_7}>", '"第7条"@zh', ""]


@pytest.mark.parametrize(
    ("accept", "body"),
    [
        ("application/sparql-results+json", '"boolean":true'),
        ("application/sparql-results+xml", "<boolean>true</boolean>"),
        ("text/csv", "true"),
    ],
)
def test_a_boolean(client: TestClient, accept: str, body: str) -> None:
    assert body in ask(client, "ASK { ?s ?p ?o }", accept).text


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_a_graph(client: TestClient, accept: str, syntax: str) -> None:
    query = "PREFIX c: <https://w3id.org/comity/ns#> CONSTRUCT { ?n c:order ?o ; a c:Seen } { ?n c:order ?o FILTER(?o < 3) }"
    answer = ask(client, query, accept)
    assert answer.headers["content-type"].partition(";")[0] == accept
    assert len(Graph().parse(data=answer.text, format=syntax)) == 6
    described = ask(client, f"DESCRIBE <{NORM_7}>", accept)
    assert len(Graph().parse(data=described.text, format=syntax)) == 4


def test_turtle_keeps_the_prefixes_of_the_query(client: TestClient) -> None:
    text = ask(client, "PREFIX c: <https://w3id.org/comity/ns#> CONSTRUCT WHERE { <aa/act/norm-0> a c:Obligation }").text
    assert "@prefix c: <https://w3id.org/comity/ns#> ." in text
    assert "c:Obligation" in text


@pytest.mark.parametrize(
    ("accept", "got"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/*;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
    ],
)
def test_negotiation(client: TestClient, accept: str | None, got: str) -> None:
    client.headers.pop("accept", None)
    assert ask(client, "SELECT * {} LIMIT 1", accept).headers["content-type"].partition(";")[0] == got


@pytest.mark.parametrize(("query", "accept"), [("ASK {}", "image/png"), ("SELECT * {}", "text/turtle"), ("DESCRIBE <x>", "text/csv")])
def test_a_format_that_is_not_offered(client: TestClient, query: str, accept: str) -> None:
    document = problem(ask(client, query, accept), 406)
    assert document["offered"]
    assert accept in document["detail"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("CONSTRUCT { <s> <http://x/1> 2 } {}", "application/rdf+xml"),
        ("CONSTRUCT { <s> <p> '\\u0001' } {}", "application/rdf+xml"),
        ("SELECT ('\\u0001' AS ?x) {}", "application/sparql-results+xml"),
    ],
)
def test_what_xml_cannot_say_is_not_said_in_broken_xml(client: TestClient, query: str, accept: str) -> None:
    assert "cannot be written as XML" in problem(ask(client, query, accept), 406)["detail"]


@pytest.mark.parametrize(
    ("accept", "syntax"), [(None, "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml"), ("text/html", "turtle")]
)
def test_without_a_query_the_endpoint_says_what_it_is(client: TestClient, accept: str | None, syntax: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept} if accept else {})
    assert answer.status_code == 200
    graph = Graph().parse(data=answer.text, format=syntax)
    service = URIRef("http://testserver/sparql")
    assert (service, RDF.type, SD.Service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (service, SD.feature, SD.BasicFederatedQuery) not in graph
    assert len(set(graph.objects(None, SD.name))) == 6
    sizes = {int(size) for size in graph.objects(None, URIRef("http://rdfs.org/ns/void#triples"))}
    assert {1600, 2, 1, 1605} == sizes


def test_the_default_graph_is_the_union_without_repetition(client: TestClient) -> None:
    """1,606 quads state 1,605 triples: one of them stands in two graphs."""
    answer = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    assert answer["results"]["bindings"][0]["n"]["value"] == "1605"


def test_a_request_can_choose_its_graphs(client: TestClient) -> None:
    rows = {"query": "SELECT ?s { ?s a ?type }", "default-graph-uri": "https://w3id.org/comity/data/bb/order"}
    assert len(client.get("/sparql", params=rows).json()["results"]["bindings"]) == 2
    named = {"query": "SELECT ?s { ?s a ?type }", "named-graph-uri": "https://w3id.org/comity/data/bb/order"}
    assert client.get("/sparql", params=named).json()["results"]["bindings"] == []
    only = {"query": "SELECT DISTINCT ?g { GRAPH ?g { ?s a ?type } }", "named-graph-uri": "https://w3id.org/comity/data/bb/order"}
    assert len(client.get("/sparql", params=only).json()["results"]["bindings"]) == 1


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:9/", "", "not an iri <"])
def test_a_request_cannot_choose_a_graph_from_outside(client: TestClient, parameter: str, graph: str) -> None:
    assert problem(ask(client, "ASK {}", **{parameter: graph}), 400)["title"] == "Unknown graph"


def test_from_a_local_file_reads_no_file(client: TestClient) -> None:
    document = problem(ask(client, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), 400)
    assert document["graph"] == "file:///etc/passwd"
    assert "root:" not in document["detail"]


@pytest.mark.parametrize("query", ["INSERT DATA { <a> <b> <c> }", "LOAD <file:///etc/passwd>", "CLEAR ALL"])
def test_an_update_in_the_place_of_a_query(client: TestClient, query: str) -> None:
    assert problem(ask(client, query), 400)["title"] == "Updates are not accepted"


@pytest.mark.parametrize(
    "query",
    [
        "ASK { # SERVICE <http://x/> {}\n }",
        "ASK { FILTER('SERVICE <http://x/> {}' = 'SERVICE <http://x/> {}') }",
        "PREFIX service: <http://x/> ASK { OPTIONAL { service:SERVICE service:service <http://service/> } }",
    ],
)
def test_the_word_service_is_no_offence(client: TestClient, query: str) -> None:
    assert ask(client, query).json()["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT",
        "",
        "SELECT ?x { ?s ?p _:b . { ?s ?p _:b } }",
        "SELECT (1 AS ?x) (2 AS ?x) {}",
        "SELECT * { BIND(<urn:unknown-function>(1) AS ?x) }",
        "SELECT * { ?s undeclared:p ?o }",
    ],
)
def test_a_query_that_is_none(client: TestClient, query: str) -> None:
    problem(ask(client, query), 400)


def test_a_query_that_is_too_long(client: TestClient) -> None:
    padding = "#" * (64 * 1024 - 6) + "\n"
    longest = f"{padding}ASK{{}}"[-64 * 1024 :]
    post = {"Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=longest, headers=post).json()["boolean"] is True
    assert problem(client.post("/sparql", content=longest + " ", headers=post), 413)["limit"] == 64 * 1024
    problem(client.post("/sparql", data={"query": longest + " "}), 413)
    assert client.post("/sparql", data={"query": longest}).status_code == 200
    problem(client.post("/sparql", content=b"query=" + b"a" * 500_000, headers={"Content-Type": "application/x-www-form-urlencoded"}), 413)


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "application/json", 415),
        (b"ASK {}", "application/sparql-query; charset=latin-1", 415),
        (b"ASK {} #\xff", "application/sparql-query", 400),
        (b"query=ASK%20%7B%7D%20%23%FF", "application/x-www-form-urlencoded", 400),
        (b"other=1", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=1"] * 1000), "application/x-www-form-urlencoded", 400),
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
    ],
)
def test_a_body_that_cannot_be_read(client: TestClient, content: bytes, content_type: str, status: int) -> None:
    problem(client.post("/sparql", content=content, headers={"Content-Type": content_type}), status)


def test_a_query_string_that_is_not_utf8(client: TestClient) -> None:
    problem(client.get("/sparql?query=ASK%20%7B%7D%20%23%FF"), 400)


def test_parameters_of_other_servers_are_ignored(client: TestClient) -> None:
    """Clients send them to be understood by old servers; where the Accept header names a format, it is what counts."""
    json = {"Accept": "application/sparql-results+json"}
    sent = {"query": "ASK {}", "format": "xml", "output": "csv", "timeout": "0"}
    assert client.get("/sparql", params=sent, headers=json).json()["boolean"] is True
    assert client.get("/sparql", params={**sent, "format": "anything"}, headers=json).json()["boolean"] is True


@pytest.mark.parametrize(
    ("name", "label"), [("json", "application/sparql-results+json"), ("csv", "text/csv"), ("xml", "application/sparql-results+xml")]
)
def test_a_format_counts_where_the_header_leaves_it_open(client: TestClient, name: str, label: str) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * { ?s a ?t } LIMIT 1", "format": name})
    assert answer.headers["content-type"].startswith(label)


def test_a_format_that_there_is_not_is_refused_with_those_there_are(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}", "format": "cvs"})
    problem(answer, 422)
    assert "csv" in answer.json()["nearest"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client: TestClient, method: str) -> None:
    answer = client.request(method, "/sparql")
    problem(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_the_api_documents_both_operations(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]["/sparql"]
    assert set(paths) == {"get", "post"}
    assert paths["get"]["parameters"][0]["name"] == "query"
    assert {"200", "400", "406", "504"} <= set(paths["get"]["responses"])


def test_a_query_that_breaks_its_process_costs_nobody_else(client: TestClient, pool: WorkerPool) -> None:
    """The store's planner overflows its stack on this one."""
    query = "SELECT " + "".join(f"(1 AS ?x{number})" for number in range(4300)) + "{}"
    answer = client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert problem(answer, 422)["title"] == "Query too expensive"
    assert ask(client, "ASK {}").json()["boolean"] is True
    assert len(pool.pids()) == 2
