"""What people use, against a live server on loopback: SPARQLWrapper, a CSV reader, and Comity's own clients."""

from __future__ import annotations

import csv
import io
import socket
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from comity.queries.local import LocalDataset
from comity.queries.remote import RemoteError, select
from comity.sparql.workers import WorkerPool

QUERY = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX c: <https://w3id.org/comity/ns#>
SELECT ?norm ?label ?missing {
  ?norm c:order ?n ; skos:prefLabel ?label FILTER(?n < 3) OPTIONAL { ?norm c:none ?missing }
} ORDER BY ?n ?label"""


@pytest.fixture(scope="module")
def endpoint(pool: WorkerPool, serve: Callable[[WorkerPool], tuple[str, int]]) -> str:
    host, port = serve(pool)
    return f"http://{host}:{port}/sparql"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_sparqlwrapper_reads_rows(endpoint: str, method: str, form: str) -> None:
    from SPARQLWrapper import SPARQLWrapper

    wrapper = SPARQLWrapper(endpoint, returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setQuery(QUERY)
    answer = wrapper.query().convert()
    labels = (
        [row["label"]["value"] for row in answer["results"]["bindings"]]
        if form == "json"
        else [node.firstChild.data for node in answer.getElementsByTagName("literal")]
    )
    assert labels[:2] == ['Norm 0, "quoted"', "第0条"]
    assert len(labels) == 6


def test_sparqlwrapper_reads_a_graph(endpoint: str) -> None:
    from SPARQLWrapper import RDFXML, SPARQLWrapper

    wrapper = SPARQLWrapper(endpoint, returnFormat=RDFXML)
    wrapper.setQuery("CONSTRUCT { ?s a ?type } { ?s a ?type } LIMIT 10")
    assert len(wrapper.query().convert()) == 10


def test_sparqlwrapper_is_told_why_not(endpoint: str) -> None:
    from SPARQLWrapper import SPARQLWrapper
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    wrapper = SPARQLWrapper(endpoint)
    wrapper.setQuery("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }")
    with pytest.raises(QueryBadFormed, match="Federation is not accepted"):
        wrapper.query()


def test_rdflib_reads_it_as_a_store(endpoint: str) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    rows = list(SPARQLStore(endpoint).query(QUERY))
    assert len(rows) == 6


def test_a_csv_reader_needs_no_sparql(endpoint: str) -> None:
    """As pandas and polars do it: one GET with an Accept header."""
    request = urllib.request.Request(f"{endpoint}?query={quote(QUERY)}", headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")))
    assert len(rows) == 6
    assert rows[1] == {"norm": "https://w3id.org/comity/id/aa/act/norm-0", "label": "第0条", "missing": ""}


def test_a_stored_query_gives_the_same_rows_here_and_there(endpoint: str, dataset: Path) -> None:
    local = LocalDataset(dataset)
    for query in (QUERY, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT ?none { ?none <x> <y> }"):
        assert local.select(query) == select(query, endpoint)
    rows = local.select(QUERY)
    assert list(rows[0]) == ["norm", "label", "missing"]
    assert rows[0] == {"norm": "https://w3id.org/comity/id/aa/act/norm-0", "label": 'Norm 0, "quoted"', "missing": ""}


def test_only_select_has_rows(endpoint: str, dataset: Path) -> None:
    with pytest.raises(ValueError, match="not a SELECT"):
        LocalDataset(dataset).select("ASK {}")
    with pytest.raises(ValueError, match="not a SELECT"):
        select("ASK {}", endpoint)


def test_a_server_that_is_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    with pytest.raises(RemoteError, match="did not answer"):
        select("SELECT * {}", f"http://127.0.0.1:{port}/sparql", timeout=5)


def test_a_server_that_is_another(endpoint: str) -> None:
    with pytest.raises(RemoteError):
        select("SELECT * {}", endpoint.replace("/sparql", "/nothing"), timeout=5)
