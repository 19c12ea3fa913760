"""The grammar is the standard's: unambiguous, and as strict as it says."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from comity.sparql.grammar import QUERY_GRAMMAR, parse_table, plain_rules
from comity.sparql.parser import MAX_DEPTH, parse
from comity.sparql.tokens import QuerySyntaxError, tokenize, without_comments

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
    "SERVICE <http://x> {}",
]


def test_the_grammar_never_has_two_readings() -> None:
    """An LL(1) table can be made of it, as the standard promises."""
    rules = plain_rules(QUERY_GRAMMAR)
    assert parse_table(rules, "QueryUnit")
    with pytest.raises(ValueError, match="two readings"):
        parse_table(plain_rules("QueryUnit ::= 'A' 'B' | 'A' 'C'"), "QueryUnit")


@pytest.mark.parametrize("text", VALID)
def test_a_query_of_the_standard_is_read(text: str) -> None:
    parse(text, ())


@pytest.mark.parametrize("text", INVALID)
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match=r"line \d+, column \d+"):
        parse(text, ())


def test_an_error_names_its_place_and_what_was_wanted() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse("SELECT ?s\nWHERE { ?s ?p }", ())
    assert (caught.value.line, caught.value.column) == (2, 15)
    assert "'}' stands where the query needs" in str(caught.value)
    assert "a variable" in str(caught.value)


def test_a_keyword_cannot_be_written_in_escapes() -> None:
    """The store reads escapes in strings and IRIs only; an escape anywhere else is an error and not a letter."""
    with pytest.raises(QuerySyntaxError):
        parse("ASK { SERVI\\u0043E <http://x> {} }", ())


def test_comments_become_spaces_of_the_same_length() -> None:
    text = "ASK { # SERVICE <http://x> {}\n ?s ?p '# no comment' , <http://x#y> }"
    bare = without_comments(text)
    assert len(bare) == len(text)
    assert "SERVICE" not in bare
    assert [token.text for token in tokenize(bare)] == [token.text for token in tokenize(text)]
    assert "'# no comment'" in bare


def test_nesting_has_a_limit() -> None:
    parse("ASK " + "{" * (MAX_DEPTH - 1) + "}" * (MAX_DEPTH - 1), ())
    with pytest.raises(QuerySyntaxError, match="deeper"):
        parse("ASK " + "{" * 5000 + "}" * 5000, ())


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
    with suppress(QuerySyntaxError):
        parse(text, ())
    assert time.process_time() - began < 5
