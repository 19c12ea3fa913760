"""The days that bound what is dated, for SPARQL: a date known to the month or the year cannot be compared with a day there.

One rule for all: a thing is taken to be in force while it may be. It begins on the first day that its stated beginning may mean, and is
over from the last day on that its stated end may mean. A conflict lasts while a norm of either side does.
"""

from __future__ import annotations

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.term import Node as Term

from comity.law.program_text import ProgramText
from comity.logic.timeline import day_bounds
from comity.rdf.names import ELI, C, first

__all__ = ["bounding_days", "days_of_conflicts"]

_BEGINNINGS = (ELI.date_applicability, ELI.first_date_entry_in_force, C.signatureOn)
"""What a thing begins with, the first that is stated: nothing is in force before it was signed."""


def bounding_days(graph: Graph) -> Graph:
    """Return for each dated thing of a graph the day from which it may be in force, and the day from which it surely no longer is."""
    found = Graph()
    for thing in {thing for word in (*_BEGINNINGS, ELI.date_no_longer_in_force) for thing in graph.subjects(word)}:
        if start := next((stated for word in _BEGINNINGS if (stated := _stated(graph, thing, word))), None):
            found.add((thing, C.earliest, _day(day_bounds(start)[0].isoformat())))
        if end := _stated(graph, thing, ELI.date_no_longer_in_force):
            found.add((thing, C.latest, _day(day_bounds(end)[1].isoformat())))
    return found


def days_of_conflicts(days: Graph, program: ProgramText) -> Graph:
    """Return the same for the conflicts of a program, given the days of their norms."""
    iris = {norm["id"]: URIRef(norm["iri"]) for norm in program["norms"]}
    begun: dict[str, list[str]] = {}
    ended: dict[str, list[str]] = {}
    for pair in program["conflicts"]:
        norms = [iris[name] for name in pair["norms"]]
        starts, ends = ([str(day) for norm in norms for day in days.objects(norm, word)] for word in (C.earliest, C.latest))
        begun.setdefault(pair["iri"], []).append(max(starts, default=""))
        ended.setdefault(pair["iri"], []).append(min(ends, default=""))
    found = Graph()
    for word, by_conflict, chosen in ((C.earliest, begun, min), (C.latest, ended, max)):
        for conflict, told in by_conflict.items():
            if all(told):  # a pair without such a day leaves the conflict without one
                found.add((URIRef(conflict), word, _day(chosen(told))))
    return found


def _stated(graph: Graph, thing: Term, word: URIRef) -> str | None:
    stated = first(graph, thing, word)
    return None if stated is None else str(stated)


def _day(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)
