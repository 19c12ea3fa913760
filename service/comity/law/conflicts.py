"""Conflicts for one leg: pairs of norms that the build found to be opposed, where both hold of it or may hold."""

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

    @property
    def open(self) -> list[Ruling]:
        """The norms that apply and that an exception may still lift: until that is known the two collide possibly, not surely."""
        return [ruling for ruling in (self.first, self.second) if ruling.status == "unknown"]


def collisions(program: Program, rulings: list[Ruling]) -> list[Collision]:
    """Return the collisions among the rulings, in the order in which the graph keeps the pairs."""
    binding: dict[str, Ruling] = {}
    for ruling in rulings:
        if ruling.status in _BINDING or (ruling.status == "unknown" and ruling.scope is True):
            known = binding.get(ruling.norm.id)
            if known is None or known.status == "unknown":  # where it holds of one part of the data surely, that counts
                binding[ruling.norm.id] = ruling
    met = [(number, pair) for first in binding for number, pair in program.pairs.get(first, ()) if pair["norms"][1] in binding]
    return [Collision(pair, binding[pair["norms"][0]], binding[pair["norms"][1]]) for _, pair in sorted(met, key=lambda entry: entry[0])]
