"""The classifications reached: which defined terms of the law hold of the leg, its parties and its data."""

from __future__ import annotations

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
    by_domain: dict[str, list[Node]] = {
        "DataFlow": application.parts if len(application.parts) > 1 else [application.leg],
        "Party": parties,
        "DataItem": [item for item in application.items if item is not None],
    }
    inner: dict[str, list[Node]] | None = None
    found: dict[tuple[str, str], Classification] = {}
    for term, domain, test in application.epoch.terms:
        nodes = by_domain.get(domain)
        if nodes is None:
            inner = inner if inner is not None else _inner_nodes(application.leg)
            nodes = inner.get(domain, [])
        for node in nodes:
            holds = test(node, application)
            if holds is False:
                continue
            key = (term["name"], node.path)
            if key not in found or found[key].holds is None:
                found[key] = Classification(term, node, holds)
    return list(found.values())


def _inner_nodes(leg: Node) -> dict[str, list[Node]]:
    """Return the nodes of a leg by their class, without the parties and what hangs on them."""
    found: dict[str, list[Node]] = {}
    seen: set[int] = set()
    waiting: list[Node] = [leg]
    while waiting:
        node = waiting.pop(0)
        if id(node) in seen or node.kind == "Party":
            continue
        seen.add(id(node))
        found.setdefault(node.kind, []).append(node)
        for value in node.values():
            if isinstance(value, list):
                waiting.extend(value)
    return found
