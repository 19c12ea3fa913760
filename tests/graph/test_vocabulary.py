"""The vocabulary before a build: every class can have a member, and no value is of two kinds."""

from __future__ import annotations

import sys

import pytest
from rdflib import OWL, Graph, URIRef

from comity.graph.build import BuildFailure, build
from comity.graph.owl_text import NS
from comity.graph.reasoning import Reasoning
from comity.graph.soundness import ContradictionError, refuse_contradictions
from comity.graph.vocabulary import vocabulary

WORLD = f"""
@prefix c: <{NS}> . @prefix owl: <{OWL}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
c:Flow a owl:Class . c:Party a owl:Class ; owl:disjointWith c:Flow .
c:ActValue a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( c:act-sale c:act-loan ) ] .
c:KindValue a owl:Class ; owl:disjointWith c:ActValue .
c:act-sale a owl:NamedIndividual , c:ActValue . c:act-loan a owl:NamedIndividual , c:ActValue . c:kind-person a owl:NamedIndividual , c:KindValue .
c:act a owl:ObjectProperty ; rdfs:domain c:Flow ; rdfs:range c:ActValue .
c:note a owl:AnnotationProperty . c:Flow c:note "a note" .
c:Sale a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( c:Flow [ a owl:Restriction ; owl:onProperty c:act ; owl:hasValue c:act-sale ] ) ] .
"""  # noqa: E501


def world(more: str = "") -> Graph:
    return Graph().parse(data=WORLD + more, format="turtle")


def defined(name: str, key: str, value: str, base: str = "c:Flow") -> str:
    body = f"[ a owl:Restriction ; owl:onProperty c:{key} ; owl:hasValue c:{value} ]"
    return f"c:{name} a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( {base} {body} ) ] ."


def judge(graph: Graph) -> None:
    with Reasoning() as reasoner:
        refuse_contradictions(graph, reasoner)


def test_what_is_sound_passes():
    judge(world(defined("Loan", "act", "act-loan")))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (defined("OfAParty", "act", "act-sale", base="c:Party"), "c:OfAParty"),
        (defined("OfAKind", "act", "kind-person"), "c:OfAKind"),
        (defined("Both", "act", "act-sale") + " c:Both owl:disjointWith c:Sale .", "c:Both"),
    ],
    ids=["a key of another node class", "a value of another vocabulary", "two conditions that exclude each other"],
)
def test_a_class_that_nothing_can_belong_to_is_named_with_the_remedy(more, named):
    with pytest.raises(ContradictionError, match=named) as fault:
        judge(world(more))
    assert "read the definition again" in str(fault.value)


def test_a_value_of_two_disjoint_vocabularies_contradicts_the_whole():
    with pytest.raises(ContradictionError, match="contradicts itself"):
        judge(world("c:act-sale a c:KindValue ."))


def test_the_vocabulary_holds_axioms_and_the_individuals_that_they_mention():
    found = vocabulary(world())
    assert (URIRef(NS + "Flow"), URIRef(NS + "note"), None) not in found
    assert (URIRef(NS + "act-sale"), None, None) in found
    assert (URIRef(NS + "kind-person"), None, None) not in found
    assert (None, OWL.oneOf, None) not in found
    assert (None, OWL.hasValue, URIRef(NS + "act-sale")) in found


def test_without_java_a_build_says_what_to_do(root, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(BuildFailure, match=r"install comity\[build\]; or build with --no-reasoner"):
        build(root, tmp_path / "dataset")
    assert not (tmp_path / "dataset").exists()
