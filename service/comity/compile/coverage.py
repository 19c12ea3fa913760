"""What the graph says that it holds of the law of each jurisdiction, by subject."""

from __future__ import annotations

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS

from comity.compile.statements import is_true, object_of
from comity.law.program_text import CoverageStatement, CoverageText
from comity.rdf.names import ELI, C, code, first, short, words

__all__ = ["coverage"]


def coverage(graph: Graph) -> CoverageText:
    """Return the subjects, those subjects and roles of places that decide an answer, and the statements."""
    return {
        "subjects": _codes(graph, C.CoverageSubjectValue, deciding=False),
        "decidingSubjects": _codes(graph, C.CoverageSubjectValue, deciding=True),
        "decidingRoles": _codes(graph, C.PlaceRoleValue, deciding=True),
        "statements": _statements(graph),
    }


def _codes(graph: Graph, vocabulary: URIRef, deciding: bool) -> list[str]:
    """Return the codes of a vocabulary, or of those of its values that decide whether an answer is covered."""
    values = graph.subjects(RDF.type, vocabulary)
    return sorted(str(code(graph, value)) for value in values if not deciding or is_true(graph, value, C.decidesCoverage))


def _statements(graph: Graph) -> list[CoverageStatement]:
    found: list[CoverageStatement] = []
    for term in sorted(graph.subjects(RDF.type, C.CoverageStatement), key=str):
        start, until = (first(graph, term, word) for word in (ELI.date_applicability, ELI.date_no_longer_in_force))
        found.append(
            {
                "id": short(term),
                "place": str(code(graph, object_of(graph, term, C.jurisdiction))),
                "subject": str(code(graph, object_of(graph, term, C.coverageSubject))),
                "state": str(code(graph, object_of(graph, term, C.coverageState))),
                "from": None if start is None else str(start),
                "until": None if until is None else str(until),
                "on": str(object_of(graph, term, C.statedOn)),
                "note": words(graph, term, SKOS.note),
            }
        )
    return found
