"""Variants of one description, judged side by side."""

from __future__ import annotations

import pytest

from comity.flow.problems import DescriptionError
from tests.tiny import checker, flag, flow, norm

MACHINE = checker([norm("ban", "B", "Prohibition"), norm("duty", "A", demand=flag("signed"))])


def variant(name, *operations):
    return {"name": name, "patch": list(operations)}


def put(path, value):
    return {"op": "add", "path": path, "value": value}


def test_each_variant_has_the_verdict_that_its_description_would_have():
    facts = flow(a=True, b=False, **{"from": "XX"})
    stated = [
        variant("as it is"),
        variant("signed", put("/signed", True)),
        variant("with b", put("/b", True)),
        variant("no a", put("/a", False)),
    ]
    answer = MACHINE.check({**facts, "variants": stated})
    rows = {row["name"]: row for row in answer["variants"]}
    assert {name: row["verdict"] for name, row in rows.items()} == {
        "as it is": "conditional",
        "signed": "permitted",
        "with b": "prohibited",
        "no a": "not-regulated",
    }
    for changes in ({}, {"signed": True}, {"b": True}, {"a": False}):
        alone = MACHINE.check({**facts, **changes})
        name = {"signed": "signed", "b": "with b", "a": "no a"}.get(next(iter(changes), ""), "as it is")
        assert (rows[name]["verdict"], rows[name]["asDescribed"]) == (alone["verdict"], alone["asDescribed"])
    assert [n["norm"] for n in rows["as it is"]["toConfirm"]] == ["duty"]
    assert [n["norm"] for n in rows["with b"]["toDo"]] == ["ban"]


@pytest.mark.parametrize(
    ("variants", "pointer"),
    [
        ([], "/variants"),
        ("all", "/variants"),
        ([variant("x")] * 101, "/variants"),
        ([variant("x"), variant("x")], "/variants/1/name"),
        ([{"patch": []}], "/variants/0/name"),
        ([{"name": "x", "patches": []}], "/variants/0/patches"),
        ([variant("x"), variant("y", put("/q/r", 1))], "/variants/1/patch/0/path"),
        ([variant("x", put("/to", "Atlantis"))], "/variants/0/patch"),
    ],
)
def test_a_variant_that_cannot_be_judged_is_named(variants, pointer):
    with pytest.raises(DescriptionError) as refused:
        MACHINE.check({**flow(a=True), "variants": variants})
    assert refused.value.problems[0]["pointer"] == pointer
