"""Which assumptions matter: those without which a verdict could be another.

The norms that could make the answer graver are judged once more with all that was assumed of the leg left open. An assumption
matters where one of them then waits for its fact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from comity.law.contested import rulings
from comity.law.judgement import Rank
from comity.law.missing import undecided
from comity.law.norm import DUTIES, Norm
from comity.law.outcome import Outcome
from comity.law.verdict import of_the_flow
from comity.logic.node import Node, reachable, unremembered

__all__ = ["left_open", "that_matter"]

Json = dict[str, Any]


def that_matter(outcome: Outcome, assumed: Collection[Json]) -> list[Json]:
    """Return the assumptions that matter, of those that were made about the leg of an outcome, in their order."""
    worst = max((max(ruling.rank, ruling.potential) for ruling in of_the_flow(outcome.rulings)), default=Rank.NOT_REGULATED)
    if not assumed or worst is Rank.PROHIBITED:
        return []
    pointers = {entry["pointer"] for entry in assumed}
    with left_open(outcome.application.leg, pointers):
        application = outcome.application.anew()
        graver = [norm for norm in application.live() if norm.governs == "flow" and _at_worst(norm) > worst]
        found = {
            fact.pointer
            for ruling in rulings(application, graver)
            if ruling.potential > worst
            for fact in undecided(application, ruling.norm, ruling.part)
        }
    return [entry for entry in assumed if entry["pointer"] in found]


def _at_worst(norm: Norm) -> Rank:
    """Return the gravest that a norm can add, whatever the flow."""
    if norm.kind not in DUTIES:
        return Rank.NOT_REGULATED
    if norm.curable is not None or (norm.demand is None and norm.kind == "Prohibition"):
        return Rank.PROHIBITED
    return Rank.CONTESTED if norm.questions else Rank.CONDITIONAL


@contextmanager
def left_open(leg: Node, pointers: Collection[str]) -> Iterator[None]:
    """Take facts out of a leg, and all that can be reached from it, until the end of the block."""
    nodes = reachable([leg])
    taken = [(node, key, node[key], node.raw) for node in nodes for key in [*node] if f"{node.path}/{key}" in pointers and key in node]
    told = [node.told for node in nodes]
    with unremembered([leg]):
        for node in nodes:
            node.told = {}
        for node, key, _, _ in taken:
            del node[key]
            node.raw = {other: value for other, value in node.raw.items() if other != key}
        try:
            yield
        finally:
            for node, key, value, raw in reversed(taken):
                node[key], node.raw = value, raw
            for node, kept in zip(nodes, told):
                node.told = kept
