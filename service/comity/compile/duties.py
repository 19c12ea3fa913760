"""What a norm says of its own fulfilment.

What it governs, who is to do it, when and within which time, how long an authority takes, and in which order of resort the law offers it.
"""

from __future__ import annotations

from rdflib import Graph
from rdflib.term import Node as Term

from comity.compile.statements import number, object_of
from comity.law.program_text import TimeLimitText, Words
from comity.rdf.names import C, code, words

__all__ = ["bearer", "governs", "resort", "time_limit", "timing"]


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


def bearer(graph: Graph, norm: Term) -> Words:
    """Return what whoever a norm addresses is called."""
    found = graph.value(norm, C.bearer)
    return {} if found is None else words(graph, found)


def resort(graph: Graph, norm: Term) -> str:
    """Return in which order of resort the law offers what a norm allows: ``ordinary``, ``exceptional`` or ``discretionary``."""
    found = graph.value(norm, C.resort)
    return "ordinary" if found is None else str(code(graph, found))
