"""Norms that a party pleads: each has a finding, also where it does not apply, which changes nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from comity.check.checker import Checker
from comity.compile.situations import ClassCompiler
from comity.compile.statements import CompileError
from comity.flow.problems import DescriptionError
from tests.tiny import FLOW, SCHEMA, flag, flow, key, norm, program

Json = dict[str, Any]
FAULTS: dict[str, Json] = json.loads(Path(__file__).with_name("pleaded.json").read_text(encoding="utf-8"))


def statuses(answer: Json) -> dict[str, str]:
    return {found["norm"]: found["status"] for found in answer["findings"]}


def asking(*norms: Json, **classes: Any):
    told = {**program(list(norms), classes), "schema": {**SCHEMA, "norms": {entry["id"]: entry["instrument"] for entry in norms}}}
    told["schema"]["nodes"] = {**SCHEMA["nodes"], "DataFlow": {**FLOW, "pleaded": key("norms", "pleaded")}}
    return Checker(told)


FACTS = {"asOf": "2025-06-02", "a": True, "b": False, "c": False, "d": True}
EXEMPT = {"Exempt": ["and", flag("a"), flag("b"), ["or", flag("c"), ["not", flag("d")]]]}


def test_a_norm_that_is_pleaded_and_fails_is_told_with_every_condition_that_fails():
    answer = asking(norm("BAN", "A"), norm("OUT", "Exempt", "Exemption"), **EXEMPT).check({**FACTS, "pleaded": ["OUT"]})
    found = {each["norm"]: each for each in answer["findings"]}
    assert found["OUT"]["status"] == "not-applicable" and found["OUT"]["pleaded"] is True and "pleaded" not in found["BAN"]
    assert [fact["path"] for fact in found["OUT"]["because"]] == ["/b", "/c", "/d"]
    assert found["OUT"]["reason"]["en"].startswith("art. OUT is pleaded and does not apply, because ")
    assert found["OUT"]["reason"]["zh"].count("虽被主张，但不适用，依据：") == 1


def test_a_plea_changes_nothing_else():
    asked = asking(norm("BAN", "A"), norm("OUT", "Exempt", "Exemption"), norm("NOTE", "B"), **EXEMPT)
    plain, pleading = asked.check(FACTS), asked.check({**FACTS, "pleaded": ["OUT", "BAN", "NOTE"]})
    assert statuses(pleading) == {**statuses(plain), "OUT": "not-applicable", "NOTE": "not-applicable"}
    assert {k: v for k, v in pleading.items() if k not in ("findings", "request")} == {
        k: v for k, v in plain.items() if k not in ("findings", "request")
    }


@pytest.mark.parametrize(("b", "status"), [(True, "permitted"), (..., "unknown")])
def test_a_norm_that_applies_or_may_is_told_as_ever(b, status):
    facts = {k: v for k, v in {**FACTS, "b": b, "c": True, "pleaded": ["OUT"]}.items() if v is not ...}
    assert statuses(asking(norm("OUT", "Exempt", "Exemption"), **EXEMPT).check(facts)) == {"OUT": status}


def test_a_norm_that_is_not_in_force_says_so():
    asked = asking(norm("OUT", "A", "Exemption", until="2025-01-01"))
    (found,) = asked.check({**FACTS, "pleaded": ["OUT"]})["findings"]
    assert found["because"] == [] and found["reason"]["en"].endswith("because it is not in force on the day asked.")


def test_an_unknown_identifier_is_refused_with_the_nearest():
    with pytest.raises(DescriptionError) as fault:
        asking(norm("OUT-1", "A"), norm("BAN-2", "B")).check({**FACTS, "pleaded": ["OUT-2"]})
    assert "/pleaded/0" in str(fault.value) and "OUT-1" in str(fault.value)


def test_no_condition_may_read_a_plea(graph):
    keys = {"DataFlow": {"pleaded": {"kind": "norms"}}}
    with pytest.raises(CompileError, match="no condition may read it"):
        ClassCompiler(graph, keys, {}).key("DataFlow", "pleaded")


def test_an_answer_kept_without_the_plea_is_not_given_with_it():
    asked = asking(norm("OUT", "Exempt", "Exemption"), **EXEMPT)
    for _ in range(2):
        assert statuses(asked.check(FACTS)) == {}
        assert statuses(asked.check({**FACTS, "pleaded": ["OUT"]})) == {"OUT": "not-applicable"}


@pytest.mark.parametrize(
    ("fault", "identifier", "fact"),
    [("pleaded-01-group-support", "CFR202-506", "/transaction/incidentTo"), ("pleaded-02-hr-rules", "PROV-5-1-2", "/labourRules")],
)
def test_an_exemption_that_fails_for_want_of_one_thing_names_it(checker, fault, identifier, fact):
    answer = checker.check({**FAULTS[fault], "pleaded": [identifier]})
    found = next(each for each in answer["findings"] if each["norm"] == identifier)
    assert found["status"] == "not-applicable" and fact in [told["path"] for told in found["because"]]


def test_the_identifier_of_a_norm_stands_for_its_law_where_a_law_is_named():
    told = {**program([norm("duty", "A")]), "schema": {**SCHEMA, "norms": {"duty": "xx/act"}, "references": ["xx/act"]}}
    told["schema"]["nodes"] = {**SCHEMA["nodes"], "DataFlow": {**FLOW, "under": key("refs", "under")}}
    named = Checker(told)
    assert [str(leg.get("under")) for leg in named.read(flow(under=["duty"])).legs] == [str(frozenset({"xx/act"}))]
    with pytest.raises(DescriptionError):
        named.read(flow(under=["dooty"]))
