"""Resolved expressions as the constraints of SHACL shapes."""

from __future__ import annotations

from rdflib import BNode, Graph, Literal
from rdflib.namespace import SH

from comity.curate.expression_owl import rdf_list
from comity.curate.resolve import All, Any_, Class, Complement, Expression, Facets, OneOf, Restrict

FACETS = {">=": SH.minInclusive, ">": SH.minExclusive, "<=": SH.maxInclusive, "<": SH.maxExclusive}


def write(graph: Graph, shape, expression: Expression) -> None:
    """Make ``shape`` demand ``expression`` of its focus or value nodes."""
    if isinstance(expression, Class):
        graph.add((shape, SH["class"], expression.iri))
    elif isinstance(expression, OneOf):
        graph.add((shape, SH["in"], rdf_list(graph, expression.values)))
    elif isinstance(expression, Facets):
        if not expression.bounds:
            graph.add((shape, SH.datatype, expression.datatype))
        for comparison, bound in expression.bounds:
            graph.add((shape, FACETS[comparison], bound))
    elif isinstance(expression, Complement):
        graph.add((shape, SH["not"], nested(graph, expression.part)))
    elif isinstance(expression, Any_):
        graph.add((shape, SH["or"], rdf_list(graph, (nested(graph, p) for p in expression.parts))))
    elif isinstance(expression, All):
        _all(graph, shape, expression)
    else:
        graph.add((shape, SH.property, _property(graph, expression)))


def nested(graph: Graph, expression: Expression) -> BNode:
    """Return a new anonymous shape that demands ``expression``."""
    shape = BNode()
    write(graph, shape, expression)
    return shape


def alternatives(graph: Graph, shape, named: list[tuple[Expression, dict[str, str]]]) -> None:
    """Make ``shape`` demand one of the expressions, each carrying its name by language."""
    members = []
    for expression, names in named:
        member = nested(graph, expression)
        for language, text in names.items():
            graph.add((member, SH.name, Literal(text, lang=language)))
        members.append(member)
    graph.add((shape, SH["or"], rdf_list(graph, members)))


def _all(graph: Graph, shape, expression: All) -> None:
    # A shape holds one sh:in and one bound of a kind; what would be a second one moves into sh:and.
    crowded, seen = [], set()
    for part in expression.parts:
        kind = type(part) if isinstance(part, (OneOf, Facets)) else None
        if kind in seen:
            crowded.append(part)
        else:
            seen |= {kind} if kind else set()
            write(graph, shape, part)
    if crowded:
        graph.add((shape, SH["and"], rdf_list(graph, (nested(graph, p) for p in crowded))))


def _property(graph: Graph, restrict: Restrict) -> BNode:
    node = BNode()
    graph.add((node, SH.path, restrict.prop))
    if restrict.form == "value":
        graph.add((node, SH.hasValue, restrict.value))
    elif restrict.form == "only":
        graph.add((node, SH.node, nested(graph, restrict.filler)))
    else:
        low = {"some": 1, "min": restrict.number, "exactly": restrict.number}.get(restrict.form)
        high = restrict.number if restrict.form in ("max", "exactly") else None
        least, most = (SH.minCount, SH.maxCount) if restrict.filler is None else (SH.qualifiedMinCount, SH.qualifiedMaxCount)
        if restrict.filler is not None:
            graph.add((node, SH.qualifiedValueShape, nested(graph, restrict.filler)))
        if low is not None:
            graph.add((node, least, Literal(low)))
        if high is not None:
            graph.add((node, most, Literal(high)))
    return node
