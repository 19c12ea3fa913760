"""``comity check --ask`` in a terminal: one question at a time, until nothing is open or the person ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity import cli
from comity.check.checker import Checker
from comity.cli import checking
from tests.tiny import flag, norm, program

FLOW = {"asOf": "2025-06-02"}
CLASSES = {"Big": ["and", flag("a"), ["num", "number", 100, False, None, False]], "Away": ["place", "to", ["territory", "XX"]]}


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that types lines into the command; it returns the exit code, what was shown, and the file that was written."""
    norms = [norm("ban", "Big", "Prohibition"), norm("n", "Away", demand=flag("signed"))]
    data = program(norms, CLASSES)
    monkeypatch.setattr(checking, "load_checker", lambda folder: Checker(data))
    monkeypatch.setattr(checking, "dataset_for", lambda folder, err: folder)

    def run(*lines: str, options: tuple[str, ...] = (), law: dict | None = None):
        if law is not None:
            monkeypatch.setattr(checking, "load_checker", lambda folder: Checker(law))
        path = tmp_path / "flow.json"
        path.write_text(json.dumps(FLOW))
        typed = "".join(f"{line}\n" for line in lines)
        result = CliRunner().invoke(
            cli.app, ["check", str(path), "--ask", *options], input=typed, env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
        )
        written = path.with_suffix(".completed.json")
        return result.exit_code, result.stdout + result.stderr, json.loads(written.read_text()) if written.exists() else None

    return run


def test_it_asks_until_the_verdict_and_the_plan_are_settled(talk):
    code, shown, written = talk("XX", "y", "20", "y")
    assert written == {**FLOW, "to": "XX", "a": True, "number": 20, "signed": True}
    assert code == 0
    assert "Nothing is open any more" in shown


def test_it_ends_when_the_person_ends_and_keeps_what_was_told(talk):
    code, _, written = talk("XX", ".")
    assert (written, code) == ({**FLOW, "to": "XX"}, 12)
    assert talk("YY", options=("--force",))[2] == {**FLOW, "to": "YY"}  # the end of the input ends it too


def test_what_is_left_open_is_not_asked_again(talk):
    _, shown, written = talk("", "", "")
    assert written == FLOW
    assert shown.count("] to?") == 1


def test_an_answer_that_cannot_be_read_is_asked_for_again(talk):
    _, shown, written = talk("Nowhere", "XX", "maybe", "n", "y")
    assert written == {**FLOW, "to": "XX", "a": False, "signed": True}
    assert "answer y or n" in shown and "Nowhere" in shown


def test_ranges_are_understood(talk):
    assert talk("YY", "y", "50-200", ".")[2]["number"] == {"atLeast": 50, "atMost": 200}


def test_it_speaks_chinese(talk):
    _, shown, written = talk("XX", "是", ".", options=("--lang", "zh"))
    assert written["a"] is True
    assert "〔to?〕" in shown and "原因" in shown


def test_it_never_overwrites_unless_forced(talk, tmp_path):
    (tmp_path / "flow.completed.json").write_text("{}")
    code, shown, written = talk("XX", ".")
    assert (code, written) == (2, {}) and "--force" in shown
    assert talk("XX", ".", options=("--force",))[2] == {**FLOW, "to": "XX"}
    talk(".", options=("--output", str(tmp_path / "other.json")))
    assert json.loads((tmp_path / "other.json").read_text()) == FLOW


def test_a_thing_can_be_described_key_by_key(talk):
    """A party that nothing is said of is described by the keys of its blank form; what is left out is left out."""
    norms = {"Out": ["some", "importer", ["has", "kind", ["individual"]]]}
    _, _, written = talk("+", "individual", "", ".", law=program([norm("n", "Out")], norms))
    assert written == {**FLOW, "importer": {"kind": "individual"}}
