"""What the guard and the store's own parser refuse between them: all that is no query of SPARQL 1.1."""

from __future__ import annotations

import time
from contextlib import suppress

import pyoxigraph as ox
import pytest

from comity.sparql.execution import LoadedDataset, run
from comity.sparql.guard import MAX_DEPTH, inspect
from comity.sparql.refusals import Refused
from comity.sparql.tokens import tokenize, without_comments

VALID = [
    "ASK {}",
    "select * where { ?s a ?o }",
    """BASE <http://x/> PREFIX : <y#> PREFIX a.b: <z>
       SELECT ?s { ?s :p-1.q a.b:c%20d\\,e ; :x 'a', "b"@en-GB, '''c'd''', 1, -1.5, +2e3, true . }""",
    """SELECT (COUNT(DISTINCT *) AS ?n) (GROUP_CONCAT(?x; SEPARATOR = ', ') AS ?all) { ?x ?p ?y }
       GROUP BY (?y + 1 AS ?z) HAVING (?n > 1) ORDER BY DESC(?n) ?y LIMIT 3 OFFSET 4""",
    "SELECT ?s { ?s (^<a>/<b>*|!(<c>|^<d>)+)? ?o . FILTER NOT EXISTS { ?o ?p [] } MINUS { ?s <p> ( 1 2 ) } }",
    "CONSTRUCT { ?s ?p ?o } FROM <http://g> WHERE { { SELECT * { ?s ?p ?o } LIMIT 1 } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "CONSTRUCT WHERE { ?s ?p [ <q> 1 ] }",
    "DESCRIBE <http://x> ?y { ?y ?p 1 } VALUES (?y ?z) { (UNDEF 1) (<a> 'b') }",
    """SELECT * { BIND(IF(1+1=2 && ?a<?b, STRLANG('x','en'), <f>(?c)) AS ?d) OPTIONAL { ?s ?p ?o }
       VALUES ?v { 1 2 } FILTER(?x IN (1, 2) || ?y NOT IN ()) }""",
    "# only a comment before\nASK { ?s ?p 'line\\n\\u0041' } # and after",
]
INVALID = [
    "",
    "ASK",
    "ASK { ?s ?p }",
    "ASK { ?s ?p ?o } }",
    "SELECT ?s { ?s ?p ?o } LIMIT -1",
    "SELECT { ?s ?p ?o }",
    "ASK { FILTER(STRLEN()) }",
    "ASK { 'a' ?p ?o . ?s 'b' ?o }",
    "ASK { ?s ?p 'not closed }",
    "ASK { ?s ?p <not an iri> }",
    "ASK {} ; ASK {}",
    "SELECT * { ?s A ?o }",
    "\ufeffASK {}",
    "ASK { ?s ?p ?o } VALUES",
    "ASK { ?s ?p ?o } FROM <http://x/>",
    "ASK { FILTER(!!true) }",
    "ASK { ?s ?p ?o LATERAL { ?o ?q ?z } }",
    "VERSION '1.2' ASK {}",
]


def ask(text: str) -> bytes:
    """Run a query on an empty dataset that has the graph <http://g>."""
    query = inspect(text, ["http://g"], base_iri="http://x/")
    form = "application/sparql-results+json" if query.form in ("select", "ask") else "text/turtle"
    return run(LoadedDataset(ox.Store(), {}, 0, "http://x/"), query, form, 1 << 20)


@pytest.mark.parametrize("text", VALID)
def test_a_query_of_the_standard_is_read(text: str) -> None:
    try:
        ask(text)
    except Refused as refused:
        assert refused.title == "Query failed"  # <f> is no function of the store


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_query_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(Refused) as caught:
        ask(text)
    assert (caught.value.status, caught.value.title) in {(400, "Malformed query"), (400, "Unknown graph")}
    assert "graph" in caught.value.extra or {"line", "column"} <= caught.value.extra.keys()


def test_an_error_of_the_store_has_its_place() -> None:
    with pytest.raises(Refused) as caught:
        ask("SELECT ?s\nWHERE { ?s ?p }")
    assert (caught.value.extra["line"], caught.value.extra["column"]) == (2, 16)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { SERVI\\u0043E <http://x> {} }",
        "ASK { ?s ?p trueSERVICE <http://x> {} }",
        "ASK { ?s ?p ?o .SERVICESILENT<http://x>{} }",
        "ASK FROMNAMED <file:///etc/passwd> {}",
    ],
)
def test_a_keyword_cannot_hide_in_escapes_or_beside_another(text: str) -> None:
    """The store reads words that are written together as two; the guard does not let them pass."""
    with pytest.raises(Refused, match=r"no word of SPARQL|does not begin any word"):
        inspect(text, [], base_iri="http://x/")


def test_comments_become_spaces_of_the_same_length() -> None:
    text = "ASK { # SERVICE <http://x> {}\n ?s ?p '# no comment' , <http://x#y> }"
    bare = without_comments(text)
    assert len(bare) == len(text)
    assert "SERVICE" not in bare
    assert [token.text for token in tokenize(bare)] == [token.text for token in tokenize(text)]
    assert "'# no comment'" in bare


def test_nesting_has_a_limit() -> None:
    ask("ASK " + "{" * (MAX_DEPTH - 1) + "}" * (MAX_DEPTH - 1))
    with pytest.raises(Refused, match="deeper"):
        ask("ASK " + "{" * 5000 + "}" * 5000)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { FILTER(" + "+".join(["1"] * 30_000) + ") }",
        "ASK { ?s ?p a:" + "." * 60_000,
        "ASK { ?s ?p " + "<" * 60_000,
        "ASK { ?s ?p '" + "''" * 30_000,
        "ASK { ?s ?p '''" + "'a" * 30_000,
        "ASK { ?s ?p " + "((((" * 10_000,
    ],
)
def test_time_grows_with_the_length_alone(text: str) -> None:
    """64 KiB of anything is read or refused in seconds at the very worst, however it is nested."""
    began = time.process_time()
    with suppress(Refused):
        inspect(text, [], base_iri="http://x/")
    assert time.process_time() - began < 5
