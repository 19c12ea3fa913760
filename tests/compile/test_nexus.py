"""The nexus of a law joined to the situations of its norms."""

from __future__ import annotations

import pytest
from rdflib import OWL

from comity.compile.nexus import within
from comity.rdf.names import C
from comity.reason.effective import effective_classes, effective_name

LINKED = ["or", ["has", "from", ["XX"]], ["has", "to", ["XX"]]]


def test_a_situation_is_joined_with_the_nexus_under_a_name_of_its_own():
    classes = {"Linked": LINKED, "Sale": ["has", "act", ["sale"]]}
    assert within(classes, "Sale", "Linked") == ("Sale within Linked", "Linked")
    assert classes["Sale within Linked"] == ["and", ["is", "Linked"], ["is", "Sale"]]


@pytest.mark.parametrize("nexus", [None, "Export", "Linked"])
def test_a_situation_that_has_the_nexus_by_its_form_stands_for_itself(nexus):
    classes = {"Linked": LINKED, "Export": ["and", ["has", "from", ["XX"]], ["has", "act", ["sale"]]]}
    assert within(classes, "Export", nexus) == ("Export", None)
    assert set(classes) == {"Linked", "Export"}


def test_the_effective_class_of_a_norm_has_its_nexus(program, graph):
    norm = next(norm for norm in program["norms"] if norm["nexus"] and not norm["exceptions"])
    effective = effective_classes(program)
    body = effective.value(effective_name(norm["id"]), OWL.equivalentClass)
    assert set(effective.items(effective.value(body, OWL.intersectionOf))) == {C[norm["nexus"]], C[norm["situation"]]}


def test_a_norm_takes_its_own_nexus_before_that_of_its_instrument(program):
    reach = {norm["id"]: norm["when"] for norm in program["norms"]}
    assert "within CnLinkedFlow" in reach["BLOCK-7"]
    assert not any("CnLinkedFlow" in reach[norm] for norm in ("PIPL-41", "PIPL-3-TRANSIT"))
