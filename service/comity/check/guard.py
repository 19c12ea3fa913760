"""The guard of assumptions: one place may not stand for another where the party's ties lead elsewhere and that would be graver.

A company with one office is taken to be set up under the law of that place. Where its owner, its controller, its whole or its
employer is from another place, that one is tried as well: if the verdict of any law may then be graver, the fact is left open,
so that it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from comity.flow.reading import Description
from comity.flow.schema import KeySchema, Schema
from comity.law.application import Application
from comity.law.judgement import Rank
from comity.law.outcome import judge
from comity.law.verdict import of_the_flow
from comity.logic.node import HOLDER_PLACE, Node, unremembered

__all__ = ["StandIn", "elsewhere", "withdraw"]

_MOST_TRIED = 4  # of one leg; each is a judgement of its own
_MOST_TIES = 20


class StandIn(NamedTuple):
    """A place that stands for another one under a key of a party."""

    node: Node
    entry: KeySchema


def withdraw(read: Description, leg: Node, made: Collection[StandIn], schema: Schema, apply: Callable[[Node], Application]) -> None:
    """Withdraw the stand-ins of a leg that hide a graver verdict: what is left are the places that may be meant, and no assumption."""
    tried = [(one, places) for one in made if (places := elsewhere(one, schema))][:_MOST_TRIED]
    if not tried:
        return
    with unremembered([leg]):
        stands = _worst(apply(leg))
    for (node, entry), places in tried:
        kept = node[entry.key]
        node[entry.key] = (frozenset().union(*kept, places),)
        with unremembered([leg]):
            found = _worst(apply(leg))
        if all(rank <= stands.get(instrument, Rank.NOT_REGULATED) for instrument, rank in found.items()):
            node[entry.key] = kept
            continue
        node.raw = {key: value for key, value in node.raw.items() if key != entry.key}
        pointer = f"{node.path}/{entry.key}"
        read.assumed[:] = [made_of for made_of in read.assumed if made_of["pointer"] != pointer]


def _worst(application: Application) -> dict[str, Rank]:
    """Return how grave each law may turn out."""
    grouped = judge(application).by_instrument
    return {
        instrument: max((max(r.rank, r.potential) for r in of_the_flow(rulings)), default=Rank.NOT_REGULATED)
        for instrument, rulings in grouped.items()
    }


def elsewhere(one: StandIn, schema: Schema) -> frozenset[str]:
    """Return the places to which the ties of a party lead, beside the one that stands for its own."""
    keys = (one.entry.key, *one.entry.assumed_from)
    found: set[str] = set()
    for party in _tied(one.node, schema):
        for key in (HOLDER_PLACE, *keys):
            for place in dict.get(party, key) or ():
                found |= place
    return frozenset(found - frozenset().union(*one.node[one.entry.key]))


def _tied(start: Node, schema: Schema) -> Iterator[Node]:
    """Yield the parties, and the places in their position, to which links lead from a party."""
    seen, waiting = {start}, [start]
    while waiting and len(seen) <= _MOST_TIES:
        node = waiting.pop()
        for key, via in schema.links:
            for thing in node.get(key) or ():
                for party in (thing,) if via is None else thing.get(via) or ():
                    if party not in seen:
                        seen.add(party)
                        yield party
                        if party.kind == start.kind:
                            waiting.append(party)
