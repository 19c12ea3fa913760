"""The order of questions by what their answers change: each value of a fact is tried, and the verdicts are folded once more.

That costs a judgement for each value, so that it is done for the first candidates and on request only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from comity.flow.schema import KeySchema, Schema
from comity.law.missing import Missing
from comity.law.outcome import Outcome, judge
from comity.logic.node import Node, reachable, unremembered

__all__ = ["by_change"]

_MOST_TRIED = 15  # candidates
_MOST_VALUES = 4  # of each
_OPEN = "needs-information"


def by_change(outcome: Outcome, wanted: Sequence[Missing], schema: Schema) -> list[Missing]:
    """Return facts that are wanted, those of the first tier in the order in which their values settle most.

    What cannot be tried counts as much as the others on the average.
    """
    first = [entry for entry in wanted[:_MOST_TRIED] if entry.tier == wanted[0].tier]
    nodes = {node.path: node for node in reachable([outcome.application.leg])}
    scores = {entry.fact.pointer: _score(outcome, entry, nodes, schema) for entry in first}
    tried = [score for score in scores.values() if score is not None]
    usual = sum(tried) / len(tried) if tried else 0.0
    ranked = sorted(first, key=lambda entry: -usual if (score := scores[entry.fact.pointer]) is None else -score)
    return [*ranked, *wanted[len(first) :]]


def _score(outcome: Outcome, entry: Missing, nodes: dict[str, Node], schema: Schema) -> float | None:
    """Return how many verdicts the values of a fact change, on the average of those that are tried."""
    fact = entry.fact
    told, node = schema.find(fact.kind, fact.key), nodes.get(fact.pointer.removesuffix(f"/{fact.key}"))
    if told is None or node is None or fact.key in node:
        return None
    values = list(_values(outcome, entry, told))[:_MOST_VALUES]
    if len(values) < 2:
        return None
    return sum(_changes(outcome, node, fact.key, value) for value in values) / len(values)


def _changes(outcome: Outcome, node: Node, key: str, value: Any) -> float:
    leg = outcome.application.leg
    with unremembered([leg]):
        node[key] = value
        try:
            found = judge(outcome.application.anew())
        finally:
            del node[key]
    before, after = outcome.verdicts, found.verdicts
    changed = sum(before.get(law, "") != after.get(law, "") for law in {*before, *after})
    settled = sum(verdict == _OPEN and after.get(law) != _OPEN for law, verdict in before.items())
    return changed + settled + 2 * (outcome.verdict != found.verdict)


def _values(outcome: Outcome, entry: Missing, told: KeySchema) -> Iterator[Any]:
    """Yield values of a key that the norms tell apart: none, and those of which they speak."""
    if told.kind == "boolean":
        yield from (frozenset((True,)), frozenset((False,)))
    elif told.kind in ("node", "nodes", "parties"):
        yield []
    elif told.kind in ("code", "codes", "taxonomy"):
        if told.kind != "code":
            yield frozenset()
        program = outcome.application.program
        read = [code for norm in entry.norms for code in program.explainer.codes_read(program.by_id[norm].when, told.key)]
        other = next((code for code in sorted(told.codes) if code not in read and code not in told.none_codes), None)
        yield from (frozenset((code,)) for code in [*dict.fromkeys(read)][: _MOST_VALUES - 1])
        if other is not None:
            yield frozenset((other,))
