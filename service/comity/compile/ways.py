"""What a conflict is explained with: means of reconciliation and their kinds, sanctions, and why opposed norms cannot both be followed."""

from __future__ import annotations

from rdflib import RDF, Graph
from rdflib.namespace import SKOS

from comity.compile.duties import time_limit
from comity.compile.situations import ClassCompiler
from comity.compile.statements import CompileError, number, object_of
from comity.law.program_text import ReconciliationText, SanctionText, WayKindText, Words
from comity.rdf.names import C, code, local, short, words

__all__ = ["oppositions", "reconciliations", "sanctions", "way_kinds"]


def reconciliations(graph: Graph) -> dict[str, ReconciliationText]:
    """Return the means of reconciliation by their paths."""
    found: dict[str, ReconciliationText] = {}
    for term in sorted(graph.subjects(RDF.type, C.Reconciliation), key=str):
        kind, actor = graph.value(term, C.wayKind), graph.value(term, C.wayActor)
        found[short(term)] = {
            "label": words(graph, term),
            "definition": words(graph, term, SKOS.definition),
            "kind": None if kind is None else str(code(graph, kind)),
            "actor": {} if actor is None else words(graph, actor),
            "deadline": time_limit(graph, term, C.deadline),
            "provision": sorted(str(p) for p in graph.objects(term, C.statedIn)),
        }
    return found


def way_kinds(graph: Graph, classes: ClassCompiler) -> dict[str, WayKindText]:
    """Return the kinds of ways out of a conflict by their codes. Raises :class:`CompileError` for one closed by a class of no flows."""
    found: dict[str, WayKindText] = {}
    for term in sorted(graph.subjects(RDF.type, C.WayKindValue), key=str):
        grade, closed = graph.value(term, C.leavesHardness), graph.value(None, C.closesWay, term)
        name = None if closed is None else classes.named(closed)[1]
        if name is not None and classes.domains[name] != "DataFlow":
            raise CompileError(f"c:{name} closes a way and must be a class of flows")
        found[str(code(graph, term))] = {
            "label": words(graph, term),
            "order": int(number(object_of(graph, term, C.order))),
            "grade": None if grade is None else str(code(graph, grade)),
            "closedWhen": name,
        }
    return found


def sanctions(graph: Graph) -> dict[str, SanctionText]:
    """Return the sanctions by their paths."""
    return {
        short(term): {"label": words(graph, term), "definition": words(graph, term, SKOS.definition)}
        for term in sorted(graph.subjects(RDF.type, C.Sanction), key=str)
    }


def oppositions(graph: Graph) -> dict[str, Words]:
    """Return by the name of each opposition rule why norms that it opposes cannot both be followed."""
    rules = sorted(graph.subjects(RDF.type, C.OppositionRule), key=str)
    return {local(rule): words(graph, rule, C.whyNotBoth) for rule in rules}
