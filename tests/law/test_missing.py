"""Missing facts: only what an open verdict waits for, the required core first."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flag, flow, norm

SIGNED = flag("signed")
XX = ["place", "to", ["territory", "XX"]]


def asked(answer):
    return [m["pointer"] for m in answer["missing"]]


def test_the_unstated_facts_of_an_open_scope_are_asked_for():
    told = checker([norm("n", "AB")], {"AB": ["and", flag("a"), flag("b")]})
    assert asked(told.check(flow())) == ["/a", "/b"]
    assert asked(told.check(flow(a=True))) == ["/b"]
    assert asked(told.check(flow(a=False))) == []


def test_what_decides_more_norms_comes_first():
    told = checker([norm("n", "AB"), norm("m", "B", instrument="yy/act")], {"AB": ["and", flag("a"), flag("b")]})
    missing = told.check(flow())["missing"]
    assert [(m["pointer"], m["norms"], m["instruments"]) for m in missing] == [
        ("/b", ["n", "m"], ["xx/act", "yy/act"]),
        ("/a", ["n"], ["xx/act"]),
    ]


def test_the_core_alone_is_asked_for_while_it_is_incomplete():
    told = checker([norm("n", "Out")], {"Out": ["and", flag("a"), XX]})
    assert asked(told.check(flow())) == ["/to"]
    assert asked(told.check(flow(to="XX"))) == ["/a"]


def test_the_core_of_a_party_counts_as_core():
    told = checker([norm("n", "Out")], {"Out": ["and", flag("a"), ["some", "importer", ["has", "kind", ["individual"]]]]})
    assert asked(told.check(flow(importer={}))) == ["/importer/kind"]
    assert asked(told.check(flow())) == ["/a", "/importer"]


def test_a_place_that_may_lie_on_either_side_is_asked_for():
    inner = checker([norm("n", "In")], {"In": ["place", "to", ["territory", "XX-1"]]})
    assert asked(inner.check(flow(to="XX"))) == ["/to"]
    assert asked(inner.check(flow(to="YY"))) == []


def test_demands_are_not_asked_for():
    assert asked(checker([norm("n", "A", demand=SIGNED)]).check(flow(a=True))) == []
    assert asked(checker([norm("n", "A", demand=SIGNED)]).check(flow())) == ["/a"]


@pytest.mark.parametrize(
    ("norms", "facts"),
    [
        ([norm("n", "A"), norm("m", "B")], {"a": True}),  # the open duty cannot make a conditional answer worse
        ([norm("n", "A", "Prohibition"), norm("m", "B", "Prohibition")], {"a": True}),  # a ban stands already
        ([norm("n", "A", "Permission")], {}),  # a permission makes nothing worse
        ([norm("n", "A", demand=SIGNED)], {"signed": True}),  # what it would demand is there
    ],
)
def test_nothing_is_asked_that_could_not_make_the_answer_worse(norms, facts):
    assert checker(norms).check(flow(**facts))["missing"] == []


def test_an_open_exception_of_a_norm_that_applies_is_asked_for():
    told = checker([norm("n", "A", exceptions=["e"]), norm("e", "B", "Exemption", exceptions=["f"]), norm("f", "C", "Exemption")])
    assert asked(told.check(flow(a=True))) == ["/b"]
    assert asked(told.check(flow(a=True, b=True))) == ["/c"]
    assert asked(told.check(flow(a=True, b=False))) == []


def test_each_question_is_put_in_both_languages():
    missing = checker([norm("n", "A")]).check(flow())["missing"]
    assert missing == [{"fact": "a", "pointer": "/a", "question": {"en": "a?", "zh": "〔a?〕"}, "norms": ["n"], "instruments": ["xx/act"]}]


def test_the_item_that_is_open_is_pointed_at():
    told = checker([norm("n", "Secret", perItem=True)], {"Secret": ["some", "dataItems", flag("secret")]})
    assert asked(told.check(flow(dataItems=[{"secret": False}, {}]))) == ["/dataItems/1/secret"]


def test_an_answered_question_is_not_put_again():
    """Answering everything that is asked for, again and again, ends with nothing asked."""
    told = checker(
        [norm("n", "Mixed", exceptions=["e"]), norm("e", "D", "Exemption")],
        {"Mixed": ["and", XX, ["or", flag("a"), ["and", flag("b"), flag("c")]]]},
    )
    facts: dict[str, object] = {}
    for _ in range(6):
        missing = told.check(flow(**facts))["missing"]
        if not missing:
            break
        for question in missing:
            assert question["fact"] not in facts
            facts[question["fact"]] = "XX" if question["fact"] == "to" else question["fact"] not in ("a", "d")
    assert told.check(flow(**facts))["verdict"] == "conditional"
