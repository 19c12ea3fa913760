"""The wheel of a release answers at once: its dataset is inside, and stands in its record."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from comity.manifest import FILES, MANIFEST
from supply.lockfile import ROOT
from supply.wheel import PLACE, WheelFault, add_dataset, packed
from tests.shared import said_to_be


@pytest.fixture(scope="module")
def judged(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the sources, said to be judged; what is in it does not matter here."""
    return said_to_be(built, tmp_path_factory.mktemp("datasets") / "judged", judged=True)


@pytest.fixture(scope="module")
def wheel(judged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the sources with the dataset inside."""
    return packed(judged, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip has installed the wheel, without what it needs."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", target, wheel]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def comity(site: Path, home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    told = {key: value for key, value in os.environ.items() if not key.startswith("COMITY_")}
    told |= {"PYTHONPATH": str(site), "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    command = [sys.executable, "-m", "comity", *map(str, arguments)]
    return subprocess.run(command, cwd=home, env=told, capture_output=True, text=True, check=False)


def test_the_record_has_every_file_as_it_is(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        record = next(name for name in names if name.endswith(".dist-info/RECORD"))
        rows = {name: (digest, size) for name, digest, size in csv.reader(io.StringIO(archive.read(record).decode()))}
        assert set(rows) == set(names)
        assert rows.pop(record) == ("", "")
        for name, (digest, size) in rows.items():
            content = archive.read(name)
            assert digest == "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            assert int(size) == len(content)
        assert {f"{PLACE}/{name}" for name in (*FILES, MANIFEST)} <= set(names)


def test_the_wheel_is_of_a_size_that_can_be_installed(wheel: Path):
    assert wheel.stat().st_size < 12_000_000


def test_what_is_installed_answers_at_once(site: Path, tmp_path: Path):
    began = time.monotonic()
    checked = comity(site, tmp_path, "check", ROOT / "examples" / "three-laws-one-flow.json", "--json")
    assert checked.returncode >= 10, checked.stderr
    assert "building" not in checked.stderr
    digest = json.loads((site / PLACE / MANIFEST).read_text("utf-8"))["digest"]
    assert json.loads(checked.stdout)["graph"]["digest"] == digest
    assert not (tmp_path / "cache").exists()
    assert time.monotonic() - began < 60


def test_what_is_built_later_wins_and_the_package_stays_as_it_is(site: Path, judged: Path, tmp_path: Path):
    version = json.loads((site / PLACE / MANIFEST).read_text("utf-8"))["version"]
    own = tmp_path / "cache" / "comity" / version
    shutil.copytree(judged, own)
    code = "from comity.paths import build_folder, dataset_folder; print(build_folder()); print(dataset_folder())"

    def folders() -> list[str]:
        told = {key: value for key, value in os.environ.items() if not key.startswith("COMITY_")}
        told |= {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path / "cache")}
        return subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True).stdout.split()

    os.utime(own / MANIFEST, (1, 1))
    assert folders() == [str(own), str(site / PLACE)]
    later = (site / PLACE / MANIFEST).stat().st_mtime + 10
    os.utime(own / MANIFEST, (later, later))
    assert folders() == [str(own), str(own)]


def test_a_second_time_gives_the_same_bytes(wheel: Path, judged: Path, tmp_path: Path):
    again = Path(shutil.copy(wheel, tmp_path))
    add_dataset(again, judged)
    assert again.read_bytes() == wheel.read_bytes()


def test_a_dataset_that_nobody_judged_is_refused(judged: Path, tmp_path: Path):
    with pytest.raises(WheelFault, match="without the reasoner"):
        packed(said_to_be(judged, tmp_path / "unjudged", judged=False), tmp_path / "dist")
    with pytest.raises(WheelFault, match="comity build"):
        packed(tmp_path / "nothing", tmp_path / "dist")
    assert not (tmp_path / "dist").exists()
