"""Which norms and terms are worth testing: those that share a condition stand behind one test of it.

The conditions are the conjuncts that a situation cannot do without. The one that most norms share comes first, so that
a flow that fails it passes all of them by in one step.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.logic.expression import Compiler, Expression, Surroundings, Test
from comity.logic.node import Node
from comity.logic.simplify import necessary

__all__ = ["Gate", "plan", "relevant"]


@dataclass(slots=True)
class Gate:
    """A condition, the norms (or terms) that need no further gate, and the gates behind it."""

    test: Test | None
    norms: list[Any] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)


def plan(norms: Sequence[Any], compiler: Compiler, known: dict[str, dict[str, Expression]]) -> Gate:
    """Arrange norms, or whatever else has a ``number`` and holds ``when`` a class does, behind the conditions that they share.

    ``known`` keeps the conditions of each class from one epoch to the next.
    """
    for norm in norms:
        if norm.when not in known:
            known[norm.when] = _conditions(norm.when, compiler)
    needed = {norm.number: known[norm.when] for norm in norms}
    return _arrange(None, list(norms), needed, frozenset(), compiler)


def _conditions(name: str, compiler: Compiler) -> dict[str, Expression]:
    """Return the conditions without which a class cannot hold, by their text; a conjunction counts as its parts."""
    return {json.dumps(part): part for part in necessary(["is", name], compiler.classes) if part[0] not in ("and", "true")}


def _arrange(
    test: Test | None, norms: list[Any], needed: dict[int, dict[str, Expression]], used: frozenset[str], compiler: Compiler
) -> Gate:
    gate = Gate(test)
    rest = norms
    while len(rest) > 2:
        shared = Counter(text for norm in rest for text in needed[norm.number] if text not in used)
        if not shared:
            break
        # among the most shared conditions, the shortest is the cheapest to test
        text, times = min(shared.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))
        if times < 2:
            break
        group = [norm for norm in rest if text in needed[norm.number]]
        rest = [norm for norm in rest if text not in needed[norm.number]]
        expression = needed[group[0].number][text]
        gate.gates.append(_arrange(compiler.test(expression), group, needed, used | {text}, compiler))
    gate.norms = rest
    return gate


def relevant(gate: Gate, node: Node, around: Surroundings) -> list[Any]:
    """Return the norms that may hold of a node: no condition that they share is false of it."""
    found = list(gate.norms)
    waiting = list(gate.gates)
    for current in waiting:
        if current.test(node, around) is not False:  # type: ignore[misc]  # only the outermost gate has no test
            found += current.norms
            waiting += current.gates
    return found
