"""``comity try`` and the scenarios that it runs: what differs, what is owed, what cannot be read."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from comity.cli import app
from comity.curate.answered import answered
from comity.curate.clashes import Clash
from comity.curate.owed import Owed, one_fact_away, owed
from comity.curate.telling import tell_trial
from comity.curate.trial import Trial
from comity.scenarios.format import Scenario, ScenarioError, differences, read_scenarios
from tests import tiny


def scenario(name: str, like: str | None = None, but: dict[str, Any] | None = None, **description: Any) -> Scenario:
    return Scenario(name, Path("file.yaml"), tiny.flow(**description), {}, None, like, but or {})


@pytest.mark.parametrize(
    ("but", "day", "one"),
    [
        ({"/a": True}, "2025-06-02", True),
        ({}, "2026-06-02", True),
        ({"/asOf": "2026-06-02"}, "2026-06-02", True),
        ({"/a": True}, "2026-06-02", False),
        ({"/to": "YY", "/importer/establishedIn": ["YY"]}, "2025-06-02", True),
        ({"/totals/0/count": 7, "/dataItems/0/persons": 7}, "2025-06-02", True),
        ({"/a": True, "/b": False}, "2025-06-02", False),
        ({"/a": {"$absent": True}, "/b": {"$absent": True}}, "2025-06-02", False),
        ({}, "2025-06-02", False),
    ],
)
def test_a_day_or_two_places_of_one_value_are_one_fact(but, day, one):
    base = scenario("base", asOf="2025-06-02")
    assert one_fact_away(scenario("near", "base", but, asOf=day), base) is one


def test_a_norm_owes_a_scenario_until_it_fires_in_one_and_is_silent_in_its_neighbour():
    checker = tiny.checker([tiny.norm("N-1", "A", kind="Prohibition"), tiny.norm("N-2", "B", kind="Prohibition"), tiny.norm("N-3", "C")])
    fires, silent = scenario("fires", a=True, b=True), scenario("silent", "fires", {"/a": False}, a=False, b=True)
    told = [(each, answered(checker, each).fired) for each in (fires, silent)]
    assert owed(checker.program.norms, told) == Owed([], ["N-2"])
    assert owed(checker.program.norms, told[1:]) == Owed(["N-1"], ["N-1", "N-2"])


SOUND = """- name: a flow
  facts: {asOf: "2025-06-02", act: disclosure, to: YY}
  expect: {findings: [{norm: N-1, status: prohibited}]}
"""


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("- name: [\n", 2, "this is no YAML"),
        ("name: a flow\n", 1, "is a list"),
        ("- facts: {}\n", 1, "needs a name"),
        (SOUND + "- name: a flow\n", 4, "two scenarios are named"),
        (SOUND + "- name: other\n  like: a flo\n", 4, "did you mean 'a flow'?"),
        (SOUND + "- name: other\n  like: a flow\n  but: {/to/0/x: 1}\n", 4, "changes /to/0/x, which leads nowhere"),
        (SOUND + "- name: other\n  fact: {}\n", 4, "has the unknown key 'fact'; did you mean 'facts'?"),
        (SOUND + "- name: other\n  expect: {finding: []}\n", 4, "did you mean 'findings'?"),
        (SOUND + "- name: other\n  expect: {findings: [{norm: N-1}]}\n", 4, "write {norm: …, status: …}"),
        (SOUND + "- name: other\n  facts: none\n", 4, "write a mapping there"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_a_sentence_with_file_and_line(tmp_path, text, line, told):
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as fault:
        read_scenarios(tmp_path)
    assert str(fault.value).startswith(f"{tmp_path / 'x.yaml'}:{line}: ") and told in str(fault.value)


def test_facts_that_the_checker_refuses_are_a_difference(tmp_path):
    (tmp_path / "x.yaml").write_text(SOUND.replace("act: disclosure", "act: disclosur"), encoding="utf-8")
    (told,) = differences(tiny.checker([]), read_scenarios(tmp_path)[0])
    assert told.startswith("the facts cannot be read at /act: ")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["try", *arguments], env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stderr


def test_a_file_of_the_law_holds_and_a_wrong_expectation_is_told_with_its_line(root, tmp_path):
    source = root / "tests/scenarios/us/cloud-act"
    code, told = run(str(source))
    assert code == 0 and told.endswith("0 differ; 0 norms of us/cloud-act owe a scenario\n")
    text = (source / "agreements.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("verdict: {", "verdict: {us/none: prohibited, ", 1), encoding="utf-8")
    code, told = run(str(wrong))
    assert code == 1 and f"differs {wrong}:" in told and "verdict of us/none: not-regulated, expected prohibited" in told


def test_what_became_of_the_scenarios_is_told_in_chinese_when_asked():
    console = Console(file=StringIO(), width=400)
    trial = Trial(
        7,
        [(scenario("a [flow]"), ["N-1: due, expected met"])],
        Owed(["N-1"], ["N-1", "N-2"]),
        ["xx/act"],
        {Clash("N-3", "N-4"): ["a [flow]"]},
    )
    tell_trial(trial, "zh", console)
    assert console.file.getvalue().splitlines() == [
        "不符    file.yaml:0  a [flow]",
        "    N-1: due, expected met",
        "尚缺    使其适用的情景：N-1",
        "尚缺    使其不适用、且与使其适用的情景仅有一项事实不同的情景：N-1、N-2",
        "矛盾    N-3（许可或者已满足）与 N-4 同时见于 1 个答复，例如：a [flow]",
        "7 个情景，1 个不符；xx/act 中有 2 项规范尚缺情景",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert run(str(tmp_path / "none.yaml"))[0] == 2
