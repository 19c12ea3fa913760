"""The competency queries with the values they are asked with: lines ``# expect label: variable=value …`` in their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from comity.queries.local import LocalDataset
from comity.queries.running import as_csv, read_pairs, terms

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
