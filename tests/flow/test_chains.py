"""Chains of parties: circles are found, and the bound of their length is one."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.flow.chains import circle, longest_chain
from comity.logic.node import Node

OWNED, EMPLOYED = ("ownedBy", "owner"), ("employedBy", None)
LINKS = (OWNED, EMPLOYED)


def parties(owners: dict[int, list[int]], employers: dict[int, list[int]], count: int) -> list[Node]:
    nodes = [Node("Party", f"/parties/{n}") for n in range(count)]
    for held, holders in owners.items():
        nodes[held]["ownedBy"] = [Node("Ownership", "") for _ in holders]
        for holding, holder in zip(nodes[held]["ownedBy"], holders, strict=True):
            holding["owner"] = [nodes[holder]]
    for worker, firms in employers.items():
        nodes[worker]["employedBy"] = [nodes[firm] for firm in firms]
    return nodes


def longest_by_trial(owners: dict[int, list[int]], employers: dict[int, list[int]], count: int) -> int:
    leads = {(a, b) for links in (owners, employers) for a, others in links.items() for b in others}
    return max(
        size for size in range(1, count + 1) for path in permutations(range(count), size) if all(pair in leads for pair in pairwise(path))
    )


COUNT = 5
upwards = st.dictionaries(st.integers(0, COUNT - 2), st.integers(0, COUNT - 1).map(lambda n: [n]), max_size=COUNT).map(
    lambda owners: {held: [holder for holder in holders if holder > held] for held, holders in owners.items()}
)
anywhere = st.dictionaries(st.integers(0, COUNT - 1), st.lists(st.integers(0, COUNT - 1), max_size=2, unique=True), max_size=COUNT)


@settings(max_examples=150, deadline=None)
@given(upwards, anywhere)
def test_no_chain_is_longer_than_the_bound(owners, employers):
    length, first = longest_chain(parties(owners, employers, COUNT), LINKS, (OWNED,))
    assert length >= longest_by_trial(owners, employers, COUNT) and first is not None


@settings(max_examples=150, deadline=None)
@given(upwards, upwards)
def test_without_circles_the_bound_is_exact(owners, employers):
    assert longest_chain(parties(owners, employers, COUNT), LINKS, (OWNED,))[0] == longest_by_trial(owners, employers, COUNT)


@settings(max_examples=150, deadline=None)
@given(anywhere)
def test_a_circle_is_found_where_there_is_one(owners):
    nodes = parties(owners, {}, COUNT)
    leads = {(a, b) for a, others in owners.items() for b in others}
    closed = any(
        (path[-1], path[0]) in leads and all(pair in leads for pair in pairwise(path))
        for size in range(1, COUNT + 1)
        for path in permutations(range(COUNT), size)
    )
    assert (circle(nodes, (OWNED,)) is not None) is closed


def test_a_place_that_owns_is_no_party():
    firm = parties({0: [0]}, {}, 1)[0]
    firm["ownedBy"][0]["owner"] = [Node("Place", "")]
    assert circle([firm], (OWNED,)) is None and longest_chain([firm], LINKS, (OWNED,))[0] == 1
