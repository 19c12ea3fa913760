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
    """Return the generated classes ``Effective_n ≡ Nexus_n and Situation_n and not (Effective of its exceptions)``.

    The nexus stands there where the situation does not have it by its own form.

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
        conjuncts: list[Term] = [C[part] for part in (norm["nexus"], norm["situation"]) if part is not None]
        if exceptions:
            conjuncts.append(_outside(graph, norm["id"], exceptions))
        graph.add((name, OWL.equivalentClass, _intersection(graph, norm["id"], conjuncts)))
    return graph


def _outside(graph: Graph, identifier: str, exceptions: Sequence[URIRef]) -> BNode:
    """Return the class of what is in none of the exceptions of a norm."""
    outside, union = BNode(f"o{identifier}"), BNode(f"u{identifier}")
    graph.add((outside, RDF.type, OWL.Class))
    if len(exceptions) == 1:
        graph.add((outside, OWL.complementOf, exceptions[0]))
        return outside
    graph.add((outside, OWL.complementOf, union))
    graph.add((union, RDF.type, OWL.Class))
    members = BNode(f"l{identifier}")
    _list(graph, members, exceptions)
    graph.add((union, OWL.unionOf, members))
    return outside


def _intersection(graph: Graph, identifier: str, conjuncts: Sequence[Term]) -> Term:
    """Return the class of what is in all of the conjuncts of a norm's effective class, the only one as it is."""
    if len(conjuncts) == 1:
        return conjuncts[0]
    body, members = BNode(f"b{identifier}"), BNode(f"c{identifier}")
    graph.add((body, RDF.type, OWL.Class))
    _list(graph, members, conjuncts)
    graph.add((body, OWL.intersectionOf, members))
    return body


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
