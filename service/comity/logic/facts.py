"""Facts as reasons name them, and the grounds of a decision: which fact speaks for it, under which class, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from comity.logic.expression import Surroundings
from comity.logic.node import HOLDER_PLACE, Node

__all__ = ["UNSTATED", "Fact", "Ground", "Grounds", "Link", "fact_of"]


class Fact(NamedTuple):
    """A key of one node of the description: its JSON pointer, the node's class, the key, and what was stated.

    ``holder`` is the object in which it stands.
    """

    pointer: str
    kind: str
    key: str
    value: Any
    holder: Mapping[str, Any] = MappingProxyType({})

    @property
    def is_stated(self) -> bool:
        """Say whether the description says anything of it."""
        return self.value is not UNSTATED


class Link(NamedTuple):
    """A class that answers report and that a decision rests on: its name, the node of which it was asked, and whether it holds."""

    name: str
    node: Node
    holds: bool


class Ground(NamedTuple):
    """A fact that a decision rests on.

    ``absent`` says that it counts because something looked for is not there; ``link`` is the outermost reported class under which it
    was looked at.
    """

    fact: Fact
    absent: bool
    link: Link | None = None


class Grounds:
    """The grounds told so far, each once, and the classes explained of nodes; false while one is under way."""

    def __init__(self, explained: dict[tuple[str, Node], bool] | None = None) -> None:
        self._told: dict[tuple[str, Link | None], Ground] = {}
        self.explained: dict[tuple[str, Node], bool] = {} if explained is None else explained

    def __len__(self) -> int:
        return len(self._told)

    @property
    def all(self) -> list[Ground]:
        """The grounds in the order in which they were told."""
        return list(self._told.values())

    def add(self, fact: Fact, absent: bool) -> None:
        """Tell a fact."""
        self._put(Ground(fact, absent))

    def add_all(self, grounds: Iterable[Ground], link: Link | None = None) -> None:
        """Tell grounds that were kept, under a class that stands above theirs, if one is given."""
        for ground in grounds:
            self._put(ground if link is None else ground._replace(link=link))

    def _put(self, ground: Ground) -> None:
        key = (ground.fact.pointer, ground.link)
        known = self._told.get(key)
        if known is None or (known.absent and not ground.absent):
            self._told[key] = ground


def fact_of(node: Node, key: str, around: Surroundings, derived_counts: frozenset[str]) -> Fact:
    """Return the fact of a node under a key; made once for each node."""
    fact: Fact | None = node.told.get(key)
    if fact is None:
        if key == HOLDER_PLACE:
            fact = Fact(node.path, node.kind, "place", node.raw.get("place", UNSTATED), node.raw)
        else:
            pointer = f"{node.origin.get(key, node.path)}/{key}"
            fact = Fact(pointer, node.kind, key, _value(node, key, around, derived_counts), node.raw)
        node.told[key] = fact
    return fact


def _value(node: Node, key: str, around: Surroundings, derived_counts: frozenset[str]) -> Any:
    if key in node.raw:
        return node.raw[key]
    return around.derived(key) if key in derived_counts else node.get(key, UNSTATED)


UNSTATED = object()
"""The value of a fact of which the description says nothing."""
