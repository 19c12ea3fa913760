"""The box of situations that HermiT is given: what it holds, what it refuses, what can hold together."""

from __future__ import annotations

import pytest
from rdflib import Graph

from comity.iris import NS
from comity.reason.hermit import Tbox
from comity.reason.situations import SituationBox, situation_box, tbox_turtle
from tests.reason.hermit_world import PREFIXES


def test_two_situations_together(tbox: Tbox) -> None:
    assert tbox.satisfiable(NS + "LargeFlow", NS + "NorthboundFlow")
    assert not tbox.satisfiable(NS + "NorthboundFlow", NS + "SouthboundFlow")
    assert not tbox.satisfiable(NS + "ToArcadiaFlow", NS + "SouthboundFlow")
    assert not tbox.satisfiable(NS + "DisclosureFlow", NS + "DataItem")
    assert tbox.satisfiable(NS + "EffectiveBan")
    assert tbox.subsumed(NS + "DisclosureFlow", NS + "NotPublishedFlow"), "two names, two acts"
    assert tbox.subsumed(NS + "MiddlingFlow", NS + "LargeFlow")
    assert tbox.subsumed(NS + "ToArcadiaFlow", NS + "NorthboundFlow")
    assert tbox.subsumed(NS + "ToListedFlow", NS + "SouthboundFlow")
    assert not tbox.subsumed(NS + "LargeFlow", NS + "MiddlingFlow")
    assert tbox.unsatisfiable() == []


def test_the_box_is_owl_dl_and_holds_only_what_the_situations_need(tbox: Tbox, box: SituationBox, world: Graph) -> None:
    assert tbox.dl_profile_violations() == []
    assert NS + "UnusedClass" not in box.classes
    assert NS + "act-hosting" not in box.individuals
    assert {NS + "Name", NS + "AnyData"} & box.classes == {NS + "AnyData"}
    small = tbox_turtle(world, [NS + "DisclosureFlow"])
    assert "eli_date" not in small and "prefLabel" not in small and "NorthPlace" not in small


def test_a_term_outside_the_subset_is_refused() -> None:
    definition = "c:A a owl:Class ; owl:equivalentClass [ a owl:Restriction ; owl:onProperty c:p ; {} ] . {}"
    reflexive = definition.format("owl:hasSelf true", "c:p a owl:ObjectProperty .")
    with pytest.raises(ValueError, match="hasSelf"):
        situation_box(Graph().parse(data=PREFIXES + reflexive), [NS + "A"])
    undeclared = definition.format("owl:hasValue c:x", "")
    with pytest.raises(ValueError, match="ns#p is not declared"):
        situation_box(Graph().parse(data=PREFIXES + undeclared), [NS + "A"])
