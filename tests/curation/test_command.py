"""``comity validate`` and ``comity new`` as a curator meets them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.curate.validate import validate

REPOSITORY = Path(__file__).resolve().parents[2]
LayOut = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path, lay_out: LayOut) -> Callable[..., Path]:
    """Return a function that lays out worlds with the rules of the project beside them."""

    def make(*worlds: str) -> Path:
        folder = lay_out(tmp_path / "world", "sound", *worlds)
        for rules in ("shapes/curation", "queries/checks"):
            shutil.copytree(REPOSITORY / rules, folder / rules)
        return folder

    return make


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stderr


def test_a_fault_is_told_with_its_line_and_all_are_counted(root):
    folder = root("Record-statedIn", "label-missing")
    code, told = run("validate", "--root", str(folder))
    faults = validate(folder)
    assert (code, len(faults)) == (1, 2)
    for fault in faults:
        assert f"{fault.file}:{fault.line}  {fault.focus}\n" in told and fault.message in told and fault.remedy in told
    assert told.splitlines()[-1] == "2 faults, 0 warnings"


def test_a_warning_is_counted_but_fails_nothing(root, monkeypatch):
    folder = root("Record-statedIn")
    import comity.curate.validate as module

    found = [module.replace(fault, level="warning", message="[bold] is no markup") for fault in validate(folder)]
    monkeypatch.setattr(module, "validate", lambda root: found)
    code, told = run("validate", "--root", str(folder))
    assert code == 0 and told.startswith("warning ") and "[bold] is no markup" in told
    assert told.splitlines()[-1] == "0 faults, 1 warnings"


def test_sources_that_keep_every_rule_are_said_to(root):
    assert run("validate", "--root", str(root())) == (0, "the sources keep every rule\n")


def test_faults_and_their_number_are_told_in_chinese_when_asked(root):
    folder = root("Record-statedIn", "label-missing")
    code, told = run("validate", "--root", str(folder), "--lang", "zh")
    assert code == 1 and told.splitlines()[-1] == "2 项错误，0 项警告"
    for fault in validate(folder):
        message, remedy = fault.told("zh")
        assert f"错误    {fault.file}:{fault.line}  {fault.focus}\n    {message}\n    {remedy}\n" in told


def test_sources_that_keep_every_rule_are_said_to_in_chinese(root):
    assert run("validate", "--root", str(root()), "--lang", "zh") == (0, "源文件符合全部规则\n")


def test_new_names_its_options():
    told = CliRunner().invoke(app, ["new", "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).stdout
    assert {"--check", "--allow-pending", "--root"} <= set(re.findall(r"--[\w-]+", told))


def test_new_only_checks_when_asked(tmp_path):
    for folder in ("ontology", "data", "shapes"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    before = sorted(tmp_path.rglob("*.ttl"))
    call = ["new", str(REPOSITORY / "examples/new-instrument.yaml"), "--root", str(tmp_path)]
    assert CliRunner().invoke(app, [*call, "--check"]).exit_code == 0
    assert sorted(tmp_path.rglob("*.ttl")) == before
    assert CliRunner().invoke(app, call).exit_code == 0
    assert len(sorted(tmp_path.rglob("*.ttl"))) > len(before)
