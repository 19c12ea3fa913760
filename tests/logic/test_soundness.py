"""A decided value is safe: it holds for every way of saying what was left unsaid."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.logic.expression import Compiler
from comity.logic.node import Node, OpenCodes, OpenNodes

CODES = ("a", "b", "c")
PLACES = ("X", "X1", "Y")
CODE_KEYS, NUMBER_KEYS, PLACE_KEYS, NODE_KEYS = ("k",), ("n",), ("p",), ("items",)
COUNTED = "counted"
DATED = "dated"
CLASSES = ("C0", "C1", "C2")
COMPLETIONS = 25


class Around:
    """Surroundings in which a count lies between bounds and a dated thing may be in force."""

    def __init__(self, counted, dated):
        self.counted, self.in_force = counted, {DATED: dated}
        self.explained = {}
        self.sets, self.unsettled = [], {}

    def derived(self, key):
        return self.counted


codes = st.lists(st.sampled_from(CODES), unique=True).map(frozenset)
bounds = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda pair: (min(pair), max(pair)))
ranges = st.one_of(bounds, st.integers(0, 6).map(lambda low: (low, math.inf)), st.just((1, 0)))
percents = st.one_of(st.sampled_from([(50.0, 50.0), (49.99, 49.99), (25.0, 25.0)]), st.just((10.0, 60.0)))
candidates = st.lists(st.sampled_from(PLACES), min_size=1, unique=True).map(frozenset)
half_open = st.tuples(codes, codes).map(lambda sides: OpenCodes(sides[0], sides[1] - sides[0]))


@st.composite
def nodes(draw, depth=2, kind="Thing"):
    """A node of which each key may be stated, stated in part, or left out."""
    node = Node(kind, "")
    for key in CODE_KEYS:
        if draw(st.booleans()):
            node[key] = draw(st.one_of(codes, half_open))
    for key in NUMBER_KEYS:
        if draw(st.booleans()):
            node[key] = draw(ranges)
    for key in PLACE_KEYS:
        if draw(st.booleans()):
            node[key] = tuple(draw(st.lists(candidates, max_size=2)))
    if depth:
        for key in NODE_KEYS:
            if draw(st.booleans()):
                listed = draw(st.lists(nodes(depth - 1), max_size=2))
                node[key] = OpenNodes(listed) if draw(st.booleans()) else listed
        if draw(st.booleans()):
            node["ownedBy"] = draw(st.lists(holdings(depth - 1), max_size=2))
    return node


@st.composite
def holdings(draw, depth):
    holding = Node("Ownership", "")
    if draw(st.booleans()):
        holding["percent"] = draw(percents)
    if draw(st.booleans()):
        holding["owner"] = [draw(nodes(depth))]
    return holding


ends = st.one_of(st.none(), st.integers(0, 6))
FORMS = {
    "has": st.tuples(st.sampled_from(CODE_KEYS), codes).map(lambda v: ["has", v[0], sorted(v[1])]),
    "num": st.tuples(st.sampled_from([*NUMBER_KEYS, COUNTED]), ends, st.booleans(), ends, st.booleans()).map(lambda v: ["num", *v]),
    "place": st.tuples(st.sampled_from(PLACE_KEYS), candidates).map(lambda v: ["place", v[0], ["codes", sorted(v[1])]]),
    "present": st.tuples(st.sampled_from([*CODE_KEYS, *NUMBER_KEYS, *NODE_KEYS]), st.integers(1, 2)).map(lambda v: ["present", *v]),
    "inforce": st.just(["inforce", DATED]),
}
plain = st.one_of(*FORMS.values())


def wider(inner):
    """Return for each form with parts a strategy of expressions of that form."""
    node_keys, few = st.sampled_from(NODE_KEYS), st.integers(0, 2)
    return {
        "and": st.lists(inner, min_size=1, max_size=3).map(lambda parts: ["and", *parts]),
        "or": st.lists(inner, min_size=1, max_size=3).map(lambda parts: ["or", *parts]),
        "not": inner.map(lambda part: ["not", part]),
        "some": st.tuples(node_keys, inner).map(lambda v: ["some", *v]),
        "count": st.tuples(node_keys, inner, few, st.one_of(st.none(), few)).map(lambda v: ["count", *v]),
        "ownersum": st.tuples(st.sampled_from([50.0, 60.0]), inner).map(lambda v: ["ownersum", *v, "ownedBy", "owner", "percent"]),
    }


FORMS |= wider(plain) | {"is": st.sampled_from([["is", name] for name in CLASSES])}
named = st.tuples(*[st.one_of(plain, plain.map(lambda e: ["some", "items", e])) for _ in CLASSES])
mixed = st.recursive(st.one_of(*FORMS.values()), lambda inner: st.one_of(*wider(inner).values()), max_leaves=4)


def number(pair, chance):
    low, high = pair
    if low > high:
        return pair
    value = chance.uniform(low, high) if isinstance(low, float) else chance.randint(low, int(min(high, low + 9)))
    return value, value


def subset(values, chance):
    return frozenset(value for value in values if chance.random() < 0.5)


def any_node(chance, depth):
    return completed(Node("Thing", ""), chance, depth)


def completed(node, chance, depth):
    """Return a node in which everything is said, in one of the ways that the given node allows."""
    whole = Node(node.kind, "")
    if node.kind == "Ownership":
        low, high = node.get("percent", (0.0, 100.0))
        whole["percent"] = number((low, high), chance)
        whole["owner"] = [completed(node["owner"][0], chance, depth - 1) if "owner" in node else any_node(chance, depth - 1)]
        return whole
    for key in CODE_KEYS:
        value = node.get(key, OpenCodes(frozenset(), frozenset()))
        whole[key] = value.yes | subset(set(CODES) - value.no, chance) if isinstance(value, OpenCodes) else value
    for key in NUMBER_KEYS:
        whole[key] = number(node.get(key, (0, math.inf)), chance)
    for key in PLACE_KEYS:
        stated = node.get(key, tuple(frozenset(PLACES) for _ in range(chance.randint(0, 2))))
        whole[key] = tuple(frozenset((chance.choice(sorted(each)),)) for each in stated)
    for key in NODE_KEYS:
        listed = node.get(key)
        more = chance.randint(0, 2) if depth > 0 and (listed is None or isinstance(listed, OpenNodes)) else 0
        whole[key] = [completed(each, chance, depth - 1) for each in listed or ()] + [any_node(chance, depth - 1) for _ in range(more)]
    if "ownedBy" in node:
        whole["ownedBy"] = [completed(each, chance, depth - 1) for each in node["ownedBy"]]
    else:
        more = chance.randint(0, 2) if depth > 0 else 0
        whole["ownedBy"] = [completed(Node("Ownership", ""), chance, depth - 1) for _ in range(more)]
    return whole


def value(expression, classes, node, around):
    compiler = Compiler(classes, frozenset({COUNTED}))
    test = compiler.test(expression)
    for name in classes:
        compiler.named(name)
    around.sets = [frozenset(form[1]) for form in compiler.set_expressions]
    return test(node, around)


def hold_for_every_completion(expression, named, node, counted, dated, seed):
    classes = dict(zip(CLASSES, named, strict=True))
    decided = value(expression, classes, node, Around(counted, dated))
    chance = random.Random(seed)
    for _ in range(COMPLETIONS):
        around = Around(number(counted, chance), chance.random() < 0.5 if dated is None else dated)
        complete = value(expression, classes, completed(node, chance, 2), around)
        assert complete is not None, "everything is said, and yet it is open"
        assert decided is None or complete is decided


CASE = {
    "named": named,
    "node": nodes(1),
    "counted": ranges,
    "dated": st.sampled_from([True, False, None]),
    "seed": st.integers(0, 10**6),
}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_decided_value_of_each_form_holds_for_every_completion(form):
    settings(max_examples=120, deadline=None)(given(expression=FORMS[form], **CASE)(hold_for_every_completion))()


@settings(max_examples=200, deadline=None)
@given(expression=mixed, **CASE)
def test_a_decided_value_holds_for_every_completion(expression, named, node, counted, dated, seed):
    hold_for_every_completion(expression, named, node, counted, dated, seed)
