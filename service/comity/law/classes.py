"""The classifications reached: which defined terms of the law hold of the leg, its parties and its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.law.application import Application
from comity.logic.kleene import Truth
from comity.logic.node import Node

__all__ = ["Classification", "classifications"]


@dataclass(slots=True)
class Classification:
    """A defined term, the node on which it was tried, and whether it holds (``None``: open)."""

    term: dict[str, Any]
    node: Node
    holds: Truth


def classifications(application: Application, parties: list[Node]) -> list[Classification]:
    """Return the terms that hold, or may hold, in the order of the graph; a term that does not hold is left out."""
    program = application.program
    by_domain: dict[str, list[Node]] = {
        "DataFlow": application.parts if len(application.parts) > 1 else [application.leg],
        "Party": parties,
        "DataItem": [item for item in application.items if item is not None],
    }
    found: dict[tuple[str, str], Classification] = {}
    for term in program.data["reported"]:
        if any(application.in_force.get(instrument, True) is False for instrument in term["instruments"]):
            continue
        test = program.compiler.named(term["name"])
        for node in _nodes(application, by_domain, term["domain"]):
            holds = test(node, application)
            key = (term["name"], node.path)
            if holds is not False and (key not in found or found[key].holds is None):
                found[key] = Classification(term, node, holds)
    return list(found.values())


def _nodes(application: Application, by_domain: dict[str, list[Node]], domain: str) -> Iterator[Node]:
    if domain in by_domain:
        yield from by_domain[domain]
        return
    seen: set[int] = set()
    waiting: list[Node] = [application.leg]
    while waiting:
        node = waiting.pop(0)
        if id(node) in seen or node.kind == "Party":
            continue
        seen.add(id(node))
        if node.kind == domain:
            yield node
        for value in node.values():
            if isinstance(value, list):
                waiting.extend(value)
