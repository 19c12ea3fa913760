"""Conflicts for one leg: pairs of norms that the build found to be opposed, where both hold of it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.law.judgement import Ruling
from comity.law.program import Program
from comity.law.program_text import ConflictText

__all__ = ["Collision", "collisions"]

_BINDING = ("prohibited", "due", "unmet", "compelled", "protected", "permitted", "contested")


@dataclass(slots=True)
class Collision:
    """Two norms that cannot both be followed, the pair that the graph stores, and their rulings."""

    pair: ConflictText
    first: Ruling
    second: Ruling


def collisions(program: Program, rulings: list[Ruling]) -> list[Collision]:
    """Return the collisions among the rulings, in the order in which the graph keeps the pairs."""
    binding: dict[str, Ruling] = {}
    for ruling in rulings:
        if ruling.status in _BINDING:
            binding.setdefault(ruling.norm.id, ruling)
    met = [(number, pair) for first in binding for number, pair in program.pairs.get(first, ()) if pair["norms"][1] in binding]
    return [Collision(pair, binding[pair["norms"][0]], binding[pair["norms"][1]]) for _, pair in sorted(met, key=lambda entry: entry[0])]
