"""Each construct of the syntax, compared with the OWL that a person would write."""

from __future__ import annotations

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import OWL

from comity.curate import expression_owl
from comity.curate.resolve import resolve
from comity.rdf.names import C

SOME_HOME = "[ a owl:Restriction ; owl:onProperty c:to ; owl:someValuesFrom c:HomePlace ]"
CONSTRUCTS = [
    ("to some HomePlace", SOME_HOME),
    (
        "to some (not HomePlace)",
        "[ a owl:Restriction ; owl:onProperty c:to ; owl:someValuesFrom [ a owl:Class ; owl:complementOf c:HomePlace ] ]",
    ),
    ("to value XA", "[ a owl:Restriction ; owl:onProperty c:to ; owl:hasValue place:XA ]"),
    ("to some {XA}", "[ a owl:Restriction ; owl:onProperty c:to ; owl:hasValue place:XA ]"),
    (
        "storedIn only {XA, XB}",
        "[ a owl:Restriction ; owl:onProperty c:storedIn ; owl:allValuesFrom [ a owl:Class ; owl:oneOf ( place:XA place:XB ) ] ]",
    ),
    (
        "act some {disclosure, access}",
        "[ a owl:Restriction ; owl:onProperty c:act ; owl:someValuesFrom [ a owl:Class ; owl:oneOf ( c:act-disclosure c:act-access ) ] ]",
    ),
    (
        "act some (not {access})",
        "[ a owl:Restriction ; owl:onProperty c:act ; owl:someValuesFrom "
        "[ a owl:Class ; owl:complementOf [ a owl:Class ; owl:oneOf ( c:act-access ) ] ] ]",
    ),
    ("usual value true", "[ a owl:Restriction ; owl:onProperty c:usual ; owl:hasValue true ]"),
    (
        'grounds some (under value "xx/act")',
        "[ a owl:Restriction ; owl:onProperty c:grounds ; owl:someValuesFrom "
        "[ a owl:Restriction ; owl:onProperty c:under ; owl:hasValue <https://w3id.org/comity/id/xx/act> ] ]",
    ),
    (
        "dataItems some (persons some integer[>= 10, < 20])",
        "[ a owl:Restriction ; owl:onProperty c:dataItems ; owl:someValuesFrom [ a owl:Restriction ; owl:onProperty c:persons ; "
        "owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 10 ] [ xsd:maxExclusive 20 ] ) ] ] ]",
    ),
    (
        "dataItems some (persons value 10)",
        "[ a owl:Restriction ; owl:onProperty c:dataItems ; owl:someValuesFrom "
        "[ a owl:Restriction ; owl:onProperty c:persons ; owl:hasValue 10 ] ]",
    ),
    (
        "exporter some (ownedBy some (owner some HomePlace and percent some integer[> 25]))",
        "[ a owl:Restriction ; owl:onProperty c:exporter ; owl:someValuesFrom [ a owl:Restriction ; owl:onProperty c:ownedBy ; "
        "owl:someValuesFrom [ a owl:Class ; owl:intersectionOf ( "
        "[ a owl:Restriction ; owl:onProperty c:owner ; owl:someValuesFrom c:HomePlace ] "
        "[ a owl:Restriction ; owl:onProperty c:percent ; owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:decimal ; "
        'owl:withRestrictions ( [ xsd:minExclusive "25"^^xsd:decimal ] ) ] ] ) ] ] ]',
    ),
    (
        "exporter some (staffCount some (integer[< 5] or not integer[< 9]))",
        "[ a owl:Restriction ; owl:onProperty c:exporter ; owl:someValuesFrom [ a owl:Restriction ; owl:onProperty c:staffCount ; "
        "owl:someValuesFrom [ a rdfs:Datatype ; owl:unionOf ( "
        "[ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:maxExclusive 5 ] ) ] "
        "[ a rdfs:Datatype ; owl:datatypeComplementOf "
        "[ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:maxExclusive 9 ] ) ] ] ) ] ] ]",
    ),
    (
        "dataItems min 2 MedicalData",
        '[ a owl:Restriction ; owl:onProperty c:dataItems ; owl:minQualifiedCardinality "2"^^xsd:nonNegativeInteger ; '
        "owl:onClass c:MedicalData ]",
    ),
    ("dataItems max 1", '[ a owl:Restriction ; owl:onProperty c:dataItems ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ]'),
    (
        "dataItems exactly 1 MedicalData",
        '[ a owl:Restriction ; owl:onProperty c:dataItems ; owl:qualifiedCardinality "1"^^xsd:nonNegativeInteger ; '
        "owl:onClass c:MedicalData ]",
    ),
    (
        "dataItems some (contextDisclosed some {MedicalData, PersonalData})",
        "[ a owl:Restriction ; owl:onProperty c:dataItems ; owl:someValuesFrom [ a owl:Restriction ; owl:onProperty c:contextDisclosed ; "
        "owl:someValuesFrom [ a owl:Class ; owl:unionOf ( c:MedicalData c:PersonalData ) ] ] ]",
    ),
    (
        "(to some HomePlace and usual value false) and act value access",
        f"[ a owl:Class ; owl:intersectionOf ( {SOME_HOME} [ a owl:Restriction ; owl:onProperty c:usual ; owl:hasValue false ] "
        "[ a owl:Restriction ; owl:onProperty c:act ; owl:hasValue c:act-access ] ) ]",
    ),
    (
        "exporter some (ownerBlock some (blockPercent some decimal[>= 50] and blockMember only (Party or HomePlace)))",
        "[ a owl:Restriction ; owl:onProperty c:exporter ; owl:someValuesFrom [ a owl:Restriction ; owl:onProperty c:ownerBlock ; "
        "owl:someValuesFrom [ a owl:Class ; owl:intersectionOf ( [ a owl:Restriction ; owl:onProperty c:blockPercent ; "
        "owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:decimal ; "
        'owl:withRestrictions ( [ xsd:minInclusive "50"^^xsd:decimal ] ) ] ] '
        "[ a owl:Restriction ; owl:onProperty c:blockMember ; owl:allValuesFrom "
        "[ a owl:Class ; owl:unionOf ( c:Party c:HomePlace ) ] ] ) ] ] ]",
    ),
]


@pytest.mark.parametrize(("text", "turtle"), CONSTRUCTS, ids=[text for text, _ in CONSTRUCTS])
def test_construct(world, heard, prefixes, text, turtle):
    meaning = resolve(text, C.DataFlow, world, heard)
    written = Graph()
    written.add((C.X, OWL.equivalentClass, expression_owl.write(written, meaning)))
    expected = Graph().parse(data=f"{prefixes} c:X owl:equivalentClass {turtle} .", format="turtle")
    assert heard.errors == []
    assert isomorphic(written, expected), written.serialize()


def test_a_class_starts_from_its_base(world, heard, prefixes):
    written = Graph()
    node = expression_owl.defined_class(written, C.DataItem, resolve("DataItem and MedicalData", C.DataItem, world, heard))
    written.add((C.X, OWL.equivalentClass, node))
    turtle = "[ a owl:Class ; owl:intersectionOf ( c:DataItem c:MedicalData ) ]"
    assert isomorphic(written, Graph().parse(data=f"{prefixes} c:X owl:equivalentClass {turtle} .", format="turtle"))
