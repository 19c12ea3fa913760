"""Missing facts: what a verdict waits for, then what the plan hangs on; of one norm the required core first."""

from __future__ import annotations

import pytest

from tests.tiny import checker, flag, flow, norm

SIGNED = flag("signed")
XX = ["place", "to", ["territory", "XX"]]


def asked(answer):
    return [m["pointer"] for m in answer["missing"]]


def by_tier(answer):
    return [(m["pointer"], m["tier"]) for m in answer["missing"]]


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


def test_a_norm_asks_for_the_core_alone_while_it_waits_for_that():
    told = checker([norm("n", "Out")], {"Out": ["and", flag("a"), XX]})
    assert asked(told.check(flow())) == ["/to"]
    assert asked(told.check(flow(to="XX"))) == ["/a"]


def test_the_open_core_of_one_law_hides_no_question_of_another():
    told = checker([norm("n", "Out"), norm("m", "B", instrument="yy/act")], {"Out": ["and", flag("a"), XX]})
    assert asked(told.check(flow())) == ["/to", "/b"]


def test_the_core_of_a_party_counts_as_core():
    told = checker([norm("n", "Out")], {"Out": ["and", flag("a"), ["some", "importer", ["has", "kind", ["individual"]]]]})
    assert asked(told.check(flow(importer={}))) == ["/importer/kind"]
    assert asked(told.check(flow())) == ["/a", "/importer"]


def test_of_a_place_that_may_lie_on_either_side_the_part_is_asked_for():
    inner = checker([norm("n", "In")], {"In": ["place", "to", ["territory", "XX-1"]]})
    question = inner.check(flow(to="XX"))["missing"][0]
    assert (question["pointer"], question["question"]["en"]) == ("/to", "Which part of Xland is it? to?")
    assert [code["code"] for code in question["form"]["codes"]] == ["XX-1"]
    assert asked(inner.check(flow(to="YY"))) == []


@pytest.mark.parametrize("place", [["XX", "YY"], {"outside": "BODY"}])
def test_a_place_that_was_told_as_far_as_it_is_known_is_not_asked_for_again(place):
    inner = checker([norm("n", "In")], {"In": ["place", "to", ["territory", "XX-1"]]})
    answer = inner.check(flow(to=place))
    assert (asked(answer), answer["verdict"]) == ([], "needs-information")


def test_of_a_list_of_places_the_entry_that_is_too_coarse_is_pointed_at():
    inner = checker([norm("n", "In")], {"In": ["some", "importer", ["place", "establishedIn", ["territory", "XX-1"]]]})
    assert asked(inner.check(flow(importer={"kind": "organisation", "establishedIn": ["YY", "XX"]}))) == ["/importer/establishedIn/1"]


def test_what_would_show_a_due_demand_is_asked_for_the_plan():
    assert by_tier(checker([norm("n", "A", demand=SIGNED)]).check(flow(a=True))) == [("/signed", "plan")]
    assert by_tier(checker([norm("n", "A", demand=SIGNED)]).check(flow())) == [("/a", "verdict")]


def test_duties_around_the_flow_ask_only_where_that_is_wanted():
    told = checker([norm("n", "A", governs="around")])
    assert by_tier(told.check(flow())) == []
    assert by_tier(told.check(flow(), scope="all")) == [("/a", "around")]


def test_a_fact_has_the_tier_of_the_weightiest_norm_that_waits_for_it():
    told = checker([norm("n", "A", governs="around"), norm("m", "A", instrument="yy/act")])
    answer = told.check(flow(), scope="all")
    assert [(m["pointer"], m["tier"], m["norms"]) for m in answer["missing"]] == [("/a", "verdict", ["m"])]


@pytest.mark.parametrize(
    ("norms", "facts"),
    [
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
    assert missing == [
        {
            "fact": "a",
            "pointer": "/a",
            "question": {"en": "a?", "zh": "〔a?〕"},
            "tier": "verdict",
            "why": {"en": "decides whether this applies: n", "zh": "决定下列规范是否适用：〔n〕"},
            "form": {"type": "boolean", "value": None},
            "norms": ["n"],
            "instruments": ["xx/act"],
        }
    ]


def test_a_summary_asks_a_few_questions_and_counts_the_others():
    told = checker([norm("n", "Secret", perItem=True)], {"Secret": ["some", "dataItems", flag("secret")]})
    facts = flow(dataItems=[{"persons": number} for number in range(12)])
    assert len(told.check(facts)["missing"]) == 12
    brief = told.check(facts, detail="summary")
    assert (len(brief["missing"]), brief["missingMore"]) == (5, 7)


def test_the_codes_that_the_waiting_norm_speaks_of_come_first():
    told = checker([norm("n", "Play")], {"Play": ["has", "purposes", ["play"]]})
    form = told.check(flow())["missing"][0]["form"]
    assert [code["code"] for code in form["codes"]] == ["play", "none", "work"]
    assert (form["type"], form["value"]) == ("codes", [""])


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
