"""Reasons: sentences in English and Chinese that name the provision, the facts and what exempts."""

from __future__ import annotations

import re

import pytest

from comity.law.grounds import Chain
from comity.law.judgement import Rank, Ruling
from comity.law.norm import STATUSES
from comity.law.reasons import Narrator
from comity.logic.facts import Fact
from tests.tiny import FLOW, SCHEMA, checker, flag, flow, norm, words


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
    assert duty["reason"]["en"] == "art. n would apply, but art. e takes the flow out, because b: yes."
    assert duty["reason"]["zh"] == "〔art. n〕本应适用，但因〔art. e〕而排除，依据：〔b〕：是。"


def test_a_reason_says_whose_fact_it_is_where_parties_stand_in_positions():
    denied = ["has", "listed", [False]]
    classes = {"Both": ["and", ["some", "exporter", flag("listed")], ["some", "importer", denied]]}
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

    def thing(self, kind, key, raw):
        return raw["id"], {"en": f"thing {raw['id']}", "zh": f"物{raw['id']}"}

    def value_kind(self, kind, key):
        return {"day": "date", "moment": "op-dateTime", "valid": "op-validOn", "thing": "node"}.get(key, "codes")

    def unit(self, kind, key):
        return {"en": " people", "zh": "人"} if key == "persons" else {}

    def stance(self, position):
        return {"en": f"as {position} says", "zh": f"{position}说"}

    def position(self, key):
        return {"en": "sender", "zh": "发送方"} if key == "exporter" else None

    def term(self, name):
        return {"notation": f"xx/{name}", "label": {"en": f"a {name}", "zh": f"〔{name}〕"}}

    def standing(self, path):
        return {"en": "given by", "zh": "作出者"}

    def provision(self, iri):
        return {"en": "art. 1", "zh": "第一条"}

    def is_evaluative(self, fact):
        return False


def narrator():
    return Narrator(Labels())


@pytest.mark.parametrize("status", STATUSES[1:])
def test_every_status_has_a_sentence_in_both_languages(status):
    (entry,) = checker([norm("n", "A")]).program.norms
    words = narrator().reason(Ruling(entry, 0, status, True, None, Rank.PERMITTED, exempted_by=[entry]), Chain())
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
        ((5.0, float("inf")), "at least 5", "不少于 5"),
        (2.5, "2.5", "2.5"),
        ({"atLeast": 1000, "atMost": 2000}, "at least 1,000 and at most 2,000", "不少于 1,000，不多于 2,000"),
        ({"atMost": 2000}, "at most 2,000", "不多于 2,000"),
        (["x", "y"], "x!, y!", "x！、y！"),
        ({"in": "x"}, "inside x!", "位于x！境内"),
        ({"outside": "x"}, "outside x!", "位于x！境外"),
        ({"yes": ["x"], "no": []}, "x!; others not stated", "x！；其他未说明"),
        ({"yes": [], "no": ["x"]}, "not x!; others not stated", "非x！；其他未说明"),
        ({"id": "x"}, "thing x", "物x"),
        ([{"id": "x"}, {"id": "y"}], "thing x, thing y", "物x、物y"),
    ],
)
def test_values_in_words(value, en, zh):
    assert narrator().facts([Fact("/k", "DataFlow", "k", value)])[0]["valueLabel"] == {"en": en, "zh": zh}


@pytest.mark.parametrize(
    ("key", "value", "shown", "en", "zh"),
    [
        ("persons", 1200000, 1200000, "1,200,000 people", "1,200,000人"),
        ("persons", {"atLeast": 5}, {"atLeast": 5}, "at least 5 people", "不少于 5人"),
        ("day", "2026-03-01", "2026-03-01", "1 March 2026", "2026年3月1日"),
        ("moment", (1772323200.0, 1772323200.0), "2026-03-01", "1 March 2026", "2026年3月1日"),
        ("thing", {"id": "x", "amount": 1}, "x", "thing x", "物x"),
    ],
)
def test_numbers_dates_and_objects_are_told_as_people_tell_them(key, value, shown, en, zh):
    (told,) = narrator().facts([Fact("/k", "DataFlow", key, value)])
    assert (told["value"], told["valueLabel"]) == (shown, {"en": en, "zh": zh})


def test_a_validity_is_told_with_its_dates_and_is_assumed_without():
    dated = Fact("/g/valid", "Ground", "valid", frozenset((True,)), {"validFrom": "2026-03-01", "validUntil": "2027-03-01"})
    told, assumed = narrator().facts([dated, Fact("/h/valid", "Ground", "valid", frozenset((True,)))])
    assert told["valueLabel"]["en"] == "yes, from 1 March 2026, until 1 March 2027" and "assumed" not in told
    assert assumed["valueLabel"]["zh"] == "是" and assumed["assumed"] is True


def test_a_fact_that_silence_stands_for_is_marked_in_the_list_and_in_the_sentence():
    fact = Fact("/exporter/k", "Party", "k", True)
    words = Narrator(Labels(), assumed={"/exporter/k"})
    assert words.facts([fact])[0]["assumed"] is True
    (entry,) = checker([norm("n", "A")]).program.norms
    told = words.reason(Ruling(entry, 0, "due", True, None, Rank.CONDITIONAL), Chain(direct=[fact]))
    assert told["en"].endswith("because k (sender): yes (assumed).") and told["zh"].endswith("依据：键（发送方）：是（推定）。")


