"""Each construct of the syntax as a demand: pySHACL tells the flow that meets it from the one that does not."""

from __future__ import annotations

import pyshacl
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from comity.curate import expression_shacl
from comity.curate.resolve import resolve
from comity.rdf.names import C

# an expression, a flow that meets it, one that does not
DEMANDS = [
    ("act some {disclosure}", "c:act c:act-disclosure", "c:act c:act-access"),
    ("act some {disclosure, access}", "c:act c:act-access", "c:act c:act-hosting"),
    ("act some (not {access})", "c:act c:act-disclosure", "c:act c:act-access"),
    ("purposes only {research}", "c:purposes c:purpose-research", "c:purposes c:purpose-research, c:purpose-marketing"),
    ("to some HomePlace", "c:to place:XA", "c:to place:XB"),
    ("storedIn only HomePlace", "c:storedIn place:XA", "c:storedIn place:XA, place:XB"),
    ("usual value true", "c:usual true", "c:usual false"),
    ("dataItems some MedicalData", "c:dataItems c:health", "c:dataItems c:name"),
    ("dataItems min 2 PersonalData", "c:dataItems c:health, c:name", "c:dataItems c:health"),
    ("dataItems max 1 PersonalData", "c:dataItems c:health", "c:dataItems c:health, c:name"),
    ("dataItems exactly 1 PersonalData", "c:dataItems c:health", "c:usual true"),
    ("dataItems max 1", "c:dataItems c:health", "c:dataItems c:health, c:name"),
    ("dataItems some (persons some integer[>= 10, < 20])", "c:dataItems [ c:persons 10 ]", "c:dataItems [ c:persons 20 ]"),
    ("not (dataItems some MedicalData)", "c:dataItems c:name", "c:dataItems c:health"),
    ("act value access or usual value true", "c:act c:act-access", "c:act c:act-disclosure"),
    ("act value access and usual value true", "c:act c:act-access ; c:usual true", "c:act c:act-access ; c:usual false"),
    (
        'grounds some (status value effective and under value "xx/act")',
        "c:grounds [ c:status c:groundState-effective ; c:under <https://w3id.org/comity/id/xx/act> ]",
        "c:grounds [ c:status c:groundState-effective ], [ c:under <https://w3id.org/comity/id/xx/act> ]",
    ),
    (
        "dataItems some (persons some (integer[>= 10] and integer[>= 20]))",
        "c:dataItems [ c:persons 20 ]",
        "c:dataItems [ c:persons 10 ]",
    ),
    (
        "act some ({access, disclosure} and {access})",
        "c:act c:act-access",
        "c:act c:act-disclosure",
    ),
    (
        "exporter some (ownedBy some (owner some HomePlace and percent some decimal[> 25]))",
        "c:exporter [ c:ownedBy [ c:owner place:XA ; c:percent 25.5 ] ]",
        "c:exporter [ c:ownedBy [ c:owner place:XA ; c:percent 25.0 ] ]",
    ),
]
THINGS = "place:XA a c:HomePlace . place:XB a c:FarPlace . c:health a c:MedicalData, c:PersonalData . c:name a c:PersonalData ."


def conforms(shapes: Graph, prefixes: str, flow: str) -> bool:
    data = Graph().parse(data=f"{prefixes} {THINGS} c:flow {flow} .", format="turtle")
    return pyshacl.validate(data, shacl_graph=shapes)[0]


@pytest.mark.parametrize("demand", DEMANDS, ids=[text for text, *_ in DEMANDS])
def test_demand(world, heard, prefixes, demand):
    text, meets, fails = demand
    meaning = resolve(text, C.DataFlow, world, heard)
    shapes = Graph()
    shapes.add((C.Demand, RDF.type, SH.NodeShape))
    shapes.add((C.Demand, SH.targetNode, C.flow))
    expression_shacl.write(shapes, C.Demand, meaning)
    assert heard.errors == []
    assert conforms(shapes, prefixes, meets)
    assert not conforms(shapes, prefixes, fails)


def test_ways_are_named(world, heard, prefixes):
    ways = [
        (resolve("act value access", C.DataFlow, world, heard), {"en": "access", "zh": "访问"}),
        (resolve("usual value true", C.DataFlow, world, heard), {"en": "usual", "zh": "惯常"}),
    ]
    shapes = Graph()
    shapes.add((C.Demand, RDF.type, SH.NodeShape))
    shapes.add((C.Demand, SH.targetNode, C.flow))
    expression_shacl.alternatives(shapes, C.Demand, ways)
    assert {str(name) for name in shapes.objects(None, SH.name)} == {"access", "访问", "usual", "惯常"}
    assert conforms(shapes, prefixes, "c:usual true")
    assert not conforms(shapes, prefixes, "c:usual false")
