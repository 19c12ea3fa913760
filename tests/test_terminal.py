"""The report of a check in a terminal, in both languages."""

from __future__ import annotations

import io
import json
import re

import pytest
from rdflib import RDF
from rdflib.namespace import SKOS
from rich.console import Console

from comity.rdf.names import C, words
from comity.show.summary import print_summary, print_timeline, print_variants
from comity.terminal import CODES_IN_CHINESE, print_findings


def test_chinese_words_for_codes_are_those_of_the_ontology(graph):
    kinds = ("FindingStatusValue", "VerdictValue", "ConflictKindValue", "CoverageSubjectValue", "CoverageStateValue", "PlaceRoleValue")
    values = [value for kind in kinds for value in graph.subjects(RDF.type, C[kind])]
    assert {str(graph.value(value, SKOS.notation)): words(graph, value)["zh"] for value in values} == CODES_IN_CHINESE


@pytest.fixture(scope="module")
def answers(checker, root) -> list[dict]:
    examples = sorted((root / "examples").glob("*.json"))
    return [checker.check(json.loads(path.read_text(encoding="utf-8"))) for path in examples]


def printed(printer, answer: dict, language: str, width: int = 4000) -> str:
    written = io.StringIO()
    printer(answer, Console(file=written, width=width), language)
    return written.getvalue()


def report(answer: dict, language: str) -> str:
    return printed(print_summary, answer, language) + printed(print_findings, answer, language)


def test_a_chinese_report_names_no_status_verdict_or_conflict_by_its_english_code(answers):
    for answer in answers:
        told = report(answer, "zh")
        codes = {code for code in CODES_IN_CHINESE if re.search(rf"(?<![\w/-]){code}(?![\w/-])", told)}
        assert codes == set() and "not encoded" not in told
        assert CODES_IN_CHINESE[answer["verdict"]] in told


def test_a_chinese_report_has_full_width_colons_and_brackets_of_its_own(answers):
    told = "\n".join(report(answer, "zh") for answer in answers)
    assert not re.search(r"(未纳入判断|未说明而视为无|不论该流动如何均存在的义务): ", told) and "未纳入判断：" in told


def test_an_english_report_shows_the_codes(answers):
    for answer in answers:
        assert f" {answer['verdict']} " in report(answer, "en") and " · test · " in report(answer, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_brief_report_numbers_the_steps_and_cites_them(answers, language):
    answer = next(answer for answer in answers if answer["plan"]["do"])
    told = printed(print_summary, answer, language).splitlines()
    steps = [line for line in told if re.match(r" *\d+\. ", line)]
    assert len(steps) >= len(answer["plan"]["do"]) and answer["plan"]["do"][0]["act"][language] in steps[0]
    first = answer["norms"][answer["plan"]["do"][0]["cures"][0]]
    assert any(first["provision"][language] in line and (first["url"] or "") in line for line in told)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_variants_and_timelines_are_tables(checker, root, language):
    flow = json.loads((root / "examples" / "prompts-to-a-foreign-model.json").read_text(encoding="utf-8"))
    stated = [{"name": "Germany", "patch": [{"op": "replace", "path": "/to", "value": "DE"}]}, {"name": "as it is"}]
    answer = checker.check({**flow, "variants": stated})
    told = printed(print_variants, answer, language, width=160)
    assert all(row["name"] in told for row in answer["variants"])
    found = checker.timeline(flow)
    told = printed(print_timeline, found, language)
    assert found["changes"] and all(change["on"] in told for change in found["changes"])
