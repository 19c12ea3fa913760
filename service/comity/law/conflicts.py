"""Conflicts for one leg: pairs of norms that the build found to be opposed, where both hold of it or may hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from comity.law.application import Application
from comity.law.contested import rulings
from comity.law.cuts import cuts
from comity.law.judgement import Ruling
from comity.law.norm import Norm
from comity.law.program_text import ConflictText

__all__ = ["Collision", "collisions", "sure_collisions"]

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


def collisions(application: Application, found: list[Ruling]) -> list[Collision]:
    """Return the collisions among the rulings on a leg, in the order in which the graph keeps the pairs.

    Two norms collide where both bind of one and the same item, held in one place; the totals of the leg are not cut.
    """
    pairs = application.program.pairs
    binding = _binding(found)
    met = [(number, pair) for first in binding for number, pair in pairs.get(first, ()) if pair["norms"][1] in binding]
    if not met:
        return []
    together = _together(application, [pair for _, pair in met])
    met.sort(key=lambda entry: entry[0])
    return [
        Collision(pair, binding[pair["norms"][0]], binding[pair["norms"][1]]) for _, pair in met if frozenset(pair["norms"]) in together
    ]


def sure_collisions(
    application: Application, pairs: Collection[ConflictText], chosen: Mapping[str, str] = MappingProxyType({})
) -> list[Collision]:
    """Return those of some *pairs* that surely collide in a leg; only their norms are judged, under the positions *chosen*."""
    asked = _asked(application, {name for pair in pairs for name in pair["norms"]})
    binding = _sure(_binding(rulings(application, asked, chosen)))
    met = [pair for pair in pairs if binding.keys() >= set(pair["norms"])]
    if not met:
        return []
    together = _together(application, met, sure=True)
    return [Collision(pair, *(binding[name] for name in pair["norms"])) for pair in met if frozenset(pair["norms"]) in together]


def _asked(application: Application, names: Collection[str]) -> list[Norm]:
    """Return the norms of these names that apply or may apply, and those with which they answer an unsettled question."""
    program = application.program
    questions = frozenset().union(*(program.by_id[name].questions for name in names))
    return [norm for norm in program.norms if (norm.id in names or norm.question in questions) and application.is_live(norm)]


def _binding(found: list[Ruling]) -> dict[str, Ruling]:
    """Return the rulings on norms that bind or, but for an exception, may bind, by the identifiers of the norms."""
    binding: dict[str, Ruling] = {}
    for ruling in found:
        if ruling.status in _BINDING or (ruling.status == "unknown" and ruling.scope is True):
            known = binding.get(ruling.norm.id)
            if known is None or known.status == "unknown":  # where it holds of one part of the data surely, that counts
                binding[ruling.norm.id] = ruling
    return binding


def _sure(binding: dict[str, Ruling]) -> dict[str, Ruling]:
    return {name: ruling for name, ruling in binding.items() if ruling.status != "unknown"}


def _together(application: Application, pairs: list[ConflictText], sure: bool = False) -> set[frozenset[str]]:
    """Return the pairs of which both norms bind, or may bind unless only what is *sure* counts, of one cut of the leg."""
    wanted = {frozenset(pair["norms"]) for pair in pairs}
    names = frozenset().union(*wanted)
    asked = _asked(application, names)
    found: set[frozenset[str]] = set()
    for cut in cuts(application):
        if cut is application:
            return wanted
        binding = _binding(rulings(cut, asked))
        binding = _sure(binding) if sure else binding
        found |= {pair for pair in wanted if pair <= binding.keys()}
    return found
