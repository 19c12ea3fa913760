"""Expressions: strong Kleene values of every form, on stated, unstated and partly stated nodes."""

from __future__ import annotations

import math

import pytest

from comity.logic.expression import Compiler
from comity.logic.node import Node, OpenCodes, OpenNodes


class Around:
    """Surroundings with two sets of places and one derived count."""

    def __init__(self, sets=()):
        self.sets = [frozenset(s) for s in sets]
        self.in_force = {"yes": True, "no": False, "perhaps": None}
        self.explained = {}
        self.unsettled = {}

    def derived(self, key):
        return (5, 10)


def node(**values) -> Node:
    made = Node("DataFlow", "")
    made.update(values)
    return made


def value(expression, on, classes=None, sets=(), **options):
    compiler = Compiler(classes or {}, **options)
    test = compiler.test(expression)
    return test(on, Around(sets))


def one(**values) -> list[Node]:
    return [node(**values)]


HAS_A = ["has", "code", ["a"]]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, None),
        ({"code": frozenset("a")}, True),
        ({"code": frozenset("b")}, False),
        ({"code": frozenset()}, False),
        ({"code": OpenCodes(frozenset("a"), frozenset())}, True),
        ({"code": OpenCodes(frozenset("b"), frozenset())}, None),
        ({"code": OpenCodes(frozenset(), frozenset("a"))}, False),
    ],
)
def test_a_code_is_unknown_only_where_nothing_settles_it(stated, expected):
    assert value(HAS_A, node(**stated)) is expected


@pytest.mark.parametrize(
    ("form", "parts", "expected"),
    [
        ("and", [["true"], ["has", "x", ["a"]]], None),
        ("and", [["false"], ["has", "x", ["a"]]], False),
        ("and", [["true"], ["true"]], True),
        ("or", [["true"], ["has", "x", ["a"]]], True),
        ("or", [["false"], ["has", "x", ["a"]]], None),
        ("or", [["false"], ["false"]], False),
    ],
)
def test_connectives_are_strong_kleene(form, parts, expected):
    assert value([form, *parts], node()) is expected


def test_negation_keeps_unknown():
    assert value(["not", HAS_A], node()) is None
    assert value(["not", HAS_A], node(code=frozenset("a"))) is False


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (None, None),
        ([], False),
        (one(code=frozenset("a")), True),
        (one(code=frozenset("b")), False),
        (one(), None),
        (OpenNodes(one(code=frozenset("b"))), None),
    ],
)
def test_existence_over_objects(items, expected):
    on = node() if items is None else node(items=items)
    assert value(["some", "items", HAS_A], on) is expected


@pytest.mark.parametrize(
    ("least", "most", "expected"), [(2, None, True), (3, None, None), (4, None, False), (None, 3, True), (None, 2, None), (None, 1, False)]
)
def test_numbers_of_objects_have_bounds(least, most, expected):
    items = [*one(code=frozenset("a")), *one(code=frozenset("a")), *one(), *one(code=frozenset("b"))]
    assert value(["count", "items", HAS_A, least, most], node(items=items)) is expected


@pytest.mark.parametrize(
    ("bounds", "low", "low_strict", "high", "high_strict", "expected"),
    [
        ((100, 100), 100, False, None, False, True),
        ((100, 100), 100, True, None, False, False),
        ((99, 99), 100, False, None, False, False),
        ((50, 150), 100, False, None, False, None),
        ((101, math.inf), 100, True, None, False, True),
        ((0, math.inf), None, False, 100, True, None),
        ((99, 99), None, False, 100, True, True),
        ((100, 100), None, False, 100, True, False),
    ],
)
def test_intervals_know_their_edges(bounds, low, low_strict, high, high_strict, expected):
    assert value(["num", "n", low, low_strict, high, high_strict], node(n=bounds)) is expected


def test_an_unstated_number_is_unknown():
    assert value(["num", "n", 1, False, None, False], node()) is None


def test_a_derived_count_is_asked_of_the_surroundings():
    assert value(["num", "d", 5, False, None, False], node(), derived_counts=frozenset({"d"})) is True
    assert value(["num", "d", 6, False, None, False], node(), derived_counts=frozenset({"d"})) is None
    assert value(["num", "d", 11, False, None, False], node(), derived_counts=frozenset({"d"})) is False


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (None, None),
        ((), False),
        ((frozenset({"CN"}),), True),
        ((frozenset({"US"}),), False),
        ((frozenset({"CN", "US"}),), None),
        ((frozenset({"US"}), frozenset({"CN-SH"})), True),
    ],
)
def test_a_place_may_be_several(places, expected):
    on = node() if places is None else node(to=places)
    assert value(["place", "to", ["territory", "CN"]], on, sets=[{"CN", "CN-SH"}]) is expected


def test_a_party_is_no_place():
    assert value(["place", "@place", ["all"]], node(), sets=[{"CN"}]) is False


def holding(percent, **owner) -> Node:
    return node(percent=(percent, percent), owner=one(**owner))


@pytest.mark.parametrize(
    ("holdings", "expected"),
    [
        (None, None),
        ([], False),
        ([holding(50, code=frozenset("a"))], True),
        ([holding(49.99, code=frozenset("a"))], False),
        ([holding(25, code=frozenset("a")), holding(25, code=frozenset("a"))], True),
        ([holding(30, code=frozenset("a")), holding(20)], None),
        ([holding(30, code=frozenset("a")), holding(19)], False),
        ([holding(30, code=frozenset("a")), node(percent=(20, 20))], None),
    ],
)
def test_shares_of_owners_add_up(holdings, expected):
    on = node() if holdings is None else node(ownedBy=holdings)
    assert value(["ownersum", 50, HAS_A, "ownedBy", "owner", "percent"], on) is expected


def test_a_class_that_rests_on_itself_does_not_hold():
    classes = {"Tied": ["some", "partner", ["is", "Tied"]]}
    a, b = node(), node()
    a["partner"], b["partner"] = [b], [a]
    assert value(["is", "Tied"], a, classes) is False


def test_recursion_descends_chains():
    classes = {"Covered": ["or", HAS_A, ["some", "parent", ["is", "Covered"]]]}
    chain = node(code=frozenset("b"), parent=one(code=frozenset("b"), parent=one(code=frozenset("a"), parent=[])))
    assert value(["is", "Covered"], chain, classes) is True


@pytest.mark.parametrize(("key", "expected"), [("yes", True), ("no", False), ("perhaps", None)])
def test_dated_things(key, expected):
    assert value(["inforce", key], node()) is expected


@pytest.mark.parametrize(
    ("stated", "least", "expected"),
    [({}, 1, None), ({"k": frozenset()}, 1, False), ({"k": frozenset("a")}, 1, True), ({"k": (3, 3)}, 1, True), ({"k": one()}, 2, False)],
)
def test_presence(stated, least, expected):
    assert value(["present", "k", least], node(**stated)) is expected
