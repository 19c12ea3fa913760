"""Classes that rest on themselves through objects that lead back to one another: the least fixed point, in any order."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.logic.explain import Explainer
from comity.logic.expression import Compiler
from comity.logic.kleene import all_of, any_of
from comity.logic.node import Node

HELD = ["has", "k", ["a"]]


class Around:
    """Surroundings without places and dates."""

    def __init__(self):
        self.sets, self.in_force, self.unsettled = [], {}, {}
        self.explained = {}


def ring(*stated):
    nodes = [Node("Party", f"/{number}") for number in range(len(stated))]
    for node, value in zip(nodes, stated, strict=True):
        if value is not None:
            node["k"] = frozenset("a" if value else "")
    for one, other in pairwise([*nodes, nodes[0]]):
        one["partner"] = [other]
    return nodes


def members(classes, name, nodes):
    compiler = Compiler(classes)
    test = compiler.named(name)
    around = Around()
    return [test(node, around) for node in nodes]


def test_what_was_tried_while_a_class_was_open_is_tried_again_once_it_holds():
    """The partner is asked first, while nothing is known of the one who asks."""
    classes = {"Tied": ["or", ["some", "partner", ["is", "Tied"]], HELD]}
    assert members(classes, "Tied", ring(True, False)) == [True, True]
    assert members(classes, "Tied", ring(False, True)) == [True, True]
    assert members(classes, "Tied", ring(False, False)) == [False, False]
    assert members(classes, "Tied", ring(None, False)) == [None, None]


def test_classes_that_rest_on_each_other():
    classes = {"One": ["or", ["is", "Two"], HELD], "Two": ["or", ["is", "One"], ["has", "k", ["b"]]]}
    (node,) = ring(True)
    assert members(classes, "One", [node]) == [True]
    assert members(classes, "Two", [node]) == [True]


NAMES = ("C0", "C1")


def least(classes, nodes):
    """Return the least fixed point by plain iteration: false everywhere, then whatever follows."""
    held = {(name, node): False for name in classes for node in nodes}

    def holds(expression, node):
        form = expression[0]
        if form in ("and", "or"):
            return (all_of if form == "and" else any_of)([holds(part, node) for part in expression[1:]])
        if form == "is":
            return held[expression[1], node]
        if form == "some":
            return any_of([holds(expression[2], other) for other in node["partner"]])
        return None if "k" not in node else expression[2][0] in node["k"]

    while True:
        fresh = {(name, node): holds(classes[name], node) for name, node in held}
        if fresh == held:
            return held
        held = fresh


bodies = st.recursive(
    st.one_of(st.just(HELD), st.just(["has", "k", ["b"]]), st.sampled_from([["is", name] for name in NAMES])),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: ["and", *parts]),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: ["or", *parts]),
        inner.map(lambda part: ["some", "partner", part]),
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(
    classes=st.fixed_dictionaries({name: bodies for name in NAMES}),
    stated=st.lists(st.sampled_from(["a", "b", "", None]), min_size=1, max_size=3),
    links=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=6),
)
def test_the_least_fixed_point_whatever_is_asked_first(classes, stated, links):
    for order in permutations(range(len(stated))):
        nodes = [Node("Party", f"/{number}") for number in range(len(stated))]
        for node, value in zip(nodes, stated, strict=True):
            node["partner"] = []
            if value is not None:
                node["k"] = frozenset(value)
        for one, other in links:
            if one < len(nodes) and other < len(nodes):
                nodes[one]["partner"].append(nodes[other])
        compiler = Compiler(classes)
        around = Around()
        found = {(name, nodes[number]): compiler.named(name)(nodes[number], around) for number in order for name in NAMES}
        assert found == least(classes, nodes)


def explained(classes, name, node):
    explainer = Explainer(Compiler(classes))
    return [ground.fact.pointer for ground in explainer.because(name, node, Around())]


def test_a_reason_goes_round_to_the_fact_that_grounds_it():
    classes = {"Tied": ["or", ["some", "partner", ["is", "Tied"]], HELD]}
    first, second = ring(True, False)
    assert explained(classes, "Tied", first) == ["/0/k"]
    assert explained(classes, "Tied", second) == ["/0/k"]


def test_what_is_asked_goes_round_once():
    explainer = Explainer(Compiler({"Tied": ["or", ["some", "partner", ["is", "Tied"]], HELD]}))
    first, _ = ring(None, None)
    assert [f.pointer for f in explainer.open_facts("Tied", first, Around())] == ["/0/k", "/1/k"]


def test_owners_met_on_many_paths_are_told_once():
    """Sixty tiers of two owners each, all held by all above: more paths than could ever be walked."""
    tiers = [[Node("Party", f"/{tier}/{side}") for side in (0, 1)] for tier in range(60)]
    for below, above in pairwise([*tiers, []]):
        for node in below:
            node["k"], node["partner"] = frozenset(), above
    classes = {"Held": ["or", HELD, ["some", "partner", ["is", "Held"]]], "Free": ["not", ["is", "Held"]]}
    assert len(explained(classes, "Free", tiers[0][0])) > 100
    for node in tiers[-1]:
        del node["k"]
        node.memo.clear()
    for node in (node for tier in tiers for node in tier):
        node.memo.clear()
    explainer = Explainer(Compiler(classes))
    asked = explainer.open_facts("Free", tiers[0][0], Around())
    assert [fact.pointer for fact in asked] == ["/59/0/k", "/59/1/k"]
