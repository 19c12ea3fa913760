"""Resolved expressions as the constraints of SHACL shapes."""

from __future__ import annotations

from rdflib import BNode, Graph, Literal
from rdflib.namespace import SH
from rdflib.term import Node

from comity.curate.expression_owl import rdf_list
from comity.curate.meaning import All, Class, ClassExpression, Complement, Facets, Has, Number, OneOf, Quantified, Some

FACETS = {">=": SH.minInclusive, ">": SH.minExclusive, "<=": SH.maxInclusive, "<": SH.maxExclusive}


def write(graph: Graph, shape: Node, expression: ClassExpression) -> None:
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
    elif isinstance(expression, Some):
        graph.add((shape, SH["or"], rdf_list(graph, [nested(graph, p) for p in expression.parts])))
    elif isinstance(expression, All):
        _all(graph, shape, expression)
    else:
        graph.add((shape, SH.property, _property(graph, expression)))


def nested(graph: Graph, expression: ClassExpression) -> BNode:
    """Return a new anonymous shape that demands ``expression``."""
    shape = BNode()
    write(graph, shape, expression)
    return shape


def alternatives(graph: Graph, shape: Node, named: list[tuple[ClassExpression, dict[str, str]]]) -> None:
    """Make ``shape`` demand one of the expressions, each carrying its name by language."""
    members = []
    for expression, names in named:
        member = nested(graph, expression)
        for language, text in names.items():
            graph.add((member, SH.name, Literal(text, lang=language)))
        members.append(member)
    graph.add((shape, SH["or"], rdf_list(graph, members)))


def _all(graph: Graph, shape: Node, expression: All) -> None:
    # A shape holds one sh:in and one bound of a kind; what would be a second one moves into sh:and.
    crowded: list[ClassExpression] = []
    seen: set[type] = set()
    for part in expression.parts:
        kind = type(part) if isinstance(part, (OneOf, Facets)) else None
        if kind in seen:
            crowded.append(part)
        else:
            seen |= {kind} if kind else set()
            write(graph, shape, part)
    if crowded:
        graph.add((shape, SH["and"], rdf_list(graph, [nested(graph, p) for p in crowded])))


def _property(graph: Graph, expression: Has | Quantified | Number) -> BNode:
    node = BNode()
    graph.add((node, SH.path, expression.prop))
    if isinstance(expression, Has):
        graph.add((node, SH.hasValue, expression.value))
    elif isinstance(expression, Quantified) and expression.form == "only":
        graph.add((node, SH.node, nested(graph, expression.filler)))
    else:
        _counted(graph, node, expression)
    return node


def _counted(graph: Graph, node: BNode, expression: Quantified | Number) -> None:
    number = expression.number if isinstance(expression, Number) else 1
    least, most = (SH.minCount, SH.maxCount) if expression.filler is None else (SH.qualifiedMinCount, SH.qualifiedMaxCount)
    if expression.filler is not None:
        graph.add((node, SH.qualifiedValueShape, nested(graph, expression.filler)))
    if expression.form != "max":
        graph.add((node, least, Literal(number)))
    if expression.form in ("max", "exactly"):
        graph.add((node, most, Literal(number)))
