"""Resolved expressions as OWL class expressions."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from comity.curate.meaning import All, Class, ClassExpression, Complement, Facets, Has, Number, OneOf, Quantified, Some

FACETS = {">=": XSD.minInclusive, ">": XSD.minExclusive, "<=": XSD.maxInclusive, "<": XSD.maxExclusive}
_CARDINALITY = {
    "min": (OWL.minCardinality, OWL.minQualifiedCardinality),
    "max": (OWL.maxCardinality, OWL.maxQualifiedCardinality),
    "exactly": (OWL.cardinality, OWL.qualifiedCardinality),
}


def rdf_list(graph: Graph, members: Iterable[Node]) -> Node:
    """Add an RDF list and return its head."""
    found = list(members)
    return Collection(graph, BNode(), found).uri if found else RDF.nil


def write(graph: Graph, expression: ClassExpression, data: bool = False) -> Node:
    """Add ``expression`` to ``graph`` and return its node; ``data`` where it describes literals."""
    if isinstance(expression, Class):
        return expression.iri
    if isinstance(expression, Facets) and not expression.bounds:
        return expression.datatype
    node = BNode()
    if isinstance(expression, Has | Quantified | Number):
        _restriction(graph, node, expression)
        return node
    graph.add((node, RDF.type, RDFS.Datatype if data else OWL.Class))
    if isinstance(expression, OneOf):
        graph.add((node, OWL.oneOf, rdf_list(graph, expression.values)))
    elif isinstance(expression, Facets):
        graph.add((node, OWL.onDatatype, expression.datatype))
        graph.add((node, OWL.withRestrictions, rdf_list(graph, [_facet(graph, *b) for b in expression.bounds])))
    elif isinstance(expression, Complement):
        graph.add((node, OWL.datatypeComplementOf if data else OWL.complementOf, write(graph, expression.part, data)))
    elif isinstance(expression, All | Some):
        connective = OWL.intersectionOf if isinstance(expression, All) else OWL.unionOf
        graph.add((node, connective, rdf_list(graph, [write(graph, p, data) for p in expression.parts])))
    return node


def defined_class(graph: Graph, base: URIRef, expression: ClassExpression) -> Node:
    """Add ``base and expression`` and return its node: the form in which every class of a law is defined."""
    parts = expression.parts if isinstance(expression, All) else (expression,)
    return write(graph, All((Class(base), *(p for p in parts if p != Class(base)))))


def _facet(graph: Graph, comparison: str, bound: Literal) -> BNode:
    node = BNode()
    graph.add((node, FACETS[comparison], bound))
    return node


def _restriction(graph: Graph, node: BNode, expression: Has | Quantified | Number) -> None:
    graph.add((node, RDF.type, OWL.Restriction))
    graph.add((node, OWL.onProperty, expression.prop))
    if isinstance(expression, Has):
        graph.add((node, OWL.hasValue, expression.value))
    elif isinstance(expression, Quantified):
        quantifier = OWL.someValuesFrom if expression.form == "some" else OWL.allValuesFrom
        graph.add((node, quantifier, write(graph, expression.filler, expression.data)))
    else:
        bare, qualified = _CARDINALITY[expression.form]
        number = Literal(str(expression.number), datatype=XSD.nonNegativeInteger)
        graph.add((node, bare if expression.filler is None else qualified, number))
        if expression.filler is not None:
            counted = OWL.onDataRange if expression.data else OWL.onClass
            graph.add((node, counted, write(graph, expression.filler, expression.data)))
