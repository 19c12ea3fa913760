"""What people look for in the dataset without inference is there: wide types, days of every row of the law, both ends of a date."""

from __future__ import annotations

import pytest
from rdflib import RDF, XSD, Graph, Literal

from comity.building.expected import certain_days, inherited_days, wide_types
from comity.compile.days import bounding_days
from comity.queries.local import LocalDataset
from comity.rdf.names import ELI, ID, C

HEAD = f"""@prefix eli: <{ELI}> . @prefix c: <{C}> . @prefix id: <{ID}> . @prefix xsd: <{XSD}> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dcterms: <http://purl.org/dc/terms/> ."""


def graph_of(turtle: str) -> Graph:
    """The graph of a few statements."""
    return Graph().parse(format="turtle", data=HEAD + turtle)


@pytest.fixture(scope="module")
def dataset(built) -> LocalDataset:
    """The dataset of the sources as they stand."""
    return LocalDataset(built)


def rows(dataset: LocalDataset, query: str) -> list[dict[str, str]]:
    return dataset.select(
        f"PREFIX c: <{C}> PREFIX eli: <{ELI}> PREFIX dcterms: <http://purl.org/dc/terms/> "
        f"PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> {query}"
    )


def test_a_thing_of_a_kind_is_of_its_wide_class_and_no_other_is():
    graph = graph_of("c:Statute rdfs:subClassOf c:Instrument . id:a a c:Statute . id:b a c:Scenario . id:c a c:Instrument .")
    assert set(wide_types(graph)) == {(ID.a, RDF.type, C.Instrument), (ID.c, RDF.type, C.Instrument)}


def test_both_ends_of_a_date_are_told():
    graph = graph_of("""id:a eli:date_applicability "2024-02"^^xsd:gYearMonth ; eli:date_no_longer_in_force "2025"^^xsd:gYear .
        id:b dcterms:issued "2020"^^xsd:gYear . id:c c:signatureOn "2020-01-01"^^xsd:date .""")
    found = {(str(s)[-1], str(p).rpartition("#")[2], str(o)) for s, p, o in certain_days(graph)}
    assert found == {
        ("a", "surelyFrom", "2024-02-29"),
        ("a", "surelyUntil", "2025-01-01"),
        ("b", "issuedEarliest", "2020-01-01"),
        ("b", "issuedLatest", "2020-12-31"),
    }


LAW = """c:Obligation rdfs:subClassOf c:Norm .
    id:old c:jurisdiction id:x ; eli:first_date_entry_in_force "2001-01-01"^^xsd:date ; eli:date_no_longer_in_force "2010-01-01"^^xsd:date .
    id:new c:jurisdiction id:x ; eli:first_date_entry_in_force "2005"^^xsd:gYear .
    id:draft a c:Draft ; c:jurisdiction id:x ; c:signatureOn "2003-01-01"^^xsd:date .
    id:art-1 eli:is_part_of id:ch-1 . id:ch-1 eli:is_part_of id:old . id:art-2 eli:is_part_of id:new . id:art-3 eli:is_part_of id:draft .
    """


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("c:statedIn id:art-1", {"earliest": "2001-01-01", "latest": "2010-01-01"}),
        ("c:statedIn id:art-1 , id:art-2", {"earliest": "2001-01-01"}),
        ("c:statedIn id:art-2", {"earliest": "2005-01-01"}),
        ("c:statedIn id:art-3", {}),
        ('c:statedIn id:art-1 ; eli:date_applicability "2006-01-01"^^xsd:date', {}),
        ("a c:Obligation ; c:statedIn id:art-1", {}),
    ],
)
def test_a_row_without_days_has_those_of_the_law_that_states_it(row, days):
    graph = graph_of(f"{LAW} id:row {row} .")
    found = inherited_days(graph, bounding_days(graph))
    assert {str(p).rpartition("#")[2]: str(o) for p, o in found.predicate_objects(ID.row)} == days
    assert all(isinstance(day, Literal) and day.datatype == XSD.date for day in found.objects())


@pytest.mark.parametrize("wide", ["Norm", "Instrument", "Jurisdiction"])
def test_no_thing_of_a_kind_lacks_its_wide_class(dataset, wide):
    lacking = f"SELECT ?x WHERE {{ ?x a ?kind . ?kind rdfs:subClassOf+ c:{wide} . FILTER NOT EXISTS {{ ?x a c:{wide} }} }}"
    assert rows(dataset, lacking) == []
    assert len(rows(dataset, f"SELECT ?x WHERE {{ ?x a c:{wide} }}")) > 100


@pytest.mark.parametrize("kind", ["Sanction", "DefinitionRow", "Procedure", "RuleOfConstruction", "Reconciliation", "Norm", "Provision"])
def test_a_row_of_the_law_has_a_day_unless_only_drafts_state_it(dataset, kind):
    query = f"""SELECT ?row WHERE {{ ?row a c:{kind} . FILTER NOT EXISTS {{ ?row c:earliest ?day }}
        ?row c:statedIn*/eli:is_part_of+ ?law . ?law c:jurisdiction ?whose ; c:earliest ?begun .
        FILTER NOT EXISTS {{ ?law a c:Draft }} }}"""
    assert rows(dataset, query) == []


def test_every_stated_date_has_both_ends(dataset):
    for stated, ends in {
        "eli:date_applicability|eli:first_date_entry_in_force": ("earliest", "surelyFrom"),
        "eli:date_no_longer_in_force": ("latest", "surelyUntil"),
        "dcterms:issued": ("issuedEarliest", "issuedLatest"),
    }.items():
        for end in ends:
            assert rows(dataset, f"SELECT ?x WHERE {{ ?x {stated} ?day . FILTER NOT EXISTS {{ ?x c:{end} ?known }} }}") == [], end
    assert rows(dataset, "SELECT ?x WHERE { ?x c:earliest ?a ; c:surelyFrom ?b . FILTER(?b < ?a) }") == []
    assert rows(dataset, "SELECT ?x WHERE { ?x c:latest ?a ; c:surelyUntil ?b . FILTER(?b > ?a) }") == []


def test_a_recognition_names_its_instrument_by_link_or_in_words_and_no_link_is_dead(dataset):
    assert rows(dataset, "SELECT ?x WHERE { ?x a c:Recognition . FILTER NOT EXISTS { ?x c:underInstrument ?law } }") == []
    linked = "SELECT ?x WHERE { ?x c:underInstrument ?law . FILTER(ISIRI(?law)) %s }"
    assert rows(dataset, linked % "FILTER NOT EXISTS { ?law a c:Instrument }") == []
    assert len(rows(dataset, linked % "")) >= 100


def test_what_is_left_out_and_the_readings_are_there(dataset):
    assert len(rows(dataset, "SELECT ?x WHERE { ?x a c:Norm ; c:leavesOut ?text }")) > 1000
    assert len(rows(dataset, "SELECT DISTINCT ?x WHERE { ?reading a c:Reading ; c:readingOf ?x . ?x a c:Norm }")) > 500
