"""What names mean where they stand, and what a curator is told where they mean nothing."""

from __future__ import annotations

import pytest

from comity.curate.meaning import Has
from comity.curate.resolve import resolve
from comity.rdf.names import C


def test_one_key_has_the_vocabulary_of_its_place(world, heard):
    assert resolve("status value effective", C.Ground, world, heard) == Has(C.status, C["groundState-effective"])
    assert resolve("status value active", C.Certification, world, heard) == Has(C.status, C["certState-active"])
    assert heard.errors == []
    assert resolve("status value active", C.Ground, world, heard) is not None
    assert "`status` has no value `active`: did you mean effective?" in heard.errors[0]
    resolve("status value qqq", C.Ground, world, heard)
    assert "`status` has no value `qqq` (known: effective, expired)" in heard.errors[1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("exporter some (establishdIn some HomePlace)", "column 16: Party has no key `establishdIn`: did you mean establishedIn?"),
        ("establishedIn some HomePlace", "DataFlow has no key `establishedIn`; it is a key of Party"),
        ("to some HomePlac", "no class `HomePlac`: did you mean HomePlace"),
        ("to value XU", "`XU` is a body, not a place"),
        ("to value XAA", "no place `XAA`: did you mean XA?"),
        ("act some {disclosur, access}", "`act` has no value `disclosur`: did you mean disclosure?"),
        ("exporter some PersonalData", "`PersonalData` describes a DataItem, but here stands a Party"),
        ("to some PersonalData", "`PersonalData` describes a DataItem, but here stands a Place"),
        ("exporter value x", "`exporter` holds parties, which law cannot name one by one"),
        ("dataItems some (persons some integer[> 5.5])", "`5.5` is no integer"),
        ("dataItems some (persons some PersonalData)", "`persons` holds whole numbers, not things of class `PersonalData`"),
        ("usual value 3", "`usual` holds true or false, not `3`"),
        ("startedOn some dateTime[>= 2025-01-01T00:00:00Z]", "declare a derived fact with `op: dateTime`"),
        ("startedOn value 2025-01-01", "holds dates, which no class can test"),
        ("dataItems some (categories some {PersonalData})", "categories are classes"),
        ("act some (persons value 3)", "`act` holds codes, which have no key `persons`"),
        ("dataItems some (persons some dateTime)", "`persons` holds whole numbers, not `dateTime`"),
    ],
)
def test_a_fault_names_the_nearest(world, heard, text, told):
    resolve(text, C.DataFlow, world, heard)
    assert len(heard.errors) == 1
    assert told in heard.errors[0]


def test_every_fault_of_an_expression_is_told(world, heard):
    resolve("to some Nowhere and act value flying and exporter some (color value red)", C.DataFlow, world, heard)
    assert len(heard.errors) == 3


def test_only_without_some_is_noticed(world, heard):
    resolve("dataItems some PersonalData and dataItems only PersonalData", C.DataFlow, world, heard)
    resolve("blockPercent some decimal[>= 50] and blockMember only HomePlace", C.OwnerBlock, world, heard)
    assert heard.warnings == []
    resolve("act value access and dataItems only PersonalData", C.DataFlow, world, heard)
    assert "put a `dataItems some …` beside it" in heard.warnings[0]


def test_a_place_alone_is_noticed(world, heard):
    resolve("to value XA", C.DataFlow, world, heard)
    assert heard.errors == []
    assert "not its parts" in heard.warnings[0]


def test_an_unknown_reference_is_noticed(world, heard):
    resolve('grounds some (under value "xx/act")', C.DataFlow, world, heard)
    assert heard.errors == []
    assert "no `xx/act` in the graph yet" in heard.warnings[0]


def test_classes_of_laws_not_used_are_refused(world, heard):
    law = C.XxHome
    world.add_class(law, C.DataFlow, type(law)("https://w3id.org/comity/ontology/law/xx/act"))
    resolve("XxHome", C.DataFlow, world, heard, modules=set())
    assert "`XxHome` is defined in xx/act: add that to `uses`" in heard.errors[0]
