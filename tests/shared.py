"""What many tests look at and none changes, read or made once: the scenarios in each process, the built dataset in each run."""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import shutil
import socket
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from comity.building.pipeline import build
from comity.manifest import FILES, read_dataset, write_manifest
from comity.paths import source_root
from comity.rdf.load import turtle_files
from comity.scenarios.format import SCENARIOS, Scenario, read_scenarios

__all__ = ["all_scenarios", "build_once", "free_port", "keep_to_the_end", "run_folder", "said_to_be", "spread", "turn"]


@cache
def all_scenarios() -> tuple[Scenario, ...]:
    """Return every scenario of the sources. A test that changes a description copies it first."""
    return tuple(read_scenarios(source_root() / SCENARIOS))


@cache
def turn() -> int:
    """Return a number that the law decides: it is the same until a source file changes, and then is another."""
    digest = hashlib.sha256()
    for path in turtle_files(source_root()):
        digest.update(path.read_bytes())
    return int.from_bytes(digest.digest()[:8])


def spread(number: int) -> tuple[Scenario, ...]:
    """Return about so many scenarios, evenly spread; which of them, :func:`turn` says, so that in time all have their turn."""
    step = max(1, len(all_scenarios()) // number)
    return all_scenarios()[turn() % step :: step]


def run_folder(folders: pytest.TempPathFactory) -> Path:
    """Return the folder that all processes of a run share."""
    home = folders.getbasetemp()
    return home.parent if "PYTEST_XDIST_WORKER" in os.environ else home


def build_once(root: Path, folders: pytest.TempPathFactory) -> Path:
    """Return the dataset that all processes of a run share; the first that asks for it builds it while the others wait."""
    home = run_folder(folders)
    dataset = home / "shared-dataset"
    with (home / "shared-dataset.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not dataset.exists():  # a build takes its place whole or not at all
            build(root, dataset, reasoner=False)
    return dataset


def keep_to_the_end() -> None:
    """Take what was made so far out of the collector's rounds.

    A graph or a program lasts to the end of the process. Each round, and each call of the Java machine that frees objects of both
    sides, would otherwise walk through all of it and find nothing.
    """
    gc.freeze()


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def said_to_be(dataset: Path, folder: Path, *, judged: bool) -> Path:
    """Copy a dataset into a folder that is not there yet, with a manifest that says whether HermiT has judged it; return the folder."""
    folder.mkdir()
    for name in FILES:
        shutil.copy(dataset / name, folder / name)
    told = {**asdict(read_dataset(dataset)[0]), "reasoner": judged}
    del told["files"]
    write_manifest(folder, **told)
    return folder
