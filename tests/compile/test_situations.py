"""What the compiler of classes refuses, and where it says the fault is."""

from __future__ import annotations

import pytest
from rdflib import OWL, Graph

from comity.compile.situations import ClassCompiler
from comity.compile.value_sets import CompileError
from comity.iris import NS
from comity.rdf.names import C

KEYS = {
    "DataFlow": {
        "act": {"kind": "code", "codes": ["disclosure"], "vocabulary": "ActValue"},
        "exporter": {"kind": "party", "node": "Party"},
    },
    "Party": {"listed": {"kind": "boolean"}, "block": {"kind": "nodes", "holdings": ["heldBy", "holder", "part"]}},
}


def compiler(body: str) -> ClassCompiler:
    text = f"""@prefix c: <{NS}> . @prefix owl: <{OWL}> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . c:kind-other skos:notation "other" .
        c:Outer owl:equivalentClass [ owl:intersectionOf ( c:DataFlow c:Inner ) ] .
        c:Inner owl:equivalentClass [ owl:intersectionOf ( c:DataFlow [ {body} ] ) ] ."""
    return ClassCompiler(Graph().parse(data=text, format="turtle"), KEYS, {})


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("owl:onProperty c:listed ; owl:hasValue true", "DataFlow has no fact 'listed'"),
        ("owl:onProperty c:act ; owl:hasValue c:kind-other", "'other' is not a value of ActValue"),
        ("owl:onProperty c:exporter ; owl:hasValue c:somebody", "exporter names one thing"),
        ("owl:hasSelf true", "an unknown form"),
        ("owl:onProperty c:exporter ; owl:minCardinality 0", "a number of at least 0 of exporter is met by every DataFlow"),
    ],
)
def test_the_innermost_class_at_fault_is_named(body, complaint):
    with pytest.raises(CompileError) as fault:
        compiler(body).named(C.Outer)
    assert str(fault.value).startswith("in c:Inner: ") and complaint in str(fault.value)


def test_shares_are_summed_by_the_facts_that_the_operator_declares():
    block = """owl:onProperty c:exporter ; owl:someValuesFrom [ owl:onProperty c:block ; owl:someValuesFrom [ owl:intersectionOf (
        [ owl:onProperty c:size ; owl:someValuesFrom [ owl:onDatatype xsd:decimal ; owl:withRestrictions ( [ xsd:minExclusive 25.0 ] ) ] ]
        [ owl:onProperty c:of ; owl:allValuesFrom [ owl:onProperty c:listed ; owl:hasValue true ] ] ) ] ]"""
    made = compiler(block)
    made.named(C.Outer)
    assert made.compiled["Inner"] == ["some", "exporter", ["ownersum", 25.01, ["has", "listed", [True]], "heldBy", "holder", "part"]]
