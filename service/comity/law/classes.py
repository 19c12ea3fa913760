"""The classifications reached: which defined terms of the law hold of the leg, its parties and its data."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from comity.law.application import Application
from comity.law.program import Term
from comity.law.program_text import TermText
from comity.law.relevance import relevant
from comity.logic.kleene import Truth
from comity.logic.node import Node

__all__ = ["Classification", "classifications"]


@dataclass(slots=True)
class Classification:
    """A defined term, the node on which it was tried, and whether it holds (``None``: open)."""

    term: TermText
    node: Node
    holds: Truth


def classifications(application: Application, parties: list[Node]) -> list[Classification]:
    """Return the terms that hold, or may hold, in the order of the graph; a term that does not hold is left out.

    A term of flows is tried on the leg with one data item at a time, like the norms that reach part of the data. The leg as a
    whole is tried as well, for terms that speak of several items at once, such as a set that mixes two kinds of data; there,
    only a term that surely holds counts, because what the flow leaves open its items may have settled for themselves.
    """
    parts = application.parts if sum(map(len, application.alike)) > 1 else []
    by_domain: dict[str, list[Node]] = {
        "DataFlow": [*parts, application.leg],
        "Party": parties,
        "DataItem": [item for item in application.items if item is not None],
    }
    inner: dict[str, list[Node]] | None = None
    tried: list[tuple[int, int, Term, Node]] = []
    passed = application.epoch.out_of_force
    for domain, gate in application.program.term_gates.items():
        nodes = by_domain.get(domain)
        if nodes is None:
            inner = inner if inner is not None else _inner_nodes(application.leg)
            nodes = inner.get(domain, [])
        for place, node in enumerate(nodes):
            tried += [(term.number, place, term, node) for term in relevant(gate, node, application) if term.number not in passed]
    tried.sort(key=itemgetter(0, 1))
    found: dict[tuple[str, str], Classification] = {}
    for _, _, term, node in tried:
        key = (term.when, node.path)
        if key in found and found[key].holds:  # another part has shown it
            continue
        holds = term.test(node, application)
        if holds or (holds is None and key not in found and not (parts and node is application.leg)):
            found[key] = Classification(term.data, node, holds)
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
