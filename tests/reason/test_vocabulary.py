"""The vocabulary before a build: every class can have a member, and no value is of two kinds."""

from __future__ import annotations

import re
import shutil
import sys

import pytest
from rdflib import OWL, Graph, URIRef

from comity.building.pipeline import BuildFailure, build
from comity.iris import NS
from comity.reason.axioms import Axioms
from comity.reason.reasoning import Reasoning
from comity.reason.vocabulary import ContradictionError, refuse_contradictions

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


def test_what_bears_on_a_class_is_axioms_and_the_individuals_that_they_mention():
    found = Axioms(world()).extract([URIRef(NS + "Sale")])
    names = {str(name).removeprefix(NS) for name in found.names}
    assert {"Sale", "Flow", "act", "act-sale", "ActValue"} <= names and {"note", "kind-person", "KindValue", "act-loan"}.isdisjoint(names)
    assert "oneOf" not in found.turtle and "a note" not in found.turtle
    assert found.digest == Axioms(world()).extract([URIRef(NS + "Sale")]).digest


def modules(**classes: str) -> dict[str, frozenset[URIRef]]:
    return {f"ontology/law/xx/{module}.ttl": frozenset({URIRef(NS + name)}) for module, name in classes.items()}


def test_a_contradiction_inside_a_module_names_its_class_and_place_alone():
    graph = world(defined("Loan", "act", "act-loan") + defined("Odd", "act", "act-sale", base="c:Party"))
    with Reasoning() as reasoner, pytest.raises(ContradictionError) as fault:
        refuse_contradictions(graph, reasoner, modules(loans="Loan", odd="Odd"), place=lambda iri: f"{iri.removeprefix(NS)}.ttl line 7")
    assert "nothing can be a member of c:Odd (Odd.ttl line 7); read" in str(fault.value)


def test_a_contradiction_between_two_modules_is_found_though_each_is_sound_alone():
    loan, twin = defined("Loan", "act", "act-loan"), defined("Twin", "act", "act-loan")
    with Reasoning() as reasoner:
        refuse_contradictions(world(loan + twin), reasoner, modules(loans="Loan", twins="Twin"))
        with pytest.raises(ContradictionError, match="c:Loan, c:Twin"):
            refuse_contradictions(world(loan + twin + "c:Twin owl:disjointWith c:Loan ."), reasoner, modules(loans="Loan", twins="Twin"))


def test_what_another_module_says_of_a_defined_class_holds_of_all_that_meet_the_definition():
    """No name leads from the one module to the other: they meet in what they describe."""
    more = (
        defined("Loan", "act", "act-loan") + "c:Loan rdfs:subClassOf [ a owl:Class ; owl:complementOf c:Late ] . "
        "c:Late a owl:Class ; rdfs:subClassOf c:Flow . " + defined("LateLoan", "act", "act-loan", base="c:Flow c:Late")
    )
    with Reasoning() as reasoner, pytest.raises(ContradictionError, match="c:LateLoan"):
        refuse_contradictions(world(more), reasoner, modules(loans="Loan", late="LateLoan"))


def test_what_only_rests_on_an_impossible_class_comes_second():
    rests = "c:Rests a owl:Class ; rdfs:subClassOf c:Odd ."
    with pytest.raises(ContradictionError, match=r"member of c:Odd \(and so of what is defined by them: c:Rests\)"):
        judge(world(defined("Odd", "act", "act-sale", base="c:Party") + rests))


def test_a_module_is_asked_about_again_only_where_something_that_bears_on_it_changed(tmp_path):
    told: list[str] = []
    odd = defined("Odd", "act", "act-sale", base="c:Party")

    def asked(more: str) -> str:
        told.clear()
        graph = world(defined("Loan", "act", "act-loan") + more)
        with Reasoning(tmp_path) as reasoner:
            refuse_contradictions(graph, reasoner, modules(loans="Loan", odd="Odd"), step=told.append)
        return told[0].rpartition(": ")[2]

    assert asked(defined("Odd", "act", "act-loan")) == "3 of 3 modules have changed"
    assert asked(defined("Odd", "act", "act-loan")) == "0 of 3 modules have changed"
    assert asked(defined("Odd", "act", "act-sale")) == "1 of 3 modules have changed"
    for _ in range(2):  # a fault is never kept
        with pytest.raises(ContradictionError, match="c:Odd"):
            asked(odd)
    with pytest.raises(ContradictionError, match="c:act-loan"):  # what it rests on is now at fault
        asked(defined("Odd", "act", "act-loan") + "c:act-loan a c:KindValue .")


def test_without_java_a_build_says_what_to_do(root, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(BuildFailure, match=r"install comity\[build\]; or build with --no-reasoner"):
        build(root, tmp_path / "dataset")
    assert not (tmp_path / "dataset").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("owl:disjointWith c:DataFlow", "nothing can be a member of {name} ({place})"),
        ("rdfs:subClassOf c:Party", "{place}: in {name}"),
    ],
    ids=["HermiT", "the compiler"],
)
def test_a_build_tells_file_and_line_of_a_class_at_fault(more, said, root, program, tmp_path):
    for folder in ("ontology", "data", "shapes"):
        shutil.copytree(root / folder, tmp_path / folder)
    flows = {name for name, domain in program["domains"].items() if domain == "DataFlow"}
    path, name = next(
        (path, name)
        for path in sorted(tmp_path.glob("ontology/law/*/*.ttl"))
        for name in re.findall(r"(?m)^c:(\w+)\n    a owl:Class", path.read_text())
        if name in flows
    )
    path.write_text(path.read_text() + f"\nc:{name} {more} .\n")
    place = f"{path.relative_to(tmp_path).as_posix()} line {path.read_text().splitlines().index(f'c:{name}') + 1}"
    with pytest.raises(BuildFailure) as fault:
        build(tmp_path, tmp_path / "dataset", judgements=tmp_path / "judgements")
    assert said.format(name=f"c:{name}", place=place) in str(fault.value)
