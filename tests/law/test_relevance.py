"""Gates: norms that share conditions stand behind one test, and none is lost by it."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law.relevance import Gate
from comity.logic.kleene import any_of
from tests.tiny import FLAGS, checker, flag, flow, norm

CLASSES = tuple(f"C{number}" for number in range(6))


@cache  # a strategy that is made anew for each draw is looked through anew as well, and ever more slowly
def expressions(known: tuple[str, ...]):
    leaves = [
        st.sampled_from([flag(name) for name in FLAGS]),
        st.just(["true"]),
        st.just(["false"]),
        st.just(["num", "number", 5, False, None, False]),
        st.just(["place", "to", ["territory", "XX-1"]]),
        st.just(["some", "dataItems", flag("secret")]),
    ]
    if known:
        leaves.append(st.sampled_from([["is", name] for name in known]))
    return st.recursive(
        st.one_of(leaves),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: ["and", *parts]),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: ["or", *parts]),
            inner.map(lambda part: ["not", part]),
        ),
        max_leaves=8,
    )


@st.composite
def programs(draw):
    """Random classes, each resting on those before it, and random norms that apply to them."""
    classes = {}
    for number, name in enumerate(CLASSES):
        classes[name] = draw(expressions(CLASSES[:number]))
    norms = [
        norm(
            f"n{number}",
            draw(st.sampled_from(CLASSES)),
            perItem=draw(st.booleans()),
            until=draw(st.sampled_from([None, None, None, "2020-01-01"])),
        )
        for number in range(draw(st.integers(1, 14)))
    ]
    return checker(norms, classes)


@st.composite
def flows(draw):
    facts = {name: value for name in FLAGS if (value := draw(st.sampled_from([True, False, None]))) is not None}
    if draw(st.booleans()):
        facts["number"] = draw(st.sampled_from([0, 5, 9, {"atLeast": 3}, {"atMost": 4}]))
    if draw(st.booleans()):
        facts["to"] = draw(st.sampled_from(["XX", "XX-1", "YY"]))
    if draw(st.booleans()):
        items = [{}, {"secret": True}, {"secret": False}, {"a": True}, {"a": False}]
        facts["dataItems"] = draw(st.lists(st.sampled_from(items), max_size=3))
    return flow(**facts)


def norms_behind(gate: Gate):
    return [*gate.norms, *(norm for inner in gate.gates for norm in norms_behind(inner))]


@settings(max_examples=200, deadline=None)
@given(machine=programs(), facts=flows())
def test_the_live_norms_are_those_whose_scope_is_not_shut(machine, facts):
    read = machine.read(facts)
    behind_gates = machine.application(read, read.legs[0]).live()
    read = machine.read(facts)
    application = machine.application(read, read.legs[0])
    assert behind_gates == [n for n in machine.program.norms if any_of(application.scope(n)) is not False]


@settings(max_examples=50, deadline=None)
@given(machine=programs())
def test_every_norm_stands_behind_one_gate(machine):
    placed = [*norms_behind(machine.program.flow_gate), *norms_behind(machine.program.item_gate)]
    assert sorted(n.number for n in placed) == [n.number for n in machine.program.norms]


def test_a_condition_that_fails_passes_all_norms_behind_it_by():
    machine = checker(
        [norm(f"n{i}", f"S{i}") for i in range(40)],
        {f"S{i}": ["and", flag("a"), ["num", "number", i, False, None, False]] for i in range(40)},
    )
    tried = []
    for entry in machine.program.norms:
        entry.scope = lambda node, around, scope=entry.scope: tried.append(1) or scope(node, around)
    assert machine.check(flow(a=False, number=7))["findings"] == []
    assert tried == []
    machine.check(flow(a=True, number=7))
    assert len(tried) == 40
