"""What a norm says of its own fulfilment: what it governs, when it is to be done, within which time, how long an authority takes."""

from __future__ import annotations

from rdflib import Graph
from rdflib.term import Node as Term

from comity.compile.statements import number, object_of
from comity.law.program_text import TimeLimitText
from comity.rdf.names import C, code, words

__all__ = ["governs", "time_limit", "timing"]


def governs(graph: Graph, norm: Term) -> str:
    """Return what a norm governs (``flow``, ``around`` or ``authority``); one that does not say governs the flow, the strictest reading."""
    found = graph.value(norm, C.governs)
    return "flow" if found is None else str(code(graph, found))


def timing(graph: Graph, norm: Term) -> str | None:
    """Return when a duty is to be done, seen from the flow: ``before``, ``at``, ``after``, ``recurring``, or ``None``."""
    found = graph.value(norm, C.dutyTiming)
    return None if found is None else str(code(graph, found))


def time_limit(graph: Graph, norm: Term, which: Term) -> TimeLimitText | None:
    """Return a time limit of a norm (``c:deadline`` or ``c:leadTime``): how many of which unit, and the event from which they run."""
    limit = graph.value(norm, which)
    if limit is None:
        return None
    unit = object_of(graph, limit, C.timeUnit)
    return {
        "length": number(object_of(graph, limit, C.length)),
        "unit": str(code(graph, unit)),
        "unitLabel": words(graph, unit),
        "runsFrom": words(graph, limit, C.runsFrom),
    }
