"""The figures of the benchmark of answers, on worlds in which they can be counted by hand. No time is asserted."""

from __future__ import annotations

import pytest

from bench import answers
from bench.answer_cost import with_variants
from bench.flows import with_other_figures
from tests.plan.world import planner
from tests.tiny import flag, flow, norm

NORMS = [
    norm("SIGN", "Both", demand=flag("signed")),
    norm("BAN", "B", "Prohibition"),
    norm("WORD", "C"),
    norm("OPEN", "D", "Prohibition"),
]
UNSIGNED = flow(a=True, b=False, c=False, d=False, signed=False, filed=True)
FORBIDDEN = flow(a=False, b=True, c=False, d=False)
UNTESTED = flow(a=False, b=False, c=True, d=False)
UNTOLD = flow(a=False, b=False, c=False)
FLOWS = [UNSIGNED, FORBIDDEN, UNTESTED, UNTOLD]


@pytest.fixture(scope="module")
def checker():
    return planner(NORMS, {"Both": ["and", flag("a"), flag("filed")]})


@pytest.fixture(scope="module")
def figures(checker):
    return {name: (value, unit) for name, value, unit in answers.measure(checker, FLOWS)}


def test_shares_are_counted_over_the_answers_of_their_verdict(checker, figures):
    assert [checker.check(each)["verdict"] for each in FLOWS] == ["conditional", "prohibited", "conditional", "needs-information"]
    assert figures["needs_information"] == (25, "%")
    assert figures["conditional_with_way"] == (50, "%")
    assert figures["conditional_only_to_confirm"] == (50, "%")
    assert figures["prohibited_with_way"] == (0, "%")
    assert figures["prohibited_with_way_or_stopped"] == (100, "%")


def test_a_way_out_of_the_situation_is_no_way_of_the_flow():
    nothing = {"confirm": [], "do": [], "oneOf": [], "instead": []}
    assert not answers.has_way({"plan": nothing | {"instead": [{"do": [1]}]}})
    assert not answers.has_way({"plan": nothing | {"confirm": [{"change": []}]}})
    assert answers.has_way({"plan": nothing | {"confirm": [{"change": [1]}]}})
    assert answers.has_way({"plan": nothing | {"oneOf": [{}]}})


def test_facts_are_counted_of_reasons_that_are_known(checker, figures):
    known = [f for each in FLOWS for f in checker.check(each)["findings"] if f["status"] != "unknown"]
    assert [(f["norm"], len(f["because"])) for f in known] == [("SIGN", 2), ("BAN", 1), ("WORD", 1)]
    assert figures["facts_per_reason_mean"][0] == pytest.approx(4 / 3)
    assert figures["facts_per_reason_p50"][0] == 1


def test_a_question_without_text_in_either_language_is_counted():
    leg = {"findings": [], "missing": [{"question": {"en": "a?", "zh": ""}}, {"question": {}}, {"question": {"en": "b?", "zh": "乙？"}}]}
    told = {name: value for name, value, _ in answers.told([], [{"legs": [leg, leg]}])}
    assert (told["questions"], told["questions_without_text"]) == (6, 4)


def test_sizes_are_those_of_the_answer_in_both_languages_and_in_one(checker, figures):
    sizes = sorted(len(checker.check_json(each, "summary")) for each in FLOWS)
    assert figures["summary_kb_p50"] == (pytest.approx((sizes[1] + sizes[2]) / 2000), "kB")
    assert figures["summary_one_language_kb_p50"][0] < figures["summary_kb_p50"][0] < figures["all_kb_p50"][0]


def test_lines_that_are_never_broken_are_folded_by_the_terminal():
    def show(answer, console, language):
        for text in answer:
            console.print(text, soft_wrap=True)

    assert answers.lines(["x" * 100, "x" * 101, ""], show) == 4


def test_the_variants_are_as_many_as_the_places_and_each_is_judged(checker):
    many = with_variants(checker, with_other_figures(UNSIGNED, 1))
    assert [row["name"] for row in checker.check(many)["variants"]] == ["XX", "YY"]
