"""The vocabulary alone: what the classes and properties of the merged graph say in logic, for a reasoner to classify."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node as Term

__all__ = ["vocabulary"]

_CLASS_AXIOMS = (OWL.equivalentClass, RDFS.subClassOf, OWL.disjointWith, OWL.disjointUnionOf)
_PROPERTY_AXIOMS = (RDFS.domain, RDFS.range, RDFS.subPropertyOf, OWL.inverseOf, OWL.propertyDisjointWith, OWL.propertyChainAxiom)
_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty)


def vocabulary(graph: Graph) -> Graph:
    """Return the axioms of the named classes and properties, and the individuals that classes mention.

    Left out are annotations, individuals that no class mentions, and the lists of values of which a vocabulary consists:
    those nominals triple HermiT's time, and a class that is a list of values cannot be empty.
    """
    found = Graph()
    classes = {term for term in graph.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}
    properties = {term for kind in _PROPERTY_KINDS for term in graph.subjects(RDF.type, kind)}
    for term in classes:
        found.add((term, RDF.type, OWL.Class))
        for predicate in _CLASS_AXIOMS:
            for value in graph.objects(term, predicate):
                if predicate != OWL.equivalentClass or (value, OWL.oneOf, None) not in graph:
                    _copy(graph, (term, predicate, value), found)
    for term in properties:
        for kind in graph.objects(term, RDF.type):
            found.add((term, RDF.type, kind))
        for predicate in _PROPERTY_AXIOMS:
            for value in graph.objects(term, predicate):
                _copy(graph, (term, predicate, value), found)
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        _copy(graph, (group, RDF.type, OWL.AllDisjointClasses), found)
        _copy_node(graph, group, found)
    for individual in set(_individuals(found, classes | properties)):
        found.add((individual, RDF.type, OWL.NamedIndividual))
        for kind in graph.objects(individual, RDF.type):
            if kind in classes:
                found.add((individual, RDF.type, kind))
    return found


def _copy(graph: Graph, triple: tuple[Term, Term, Term], found: Graph) -> None:
    found.add(triple)
    _copy_node(graph, triple[2], found)


def _copy_node(graph: Graph, node: Term, found: Graph) -> None:
    """Copy what hangs on a blank node."""
    waiting = [node]
    while waiting:
        term = waiting.pop()
        if isinstance(term, BNode) and (term is node or (term, None, None) not in found):
            for predicate, value in graph.predicate_objects(term):
                found.add((term, predicate, value))
                waiting.append(value)


def _individuals(found: Graph, named: set[Term]) -> Iterator[URIRef]:
    """Yield the individuals that class expressions mention."""
    for head in found.objects(None, OWL.oneOf):
        yield from (member for member in found.items(head) if isinstance(member, URIRef))
    yield from (value for value in found.objects(None, OWL.hasValue) if isinstance(value, URIRef) and value not in named)
