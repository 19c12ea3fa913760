"""The page of the matrix: what a mark means, and that the page in docs/ is what ``make matrix`` writes."""

from __future__ import annotations

import re
from datetime import date

from comity.check.dataset import read_program
from comity.recognition.service import Recognitions
from comity.show.matrix import matrix_page
from tests.recognition.world import DAY, row, world

RECIPE = re.compile(r"^matrix:\n\tpython -m comity\.show\.matrix (\S+) (.+) > docs/recognition-matrix\.md$", re.MULTILINE)


def test_each_kind_has_its_mark_and_law_held_in_full_is_bold():
    rows = (row("A", "XX", "YY"), row("B", "XX", "YY", "whiteList"), row("C", "YY", "XX", "equivalence"), row("D", "XX", "WW"))
    page = matrix_page(world(*rows), ["XX", "YY", "WW"], DAY).splitlines()
    assert [line for line in page if line.startswith("|")] == [
        "| | XX | YY | WW | gives | gets |",
        "|---|---|---|---|---|---|",
        "| **XX** Xland |  | AW | A | 2 | 1 |",
        "| **YY** Yland | E |  | · | 1 | 1 |",
        "| WW Wland | · | · |  | 0 | 1 |",
    ]
    assert page[-3:] == ["Mutual: XX–YY.", "", "One way only: XX → WW."]


def test_where_nobody_recognises_anybody_the_page_says_none():
    assert "Mutual: none.\n\nOne way only: none.\n" in matrix_page(world(), ["XX", "YY"], DAY)


def test_the_page_in_the_documentation_is_what_make_matrix_writes(root, built):
    found = RECIPE.search((root / "Makefile").read_text(encoding="utf-8"))
    assert found, "the recipe of make matrix has another form"
    page = matrix_page(Recognitions(read_program(built)), found[2].split(), date.fromisoformat(found[1]))
    assert (root / "docs" / "recognition-matrix.md").read_text(encoding="utf-8") == page, "run 'make matrix'"
