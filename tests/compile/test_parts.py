"""The parts of a demand: what they are called, which ways there are to meet one, and that none goes without a name."""

from __future__ import annotations

import pytest
from rdflib import Graph

from comity.compile.demands import DemandCompiler
from comity.compile.parts import parts_of_demand
from comity.compile.situations import ClassCompiler
from comity.compile.statements import CompileError
from comity.rdf.names import C

KEYS = {"DataFlow": {name: {"kind": "boolean", "codes": [True, False]} for name in ("a", "b", "d")}}
PREFIXES = "@prefix c: <https://w3id.org/comity/ns#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
A = 'sh:name "{0}"@en, "〔{0}〕"@zh ; sh:property [ sh:path c:{0} ; sh:hasValue true ]'


def parts(body):
    graph = Graph().parse(data=f"{PREFIXES}c:Demand a sh:NodeShape ; {body} .", format="turtle")
    return parts_of_demand(DemandCompiler(ClassCompiler(graph, KEYS, {})), C.Demand)


def has(key):
    return ["has", key, [True]]


def test_each_property_is_a_part_under_its_name():
    named = 'sh:property [ sh:name "{0}"@en, "〔{0}〕"@zh ; sh:path c:{0} ; sh:hasValue true ]'
    assert parts("; ".join(named.format(key) for key in "ba")) == [
        {"name": {"en": "a", "zh": "〔a〕"}, "expression": has("a")},
        {"name": {"en": "b", "zh": "〔b〕"}, "expression": has("b")},
    ]


def test_alternatives_are_the_ways_to_meet_one_part():
    (part,) = parts(f"sh:or ( [ {A.format('a')} ] [ {A.format('b')} ] )")
    assert part["name"] == {"en": "a or b", "zh": "〔a〕或者〔b〕"}
    assert part["expression"] == ["or", has("a"), has("b")]
    assert [(way["name"]["en"], way["expression"]) for way in part["anyOf"]] == [("a", has("a")), ("b", has("b"))]


def test_a_condition_of_a_part_is_no_way_to_meet_it():
    (part,) = parts(f"sh:or ( [ sh:not [ sh:property [ sh:path c:d ; sh:hasValue true ] ] ] [ {A.format('a')} ] )")
    assert part == {"name": {"en": "a", "zh": "〔a〕"}, "expression": ["or", ["not", has("d")], has("a")]}


def test_a_part_without_a_name_is_refused():
    with pytest.raises(CompileError, match="c:Demand has a part without a name"):
        parts('sh:property [ sh:name "a"@en ; sh:path c:a ; sh:hasValue true ]')


def test_the_parts_of_every_demand_of_the_graph_make_up_the_demand(program):
    for norm in program["norms"]:
        if norm["demand"] is not None:
            expressions = [part["expression"] for part in norm["parts"]]
            assert _conjuncts(["and", *expressions]) == _conjuncts(norm["demand"]), norm["id"]


def _conjuncts(expression):
    if expression[0] != "and":
        return [repr(expression)]
    return sorted(conjunct for part in expression[1:] for conjunct in _conjuncts(part))
