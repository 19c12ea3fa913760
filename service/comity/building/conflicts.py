"""Conflicts as statements of the graph: each with its norms on either side, and the flows that show it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from comity.conflict.record import Witness
from comity.law.program_text import ConflictText
from comity.rdf.names import ID, C

__all__ = ["stated"]


def stated(pairs: Iterable[ConflictText], witnesses: Iterable[Witness]) -> Graph:
    """Return the conflicts as a graph: each with its norms on either side, and the flows that show it."""
    graph = Graph()
    shown = {frozenset(witness.norms): witness for witness in witnesses}
    for pair in pairs:
        subject = URIRef(pair["iri"])
        graph.add((subject, RDF.type, C.Conflict))
        graph.add((subject, C.conflictKind, C["conflictKind-" + pair["kind"]]))
        graph.add((subject, C.checkedByReasoner, Literal(pair["checked"])))
        graph.add((subject, C.formal, Literal(pair["formal"])))
        for word, norm in zip((C.firstSide, C.secondSide), pair["iris"], strict=True):
            graph.add((subject, word, URIRef(norm)))
            graph.add((subject, C.betweenNorm, URIRef(norm)))
        if pair["act"]:
            graph.add((subject, C.onAct, C[pair["act"]]))
        for path in pair["reconciledBy"]:
            graph.add((subject, C.reconciledBy, ID[path]))
        if subject == ID["conflict/" + "--".join(pair["norms"])]:
            _label(graph, subject, pair)
        if (witness := shown.get(frozenset(pair["norms"]))) is not None:
            _state(graph, subject, pair, witness)
    return graph


def _label(graph: Graph, subject: URIRef, pair: ConflictText) -> None:
    for language, text in pair["label"].items():
        graph.add((subject, SKOS.prefLabel, Literal(text, lang=language)))


def _state(graph: Graph, subject: URIRef, pair: ConflictText, witness: Witness) -> None:
    term = ID["scenario/conflict/" + "--".join(witness.norms)]
    graph.add((subject, C.witness, term))
    graph.add((term, RDF.type, C.Scenario))
    _label(graph, term, pair)
    graph.add((term, DCTERMS.source, Literal(witness.file)))
    flow = json.dumps(witness.flow, ensure_ascii=False, sort_keys=True)
    graph.add((term, C.flowDescription, Literal(flow, datatype=RDF.JSON, normalize=False)))
