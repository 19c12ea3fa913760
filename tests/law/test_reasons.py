"""Reasons: sentences in English and Chinese that name the provision, the facts and what exempts."""

from __future__ import annotations

import re

import pytest

from comity.law.judgement import Rank, Ruling
from comity.law.norm import STATUSES
from comity.law.reasons import Narrator
from comity.logic.explain import Fact
from tests.tiny import checker, flag, flow, norm


def told(norms, classes=None, **facts):
    return checker(norms, classes).check(flow(**facts))["findings"]


def test_a_reason_names_the_provision_and_the_facts_in_both_languages():
    (finding,) = told([norm("n", "A", "Prohibition")], a=True)
    assert finding["reason"] == {
        "en": "art. n applies and forbids this, because a: yes.",
        "zh": "〔art. n〕适用，并禁止该行为，依据：〔a〕：是。",
    }


def test_a_reason_names_what_exempts():
    duty = next(f for f in told([norm("n", "A", exceptions=["e"]), norm("e", "B", "Exemption")], a=True, b=True) if f["norm"] == "n")
    assert duty["reason"]["en"] == "art. n would apply, but art. e takes the flow out, because a: yes."
    assert duty["reason"]["zh"] == "〔art. n〕本应适用，但因〔art. e〕而排除，依据：〔a〕：是。"


def test_a_reason_says_whose_fact_it_is_where_parties_stand_in_positions():
    classes = {"Both": ["and", ["some", "exporter", flag("listed")], ["some", "importer", ["not", flag("listed")]]]}
    (finding,) = told([norm("n", "Both")], classes, exporter={"listed": True}, importer={"listed": False})
    assert finding["reason"]["en"].endswith("because listed (exporter): yes; listed (importer): no.")
    assert finding["reason"]["zh"].endswith("〔listed〕（〔exporter〕）：是；〔listed〕（〔importer〕）：否。")


def test_a_norm_whose_exception_is_open_tells_what_the_exception_wants_to_know():
    (duty,) = [f for f in told([norm("n", "A", exceptions=["e"]), norm("e", "B", "Exemption")], a=True) if f["norm"] == "n"]
    assert duty["status"] == "unknown"
    assert [fact["path"] for fact in duty["because"]] == ["/b"]
    assert duty["reason"]["en"].endswith(
        "applies unless an exception takes the flow out, which cannot be decided yet, because b: not stated."
    )


class Labels:
    """The same words for every key and every provision."""

    def key(self, kind, key):
        return {"en": "k", "zh": "键"}

    def value(self, kind, key, value):
        return {"en": f"{value}!", "zh": f"{value}！"}

    def position(self, key):
        return None

    def provision(self, iri):
        return {"en": "art. 1", "zh": "第一条"}

    def is_evaluative(self, fact):
        return False


def narrator():
    return Narrator(Labels())


@pytest.mark.parametrize("status", STATUSES[1:])
def test_every_status_has_a_sentence_in_both_languages(status):
    (entry,) = checker([norm("n", "A")]).program.norms
    words = narrator().reason(Ruling(entry, 0, status, True, None, Rank.PERMITTED, exempted_by=[entry]), [])
    assert re.fullmatch(r"art\. 1 [a-z].*\.", words["en"]) and "{" not in words["en"]
    assert re.fullmatch(r"第一条[^a-zA-Z]*。", words["zh"]) and "{" not in words["zh"]


def test_met_while_the_scope_is_open_says_may():
    (finding,) = told([norm("n", "A", demand=flag("signed"))], signed=True)
    assert "may apply" in finding["reason"]["en"]
    assert "可能适用" in finding["reason"]["zh"]


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (True, "yes", "是"),
        (False, "no", "否"),
        (None, "none", "无"),
        ([], "none", "无"),
        (1234567, "1,234,567", "1,234,567"),
        ((5.0, float("inf")), "at least 5.0", "不少于 5.0"),
        ({"atLeast": 1000, "atMost": 2000}, "at least 1,000 and at most 2,000", "不少于 1,000，不多于 2,000"),
        ({"atMost": 2000}, "at most 2,000", "不多于 2,000"),
        (["x", "y"], "x!, y!", "x！、y！"),
        ({"in": "x"}, "inside x!", "位于x！境内"),
        ({"outside": "x"}, "outside x!", "位于x！境外"),
        ({"yes": ["x"], "no": []}, "x!; others not stated", "x！；其他未说明"),
        ({"yes": [], "no": ["x"]}, "not x!; others not stated", "非x！；其他未说明"),
        ({"id": 1}, "see the description", "见描述"),
        ([{"k": 1}, {"k": 2}], "2 stated", "已说明 2 项"),
    ],
)
def test_values_in_words(value, en, zh):
    assert narrator().facts([Fact("/k", "DataFlow", "k", value)])[0]["valueLabel"] == {"en": en, "zh": zh}


def test_only_what_decides_is_told():
    classes = {"Either": ["or", flag("a"), flag("b")], "Both": ["and", flag("a"), flag("b")]}
    assert [f["path"] for f in told([norm("n", "Either")], classes, a=True, b=True)[0]["because"]] == ["/a"]
    assert [f["path"] for f in told([norm("n", "Either")], classes, a=False, b=True)[0]["because"]] == ["/b"]
    assert [f["path"] for f in told([norm("n", "Both")], classes, a=True, b=True)[0]["because"]] == ["/a", "/b"]
    assert [f["path"] for f in told([norm("n", "Both")], classes, a=True)[0]["because"]] == ["/b"]


def test_a_negation_is_told_by_what_it_denies():
    assert [f["path"] for f in told([norm("n", "NotA")], {"NotA": ["not", flag("a")]}, a=False)[0]["because"]] == ["/a"]


def test_the_object_that_decides_is_pointed_at():
    classes = {"Out": ["some", "importer", ["some", "controlledBy", flag("listed")]]}
    (finding,) = told([norm("n", "Out")], classes, importer={"controlledBy": [{"listed": False}, {"listed": True}]})
    assert [f["path"] for f in finding["because"]] == ["/importer/controlledBy/1/listed"]


def test_what_was_taken_from_the_asker_is_listed_apart():
    answer = checker([norm("n", "Knowing")], {"Knowing": flag("knows")}).check(flow(knows=True))
    assert [fact["path"] for fact in answer["evaluations"]] == ["/knows"]


def test_gaps_are_repeated_beside_the_finding():
    gap = {"en": "says nothing of ships", "zh": "未涉及船舶"}
    assert told([norm("n", "A", leavesOut=gap)], a=True)[0]["leavesOut"] == gap
