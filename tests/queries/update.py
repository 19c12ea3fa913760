"""Write what the competency queries answer now to ``queries/competency/expected``: ``python -m tests.queries.update [NAME …]``.

Read the difference before it is committed: each changed row is a change of what the graph says about the law.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from comity.building.pipeline import build
from comity.paths import source_root
from comity.queries.local import LocalDataset
from tests.queries.questions import questions


def main(names: list[str]) -> None:
    """Write the answers of the queries named, or of all; files that no query asks for any more are removed."""
    root = source_root()
    asked = list(questions(root))
    with tempfile.TemporaryDirectory() as folder:
        build(root, Path(folder) / "dataset", reasoner=False)
        dataset = LocalDataset(Path(folder) / "dataset")
    for question in asked:
        if names and question.query.stem not in names:
            continue
        answer = question.answer(dataset)
        question.expected.parent.mkdir(exist_ok=True)
        if not question.expected.exists() or question.expected.read_text(encoding="utf-8") != answer:
            question.expected.write_text(answer, encoding="utf-8")
            print(f"written: {question.expected.relative_to(root)}")
    for path in (root / "queries" / "competency" / "expected").glob("*.csv"):
        if path not in {question.expected for question in asked}:
            path.unlink()
            print(f"removed: {path.relative_to(root)}")


if __name__ == "__main__":
    main(sys.argv[1:])
