"""The command line and its dataset: what is named is read and never built, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity import __version__, cli, paths
from comity.building import pipeline as building
from comity.building.pipeline import BuildFailure, BuildResult
from comity.manifest import MANIFEST
from tests import tiny
from tests.test_manifest import write


@pytest.fixture
def flow(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A description that the tiny program reads."""
    path = tmp_path_factory.mktemp("flow") / "flow.json"
    path.write_text(json.dumps(tiny.flow(a=True)))
    return str(path)


def run(*arguments: str, **environment: str) -> tuple[int, str]:
    """Run a command; its exit code and what it tells, in one line."""
    result = CliRunner().invoke(cli.app, list(arguments), env={"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


def content(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def absent(target: Path) -> None:
    pass


def empty(target: Path) -> None:
    target.mkdir()


def other_files(target: Path) -> None:
    target.mkdir()
    (target / "thesis.txt").write_text("thesis")


def plain_file(target: Path) -> None:
    target.write_text("thesis")


def manifest_without_entries(target: Path) -> None:
    (write(target) / MANIFEST).write_text("{}")


def changed_word(target: Path) -> None:
    path = write(target) / "program.json"
    path.write_text(path.read_text().replace("Obligation", "Permission"))


def no_quads(target: Path) -> None:
    (write(target) / "dataset.nq").write_bytes(b"")


def other_version(target: Path) -> None:
    write(target, version="0.0.9")


STATES = [absent, empty, other_files, plain_file, manifest_without_entries, changed_word, no_quads, other_version]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("named", ["option", "environment"])
@pytest.mark.parametrize("command", ["check", "serve", "serve with two processes", "query"])
def test_a_named_folder_without_a_sound_dataset_is_told_and_left_alone(tmp_path, flow, command, named, state):
    target = tmp_path / "my dataset"
    state(target)
    before = content(tmp_path)
    call = {
        "check": ["check", flow],
        "serve": ["serve"],
        "serve with two processes": ["serve", "--workers", "2"],
        "query": ["query", "instruments"],
    }[command]
    if named == "option":
        code, told = run(*call, "--dataset", str(target))
    else:
        code, told = run(*call, COMITY_DATASET=str(target))
    assert code == 3, told
    assert f"comity build --dataset '{target}'" in told and "Traceback" not in told
    assert content(tmp_path) == before


def test_a_named_dataset_is_read(tmp_path, flow):
    write(tmp_path / "ds")
    assert run("check", flow, "--dataset", str(tmp_path / "ds"))[0] == 10


@pytest.mark.parametrize("state", [other_files, plain_file])
def test_a_build_replaces_nothing_else(tmp_path, state):
    target = tmp_path / "mine"
    state(target)
    before = content(tmp_path)
    for call in (["build", "--dataset", str(target)], ["build", "--no-reasoner", "--dataset", str(target)]):
        code, told = run(*call)
        assert code == 1 and "only takes the place of a dataset or of an empty folder" in told
        assert content(tmp_path) == before


def test_the_default_place_is_built_once_and_said_to_be(tmp_path, flow, monkeypatch):
    """The real law, since only that stands in the default place."""
    monkeypatch.setattr(paths, "source_root", lambda: tmp_path)
    monkeypatch.delenv("COMITY_DATASET", raising=False)
    example = str(Path(__file__).parents[1] / "examples/three-laws-one-flow.json")
    code, told = run("check", example)
    assert code >= 10 or code == 0
    assert f"no dataset in {tmp_path / 'build'} yet; building it once without the reasoner" in told
    assert [path.name for path in tmp_path.iterdir()] == ["build"]
    assert run("check", example) == (code, "")


def test_other_files_in_the_default_place_are_left_alone(tmp_path, flow, monkeypatch):
    other_files(tmp_path / "build")
    monkeypatch.setattr(paths, "source_root", lambda: tmp_path)
    monkeypatch.delenv("COMITY_DATASET", raising=False)
    for call in (["check", flow], ["serve"], ["query", "instruments"]):
        code, told = run(*call)
        assert code == 3 and "holds other files (thesis.txt) and no dataset" in told
    assert content(tmp_path) == {"build": None, "build/thesis.txt": b"thesis"}


def test_a_dataset_that_could_not_be_loaded_replaces_nothing(tmp_path):
    manifest = BuildResult(version="0", digest="sha256:" + "ab" * 32, witnesses="sha256:" + "cd" * 32, reasoner=False, norms=1)
    sound = "<x:a> <x:b> <x:c> <x:g> ."
    write(tmp_path / "ds")
    before = content(tmp_path)
    for quads, program, match in (
        ([sound, "<x:a> <x:b> <x:with space> <x:g> ."], tiny.program([]), "<x:with space>"),
        ([sound], {"graph": {}}, "could not be loaded by a service"),
        ([sound], tiny.program([tiny.norm("N-1", "A")], span=1) | {"norms": [{}]}, "could not be loaded by a service"),
    ):
        with pytest.raises(BuildFailure, match=match):
            building._write(tmp_path / "ds", quads, program, BuildResult(manifest, version=__version__))
        assert content(tmp_path) == before


def test_a_fault_of_the_file_system_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    code, told = run("build", "--no-reasoner", "--dataset", str(tmp_path / "file" / "ds"))
    assert code == 1 and "no dataset can be written to" in told and "Not a directory" in told


def test_a_message_survives_its_printing(tmp_path, monkeypatch):
    def fail(*_: object) -> None:
        raise BuildFailure("owlready2 is not installed: install comity[build]; [/] and [bold] are text")

    monkeypatch.setattr(building, "build", fail)
    code, told = run("build", "--no-reasoner", "--dataset", str(tmp_path / "[red]"))
    assert code == 1
    assert "install comity[build]; [/] and [bold] are text" in told and "[red] is left as it was" in told


@pytest.mark.parametrize(
    "call",
    [["check", "[bold]none.json"], ["fmt", "[red]none"], ["show", "[/x]"], ["query", "[/x]"], ["query", "instruments", "-b", "[/x]"]],
)
def test_brackets_in_what_is_called_for_are_no_markup(call):
    code, told = run(*call)
    assert code in (2, 3)
    assert next(word for word in call if "[" in word) in told
