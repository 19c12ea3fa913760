"""What is packed is whole: from the source distribution alone comes a package that builds its dataset and judges."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import comity
from supply.lockfile import PYPROJECT, ROOT


def run(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_source_distribution_is_enough(tmp_path: Path):
    packed = run("hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
    assert packed.returncode == 0, packed.stderr
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path)
    source = tmp_path / f"comity-{comity.__version__}"
    built = run("hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=source)
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(tmp_path / "site")
    package = tmp_path / "site" / "comity"
    assert (package / "py.typed").is_file()
    for folder in ("ontology", "data", "shapes", "queries"):
        kept = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {path.relative_to(package / "_sources") for path in (package / "_sources" / folder).rglob("*") if path.is_file()} == kept
    place = {"PYTHONPATH": str(package.parent), "COMITY_DATASET": str(tmp_path / "dataset")}
    assert run("comity", "--version", cwd=tmp_path, **place).stdout.strip() == comity.__version__
    dataset = run("comity", "build", "--no-reasoner", cwd=tmp_path, **place)
    assert dataset.returncode == 0, dataset.stderr
    checked = run("comity", "check", ROOT / "examples" / "three-laws-one-flow.json", cwd=tmp_path, **place)
    assert checked.returncode >= 10, checked.stderr


def test_the_version_stands_in_one_place():
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == str(Path(comity.__file__).relative_to(ROOT))
    history = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert history.partition("\n## ")[2].startswith(comity.__version__)
