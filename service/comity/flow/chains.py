"""How parties hang together: circles that may not be, and how long a chain of parties can get.

A *link* is a key of a party, with the key of the thing between where there is one: ``("employedBy", None)`` leads to a
party at once, ``("ownedBy", "owner")`` through a holding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.logic.node import Node
from comity.logic.strong_components import strong_components

__all__ = ["Link", "circle", "longest_chain"]

Link = tuple[str, str | None]


def _next(node: Node, links: Iterable[Link]) -> Iterator[Node]:
    for key, via in links:
        for thing in node.get(key) or ():
            for party in (thing,) if via is None else thing.get(via) or ():
                if party.kind == node.kind:  # not a place that stands for its state
                    yield party


def circle(parties: Iterable[Node], links: Iterable[Link]) -> Node | None:
    """Return a party that the links lead back to, or None."""
    links = tuple(links)
    done: set[Node] = set()
    for start in parties:
        if start in done:
            continue
        walking = {start}
        path = [(start, _next(start, links))]
        while path:
            node, following = path[-1]
            other = next(following, None)
            if other is None:
                path.pop()
                walking.discard(node)
                done.add(node)
            elif other in walking:
                return other
            elif other not in done:
                walking.add(other)
                path.append((other, _next(other, links)))
    return None


def longest_chain(parties: Iterable[Node], links: Iterable[Link], acyclic: Iterable[Link]) -> tuple[int, Node | None]:
    """Return a length that no chain of distinct parties exceeds, and a party at which such a chain begins.

    ``acyclic`` are the links that are known to lead in no circle. The bound is exact where no other link does either.
    Inside a circle a chain is cut at the other links: each leads to a party of its own, and between two of them it
    is no longer than the longest chain of acyclic links.
    """
    links, acyclic = tuple(links), tuple(acyclic)
    ties = tuple(link for link in links if link not in acyclic)
    tiers = 0 if not ties or not acyclic else longest_chain(parties, acyclic, acyclic)[0]
    length: dict[Node, int] = {}
    longest: tuple[int, Node | None] = (0, None)
    for ring in strong_components(parties, lambda node: _next(node, links)):
        members = set(ring)
        inside = len(ring)
        if inside > 1 and tiers:
            inside = min(inside, tiers * (1 + len({other for node in ring for other in _next(node, ties)} & members)))
        below = (length[other] for node in ring for other in _next(node, links) if other not in members)
        size = inside + max(below, default=0)
        length.update(dict.fromkeys(ring, size))
        longest = max(longest, (size, ring[0]), key=lambda pair: pair[0])
    return longest
