"""``comity coverage``: what the graph holds of the law of places, in a terminal and as JSON; and the exit code of what it does not hold."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from comity import cli
from comity.law.program import Program
from comity.show.coverage import UnknownPlace, show_coverage
from comity.show.summary import print_summary
from tests import tiny
from tests.test_manifest import write

STATEMENTS = [
    tiny.held("XX", "part", note={"en": "Roads are lacking.", "zh": "缺少道路。"}),
    tiny.held("BODY", "none", note={"en": "Nothing of the body.", "zh": "组织未收录。"}),
]


@pytest.fixture(scope="module")
def program() -> Program:
    """A world of which little is held."""
    coverage = {"subjects": ["transfer"], "decidingSubjects": ["transfer"], "decidingRoles": ["departure"], "statements": STATEMENTS}
    data = tiny.program([tiny.norm("N", "A", "Permission")], coverage=coverage)
    data["placeLabels"] |= {"XX-1": tiny.words("North Xland"), "BODY": tiny.words("the Body")}
    data["schema"] = {**data["schema"], "placeNames": {"xland": "XX", "〔xland〕": "XX"}}
    return Program(data, {})


def told(program: Program, *names: str, lang: str = "en", as_json: bool = False, day: date = date(2025, 6, 2)) -> str:
    written = io.StringIO()
    show_coverage(program, names, day, lang, as_json=as_json, console=Console(file=written, width=160))
    return written.getvalue()


def cells(table: str) -> list[list[str]]:
    """The rows of a table, without its head and frame."""
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in table.splitlines() if line.startswith("│")]


def test_every_statement_is_listed_by_default(program):
    assert cells(told(program)) == [
        ["the Body", "transfer", "none", "the Body", "Nothing of the body."],
        ["Xland", "transfer", "part", "Xland", "Roads are lacking."],
    ]


def test_a_place_is_told_with_the_law_above_it_and_that_nothing_is_held_of_its_own(program):
    own = "No statement of its own: the graph holds nothing of it."
    assert cells(told(program, "XX-1", "yy")) == [
        ["North Xland", "transfer", "part", "Xland", "Roads are lacking."],
        ["", "", "", "North Xland", own],
        ["Yland", "transfer", "none", "the Body", "Nothing of the body."],
        ["", "", "", "Yland", own],
    ]


def test_a_report_in_chinese_has_no_code(program):
    assert cells(told(program, "〔XLAND〕", lang="zh")) == [["〔Xland〕", "数据传输", "部分", "〔Xland〕", "缺少道路。"]]


def test_as_json(program, capsys):
    told(program, "Xland", as_json=True)
    (found,) = json.loads(capsys.readouterr().out)
    assert found == {"place": "XX", "label": tiny.words("Xland"), "subject": "transfer", "state": "part", "statements": [STATEMENTS[0]]}


def test_an_unknown_place_is_refused_with_the_nearest(program):
    with pytest.raises(UnknownPlace, match=r"no place or body 'Xlant'\. Nearest: Xland"):
        told(program, "Xlant")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, list(arguments), env={"COLUMNS": "160", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stdout, result.stderr


def test_the_command_reads_the_dataset_that_is_named(tmp_path: Path):
    dataset = str(write(tmp_path / "dataset"))
    code, out, _ = run("coverage", "XX", "--dataset", dataset, "--as-of", "2025-06-02")
    assert (code, cells(out)[0][:3]) == (0, ["Xland", "transfer", "whole"])
    code, _, err = run("coverage", "Nowhere", "--dataset", dataset)
    assert code == 2 and "no place or body 'Nowhere'" in err
    code, _, err = run("coverage", "--as-of", "june", "--dataset", dataset)
    assert code == 2 and "write a day as 2026-01-31" in err
    assert run("coverage", "--dataset", str(tmp_path / "none"))[0] == 3


def test_a_check_of_what_is_not_held_ends_with_a_code_of_its_own_and_says_so(tmp_path: Path):
    dataset = str(write(tmp_path / "dataset"))
    flow = tmp_path / "flow.json"
    flow.write_text(json.dumps(tiny.flow(a=False, **{"from": {"outside": "XX-1"}})))
    code, out, _ = run("check", str(flow), "--dataset", dataset)
    assert code == 15 and " not-covered " in out and "Law that the graph does not hold in full" in out
    code, out, _ = run("check", str(flow), "--dataset", dataset, "--lang", "zh")
    assert code == 15 and " 法律未收录 " in out and "图谱未完整收录的法律" in out


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "outside Xland (departure, storage): in part: ai; nothing on: transfer, sectors"),
        ("zh", "〔Xland〕以外（起点、存放）：部分：人工智能；未收录：数据传输、行业"),
    ],
)
def test_an_answer_tells_each_place_in_one_line(language, line):
    place = {
        "place": {"outside": "XX"},
        "label": tiny.words("Xland"),
        "roles": ["departure", "storage"],
        "subjects": {"ai": "part", "transfer": "none", "sectors": "none"},
    }
    answer = {**tiny.checker([tiny.norm("N", "A")]).check(tiny.flow(a=True)), "coverage": [place]}
    written = io.StringIO()
    print_summary(answer, Console(file=written, width=200), language)
    assert line in written.getvalue()
