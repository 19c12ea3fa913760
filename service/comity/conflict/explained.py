"""One conflict in full: what each side says, its sanctions, why both cannot be followed, how hard that is, and the ways out as steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.check.ways_out import grade, says, steps
from comity.law.program_text import ConflictText, ProgramText, Words

__all__ = ["as_the_law_stands", "label_of", "named_pair"]

Json = dict[str, Any]


def named_pair(iri: str, pairs: Sequence[ConflictText]) -> ConflictText:
    """Return the pair of norms after which a clash of duties is named."""
    return next((pair for pair in pairs if iri.endswith("/" + "--".join(pair["norms"]))), pairs[0])


def label_of(program: ProgramText, pair: ConflictText) -> Words:
    """Return what a conflict is called: the labels of its two norms."""
    labels = {norm["id"]: norm["label"] for norm in program["norms"]}
    return {lang: " ⇄ ".join(labels[name].get(lang, name) for name in pair["norms"]) for lang in ("en", "zh")}


def as_the_law_stands(program: ProgramText, pairs: Sequence[ConflictText], named: ConflictText) -> Json:
    """Return the explanation of a clash before any fact of a case is known; it is disputed where one of its norms is a mere position."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    ways = steps(program, pairs)
    disputed = any(norms[name]["question"] is not None for pair in pairs for name in pair["norms"])
    return {
        "says": [says(program, norms[name]) for name in named["norms"]],
        "sanctions": {name: [program["sanctions"][path] for path in norms[name]["sanctions"]] for pair in pairs for name in pair["norms"]},
        "why": program["oppositions"][named["rule"]],
        "grade": grade(program, ways, disputed),
        "reconciledBy": ways,
    }
