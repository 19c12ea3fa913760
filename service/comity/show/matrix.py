"""The page ``docs/recognition-matrix.md``: who of some places recognises whom on a day. ``make matrix`` writes it."""

from __future__ import annotations

import sys
from datetime import date

from rich.console import Console

from comity.building.commands import dataset_for
from comity.check.dataset import read_program
from comity.recognition.service import Recognitions

__all__ = ["matrix_page"]

_MARKS = {"adequacy": "A", "equivalence": "E", "whiteList": "W", "commonLaw": "="}
_HEAD = """# Who recognises whom

The row recognises the column on {day}: data in the scope of the recognition may go there without a further mechanism.
A adequacy decision, E equivalence, W white list, = one law for both. A dot is no row: where the law of the row is held in full
(**bold**) it is a "no",
elsewhere it only says that none was found. Many recognitions cover one sector only; the answer for the pair gives the scope.

Written by `make matrix`. Ask `GET /v1/recognitions/matrix` for other places and days; [recognition.md](recognition.md) says what the
answers mean.
"""


def matrix_page(recognitions: Recognitions, places: list[str], day: date) -> str:
    """Return the page in Markdown."""
    found = recognitions.matrix(places, day)
    kinds = {(cell["from"], cell["to"]): cell["kinds"] for cell in found["cells"]}
    codes = [place["code"] for place in found["places"]]
    lines = [_HEAD.format(day=found["on"]), f"| | {' | '.join(codes)} | gives | gets |", f"|---|{'---|' * (len(codes) + 2)}"]
    for place in found["places"]:
        code = place["code"]
        name = f"**{code}**" if place["lawHeld"] == "whole" else code
        cells = ["" if code == other else _mark(kinds.get((code, other))) for other in codes]
        lines.append(f"| {name} {place['label']['en']} | {' | '.join(cells)} | {place['gives']} | {place['gets']} |")
    lines += ["", f"Mutual: {_pairs(found['mutual'], '–')}.", "", f"One way only: {_pairs(found['oneWay'], ' → ')}.", ""]
    return "\n".join(lines)


def _mark(kinds: list[str] | None) -> str:
    return "".join(_MARKS[kind] for kind in kinds) if kinds else "·"


def _pairs(pairs: list[list[str]], joint: str) -> str:
    return ", ".join(joint.join(pair) for pair in pairs) or "none"


def main(arguments: list[str]) -> int:
    """Print the page for a day, as 2026-01-31, and the places named after it."""
    day, *places = arguments
    sys.stdout.write(matrix_page(Recognitions(read_program(dataset_for(None, Console(stderr=True)))), places, date.fromisoformat(day)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
