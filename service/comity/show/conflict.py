"""A conflict in a terminal: its two sides, why both cannot be followed, how hard it is, and the ways out as steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.web.conflict import ConflictParts, NormOfSide

__all__ = ["conflict_lines"]

Line = tuple[str, int, str]
"""A paragraph, how far it is set in, and its style."""


def conflict_lines(parts: ConflictParts, words: dict[str, Any]) -> Iterator[Line]:
    """Yield the paragraphs about a conflict, with the *words* of one language; the open questions of its norms are not among them."""
    yield words["why_not_both"], 0, "bold underline"
    yield parts.why, 1, ""
    yield f"{words['how_hard'].format(grade=parts.grade)} {parts.grade_definition}", 1, ""
    yield words["both_sides"], 0, "bold underline"
    for side in parts.sides:
        yield ", ".join(side.orders), 1, "bold"
        yield side.says, 2, ""
        for norm in side.norms:
            yield from _norm(norm, words)
    yield words["ways_out"], 0, "bold underline"
    if not parts.steps:
        yield words["no_ways_out"], 1, "dim"
    for number, step in enumerate(parts.steps, 1):
        yield " — ".join(part for part in (f"{number}. {step.label}", step.about) if part), 1, "bold"
        yield step.definition, 2, ""
        yield "; ".join(place.label for place in step.provisions), 2, "dim"


def _norm(norm: NormOfSide, words: dict[str, Any]) -> Iterator[Line]:
    reference = norm.reference
    days = [words["since"].format(day=norm.since)] if norm.since else []
    days += [words["until"].format(day=norm.until)] if norm.until else []
    told = [*(place.label for place in reference.provisions), *days]
    yield f"{reference.name}  {reference.label} ({', '.join(told)})", 2, ""
    for sanction in norm.sanctions:
        yield f"{words['sanctions']}: {sanction.label}. {sanction.definition}".rstrip(". "), 3, "dim"
