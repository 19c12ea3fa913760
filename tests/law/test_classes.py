"""The classifications of an answer: of the flow, of its items one at a time, and of the whole where several items make it."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flow, norm, words

SECRET, OPEN = ["has", "secret", [True]], ["has", "secret", [False]]
CLASSES = {
    "Secret": SECRET,
    "SecretFlow": ["some", "dataItems", ["is", "Secret"]],
    "Mixed": ["and", ["some", "dataItems", SECRET], ["some", "dataItems", OPEN]],
    "OnlyOpen": ["not", ["some", "dataItems", SECRET]],
    "Playing": ["and", ["has", "purposes", ["play"]], ["some", "dataItems", SECRET]],
}


def term(name, domain="DataFlow"):
    return {"name": name, "notation": f"xx/{name}", "label": words(name), "domain": domain, "instruments": ["xx/act"], "provisions": []}


def classes(*terms, **facts):
    told = checker([norm("n", "A")], CLASSES, reported=list(terms)).check(flow(**facts))
    return [(c["class"], c["on"], c["holds"]) for leg in told.get("legs", [told]) for c in leg["classes"]]


def items(*secret):
    return {"dataItems": [{} if value is None else {"secret": value} for value in secret]}


@pytest.mark.parametrize(
    ("secret", "holds"),
    [((True, False), True), ((False, True, None), True), ((True, True), None), ((False, False), None), ((True,), None), ((), None)],
)
def test_a_class_that_speaks_of_two_items_is_said_of_the_whole_flow(secret, holds):
    assert classes(term("Mixed"), **items(*secret)) == ([("xx/Mixed", "/", True)] if holds else [])


def test_a_class_that_holds_of_a_part_and_of_the_whole_is_reported_once():
    assert classes(term("SecretFlow"), **items(True, False)) == [("xx/SecretFlow", "/", True)]
    assert classes(term("SecretFlow"), term("Secret", "DataItem"), **items(True, True)) == [
        ("xx/SecretFlow", "/", True),
        ("xx/Secret", "/dataItems/0", True),
    ]


def test_a_class_that_holds_of_a_part_is_reported_though_the_whole_falls_out():
    assert classes(term("OnlyOpen"), **items(True, False)) == [("xx/OnlyOpen", "/", True)]


def test_what_is_open_of_a_part_is_open():
    assert classes(term("SecretFlow"), **items(None, False)) == [("xx/SecretFlow", "/", None)]


def test_what_only_the_whole_leaves_open_is_not_reported():
    settled = [{"secret": True, "purposes": ["work"]}, {"secret": True, "purposes": ["work"]}]
    assert classes(term("Playing"), dataItems=settled) == []


def test_the_reasons_of_a_whole_name_the_items_that_make_it():
    told = checker([norm("n", "A")], CLASSES, reported=[term("Mixed")]).check(flow(**items(False, True)))
    assert [fact["path"] for fact in told["classes"][0]["because"]] == ["/dataItems/1/secret", "/dataItems/0/secret"]


def test_each_leg_of_a_route_has_its_own():
    assert classes(term("Mixed"), legs=[{**items(True)}, {**items(True, False)}]) == [("xx/Mixed", "/legs/1", True)]
