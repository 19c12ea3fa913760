"""Edits that go wrong: each is made to the sound world and told by the rule that is to notice it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from comity.curate.validate import Fault, check, read_rules
from comity.graph.load import load_sources

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
