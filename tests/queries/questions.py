"""The competency queries with the values they are asked with: lines ``# expect label: variable=value …`` in their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from comity.building.pipeline import build
from comity.queries.local import LocalDataset
from comity.queries.running import as_csv, read_pairs, terms
from comity.scenarios.format import SCENARIOS, read_scenarios

_EXPECT = re.compile(r"^# expect\b(?: ([\w-]+):)?(.*)$", re.MULTILINE)


class Question(NamedTuple):
    """One query with the values of one asking, and the file of the rows that answer it."""

    query: Path
    values: dict[str, str]
    expected: Path

    def answer(self, dataset: LocalDataset) -> str:
        """The rows as CSV."""
        text = self.query.read_text(encoding="utf-8")
        return as_csv(dataset.select(text, terms(text, self.values)))


def questions(root: Path) -> Iterator[Question]:
    """Every asking of every query below ``queries/competency``."""
    folder = root / "queries" / "competency"
    for path in sorted(folder.glob("*.rq")):
        for label, pairs in _EXPECT.findall(path.read_text(encoding="utf-8")):
            yield Question(path, read_pairs(pairs.split()), folder / "expected" / f"{path.stem}{'.' + label if label else ''}.csv")


def built(root: Path, folder: Path) -> LocalDataset:
    """The dataset of the sources; its conflicts are the opposed pairs, not judged by the reasoner.

    Witnesses are sought among the scenarios that were written to show a conflict, to be quick.
    """
    scenarios = [scenario for scenario in read_scenarios(root / SCENARIOS) if scenario.expect.get("conflicts")]
    build(root, folder, False, lambda step: None, scenarios)
    return LocalDataset(folder)
