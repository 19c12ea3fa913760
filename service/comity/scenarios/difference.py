"""What moved between two sets of answers to the same flows, grouped by what moved: the one comparison of test, ledger and diff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.scenarios.record import ABSENT, REFUSED, FlowName, Part, Record

__all__ = ["KINDS", "Difference", "Move", "compare", "moved_parts"]

KINDS = ("verdict", "instrument", "norm", "class", "conflict", "asked")
"""The kinds of parts in the order in which moves are told."""


@dataclass(frozen=True, slots=True)
class Move:
    """One and the same move in some flows: the part's kind and name, what was said of it, and what is said now."""

    kind: str
    name: str
    before: str
    after: str
    flows: tuple[FlowName, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What moved, and the flows that only one of the two sides answers; falsy if there is nothing of it."""

    moves: tuple[Move, ...]
    only_before: tuple[FlowName, ...]
    only_after: tuple[FlowName, ...]

    def __bool__(self) -> bool:
        return bool(self.moves or self.only_before or self.only_after)


def compare(before: Mapping[FlowName, Record], after: Mapping[FlowName, Record]) -> Difference:
    """Return what moved from one set of answers to another."""
    moves: dict[tuple[str, str, str, str], list[FlowName]] = {}
    for flow in sorted(before.keys() & after.keys()):
        for part, (old, new) in moved_parts(before[flow], after[flow]).items():
            flows = moves.setdefault((part.kind, part.name, old, new), [])
            if flow not in flows[-1:]:  # two legs of one route may make the same move
                flows.append(flow)
    order = sorted(moves, key=lambda move: (KINDS.index(move[0]), move[1], -len(moves[move]), move))
    return Difference(
        tuple(Move(*move, tuple(moves[move])) for move in order),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(after.keys() - before.keys())),
    )


def moved_parts(before: Record, after: Record) -> dict[Part, tuple[str, str]]:
    """Return the parts of an answer of which the two records differ, with what each says.

    Where one side refuses the flow, that alone is told.
    """
    if before == after:
        return {}
    if REFUSED in (before.verdict, after.verdict):
        return {Part(-1, "verdict", "overall"): (before.verdict, after.verdict)}
    old, new = before.parts(), after.parts()
    said = {part: (old.get(part, ABSENT[part.kind]), new.get(part, ABSENT[part.kind])) for part in old.keys() | new.keys()}
    return {part: pair for part, pair in said.items() if pair[0] != pair[1]}
