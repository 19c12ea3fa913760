"""The cases of the tutorial go as it tells: each description, its answers and its plan are checked; reports in the pages are real."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from rich.console import Console

from comity.flow.patch import patched
from comity.paths import source_root
from comity.show.summary import print_summary

PAGE = (source_root() / "docs" / "tutorial.md").read_text(encoding="utf-8")
CASES = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```(json|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WIDTH = 110


def put(description: Any, answers: dict[str, Any]) -> Any:
    """Put each value at its pointer."""
    return patched(description, [{"op": "add", "path": pointer, "value": value} for pointer, value in answers.items()], "")


def after_the_plan(description: Any, plan: dict[str, Any]) -> Any:
    """Apply the patches of all steps, and those of the first way."""
    for part in (plan, *plan["oneOf"][:1]):
        for step in [*part["confirm"], *part["do"]]:
            description = patched(description, step["change"], "")
    return description


def lines(answer: dict[str, Any]) -> list[str]:
    """The report on an answer, line by line."""
    printed = io.StringIO()
    print_summary(answer, Console(file=printed, width=_WIDTH), "en")
    return [line.rstrip() for line in printed.getvalue().splitlines()]


def lacking(report: list[str], answer: dict[str, Any]) -> list[str]:
    """The lines of a shortened report that the report on an answer does not have."""
    real = lines(answer)
    return [line for line in report if line != "…" and line not in real] + ([] if report[0] == real[0] else [report[0]])


def test_the_report_on_the_front_page_is_real(checker):
    page = (source_root() / "README.md").read_text(encoding="utf-8")
    (command, *report), *others = [text.splitlines() for kind, text in _FENCE.findall(page) if kind == "text"]
    assert others == []
    file = source_root() / command.removeprefix("$ comity check ")
    assert lacking(report, checker.check(json.loads(file.read_text(encoding="utf-8")), "summary")) == []


def test_there_are_three_cases():
    assert len(CASES) == 3


@pytest.mark.parametrize(("title", "text"), CASES, ids=[title for title, _ in CASES])
def test_a_case_goes_as_the_tutorial_tells(checker, title, text):
    blocks = _FENCE.findall(text)
    assert [kind for kind, _ in blocks][:4] == ["json", "text", "json", "text"]
    described, answered = json.loads(blocks[0][1]), json.loads(blocks[2][1])
    told_later = json.loads(blocks[4][1]) if blocks[4][0] == "json" else {}
    completed = put(described, answered)
    planned = after_the_plan(completed, checker.check(completed, "summary")["plan"])
    reports = [content for kind, content in blocks if kind == "text"]
    for flow, report in zip((described, completed, put(planned, told_later)), reports, strict=True):
        assert lacking(report.splitlines(), checker.check(flow, "summary")) == []
