"""Conflicts as statements of the graph: what each side says, why both cannot be followed, how hard it is, and the flows that show it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from comity.conflict.explained import as_the_law_stands, label_of, named_pair
from comity.conflict.record import Witness
from comity.law.program_text import ConflictText, NormText, ProgramText, Words
from comity.rdf.names import ID, C

__all__ = ["stated"]


def stated(program: ProgramText, witnesses: Iterable[Witness]) -> Graph:
    """Return the conflicts of a program as a graph: each with its norms on either side, in words, and with the flows that show it."""
    graph = Graph()
    norms = {norm["id"]: norm for norm in program["norms"]}
    shown = {frozenset(witness.norms): witness for witness in witnesses}
    clashes: dict[str, list[ConflictText]] = {}
    for pair in program["conflicts"]:
        clashes.setdefault(pair["iri"], []).append(pair)
    for iri, pairs in clashes.items():
        subject = URIRef(iri)
        named = named_pair(iri, pairs)
        _clash(graph, subject, named, pairs, norms)
        _texts(graph, subject, SKOS.prefLabel, label_of(program, named))
        if not named["formal"]:
            _explained(graph, subject, program, pairs, named)
        for pair in pairs:
            if (witness := shown.get(frozenset(pair["norms"]))) is not None:
                _witness(graph, subject, label_of(program, pair), witness)
    return graph


def _clash(graph: Graph, subject: URIRef, named: ConflictText, pairs: list[ConflictText], norms: dict[str, NormText]) -> None:
    graph.add((subject, RDF.type, C.Conflict))
    graph.add((subject, C.conflictKind, C["conflictKind-" + named["kind"]]))
    graph.add((subject, C.foundBy, C[named["rule"]]))
    graph.add((subject, C.checkedByReasoner, Literal(named["checked"])))
    graph.add((subject, C.formal, Literal(named["formal"])))
    for side, word in enumerate((C.firstSide, C.secondSide)):
        for name in {pair["norms"][side] for pair in pairs}:
            graph.add((subject, word, URIRef(norms[name]["iri"])))
            graph.add((subject, C.betweenNorm, URIRef(norms[name]["iri"])))
    for act in {pair["act"] for pair in pairs} - {None}:
        graph.add((subject, C.onAct, C[str(act)]))


def _explained(graph: Graph, subject: URIRef, program: ProgramText, pairs: list[ConflictText], named: ConflictText) -> None:
    """State in words what a conflict that a flow shows comes to: of a conflict in form only there is nothing to explain."""
    told = as_the_law_stands(program, pairs, named)
    graph.add((subject, C.hardness, C["hardness-" + told["grade"]]))
    for word, text in zip((C.firstSays, C.secondSays), told["says"], strict=True):
        _texts(graph, subject, word, text)
    for way in told["reconciledBy"]:
        graph.add((subject, C.reconciledBy, ID[way["way"]]))


def _witness(graph: Graph, subject: URIRef, label: Words, witness: Witness) -> None:
    term = ID["scenario/conflict/" + "--".join(witness.norms)]
    graph.add((subject, C.witness, term))
    graph.add((term, RDF.type, C.Scenario))
    _texts(graph, term, SKOS.prefLabel, label)
    graph.add((term, DCTERMS.source, Literal(witness.file)))
    flow = json.dumps(witness.flow, ensure_ascii=False, sort_keys=True)
    graph.add((term, C.flowDescription, Literal(flow, datatype=RDF.JSON, normalize=False)))


def _texts(graph: Graph, subject: URIRef, word: URIRef, texts: Words) -> None:
    for language, text in texts.items():
        graph.add((subject, word, Literal(text, lang=language)))
