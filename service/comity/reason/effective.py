"""Effective classes: the flows of which a norm holds after its exceptions. They exist in build output only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rdflib import OWL, RDF, BNode, Graph, URIRef
from rdflib.term import Node as Term

from comity.law.program_text import NormText, ProgramText
from comity.logic.timeline import Span
from comity.rdf.names import C

__all__ = ["effective_classes", "effective_name"]

Json = dict[str, Any]


def effective_classes(program: ProgramText, day: date | None = None) -> Graph:
    """Return the generated classes ``Effective_n ≡ Situation_n and not (Effective of its exceptions)``.

    The exceptions are those in force on the day; without a day, those that last as long as the norm does. Exceptions
    that hang on a position are left out: which position is right is not the graph's to say.
    """
    graph = Graph()
    by_id = {norm["id"]: norm for norm in program["norms"]}
    for norm in program["norms"]:
        name = effective_name(norm["id"])
        others = [by_id[other] for other in norm["exceptions"] if by_id[other]["question"] is None]
        exceptions = [
            effective_name(other["id"])
            for other in others
            if (_lasts_as_long(other, norm) if day is None else Span(other["from"], other["until"]).holds_on(day) is not False)
        ]
        graph.add((name, RDF.type, OWL.Class))
        graph.add((name, C.effectOfNorm, URIRef(norm["iri"])))
        if not exceptions:
            graph.add((name, OWL.equivalentClass, C[norm["when"]]))
            continue
        outside, union, body = BNode(f"o{norm['id']}"), BNode(f"u{norm['id']}"), BNode(f"b{norm['id']}")
        graph.add((outside, RDF.type, OWL.Class))
        graph.add((body, RDF.type, OWL.Class))
        if len(exceptions) == 1:
            graph.add((outside, OWL.complementOf, exceptions[0]))
        else:
            graph.add((outside, OWL.complementOf, union))
            graph.add((union, RDF.type, OWL.Class))
            members = BNode(f"l{norm['id']}")
            _list(graph, members, exceptions)
            graph.add((union, OWL.unionOf, members))
        conjuncts = BNode(f"c{norm['id']}")
        _list(graph, conjuncts, [C[norm["when"]], outside])
        graph.add((body, OWL.intersectionOf, conjuncts))
        graph.add((name, OWL.equivalentClass, body))
    return graph


def _lasts_as_long(exception: NormText, norm: NormText) -> bool:
    begun = exception["from"] is None or (norm["from"] is not None and exception["from"] <= norm["from"])
    return begun and (exception["until"] is None or (norm["until"] is not None and exception["until"] >= norm["until"]))


def effective_name(identifier: str) -> URIRef:
    """Return the IRI of the effective class of a norm."""
    return C["Effective-" + identifier.replace("/", "-")]


def _list(graph: Graph, head: BNode, members: Sequence[Term]) -> None:
    for number, member in enumerate(members):
        cell = head if number == 0 else BNode(f"{head}x{number}")
        graph.add((cell, RDF.first, member))
        rest = BNode(f"{head}x{number + 1}") if number + 1 < len(members) else RDF.nil
        graph.add((cell, RDF.rest, rest))
