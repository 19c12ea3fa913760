"""The two sides of a comparison: a folder of sources, a built dataset, or a revision of git, each as a checker."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from comity.check.checker import Checker
from comity.check.dataset import DatasetError, read_program
from comity.conflict.unjudged import SOURCE_FAULTS, compile_sources
from comity.law.program_text import ProgramText
from comity.rdf.load import FOLDERS

__all__ = ["Version", "VersionError", "of_folder", "of_revision"]

Json = dict[str, Any]
Words = dict[str, dict[str, str]]


class VersionError(ValueError):
    """A side of the comparison that cannot be had; says why and what to do."""


@dataclass(frozen=True)
class Version:
    """Law in one state: what it is called, its compiled program, and the words for verdicts and statuses where it brings them."""

    name: str
    program: ProgramText = field(repr=False)
    terms: Words = field(default_factory=dict, repr=False)

    @cached_property
    def checker(self) -> Checker:
        """Return the checker of the program. Scenarios seldom share a profile, so none is kept."""
        return Checker(self.program, profile_bytes=0)


def of_folder(folder: Path, name: str | None = None) -> Version:
    """Return the law in a folder, which holds a dataset that was built or sources. Raises :class:`VersionError`."""
    name = name or str(folder)
    if (folder / "program.json").exists():
        try:
            return Version(name, read_program(folder))
        except DatasetError as fault:
            raise VersionError(str(fault)) from None
    lacking = [part for part in FOLDERS if not (folder / part).is_dir()]
    if lacking:
        raise VersionError(f"{folder} holds neither a dataset (program.json) nor sources: it has no {_folders(lacking)}")
    try:
        return Version(name, *compile_sources(folder))
    except SOURCE_FAULTS as fault:
        raise VersionError(f"the sources of {name} cannot be compiled:\n{fault}") from fault


def of_revision(root: Path, revision: str) -> Version:
    """Return the law of a revision of the repository that holds ``root``, compiled by the code of today.

    Raises :class:`VersionError`.
    """
    commit = _commit(root, revision)
    held = set(_git(root, "ls-tree", "--name-only", commit).decode().split("\n"))
    lacking = [part for part in FOLDERS if part not in held]
    if lacking:
        raise VersionError(f"revision {revision} has no {_folders(lacking)}, so there is no law in it to compare with")
    wanted = [part for part in (*FOLDERS, "queries") if part in held]
    with tempfile.TemporaryDirectory(prefix="comity-") as folder:
        with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", commit, "--", *wanted))) as archive:
            archive.extractall(folder, filter="data")
        try:
            return of_folder(Path(folder), f"{revision} ({commit[:9]})")
        except VersionError:
            raise
        except Exception as fault:  # sources of another age may lack anything on which the compiler of today relies
            told = f"{type(fault).__name__}: {fault}"
            raise VersionError(
                f"the sources of {revision} cannot be compiled by this version of Comity ({told}); compare with a later revision"
            ) from fault


def _commit(root: Path, revision: str) -> str:
    """Return the commit that a revision names."""
    try:
        inside = subprocess.run(["git", "-C", str(root), "rev-parse", "--git-dir"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise VersionError("git is not installed; name two folders with --from and --to") from None
    if inside.returncode:
        raise VersionError(f"{root} is not in a git repository ({inside.stderr.strip()}); name two folders with --from and --to")
    asked = ["git", "-C", str(root), "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    if found.returncode:
        raise VersionError(f"the repository of {root} knows no revision {revision!r}; 'git log --oneline' lists those that it knows")
    return found.stdout.strip()


def _git(root: Path, *arguments: str) -> bytes:
    run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    if run.returncode:
        raise VersionError(f"git {arguments[0]} fails in {root}: {run.stderr.decode(errors='replace').strip()}")
    return run.stdout


def _folders(names: list[str]) -> str:
    *first, last = (f"{name}/" for name in names)
    return f"{', '.join(first)} and {last}" if first else last
