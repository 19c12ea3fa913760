"""The command: its exit codes, what it prints, and a sentence for each thing that stands in its way."""

from __future__ import annotations

import importlib.util
import json

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.cli import batch as command
from tests.batch.conftest import write_lines


@pytest.fixture
def comity(checker, monkeypatch):
    """Run ``comity batch`` on the law as it stands."""
    monkeypatch.setattr(command, "load_checker", lambda folder: checker)
    monkeypatch.setattr(command, "dataset_for", lambda named, err: None)

    def run(*arguments: object):
        return CliRunner().invoke(app, ["batch", *map(str, arguments), "--workers", "0"])

    return run


def test_a_batch_prints_its_summary(comity, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", [*flows[:8], {"act": "disclosur"}])
    done = comity(lines, "-o", tmp_path / "out.ndjson")
    assert done.exit_code == 1
    assert "9 flows, " in done.stdout
    assert "1 records were not read" in done.stdout
    assert "line 9" in done.stdout
    assert "By law" in done.stdout
    again = comity(lines, "-o", tmp_path / "out.ndjson", "--resume", "--json")
    assert json.loads(again.stdout)["records"] == 9
    chinese = comity(lines, "-o", tmp_path / "out.csv", "--lang", "zh", "--plans")
    assert "9 项流动" in chinese.stdout
    assert "最常见的步骤" in chinese.stdout


def test_changes_are_printed_by_day(comity, tmp_path, flows):
    lines = write_lines(tmp_path / "flows.ndjson", flows[:20])
    done = comity(lines, "-o", tmp_path / "out.ndjson", "--changes", "2024-01-01..2027-12-31")
    assert "When verdicts change" in done.stdout
    assert " → " in done.stdout
    none = comity(lines, "-o", tmp_path / "none.ndjson", "--changes", "2024-01-01..2024-01-02")
    assert "no verdict changes in this time" in none.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--on", "2026-02-30"], "--on is '2026-02-30'; write a day as 2026-01-31; did you mean 2026-02-28?"),
        (["--changes", "2026-12-01"], "--changes is '2026-12-01'; write the first and the last day"),
        (["--changes", "2026-12-01..2026-11-01"], "the last day comes after the first"),
        (["--changes", "2026-12-01..2027-11-01", "--plans"], "leave out --on and --plans"),
        (["--scope", "flows"], "--scope is 'flows'; it is flow or all"),
        (["--mapping", "none.yaml"], "none.yaml: No such file or directory"),
    ],
)
def test_wrong_options_are_told(comity, tmp_path, flows, arguments, told):
    done = comity(write_lines(tmp_path / "flows.ndjson", flows[:1]), "-o", tmp_path / "out.ndjson", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "out.ndjson").exists()


def test_a_file_that_is_not_there_is_told(comity, tmp_path):
    done = comity(tmp_path / "no.ndjson", "-o", tmp_path / "out.ndjson")
    assert (done.exit_code, "no.ndjson: No such file or directory" in done.stderr) == (2, True)


def test_what_is_not_installed_is_told(comity, tmp_path, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr("comity.batch.needed.find_spec", lambda name: None if name == "duckdb" else find(name))
    done = comity(tmp_path / "flows.ndjson", "-o", tmp_path / "out.ndjson")
    assert (done.exit_code, "a batch needs DuckDB, not installed here: pip install 'comity[batch]'" in done.stderr) == (2, True)


def test_the_help_has_examples(comity):
    text = CliRunner().invoke(app, ["batch", "--help"]).stdout
    assert "comity batch flows.ndjson -o verdicts.ndjson" in text
    assert "--resume" in text
