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
from comity.terminal import CODES_IN_CHINESE, print_answer


def test_chinese_words_for_codes_are_those_of_the_ontology(graph):
    kinds = ("FindingStatusValue", "VerdictValue", "ConflictKindValue", "CoverageSubjectValue", "CoverageStateValue", "PlaceRoleValue")
    values = [value for kind in kinds for value in graph.subjects(RDF.type, C[kind])]
    assert {str(graph.value(value, SKOS.notation)): words(graph, value)["zh"] for value in values} == CODES_IN_CHINESE


@pytest.fixture(scope="module")
def answers(checker, root) -> list[dict]:
    examples = sorted((root / "examples").glob("*.json"))
    return [checker.check(json.loads(path.read_text(encoding="utf-8"))) for path in examples]


def report(answer: dict, language: str) -> str:
    written = io.StringIO()
    print_answer(answer, Console(file=written, width=4000), language)
    return written.getvalue()


def test_a_chinese_report_names_no_status_verdict_or_conflict_by_its_english_code(answers):
    for answer in answers:
        told = report(answer, "zh")
        codes = {code for code in CODES_IN_CHINESE if re.search(rf"(?<![\w/-]){code}(?![\w/-])", told)}
        assert codes == set() and "not encoded" not in told and "graph" not in told
        assert CODES_IN_CHINESE[answer["verdict"]] in told


def test_a_chinese_report_has_full_width_colons_and_brackets_of_its_own(answers):
    told = "\n".join(report(answer, "zh") for answer in answers)
    assert not re.search(r"(未纳入判断|未说明而视为无的事项|总体): ", told) and "未纳入判断：" in told


def test_an_english_report_shows_the_codes(answers):
    for answer in answers:
        assert f" {answer['verdict']} " in report(answer, "en") and " graph test " in report(answer, "en")
