"""``comity diff`` and ``comity ledger`` as a curator meets them, on an invented law in a repository of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import app
from comity.curate import new
from comity.paths import source_root

EXAMPLE = (source_root() / "examples" / "new-instrument.yaml").read_text(encoding="utf-8")
SMALL, LARGE = "fewer-people.json", "more-people.json"
SCENARIOS = """
- name: Health data of 450 people leave without a contract
  asOf: 2026-06-01
  facts: FACTS
  expect:
    findings: [{norm: POLAR-4, status: exempted}, {norm: POLAR-5-OLD, status: permitted}]
"""


def facts(people: int) -> dict:
    item = {"categories": ["HealthData"], "persons": people, "subjectsIn": ["AQ"], "identifiability": "direct"}
    parties = {"exporter": {"kind": "organisation", "establishedIn": ["AQ"]}, "importer": {"kind": "organisation", "establishedIn": ["NZ"]}}
    return {**parties, "act": "disclosure", "from": "AQ", "to": "NZ", "grounds": [], "dataItems": [item]}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A Curator", "-c", "user.email=curator@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def write_law(folder: Path, text: str) -> None:
    source = folder / "law.yaml"
    source.write_text(text, encoding="utf-8")
    outcome = new.write([source], folder, force=True)
    assert outcome.problems == []


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "400", "NO_COLOR": "1", "TERM": "dumb"})
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """A repository that holds the words, the shapes and one law, committed."""
    folder = tmp_path_factory.mktemp("clone")
    for part in ("ontology", "data", "shapes"):
        (folder / part).mkdir()
        for path in (source_root() / part).glob("*.ttl"):
            shutil.copy(path, folder / part)
    write_law(folder, EXAMPLE)
    (folder / "flows").mkdir()
    for name, people in ((SMALL, 450), (LARGE, 5000)):
        (folder / "flows" / name).write_text(json.dumps({"asOf": "2026-06-01", **facts(people)}), encoding="utf-8")
    scenarios = folder / "tests" / "scenarios" / "aq" / "polar-data.yaml"
    scenarios.parent.mkdir(parents=True)
    scenarios.write_text(SCENARIOS.replace("FACTS", json.dumps(facts(450))), encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "The law as it was")
    return folder


def commit_of(clone: Path) -> str:
    return subprocess.run(["git", "-C", str(clone), "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout[:9]


def test_law_that_did_not_change_moves_nothing(clone):
    write_law(clone, EXAMPLE)
    told = f"HEAD ({commit_of(clone)}) → the working tree, 2 flows\n\nNo answer differs.\n"
    assert run("diff", "--root", clone, "--flows", clone / "flows")[:2] == (0, told)


def test_a_moved_threshold_is_told_as_what_it_moves(clone):
    write_law(clone, EXAMPLE.replace("integer[< 500]", "integer[< 400]"))
    code, told, _ = run("diff", "HEAD", "--root", clone, "--flows", clone / "flows")
    assert code == 1
    moved = "POLAR-4 (Contract or permit before health data leave): exempted by POLAR-5-OLD → unmet in 1 flow:"
    assert f"{moved}\n      fewer-people.json" in told
    assert LARGE not in told
    code, told, _ = run("diff", "--root", clone, "--flows", clone / "flows", "--sum")
    assert code == 1 and "  exempted → unmet; flows: 1, norms: 1" in told and "POLAR-4" not in told
    code, told, _ = run("diff", "--root", clone, "--flows", clone / "flows", "--lang", "zh")
    assert code == 1
    assert "→ 工作区，共 2 个流动" in told
    assert "POLAR-5-OLD (不满500人免办手续（至2027年）)：允许 → 不适用，涉及 1 个流动：" in told


def test_a_dropped_exception_is_told_for_the_scenarios_with_all_moves_as_json(clone):
    write_law(clone, EXAMPLE.replace("exceptionTo: [POLAR-4]\n    until", "exceptionTo: []\n    until"))
    code, told, _ = run("diff", "--root", clone, "--json")
    moves = [(move["name"], move["before"], move["after"]) for move in json.loads(told)["moves"]]
    assert code == 1
    assert ("POLAR-4", "exempted[POLAR-5-OLD]", "unmet") in moves
    flows = json.loads(told)["moves"][0]["flows"]
    assert flows == [{"file": "aq/polar-data", "name": "Health data of 450 people leave without a contract"}]


def test_two_folders_are_compared_and_one_may_be_a_dataset(clone, tmp_path):
    write_law(clone, EXAMPLE)
    dataset = tmp_path / "dataset"
    assert run("build", "--no-reasoner", "--root", clone, "--dataset", dataset)[0] == 0
    code, told, _ = run("diff", "--root", clone, "--from", dataset, "--to", clone)
    assert (code, told.splitlines()[-1]) == (0, "No answer differs.")


def test_the_ledger_is_written_and_checked(clone):
    write_law(clone, EXAMPLE)
    assert run("ledger", "--root", clone)[0] == 0
    assert "flow: Health data of 450 people" in (clone / "tests/ledger/aq/polar-data.txt").read_text(encoding="utf-8")
    assert run("ledger", "--root", clone, "--check")[0] == 0
    write_law(clone, EXAMPLE.replace("integer[< 500]", "integer[< 400]"))
    code, told, _ = run("ledger", "--root", clone, "--check")
    assert code == 1
    assert "exempted by POLAR-5-OLD → unmet in 1 flow:\n      aq/polar-data: Health data of 450 people leave without a contract" in told


def test_what_a_scenario_expects_rules_over_the_ledger(clone):
    path = clone / "tests/ledger/aq/polar-data.txt"
    write_law(clone, EXAMPLE)
    assert run("ledger", "--root", clone)[0] == 0
    before = path.read_text(encoding="utf-8")
    write_law(clone, EXAMPLE.replace("integer[< 500]", "integer[< 400]"))
    code, _, told = run("ledger", "--root", clone)
    assert code == 1
    assert "POLAR-4: unmet, expected exempted" in told
    assert "the ledger is left as it was" in told
    assert path.read_text(encoding="utf-8") == before


def test_a_revision_that_cannot_be_had_is_told(clone, tmp_path):
    flows = ["--flows", str(clone / "flows")]
    code, _, told = run("diff", "no-such-branch", "--root", clone, *flows)
    assert code == 2
    assert f"the repository of {clone} knows no revision 'no-such-branch'; 'git log --oneline' lists those that it knows" in told
    code, _, told = run("diff", "--root", tmp_path, *flows)
    assert code == 2
    assert f"{tmp_path} is not in a git repository" in told
    assert run("diff", "HEAD", "--root", clone, "--from", clone, *flows)[0] == 2
    code, _, told = run("diff", "--from", tmp_path, "--root", clone, *flows)
    assert code == 2
    assert f"{tmp_path} holds neither a dataset (program.json) nor sources: it has no ontology/, data/ and shapes/" in told


def test_a_revision_whose_sources_cannot_be_compiled_is_told(clone):
    write_law(clone, EXAMPLE)
    git(clone, "checkout", "--quiet", "-b", "broken")
    law = clone / "ontology/law/aq/polar-data.ttl"
    law.write_text(law.read_text(encoding="utf-8").replace("c:subjectsIn", "c:no-such-fact"), encoding="utf-8")
    git(clone, "commit", "--quiet", "-a", "-m", "A fact that no shape knows")
    git(clone, "checkout", "--quiet", "-")
    code, _, told = run("diff", "broken", "--root", clone, "--flows", clone / "flows")
    assert code == 2
    assert "cannot be compiled:\nin c:AqHealthData: DataItem has no fact 'no-such-fact'" in told
    git(clone, "checkout", "--quiet", "-b", "empty")
    git(clone, "rm", "--quiet", "-r", "shapes")
    git(clone, "commit", "--quiet", "-m", "No shapes")
    git(clone, "checkout", "--quiet", "broken~1")
    assert "revision empty has no shapes/, so there is no law in it" in run("diff", "empty", "--root", clone, "--flows", clone / "flows")[2]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "holds no flow description (*.json)"),
        ("{\n  oops", "bad.json line 2: "),
        ('{"asOf": "2026-01-01", "act": "disclosure", "act": "access"}', "bad.json: "),
        ('{"asOf": "2026-01-01", "act": "teleport"}', "bad.json is no description that either side accepts: /act: "),
    ],
)
def test_flows_that_cannot_be_read_are_told(clone, tmp_path, text, told):
    if text is not None:
        (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    write_law(clone, EXAMPLE)
    code, _, error = run("diff", "--root", clone, "--flows", tmp_path)
    assert code == 2
    assert told in error
