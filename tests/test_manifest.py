"""A dataset that is damaged or of another version is refused by whatever opens it, with a sentence and the remedy."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import orjson
import pytest

import comity
from comity import manifest as module
from comity.api.dataset import Dataset
from comity.check.dataset import load_checker
from comity.judging.program import trade
from comity.manifest import FILES, FORMAT, MANIFEST, DatasetError, read_dataset, write_manifest
from comity.queries.local import LocalDataset
from comity.sparql.refusals import Refused
from comity.sparql.workers import WorkerPool
from tests import tiny

DIGEST = "sha256:" + "ab" * 32
OPENERS = [load_checker, Dataset.open, LocalDataset]


def write(folder: Path, quads: str = "<x:a> <x:b> <x:c> <x:g> .\n" * 200, version: str = comity.__version__) -> Path:
    """Write a tiny dataset."""
    folder.mkdir(exist_ok=True)
    (folder / "dataset.nq").write_text(quads)
    (folder / "program.json").write_bytes(orjson.dumps(tiny.program([tiny.norm("N-1", "A")])))
    write_manifest(folder, version=version, digest=DIGEST, witnesses=DIGEST, reasoner=False, counts={"norms": 1})
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tiny dataset in a folder whose name the shell would cut in two."""
    return write(tmp_path / "my dataset")


def entries(folder: Path, **changes: Any) -> None:
    """Change entries of the manifest as another program might, seal and all; ``None`` takes one away."""
    found = {**orjson.loads((folder / MANIFEST).read_bytes()), **changes}
    kept = {name: value for name, value in found.items() if value is not None and name != "seal"}
    (folder / MANIFEST).write_bytes(orjson.dumps({**kept, "seal": module._seal(kept)}))


def refused(open_dataset: Callable[[Path], object], folder: Path, match: str) -> None:
    with pytest.raises(DatasetError, match=match) as told:
        open_dataset(folder)
    assert f"comity build --dataset '{folder}'" in str(told.value)


@pytest.mark.parametrize("open_dataset", OPENERS)
def test_a_sound_dataset_opens(open_dataset, folder):
    open_dataset(folder)


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
@pytest.mark.parametrize("open_dataset", OPENERS)
def test_a_byte_that_changed_anywhere_is_found(open_dataset, folder, name):
    sound = (folder / name).read_bytes()
    for place in random.Random(name).sample(range(len(sound)), 40):
        if name == MANIFEST and sound[place : place + 1].isspace():
            continue
        changed = bytearray(sound)
        changed[place] ^= 1
        (folder / name).write_bytes(changed)
        refused(open_dataset, folder, "damaged|of format")


@pytest.mark.parametrize("name", [*FILES, MANIFEST])
@pytest.mark.parametrize("open_dataset", OPENERS)
def test_a_file_that_is_empty_cut_longer_or_gone_is_found(open_dataset, folder, name):
    sound = (folder / name).read_bytes()
    for content in (b"", sound[:-30], sound + sound[-30:]):
        (folder / name).write_bytes(content)
        refused(open_dataset, folder, "damaged")
    (folder / name).unlink()
    refused(open_dataset, folder, "no dataset|cannot be read: No such file")
    (folder / name).mkdir()
    refused(open_dataset, folder, "cannot be read: Is a directory")


