"""What the compiler of demands refuses: lists that lost their members, and demands that every flow meets or fails."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, SH, Graph

from comity.compile.demands import DemandCompiler
from comity.compile.situations import ClassCompiler
from comity.compile.value_sets import CompileError
from comity.iris import NS
from comity.rdf.names import C

KEYS = {
    "DataFlow": {
        "filed": {"kind": "boolean", "codes": [True, False]},
        "persons": {"kind": "count"},
        "exporter": {"kind": "party", "node": "Party"},
    },
    "Party": {"listed": {"kind": "boolean"}},
}
FILED = "sh:property [ sh:path c:filed ; sh:hasValue true ]"


def demand(body: str):
    text = f"""@prefix c: <{NS}> . @prefix owl: <{OWL}> . @prefix sh: <{SH}> . @prefix rdf: <{RDF}> .
        c:When owl:equivalentClass [ owl:intersectionOf ( c:DataFlow [ owl:onProperty c:filed ; owl:hasValue true ] ) ] .
        c:Demand a sh:NodeShape ; {body} ."""
    graph = Graph().parse(data=text, format="turtle")
    classes = ClassCompiler(graph, KEYS, {})
    classes.named(C.When)
    return DemandCompiler(classes).demanded(C.Demand, "When")


def test_a_demand_that_can_be_met_and_failed_compiles():
    assert demand("sh:property [ sh:path c:persons ; sh:minInclusive 5 ]") == ["num", "persons", 5.0, False, None, False]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("sh:or []", "cut short"),
        ("sh:or ()", "a list is empty"),
        (f"sh:or [ rdf:first [ {FILED} ] ]", "cut short"),
        (f"sh:or [ rdf:first [ {FILED} ] ; rdf:rest [] ]", "cut short"),
        ("sh:property [ sh:path c:filed ; sh:in () ]", "a list is empty"),
        ('sh:name "nothing"@en', "says nothing that a flow could fail"),
        ("sh:property [ sh:path c:filed ]", "has no constraint"),
        ("sh:property [ sh:path c:filed ; sh:minCount 0 ]", "is met by every flow"),
        (f"sh:property [ sh:path c:exporter ; sh:qualifiedMinCount 0 ; sh:qualifiedValueShape [ {FILED} ] ]", "no number of at least 1"),
        (
            "sh:property [ sh:path c:persons ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:minExclusive 5 ; sh:maxInclusive 5 ] ]",
            "is failed by every flow",
        ),
        (FILED, "nothing that its situation does not already say"),
    ],
)
def test_what_no_flow_could_fail_or_meet_is_refused_with_its_shape(body, complaint):
    with pytest.raises(CompileError, match=complaint) as fault:
        demand(body)
    assert "c:Demand" in str(fault.value)
