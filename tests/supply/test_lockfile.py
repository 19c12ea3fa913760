"""What is installed is what the lock file names, and the lock file names what pyproject.toml asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from supply import lock, lockfile, tools
from supply.tools import ToolFault

HASH = "--hash=sha256:" + 64 * "0"


def test_the_lock_file_agrees_with_pyproject():
    assert lockfile.faults() == []


@pytest.mark.parametrize("place", ["README.md", ".ci/run"])
def test_the_commands_install_from_the_lock_file_and_from_nothing_else(place):
    lines = (lockfile.ROOT / place).read_text(encoding="utf-8").splitlines()
    steps = [step.strip() for line in lines if "pip install" in line for step in line.split("&&") if "pip install" in step]
    steps = [step.replace(" --quiet", "").removeprefix("PIP_BUILD_CONSTRAINT=requirements.txt ") for step in steps]
    assert set(steps) == {"pip install --require-hashes -r requirements.txt", "pip install --no-deps --no-build-isolation -e ."}


@pytest.mark.parametrize(("old", "new", "told"), [
    ("\nfastapi==", "\nfastapi==0.0.", "fastapi>="),
    ("\nhatchling==", "\nhatch==", "hatchling>=1.27 is wanted for development; the lock file has nothing"),
    ("\nzipp==", f"\nleft-over==1.0 \\\n    {HASH}\nzipp==", "left-over is wanted by nothing"),
    ("\nzipp==", "\nbare==1.0\n    # via fastapi\nzipp==", "bare has no hash"),
    ("\nzipp==", "\n# from proto://elsewhere\nzipp==", "names an address"),
])  # fmt: skip
def test_a_lock_file_that_disagrees_is_told_of(tmp_path: Path, old: str, new: str, told: str):
    damaged = tmp_path / "requirements.txt"
    text = lockfile.LOCK.read_text(encoding="utf-8")
    assert old in text
    damaged.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(told in fault for fault in lockfile.faults(damaged))


@pytest.mark.parametrize(
    "line", ["fastapi>=0.115", "fastapi", "fastapi==0.115.*", "fastapi @ somewhere", "not a package", "--index-url elsewhere"]
)
def test_a_line_without_one_version_is_refused_with_its_place(tmp_path: Path, line: str):
    damaged = tmp_path / "requirements.txt"
    damaged.write_text(f"# head\n{line} \\\n    {HASH}\n", encoding="utf-8")
    with pytest.raises(lockfile.LockFault, match=r"requirements.txt, line 2: .*make lock"):
        lockfile.read(damaged)


def test_a_lock_file_that_is_not_there_is_a_sentence(tmp_path: Path):
    with pytest.raises(lockfile.LockFault, match="make lock"):
        lockfile.read(tmp_path / "requirements.txt")


def test_a_failed_lock_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Here uv is a program that writes a package without a hash."""
    uv = tmp_path / "uv"
    uv.write_text('#!/bin/sh\nfor last; do :; done\nprintf "zipp==4.0\\n" > "$last"\n', encoding="utf-8")
    uv.chmod(0o755)
    monkeypatch.setattr(lock, "tool", lambda _: uv)
    before = lockfile.LOCK.read_bytes()
    with pytest.raises(ToolFault, match="was not kept"):
        lock.lock()
    assert lockfile.LOCK.read_bytes() == before


def test_tools_that_cannot_be_had_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tools, "FOLDER", tmp_path / "tools")
    for name, value in (("PIP_CONFIG_FILE", "/dev/null"), ("PIP_NO_INDEX", "1"), ("PIP_FIND_LINKS", "")):
        monkeypatch.setenv(name, value)
    with pytest.raises(ToolFault, match=r"cannot be installed .* package registry in reach\?"):
        tools.tool("uv")
