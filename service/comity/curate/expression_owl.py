"""Resolved expressions as OWL class expressions."""

from __future__ import annotations

from typing import Iterable

from rdflib import BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD

from comity.curate.resolve import All, Any_, Class, Complement, Expression, Facets, OneOf, Restrict

FACETS = {">=": XSD.minInclusive, ">": XSD.minExclusive, "<=": XSD.maxInclusive, "<": XSD.maxExclusive}
_CARDINALITY = {
    "min": (OWL.minCardinality, OWL.minQualifiedCardinality),
    "max": (OWL.maxCardinality, OWL.maxQualifiedCardinality),
    "exactly": (OWL.cardinality, OWL.qualifiedCardinality),
}


def rdf_list(graph: Graph, members: Iterable):
    """Add an RDF list and return its head."""
    members = list(members)
    return Collection(graph, BNode(), members).uri if members else RDF.nil


def write(graph: Graph, expression: Expression, data: bool = False):
    """Add ``expression`` to ``graph`` and return its node; ``data`` where it describes literals."""
    if isinstance(expression, Class):
        return expression.iri
    if isinstance(expression, Restrict):
        return _restriction(graph, expression)
    node = BNode()
    graph.add((node, RDF.type, RDFS.Datatype if data else OWL.Class))
    if isinstance(expression, OneOf):
        graph.add((node, OWL.oneOf, rdf_list(graph, expression.values)))
    elif isinstance(expression, Facets):
        if not expression.bounds:
            graph.remove((node, None, None))
            return expression.datatype
        graph.add((node, OWL.onDatatype, expression.datatype))
        graph.add((node, OWL.withRestrictions, rdf_list(graph, (_facet(graph, *b) for b in expression.bounds))))
    elif isinstance(expression, Complement):
        inverse = OWL.datatypeComplementOf if data else OWL.complementOf
        graph.add((node, inverse, write(graph, expression.part, data)))
    elif isinstance(expression, (All, Any_)):
        connective = OWL.intersectionOf if isinstance(expression, All) else OWL.unionOf
        graph.add((node, connective, rdf_list(graph, (write(graph, p, data) for p in expression.parts))))
    return node


def defined_class(graph: Graph, base, expression: Expression):
    """Add ``base and expression`` and return its node: the form in which every class of a law is defined."""
    parts = expression.parts if isinstance(expression, All) else (expression,)
    return write(graph, All((Class(base), *(p for p in parts if p != Class(base)))))


def _facet(graph: Graph, comparison: str, bound: Literal) -> BNode:
    node = BNode()
    graph.add((node, FACETS[comparison], bound))
    return node


def _restriction(graph: Graph, restrict: Restrict) -> BNode:
    node = BNode()
    graph.add((node, RDF.type, OWL.Restriction))
    graph.add((node, OWL.onProperty, restrict.prop))
    if restrict.form == "value":
        graph.add((node, OWL.hasValue, restrict.value))
    elif restrict.form in ("some", "only"):
        quantifier = OWL.someValuesFrom if restrict.form == "some" else OWL.allValuesFrom
        graph.add((node, quantifier, write(graph, restrict.filler, restrict.data)))
    else:
        bare, qualified = _CARDINALITY[restrict.form]
        number = Literal(str(restrict.number), datatype=XSD.nonNegativeInteger)
        graph.add((node, bare if restrict.filler is None else qualified, number))
        if restrict.filler is not None:
            graph.add((node, OWL.onDataRange if restrict.data else OWL.onClass, write(graph, restrict.filler, restrict.data)))
    return node
