"""What may run is decided by the grammar, not by how a query is spelt."""

from __future__ import annotations

import pytest

from comity.sparql.guard import Query, inspect
from comity.sparql.refusals import Refused

GRAPHS = {"http://g/one": 1, "http://g/two": 1, "http://g/ns#": 1}


def look(text: str, **given: list[str]) -> Query:
    return inspect(text, GRAPHS, base_iri="http://g/", **given)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { service silent ?x { } }",
        "ASK{?s ?p 1.SERVICE<http://x>{}}",
        "ASK { FILTER(?a<1)SERVICE<http://x>{} }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://x/> {} } } } }",
        "SELECT (EXISTS { SERVICE <http://x/> {} } AS ?x) {}",
        "ASK { FILTER NOT EXISTS { GRAPH ?g { SERVICE <http://x/> {} } } }",
        "CONSTRUCT { ?s ?p ?o } { MINUS { SERVICE <http://x/> { ?s ?p ?o } } }",
        "DESCRIBE ?s { { ?s ?p 1 } UNION { SERVICE <http://x/> { ?s ?p ?o } } }",
        "PREFIX x: <http://x/> ASK { # comment\n SERVICE # comment\n x:sparql {} }",
        "ASK { ?s ?p 'SERVICE' SERVICE <http://x/> {} }",
    ],
)
def test_service_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(Refused) as caught:
        look(text)
    assert (caught.value.status, caught.value.title) in {(400, "Federation is not accepted"), (400, "Malformed query")}
    if "'SERVICE'" not in text:
        assert caught.value.title == "Federation is not accepted"


@pytest.mark.parametrize(
    "text",
    [
        "ASK {} # SERVICE <http://x/> {}",
        "ASK { ?s ?p 'SERVICE <http://x/> {}' }",
        "ASK { ?s ?p '''} SERVICE <http://x/> {''' , \"\\\" SERVICE <http://x/> {}\" }",
        "ASK { ?s <http://x/SERVICE> ?SERVICE }",
        "PREFIX SERVICE: <http://x/> ASK { SERVICE:SERVICE SERVICE:p _:SERVICE }",
        "PREFIX service: <http://service/> SELECT ?service { ?service service:service 'x'@service }",
        "ASK { ?s ?p 'INSERT DATA { }' } # DELETE WHERE { }",
        "PREFIX from: <http://from/> ASK { from:named from:FROM 'FROM <file:///etc/passwd>' }",
        "ASK { ?s ?p 'a' } # FROM <file:///etc/passwd>",
    ],
)
def test_the_words_themselves_are_no_offence(text: str) -> None:
    assert look(text).default_graphs is None


def test_the_store_is_not_shown_the_comments() -> None:
    assert look("ASK {} # \\u000A SERVICE <http://x/> {}").text.rstrip() == "ASK {}"


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a> <b> <c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "PREFIX x: <http://x/> WITH x:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "# harmless\ndrop all",
    ],
)
def test_an_update_is_refused_and_told_so(text: str) -> None:
    with pytest.raises(Refused) as caught:
        look(text)
    assert (caught.value.status, caught.value.title) == (400, "Updates are not accepted")


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <file:///etc/passwd>",
        "FROM NAMED <http://elsewhere/>",
        "FROM <http://g/one> FROM NAMED <http://169.254.169.254/latest>",
        "FROM <one#>",
        "FROM <\\u0066ile:///etc/passwd>",
        "FROM <//[>",
    ],
)
def test_a_graph_from_outside_is_refused(clause: str) -> None:
    with pytest.raises(Refused) as caught:
        look(f"SELECT * {clause} {{ ?s ?p ?o }}")
    assert caught.value.status == 400


def test_the_nearest_graphs_are_named() -> None:
    with pytest.raises(Refused) as caught:
        look("ASK FROM <http://g/onee> {}")
    assert caught.value.extra["nearest"][0] == "http://g/one"


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("ASK FROM <http://g/one> {}", ("http://g/one",), ()),
        ("ASK FROM <one> FROM <http://g/one> FROM NAMED <two> {}", ("http://g/one",), ("http://g/two",)),
        ("PREFIX g: <http://g/> ASK FROM NAMED g:two {}", (), ("http://g/two",)),
        ("BASE <http://g/deep/er> PREFIX n: <../ns#> ASK FROM n: {}", ("http://g/ns#",), ()),
        ("ASK FROM <http://g/\\u006Fne> {}", ("http://g/one",), ()),
    ],
)
def test_the_dataset_clause_is_resolved(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    query = look(text)
    assert (query.default_graphs, query.named_graphs) == (default, named)


def test_the_dataset_of_the_protocol_replaces_that_of_the_query() -> None:
    query = look("ASK FROM <one> FROM NAMED <one> {}", named_graphs=["http://g/two"])
    assert (query.default_graphs, query.named_graphs) == ((), ("http://g/two",))


def test_a_graph_of_the_query_is_checked_even_where_the_protocol_replaces_it() -> None:
    with pytest.raises(Refused):
        look("ASK FROM <file:///etc/passwd> {}", default_graphs=["http://g/one"])


@pytest.mark.parametrize(
    ("text", "form"),
    [("SELECT * {}", "select"), ("ASK { { SELECT * {} } }", "ask"), ("CONSTRUCT WHERE {}", "construct"), ("DESCRIBE <x>", "describe")],
)
def test_the_form_is_known_before_anything_runs(text: str, form: str) -> None:
    assert look(text).form == form
