"""Expressions at their best: what the parties can attain, and what follows from what is given."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.logic.best_case import BestCase
from comity.logic.node import Node
from comity.logic.simplify import remainder
from tests.logic.test_soundness import CASE, CLASSES, Around, completed, mixed, named, nodes, number, value

SIGNED, PLACE = ["has", "signed", [True]], ["place", "to", ["codes", ["Y"]]]
CLASSES_BY_NAME = {
    "Signed": SIGNED,
    "There": PLACE,
    "SignedThere": ["and", SIGNED, PLACE],
    "Party": ["has", "kind", ["party"]],
    "Chain": ["or", SIGNED, ["some", "next", ["is", "Chain"]]],
    "Apart": ["or", PLACE, ["some", "next", ["is", "Apart"]]],
}


def at_best(expression, controllable=None):
    return BestCase(CLASSES_BY_NAME, controllable or {"signed": frozenset(), "grounds": frozenset()}).of(expression)


@pytest.mark.parametrize(
    ("expression", "best"),
    [
        (SIGNED, ["true"]),
        (PLACE, PLACE),
        (["not", SIGNED], ["true"]),
        (["not", ["not", SIGNED]], ["true"]),
        (["and", SIGNED, PLACE], PLACE),
        (["or", SIGNED, PLACE], ["true"]),
        (["not", ["or", SIGNED, PLACE]], ["not", PLACE]),
        (["not", ["and", SIGNED, PLACE]], ["true"]),
        (["and", ["or", SIGNED, PLACE], ["not", PLACE]], ["not", PLACE]),
        (["is", "Signed"], ["true"]),
        (["is", "There"], ["is", "There"]),
        (["not", ["is", "Signed"]], ["true"]),
        (["some", "grounds", PLACE], ["true"]),
        (["count", "grounds", PLACE, None, 0], ["true"]),
        (["some", "items", SIGNED], ["some", "items", ["true"]]),
        (["not", ["some", "items", SIGNED]], ["true"]),
        (["not", ["some", "items", ["and", SIGNED, PLACE]]], ["true"]),
        (["not", ["some", "items", ["or", SIGNED, PLACE]]], ["not", ["some", "items", PLACE]]),
        (["count", "items", SIGNED, 2, None], ["count", "items", ["true"], 2, None]),
        (["count", "items", SIGNED, None, 0], ["count", "items", ["false"], None, 0]),
        (["count", "items", PLACE, 1, 2], ["count", "items", PLACE, 1, 2]),
        (
            ["ownersum", 50.0, ["or", PLACE, SIGNED], "ownedBy", "owner", "percent"],
            ["ownersum", 50.0, ["true"], "ownedBy", "owner", "percent"],
        ),
        (["present", "signed", 1], ["true"]),
        (["inforce", "x"], ["inforce", "x"]),
    ],
)
def test_a_fact_that_the_parties_control_holds_where_it_helps_and_fails_where_it_harms(expression, best):
    assert at_best(expression) == best


def test_a_class_that_reads_such_a_fact_is_written_anew():
    best_case = BestCase(CLASSES_BY_NAME, {"signed": frozenset()})
    assert best_case.of(["is", "SignedThere"]) == ["is", "SignedThere at best"]
    assert best_case.of(["not", ["is", "SignedThere"]]) == ["true"]
    assert best_case.written["SignedThere at best"] == PLACE


def test_a_class_that_rests_on_itself_is_written_once():
    best_case = BestCase(CLASSES_BY_NAME, {"signed": frozenset()})
    assert best_case.of(["is", "Chain"]) == ["true"]
    assert best_case.of(["is", "Apart"]) == ["is", "Apart"]
    best_case = BestCase({"Far": ["or", ["and", SIGNED, PLACE], ["some", "next", ["is", "Far"]]]}, {"signed": frozenset()})
    assert best_case.of(["is", "Far"]) == ["is", "Far at best"]
    assert best_case.written == {"Far at best": ["or", PLACE, ["some", "next", ["is", "Far at best"]]]}


def test_a_value_that_the_parties_cannot_bring_about_stays_a_condition():
    within = {"bases": frozenset({"duty", "task"})}
    assert at_best(["has", "bases", ["duty"]], within) == ["has", "bases", ["duty"]]
    assert at_best(["has", "bases", ["consent", "duty"]], within) == ["true"]
    assert at_best(["present", "bases", 1], within) == ["true"]


@pytest.mark.parametrize(
    ("expression", "situation", "rest"),
    [
        (PLACE, PLACE, ["true"]),
        (PLACE, ["and", SIGNED, PLACE], ["true"]),
        (PLACE, ["or", SIGNED, PLACE], PLACE),
        (["or", PLACE, SIGNED], ["or", SIGNED, PLACE], ["true"]),
        (["and", PLACE, SIGNED], PLACE, SIGNED),
        (["is", "There"], PLACE, ["true"]),
        (PLACE, ["is", "There"], ["true"]),
        (["some", "items", ["true"]], ["some", "items", PLACE], ["true"]),
        (["some", "items", PLACE], ["some", "items", ["and", SIGNED, PLACE]], ["true"]),
        (["some", "items", ["and", SIGNED, PLACE]], ["some", "items", PLACE], ["some", "items", ["and", SIGNED, PLACE]]),
        (["some", "items", ["true"]], ["some", "others", PLACE], ["some", "items", ["true"]]),
        (["or", ["some", "a", ["true"]], ["some", "b", ["true"]]], ["or", ["some", "b", PLACE], ["some", "a", SIGNED]], ["true"]),
        (["not", PLACE], PLACE, ["not", PLACE]),
        (["or", ["and", PLACE, SIGNED], ["has", "x", [1]]], PLACE, ["or", SIGNED, ["has", "x", [1]]]),
    ],
)
def test_what_follows_from_the_situation_asks_nothing(expression, situation, rest):
    assert remainder(expression, situation, CLASSES_BY_NAME) == rest


ORDER = {False: 0, None: 1, True: 2}


@settings(max_examples=250, deadline=None)
@given(expression=mixed, controllable=st.sets(st.sampled_from(["k", "n", "p", "items"]), min_size=1), **CASE)
def test_no_change_of_what_the_parties_control_attains_more(expression, controllable, named, node, counted, dated, seed):
    classes = dict(zip(CLASSES, named, strict=True))
    best_case = BestCase(classes, {key: frozenset() for key in controllable})
    best = best_case.of(expression)
    limit = value(best, classes | best_case.written, node, Around(counted, dated))
    chance = random.Random(seed)
    for _ in range(12):
        around = Around(number(counted, chance), chance.random() < 0.5 if dated is None else dated)
        changed = completed(without(node, controllable), chance, 2)
        reached = value(expression, classes, changed, around)
        assert not (limit is False and reached), "nothing could attain it, and yet it was attained"
        assert ORDER[value(best, classes | best_case.written, changed, around)] >= ORDER[reached]


def without(node: Node, keys: set[str]) -> Node:
    """Return a node of which nothing is said about some keys, neither of it nor of what hangs on it."""
    bare = Node(node.kind, "")
    for key, stated in node.items():
        if key not in keys:
            bare[key] = type(stated)(without(each, keys) for each in stated) if isinstance(stated, list) else stated
    return bare


@settings(max_examples=250, deadline=None)
@given(expression=mixed, situation=mixed, named=named, node=nodes(1), seed=st.integers(0, 10**6))
def test_where_the_situation_holds_the_remainder_says_the_same(expression, situation, named, node, seed):
    classes = dict(zip(CLASSES, named, strict=True))
    rest = remainder(expression, situation, classes)
    chance = random.Random(seed)
    for _ in range(12):
        whole, around = completed(node, chance, 2), Around((3, 3), True)
        if value(situation, classes, whole, around):
            assert value(rest, classes, whole, around) is value(expression, classes, whole, around)
