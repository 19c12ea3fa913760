"""What validate sees only in compiled law, on a copy of the graph with one edit."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import OWL, RDF, BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.namespace import SKOS

from comity.curate.compiled import compiled, compiled_findings
from comity.curate.strangers import open_for_strangers, outside_places
from comity.rdf.fault import Fault
from comity.rdf.names import ID, C

TODAY = date(2026, 6, 1)


@pytest.fixture
def edited(sources) -> Graph:
    """The graph of all sources, for the test to edit."""
    return sources.graph()


def define(graph: Graph, name: str, *conjuncts) -> None:
    """Replace the definition of a class, or make a class."""
    graph.remove((C[name], OWL.equivalentClass, None))
    body = BNode()
    graph.add((C[name], OWL.equivalentClass, body))
    graph.add((body, OWL.intersectionOf, Collection(graph, BNode(), list(conjuncts)).uri))


def restriction(graph: Graph, key: str, value) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, OWL.Restriction))
    graph.add((node, OWL.onProperty, C[key]))
    graph.add((node, OWL.hasValue, value))
    return node


def findings(graph: Graph) -> list[Fault]:
    program = compiled(graph)
    return [program] if isinstance(program, Fault) else [*compiled_findings(graph, program, TODAY)]


def found(graph: Graph, rule: str) -> list[Fault]:
    return [finding for finding in findings(graph) if finding.rule == rule]


@pytest.fixture(scope="module")
def standing(graph) -> list[Fault]:
    """What is found in the law as it stands, before any edit."""
    return findings(graph)


def test_the_law_compiles_and_no_law_marks_as_informative_what_it_reads(standing):
    assert [finding for finding in standing if finding.rule in ("not-compiled", "vocabulary-informative")] == []


def test_a_class_under_a_second_name_is_told_until_it_names_the_other_and_the_reason(edited, standing):
    before = {finding.focus for finding in standing if finding.rule == "class-twice"}
    norm = ID["cn/prov-2024/norm-8b"]
    first = edited.value(norm, C.appliesWhen)
    define(edited, "CnSecondName", C.DataFlow, *edited.items(edited.value(edited.value(first, OWL.equivalentClass), OWL.intersectionOf)))
    other = ID["cn/prov-2024/norm-8a"]
    edited.set((other, C.appliesWhen, C.CnSecondName))
    (finding,) = (finding for finding in found(edited, "class-twice") if finding.focus not in before)
    assert finding.level == "warning" and {str(C.CnSecondName), str(first)} >= {finding.focus}
    assert finding.message_zh.endswith("未得到体现") and finding.remedy_zh.endswith("。")
    edited.add((C.CnSecondName, SKOS.editorialNote, Literal("a reason", lang="en")))
    assert len(found(edited, "class-twice")) == len(before) + 1
    edited.add((C.CnSecondName, C.sameSituationAs, first))
    assert {finding.focus for finding in found(edited, "class-twice")} == before


def test_what_does_not_compile_is_told_of_the_class_at_fault(edited):
    define(edited, "CnPerhapsImportantExport", C.DataFlow, C.EuControllerHolds, C.Party)
    (finding,) = found(edited, "not-compiled")
    assert finding.focus.startswith(str(C)) and finding.message.startswith("the sources do not compile: in c:")
    assert finding.message_zh.startswith("源文件无法编译：in c:")


def test_a_law_whose_reach_is_open_for_flows_elsewhere_is_told_once_with_its_norms(edited, standing, program):
    before = {finding.focus for finding in standing if finding.rule == "place-open"}
    norm = next(norm for norm in program["norms"] if norm["id"] == "PROV-8b")
    define(edited, norm["situation"], C.DataFlow, restriction(edited, "individualUnableToConsent", Literal(False)))
    assert [finding for finding in found(edited, "place-open") if finding.focus not in before] == []
    edited.remove((ID["cn/prov-2024"], C.nexus, None))
    (finding,) = [finding for finding in found(edited, "place-open") if finding.focus not in before]
    assert finding.focus == str(ID["cn/prov-2024"]) and "PROV-8b" in finding.message and finding.level == "warning"
    assert "PROV-8b" in finding.message_zh and finding.remedy_zh.endswith("。")


def test_strangers_are_of_places_that_no_instrument_rules(program):
    ruling = {place for instrument in program["instruments"].values() for place in instrument["jurisdiction"]}
    members = {member for body, member, *_ in program["memberships"] if body in ruling}
    one, other = outside_places(program)
    assert one != other and not {one, other} & (ruling | members)
    duties = {norm["id"] for norm in program["norms"] if norm["kind"] in ("Obligation", "Prohibition")}
    assert {norm for norms in open_for_strangers(program, "2026-06-01").values() for norm in norms} <= duties
