"""Edits that go wrong: each is made to the sound world and told by the rule that is to notice it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from comity.curate.validate import Fault, check, read_rules
from comity.rdf.load import load_sources

REPOSITORY = Path(__file__).resolve().parents[2]
LayOut = Callable[..., Path]
DEMAND = "sh:property [ sh:path c:exporter ; sh:minCount 1 ]"


@pytest.fixture
def edited(tmp_path: Path, lay_out: LayOut) -> Callable[[str, str, str], list[Fault]]:
    """Return a function that replaces a text in a file of the sound world and returns what the rules find."""

    def edit(path: str, old: str, new: str) -> list[Fault]:
        file = lay_out(tmp_path, "sound") / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return check(load_sources(tmp_path), read_rules(REPOSITORY))

    return edit


@pytest.mark.parametrize(
    ("list_", "told"),
    [
        ("sh:or []", "is no list"),
        ("sh:or ()", "is an empty list"),
        ("sh:property [ sh:path c:exporter ; sh:in () ]", "is an empty list"),
        ("sh:property [ sh:path [] ; sh:minCount 1 ]", "a path leads over no key"),
        (f"sh:or [ <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> [ {DEMAND} ] ]", "a list is cut short"),
    ],
)
def test_a_list_that_lost_its_members_is_refused_with_the_shape_and_its_line(edited, list_: str, told: str) -> None:
    faults = edited("shapes/xx/act.ttl", DEMAND, list_)
    fault = next(f for f in faults if f.rule == "list-malformed")
    assert told in fault.message and (fault.file, fault.focus) == ("shapes/xx/act.ttl", "c:Demand-ACT-1") and fault.line


@pytest.mark.parametrize(
    "demand",
    [
        'sh:name "nothing"@en',
        "sh:property [ sh:path c:exporter ]",
        "sh:property [ sh:path c:exporter ; sh:minCount 0 ]",
        "sh:property [ sh:path c:exporter ; sh:qualifiedMinCount 0 ; sh:qualifiedValueShape [ sh:class c:Party ] ]",
        f"sh:or ( [ {DEMAND} ] [ ] )",
        "sh:not [ ]",
    ],
)
def test_a_demand_that_asks_for_nothing_is_refused(edited, demand: str) -> None:
    assert {f.rule for f in edited("shapes/xx/act.ttl", DEMAND, demand)} == {"demand-vacuous"}


def test_a_class_under_the_default_iri_of_an_editor_is_told_with_the_name_that_it_should_have(edited) -> None:
    faults = edited("ontology/law/xx/act.ttl", "c:XxExport", "<https://w3id.org/comity/ontology/law/xx/act#XxExport>")
    fault = next(f for f in faults if f.rule == "term-foreign")
    assert fault.file == "ontology/law/xx/act.ttl" and fault.line and "<c:XxExport>" in fault.remedy


def test_a_class_under_an_iri_of_another_project_is_refused(edited) -> None:
    foreign = "<http://www.semanticweb.org/me/ontologies/untitled#XxExport>"
    assert "term-foreign" in {f.rule for f in edited("ontology/law/xx/act.ttl", "c:XxExport", foreign)}


@pytest.mark.parametrize(("bound", "rules"), [("10000", set()), ('"10000"', {"bound-datatype"}), ("10000.5", {"bound-datatype"})])
@pytest.mark.parametrize("path", ["c:percent", "( c:exporter c:percent )"])
def test_a_bound_of_a_demand_is_of_the_type_of_its_key(edited, path: str, bound: str, rules: set[str]) -> None:
    demand = f"sh:property [ sh:path {path} ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:minInclusive {bound} ] ]"
    typed = f"{demand} . c:percent <http://www.w3.org/2000/01/rdf-schema#range> xsd:integer"
    assert {fault.rule for fault in edited("shapes/xx/act.ttl", f"{DEMAND} ;", f"{typed} ;")} == rules


def test_labels_swapped_between_the_languages_are_told(edited) -> None:
    swapped = 'skos:prefLabel "规范1"@en ;\n    skos:prefLabel "norm 1"@zh ;'
    faults = edited("data/xx/act.ttl", 'skos:prefLabel "norm 1"@en ;\n    skos:prefLabel "规范1"@zh ;', swapped)
    assert [(f.rule, f.focus) for f in faults] == [("label-language", "xx/act/norm-1")] * 2


def test_one_norm_in_two_files_is_told(edited, tmp_path: Path) -> None:
    again = "act:norm-1 a c:Obligation .\n\nact:norm-1-exception"
    assert edited("data/xx/act.ttl", "act:norm-1-exception", again) == []  # twice in one file is one description
    (tmp_path / "data/xx/act-2.ttl").write_text(
        "@prefix c: <https://w3id.org/comity/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . <https://w3id.org/comity/data/xx/act-2>"
        ' a owl:Ontology ; <http://www.w3.org/2000/01/rdf-schema#label> "invented"@en , "虚构"@zh .'
        " <https://w3id.org/comity/id/xx/act/norm-1> a c:Obligation ."
    )
    faults = check(load_sources(tmp_path), read_rules(REPOSITORY))
    assert [(f.rule, f.focus, f.file) for f in faults] == [("described-twice", "xx/act/norm-1", "data/xx/act-2.ttl")]


def test_an_unknown_word_is_told_with_the_nearest_known_one(edited) -> None:
    faults = edited("data/xx/act.ttl", "c:concerns c:Transfer", "c:concern c:Transfer")
    fault = next(f for f in faults if f.rule == "term-undeclared")
    assert fault.focus == "c:concern" and fault.remedy.startswith("Did you mean c:concerns?")
