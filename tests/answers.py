"""The answers to the scenarios: each is answered once in a run, by the first process that wants one of its file."""

from __future__ import annotations

import fcntl
import hashlib
import pickle
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from comity.check.checker import Checker
from comity.curate.answered import Answered, answered
from comity.scenarios.format import Scenario
from tests.shared import all_scenarios

__all__ = ["Answers"]


class Answers:
    """What is looked at of the answers of one checker; ``folder`` keeps it for all processes of a run."""

    def __init__(self, checker: Checker, folder: Path) -> None:
        self._checker = checker
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self._scenarios = {file: tuple(group) for file, group in groupby(all_scenarios(), key=lambda scenario: scenario.file)}
        self._known: dict[Path, dict[str, Answered]] = {}

    def of(self, scenario: Scenario) -> Answered:
        """Return the answer to one scenario."""
        return self._in(scenario.file)[scenario.name]

    def all(self) -> Iterator[tuple[Scenario, Answered]]:
        """Yield every scenario with its answer; files that another process is at are waited for at the end."""
        for file in self._scenarios:
            self._in(file, wait=False)
        yield from ((scenario, self.of(scenario)) for scenario in all_scenarios())

    def _in(self, file: Path, wait: bool = True) -> dict[str, Answered]:
        """Return the answers to the scenarios of a file; none if another process is at them and is not waited for."""
        if file not in self._known:
            kept = self._folder / hashlib.sha256(bytes(file)).hexdigest()
            with kept.with_suffix(".lock").open("w") as lock:
                if not _locked(lock, wait):
                    return {}
                if not kept.exists():
                    found = {scenario.name: answered(self._checker, scenario) for scenario in self._scenarios[file]}
                    kept.write_bytes(pickle.dumps(found))
                self._known[file] = pickle.loads(kept.read_bytes())
        return self._known[file]


def _locked(lock: IO[str], wait: bool) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
