"""What people expect to find in the dataset without inference: the wide classes of things, and days for every row of the law."""

from __future__ import annotations

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node as Term

from comity.iris import WIDE_KINDS
from comity.logic.timeline import day_bounds
from comity.rdf.names import ELI, C, above, below, first

__all__ = ["certain_days", "inherited_days", "wide_types"]

_BEGINNINGS = (ELI.date_applicability, ELI.first_date_entry_in_force)
_END = ELI.date_no_longer_in_force


def wide_types(graph: Graph) -> Graph:
    """Return ``a c:Norm`` for every norm, and so for instruments and jurisdictions: whoever asks need not know their kinds."""
    found = Graph()
    for wide in map(URIRef, WIDE_KINDS):
        for kind in below(graph, wide):
            for thing in graph.subjects(RDF.type, kind):
                found.add((thing, RDF.type, wide))
    return found


def certain_days(graph: Graph) -> Graph:
    """Return for each dated thing the day from which it surely is in force, and that until which it surely is, where these are stated.

    They are the other ends of ``c:earliest`` and ``c:latest``: of a date known to the month or the year its last day, of an end its first.
    Of the day of issue both ends are told.
    """
    found = Graph()
    for thing in {thing for word in _BEGINNINGS for thing in graph.subjects(word)}:
        if start := next((stated for word in _BEGINNINGS if (stated := first(graph, thing, word)) is not None), None):
            found.add((thing, C.surelyFrom, _day(start, last=True)))
    for thing, end in graph.subject_objects(_END):
        found.add((thing, C.surelyUntil, _day(end, last=False)))
    for thing, issued in graph.subject_objects(DCTERMS.issued):
        if isinstance(issued, Literal) and issued.datatype in (XSD.date, XSD.gYearMonth, XSD.gYear):
            found.add((thing, C.issuedEarliest, _day(issued, last=False)))
            found.add((thing, C.issuedLatest, _day(issued, last=True)))
    return found


def inherited_days(graph: Graph, days: Graph) -> Graph:
    """Return the days of rows of the law that state none, from the instruments that state them: sanctions, definitions, provisions.

    Norms have days of their own, and none where their instrument is a draft; what a draft states has none either. A row that several
    instruments state may be in force as long as one of them.
    """
    norms = {thing for kind in below(graph, C.Norm) for thing in graph.subjects(RDF.type, kind)}
    dated = {thing for word in (C.earliest, C.latest) for thing in days.subjects(word)}
    found = Graph()
    rows = {thing for word in (C.statedIn, ELI.is_part_of) for thing in graph.subjects(word)}
    for row in rows - norms - dated:
        instruments = _instruments(graph, row)
        starts = [str(start) for each in instruments if (start := first(days, each, C.earliest)) is not None]
        if not starts:
            continue
        found.add((row, C.earliest, Literal(min(starts), datatype=XSD.date)))
        ends = [first(days, each, C.latest) for each in instruments]
        if all(end is not None for end in ends):
            found.add((row, C.latest, Literal(max(map(str, ends)), datatype=XSD.date)))
    return found


def _instruments(graph: Graph, row: Term) -> list[Term]:
    """Return the instruments that state a row or of which it is a part, but for drafts."""
    places = [*graph.objects(row, C.statedIn)] or [row]
    wholes = {whole for place in places for whole in above(graph, place, ELI.is_part_of)}
    return [each for each in wholes if (each, C.jurisdiction, None) in graph and (each, RDF.type, C.Draft) not in graph]


def _day(stated: Term, last: bool) -> Literal:
    return Literal(day_bounds(str(stated))[last].isoformat(), datatype=XSD.date)