@pytest.mark.parametrize("open_dataset", OPENERS)
@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("{}", "states no format"),
        ("[]", "no JSON object"),
        ("7", "no JSON object"),
        ("{", "no JSON"),
        ("\xff", "no JSON"),
        ("[" * 100_000, "no JSON"),
        (f'{{"format": {FORMAT}}}', "not as it was built"),
    ],
)
def test_a_manifest_that_is_none_is_told(open_dataset, folder, text, match):
    (folder / MANIFEST).write_text(text, encoding="latin-1")
    refused(open_dataset, folder, match)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"format": FORMAT + 1}, f"of format {FORMAT + 1}; this Comity reads format {FORMAT}"),
        ({"format": None}, "states no format"),
        ({"format": True}, "states no format"),
        ({"format": "1"}, "states no format"),
        ({"version": "0.0.9"}, f"built by Comity 0.0.9; this is {comity.__version__}"),
        ({"digest": None}, "lacks 'digest'"),
        ({"files": None}, "lacks 'files'"),
        ({"more": 1}, "an entry 'more'"),
        ({"version": 1}, "'version'"),
        ({"digest": "sha256:x"}, "'digest'"),
        ({"witnesses": 1}, "'witnesses'"),
        ({"reasoner": "yes"}, "'reasoner'"),
        ({"counts": {"norms": "many"}}, "'counts'"),
        ({"counts": {"norms": True}}, "'counts'"),
        ({"counts": []}, "'counts'"),
        ({"files": {}}, "'files'"),
        ({"files": {name: {"bytes": 1} for name in FILES}}, "'files'"),
        ({"files": {name: {"bytes": -1, "sha256": "ab" * 32} for name in FILES}}, "'files'"),
        ({"files": {"../x": {"bytes": 1, "sha256": "ab" * 32}}}, "'files'"),
    ],
)
def test_a_manifest_of_another_kind_is_told(folder, changes, match):
    entries(folder, **changes)
    for open_dataset in OPENERS:
        refused(open_dataset, folder, match)


def test_files_that_are_not_what_they_should_be_are_told_though_the_manifest_fits(folder):
    quads, program = ((folder / name).read_bytes() for name in FILES)
    for name, content, openers in (("dataset.nq", b"<not quads", [Dataset.open, LocalDataset]), ("program.json", b"[]", OPENERS[:2])):
        (folder / "dataset.nq").write_bytes(quads)
        (folder / "program.json").write_bytes(program)
        (folder / name).write_bytes(content)
        write_manifest(folder, version=comity.__version__, digest=DIGEST, witnesses=DIGEST, reasoner=False, counts={})
        for open_dataset in openers:
            refused(open_dataset, folder, "is no N-Quads|is no program")


def test_what_is_no_dataset_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.txt").write_text("x")
    for name, match in (
        ("none", "there is no dataset in"),
        ("file", "is no folder; name another folder"),
        ("folder", r"holds other files \(thesis.txt\) and no dataset; name another folder"),
    ):
        for open_dataset in OPENERS:
            with pytest.raises(DatasetError, match=match):
                open_dataset(tmp_path / name)


def test_the_query_processes_serve_the_dataset_that_the_service_started_with(folder, tmp_path):
    state = Dataset.open(folder).manifest.files["dataset.nq"]
    with WorkerPool(folder, 1, sha256=state.sha256) as pool:
        assert pool.load().triples == 1
    shutil.rmtree(folder)
    write(folder, "<x:a> <x:b> <x:d> <x:g> .\n" * 200)
    with WorkerPool(folder, 1, sha256=state.sha256) as pool, pytest.raises(Refused) as told:
        pool.load()
    assert told.value.status == 503 and "replaced after this service had started" in told.value.detail


def test_the_judging_processes_judge_by_the_law_that_the_service_started_with(folder):
    sha256 = Dataset.open(folder).manifest.files["program.json"].sha256
    assert load_checker(folder, sha256=sha256)
    (folder / "program.json").write_bytes(orjson.dumps(tiny.program([tiny.norm("N-2", "B")])))
    write_manifest(folder, version=comity.__version__, digest=DIGEST, witnesses=DIGEST, reasoner=False, counts={})
    with pytest.raises(ValueError, match="replaced after this service had started"):
        trade({"path": str(folder), "sha256": sha256, "most_bytes": 1000})


def test_a_start_reads_each_file_once(folder):
    code = (
        "import sys; from pathlib import Path; from comity.api.dataset import Dataset; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(Path(str(args[0])).name) if event == 'open' else None)\n"
        "Dataset.open(Path(sys.argv[1])); print(sorted(name for name in opened if name in sys.argv[2:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), *FILES, MANIFEST],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == str(sorted([*FILES, MANIFEST]))


def test_the_check_of_a_large_dataset_takes_less_than_a_tenth_of_a_second(folder):
    write(folder, "<x:a> <x:b> <x:c> <x:g> .\n" * 700_000)
    taken = []
    for _ in range(5):
        began = perf_counter()
        read_dataset(folder, *FILES)
        taken.append(perf_counter() - began)
    assert min(taken) < 0.1
