"""The graph of exceptions: which norm defeats which, an amended norm like the one that it replaces.

It must have no cycle, or no norm in it would be decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError as _Cycle
from graphlib import TopologicalSorter

from rdflib import Graph
from rdflib.term import Node as Term

from comity.law.program_text import NormText
from comity.rdf.names import ELI, C, first

__all__ = ["CycleError", "inherited_exceptions", "refuse_cycles"]


class CycleError(ValueError):
    """Norms that are exceptions to each other in a circle; names them in order."""


def inherited_exceptions(graph: Graph) -> Graph:
    """Return the statements that follow from ``c:replaces``.

    A norm that names another as what it is an exception to, or as what it yields to, says the same of each norm that has
    since taken that one's place, unless it ended before the successor began.
    """
    found = Graph()
    for new in set(graph.subjects(C.replaces)):
        for old in set(graph.transitive_objects(new, C.replaces)) - {new}:
            for relation in (C.exceptionTo, C.yieldsTo):
                for norm in graph.subjects(relation, old):
                    if norm != new and not _ended_before(graph, norm, new):
                        found.add((norm, relation, new))
    return found


def _ended_before(graph: Graph, norm: Term, other: Term) -> bool:
    end, start = first(graph, norm, ELI.date_no_longer_in_force), first(graph, other, ELI.date_applicability)
    return end is not None and start is not None and str(end) <= str(start)


def refuse_cycles(norms: Iterable[NormText]) -> None:
    """Raise :class:`CycleError` if following exceptions leads back to where it began."""
    sorter = TopologicalSorter({norm["id"]: norm["exceptions"] for norm in norms})
    try:
        sorter.prepare()
    except _Cycle as fault:
        ring = " → ".join(fault.args[1])
        raise CycleError(f"exceptions lead in a circle: {ring}; remove one c:exceptionTo among them") from None
