"""Lists that are stated in part, places that are not told exactly, and descriptions that are none."""

from __future__ import annotations

import pytest

from comity.flow.problems import DescriptionError
from comity.flow.reading import read_description
from comity.logic.node import OpenNodes, OpenPlaces
from tests import tiny
from tests.tiny import flag, flow, norm


@pytest.fixture
def read(checker):
    return lambda **facts: read_description({"asOf": "2026-01-01", **facts}, checker.schema, checker.program.territories)


def statuses_with(expression, **facts):
    return tiny.statuses(tiny.checker([norm("n", "In")], {"In": expression}).check(flow(**facts))).get("n", "not-applicable")


def test_a_place_may_be_one_of_several(read):
    assert read(to=["JP", "IN"]).legs[0]["to"] == (read(to="JP").legs[0]["to"][0] | read(to="IN").legs[0]["to"][0],)


def test_places_can_be_stated_in_part(read, refused):
    places = read(dataItems=[{"subjectsIn": {"yes": ["DE"], "no": ["US"]}}]).legs[0]["dataItems"][0]["subjectsIn"]
    assert type(places) is OpenPlaces and "US-CA" not in places.rest and "FR" in places.rest
    assert "/dataItems/0/subjectsIn" in refused(dataItems=[{"subjectsIn": {"yes": ["US-CA"], "no": ["US"]}}])


@pytest.mark.parametrize(
    ("stated", "status"),
    [(["YY"], "not-applicable"), ({"yes": ["YY"]}, "unknown"), ({"yes": ["YY"], "no": ["XX"]}, "not-applicable"), ({"yes": ["XX"]}, "due")],
)
def test_what_a_partial_list_of_places_leaves_open_is_open(stated, status):
    expression = ["some", "importer", ["place", "establishedIn", ["territory", "XX"]]]
    assert statuses_with(expression, importer={"kind": "organisation", "establishedIn": stated}) == status


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ([{"secret": False}], "not-applicable"),
        ({"yes": [{"secret": False}]}, "unknown"),
        ({"yes": [{"secret": True}]}, "due"),
    ],
)
def test_things_can_be_stated_in_part(stated, status):
    assert statuses_with(["some", "dataItems", flag("secret")], dataItems=stated) == status


def test_no_names_a_code_that_no_thing_has(read, refused):
    measure = read(measureSets={"yes": [], "no": [{"under": "us/cisa-security-requirements"}]}).legs[0]["measureSets"]
    assert type(measure) is OpenNodes and "us/cisa-security-requirements" in measure.rest["under"].no
    assert "/measureSets/no" in refused(measureSets={"no": [{"under": "us/cisa-security-requirements", "met": "full"}]})
    assert "/exporter/ownedBy/no" in refused(exporter={"ownedBy": {"no": [{"owner": {"id": "x"}}]}})


def test_a_list_told_apart_by_a_key_says_nothing_of_things_with_another_value_there(read):
    stated = read(measureSets=[{"under": "us/cisa-security-requirements", "met": "part"}]).legs[0]["measureSets"]
    assert type(stated) is OpenNodes
    assert stated.rest["under"].no == frozenset({"us/cisa-security-requirements"})
    assert type(read(measureSets=[]).legs[0]["measureSets"]) is list


def test_a_thing_that_is_said_not_to_be_may_not_be_described(refused, read):
    assert read(grounds=[{"ground": "none"}]).legs[0]["grounds"]
    assert "/grounds/0/ground" in refused(grounds=[{"ground": "none", "status": "effective"}])
    assert "/grounds/1/ground" in refused(grounds=[{"ground": "standardContract"}, {"ground": "none"}])


@pytest.mark.parametrize(("written", "code"), [("UK", "GB"), ("EL", "GR"), ("GBR", "GB"), ("PRC", "CN"), ("usa", "US")])
def test_other_codes_of_a_place_are_answered_with_the_code_that_is_read(refused, written, code):
    assert refused(to=written)["/to"]["nearest"] == [code]


def test_the_schema_and_the_context_may_be_named(read):
    leg = read(**{"$schema": "https://w3id.org/comity/schemas/flow.json", "@context": {"x": "y"}, "to": "DE"}).legs[0]
    assert "$schema" not in leg and leg["to"]


def test_an_answer_that_is_sent_back_gets_one_clear_problem(checker):
    answer = checker.check({"asOf": "2026-01-01", "to": "DE"}, detail="summary")
    with pytest.raises(DescriptionError) as caught:
        checker.check(answer)
    assert [problem["pointer"] for problem in caught.value.problems] == [""]
