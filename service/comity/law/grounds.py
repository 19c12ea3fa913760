"""What a reason tells of the grounds of a decision: the facts that decide it, under the legal classes that they make.

What is looked for and not there, and what is so of nearly every flow, is told only where nothing else decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from comity.law.program_text import ProgramText
from comity.logic.facts import UNSTATED, Fact, Ground, Link
from comity.logic.node import OpenCodes

__all__ = ["VALIDITY", "Background", "Chain", "chain_of", "says_nothing"]


VALIDITY = ("validFrom", "validUntil")
"""The keys that limit in time what they stand on."""


@dataclass(frozen=True, slots=True)
class Background:
    """Which facts stand behind nearly every flow: those under some keys of a node class, under others those with usual
    values, and a validity (``validities``) for which no date is stated.
    """

    keys: frozenset[tuple[str, str]] = frozenset()
    codes: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    validities: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(cls, data: ProgramText) -> Background:
        """Return what the schema of descriptions and the derived facts of a program say of it."""
        entries = [((kind, key), entry) for kind, keys in data["schema"]["nodes"].items() for key, entry in keys.items()]
        derived = [(rule["node"], rule["key"]) for rule in data["derived"] if rule.get("background")]
        return cls(
            frozenset([*derived, *(place for place, entry in entries if entry.get("background"))]),
            {place: frozenset(entry["background_codes"]) for place, entry in entries if "background_codes" in entry},
            frozenset((rule["node"], rule["key"]) for rule in data["derived"] if rule["op"] == "op-validOn"),
        )

    def holds(self, fact: Fact) -> bool:
        """Say whether a fact is background."""
        place = (fact.kind, fact.key)
        if place in self.validities:
            return not any(fact.holder.get(limit) for limit in VALIDITY)
        usual = self.codes.get(place)
        return place in self.keys or (usual is not None and isinstance(fact.value, str) and fact.value in usual)


@dataclass(slots=True)
class Chain:
    """The grounds of a decision in the order in which a reason tells them.

    ``links`` are the legal classes, each with the facts under it, ``direct`` the facts that stand under none.
    """

    links: dict[Link, list[Fact]] = field(default_factory=dict)
    direct: list[Fact] = field(default_factory=list)

    @property
    def facts(self) -> list[Fact]:
        """All facts of the chain, each once."""
        return _once([*(fact for facts in self.links.values() for fact in facts), *self.direct])

    def without(self, other: Chain, implied: Callable[[str], frozenset[str]]) -> Chain:
        """Return this chain without what another tells or names already; the whole chain if nothing would be left."""
        known = {fact.pointer for fact in other.direct}
        named = {name for link in other.links if link.holds for name in (link.name, *implied(link.name))}
        links = {link: facts for link, facts in self.links.items() if link.name not in named}
        direct = [fact for fact in self.direct if fact.pointer not in known]
        return Chain(links, direct) if links or direct else self

    def with_(self, other: Chain) -> Chain:
        """Return this chain with what another tells too."""
        links = dict(self.links)
        for link, facts in other.links.items():
            links[link] = _once([*links.get(link, ()), *facts])
        return Chain(links, _once([*self.direct, *other.direct]))


def chain_of(grounds: Iterable[Ground], background: Background, implied: Callable[[str], frozenset[str]]) -> Chain:
    """Return the chain of the grounds that decide; ``implied`` gives the classes that naming another names."""
    groups: dict[Link | None, list[tuple[int, Fact]]] = {}
    for ground in grounds:
        groups.setdefault(ground.link, []).append((_rank(ground, background), ground.fact))
    direct = groups.pop(None, [])
    held = {link: group for link, group in groups.items() if link is not None and link.holds}
    denied = {link: group for link, group in groups.items() if link is not None and not link.holds}
    chain = Chain({link: _foremost(group, 1) for link, group in held.items()}, [fact for rank, fact in direct if rank == 0])
    if not chain.facts and not chain.links:
        chain = Chain({link: _foremost(group, 1) for link, group in denied.items()}, [fact for rank, fact in direct if rank == 1])
    if not chain.facts:
        chain = Chain({link: _foremost(group) for link, group in (held or denied).items()}, _foremost(direct))
    return Chain(_outermost(chain.links, implied), chain.direct)


def _outermost(links: dict[Link, list[Fact]], implied: Callable[[str], frozenset[str]]) -> dict[Link, list[Fact]]:
    """Leave out classes that another names and that rest on no fact of their own."""
    kept: dict[Link, list[Fact]] = {}
    for link, facts in links.items():
        others = {other: told for other, told in links.items() if other != link and other.holds and link.name in implied(other.name)}
        told = {fact.pointer for each in others.values() for fact in each}
        if not others or not told.issuperset(fact.pointer for fact in facts):
            kept[link] = facts
    return kept


def _once(facts: list[Fact]) -> list[Fact]:
    return list({fact.pointer: fact for fact in facts}.values())


def _foremost(group: list[tuple[int, Fact]], last: int = 3) -> list[Fact]:
    best = min((rank for rank, _ in group), default=0)
    return [fact for rank, fact in group if rank == best <= last]


def _rank(ground: Ground, background: Background) -> int:
    """Return how little a ground tells: a presence least of all little, then a denial of something stated, background, mere absence."""
    known = background.holds(ground.fact)
    if not ground.absent:
        return 2 if known or _is_none(ground.fact.value) else 0
    return 3 if known or says_nothing(ground.fact.value) else 1


def says_nothing(value: object) -> bool:
    """Say whether a value says that there is nothing, or that something is not so; a number says something, be it zero."""
    return value is False or value == frozenset((False,)) or _is_none(value)


def _is_none(value: object) -> bool:
    """Say whether a value says that there is nothing."""
    if isinstance(value, OpenCodes):
        return not value.yes
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(end, int | float) for end in value):
        return bool(value[0] > value[1])
    return value is UNSTATED or value is None or value in ([], (), frozenset())