def test_a_place_in_the_position_of_a_party_is_called_by_that_position():
    (told,) = narrator().facts([Fact("/officialStatus/0/by", "Place", "place", "x")])
    assert told["label"] == {"en": "given by", "zh": "作出者"}


TERMS = {
    "reported": [
        {
            "name": name,
            "notation": f"xx/{name}",
            "domain": domain,
            "label": words(label),
            "provisions": [],
            "instruments": [],
            "frame": frame,
        }
        for name, domain, label, frame in (
            ("Listed", "Party", "listed party", False),
            ("Dealing", "DataFlow", "dealing", False),
            ("Deal", "DataFlow", "deal", True),
        )
    ]
}
DEAL = {"Listed": flag("listed"), "Dealing": ["and", flag("a"), ["some", "exporter", ["is", "Listed"]]], "Deal": ["is", "Dealing"]}


def deal(when, classes, **facts):
    return checker([norm("n", when)], {**DEAL, **classes}, **TERMS).check(flow(**facts))["findings"][0]


def test_a_reason_goes_from_the_norm_through_legal_classes_to_facts():
    classes = {"When": ["and", ["some", "exporter", ["is", "Listed"]], flag("b")]}
    found = deal("When", classes, b=True, exporter={"listed": True})
    assert [(link["class"], link["on"], [fact["path"] for fact in link["because"]]) for link in found["chain"]] == [
        ("xx/Listed", "/exporter", ["/exporter/listed"])
    ]
    assert [fact["path"] for fact in found["because"]] == ["/exporter/listed", "/b"]
    assert found["reason"]["en"].endswith("because exporter: listed party (listed: yes); b: yes.")


def test_the_outermost_class_is_told_and_a_frame_gives_way_to_those_below_it():
    found = deal("Deal", {}, a=True, exporter={"listed": True})
    assert [link["class"] for link in found["chain"]] == ["xx/Dealing"]


def test_a_class_that_another_names_already_is_not_told_again():
    classes = {"When": ["and", ["is", "Dealing"], ["some", "exporter", ["is", "Listed"]]]}
    assert [link["class"] for link in deal("When", classes, a=True, exporter={"listed": True})["chain"]] == ["xx/Dealing"]


def test_what_is_not_there_is_told_only_where_that_decides():
    classes = {"Both": ["and", flag("a"), ["not", flag("b")]], "Neither": ["and", ["not", flag("a")], ["not", flag("b")]]}
    assert [f["path"] for f in told([norm("n", "Both")], classes, a=True, b=False)[0]["because"]] == ["/a"]
    assert [f["path"] for f in told([norm("n", "Neither")], classes, a=False, b=False)[0]["because"]] == ["/a", "/b"]


def test_background_is_told_only_where_nothing_else_decides():
    schema = {**SCHEMA, "nodes": {**SCHEMA["nodes"], "DataFlow": {**FLOW, "b": {**FLOW["b"], "background": True}}}}
    classes = {"Both": ["and", flag("a"), flag("b")]}
    asked = checker([norm("n", "Both"), norm("m", "B")], classes, schema=schema)
    found = {each["norm"]: [fact["path"] for fact in each["because"]] for each in asked.check(flow(a=True, b=True))["findings"]}
    assert found == {"n": ["/a"], "m": ["/b"]}


def part(name, expression, **more):
    return {"name": words(name), "expression": expression, **more}


def demanding(**more):
    parts = [part("a signature", flag("signed")), part("a filing", flag("filed"))]
    return norm("n", "A", demand=["and", flag("signed"), flag("filed")], parts=parts, **more)


@pytest.mark.parametrize(
    ("facts", "status", "lacking", "sentence"),
    [
        ({}, "due", [("a signature", None), ("a filing", None)], "applies; nothing stated shows this: a signature; a filing, because"),
        ({"signed": True}, "due", [("a filing", None)], "applies; nothing stated shows this: a filing, because"),
        (
            {"signed": False},
            "unmet",
            [("a signature", False), ("a filing", None)],
            "this is stated not to be in place: a signature, because",
        ),
    ],
)
def test_what_a_norm_asks_for_and_a_flow_lacks_is_named(facts, status, lacking, sentence):
    (found,) = told([demanding()], a=True, **facts)
    assert found["status"] == status
    assert [(each["name"]["en"], each["demand"]) for each in found["lacking"]] == lacking
    assert sentence in found["reason"]["en"]


def test_what_is_met_lacks_nothing():
    (found,) = told([demanding()], a=True, signed=True, filed=True)
    assert found["status"] == "met" and "lacking" not in found


def test_each_position_is_told_with_what_it_leads_to():
    either = [norm("b", "A", "Prohibition", position="q-1", question="q"), norm("g", "A", "Permission", position="q-2", question="q")]
    ban = next(found for found in told(either, a=True) if found["norm"] == "b")
    assert ban["status"] == "contested"
    assert "is unsettled here: if “q-1”, it forbids this; if “q-2”, it does not apply, because a: yes." in ban["reason"]["en"]
    assert "若采“〔q-1〕”，则予以禁止；若采“〔q-2〕”，则不适用" in ban["reason"]["zh"]


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
