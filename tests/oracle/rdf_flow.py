"""A leg of a description as RDF, for SHACL: what is unstated is read as none, and every class that holds is a type.

SHACL knows no OWL and no unknowns, so the leg carries the types that the program has decided, and a demand judged on
this graph is judged on one completion of the description: the one in which nothing unstated exists.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node as Term

from comity.law.application import Application
from comity.logic.node import HOLDER_PLACE, Node
from comity.rdf.names import ID, C

__all__ = ["demand_shapes", "rdf_leg", "wrapper"]

Json = dict[str, Any]


class _Writer:
    def __init__(
        self, application: Application, keys: dict[str, Json], taxonomy: dict[str, list[str]], places: dict[str, frozenset[str]]
    ) -> None:
        self.graph = Graph()
        self._application = application
        self._keys = keys
        self._taxonomy = taxonomy
        self._places = places
        self._terms: dict[int, Term] = {}
        self._domains: dict[str, list[str]] = {}
        for name, domain in application.program.data["domains"].items():
            self._domains.setdefault(domain, []).append(name)

    def node(self, node: Node) -> Term:
        if id(node) in self._terms:
            return self._terms[id(node)]
        if HOLDER_PLACE in node:
            return self._place(node.raw["place"])
        term = self._terms[id(node)] = BNode()
        self.graph.add((term, RDF.type, C[node.kind]))
        for name in self._domains.get(node.kind, ()):
            if self._application.program.compiler.named(name)(node, self._application) is True:
                self.graph.add((term, RDF.type, C[name]))
        for key, value in node.items():
            for item in self._values(node, key, value):
                self.graph.add((term, C[key], item))
        return term

    def _values(self, node: Node, key: str, value: Any) -> list[Term]:
        entry = self._keys.get(node.kind, {}).get(key)
        if entry is None:
            return []
        kind = entry["kind"]
        if isinstance(value, list):
            return [self.node(item) for item in value]
        if kind in ("place", "places"):
            raw = node.raw.get(key)
            return [self._place(item) for item in (raw if isinstance(raw, list) else [raw]) if item is not None]
        if kind in ("count", "number", "percent", "dateTime"):
            return self._number(kind, value)
        codes = getattr(value, "yes", value)
        if kind == "taxonomy":
            self._categorise(node, codes)
        return [self._code(kind, entry, item) for item in sorted(codes, key=str)]

    @staticmethod
    def _number(kind: str, value: tuple[float, float]) -> list[Term]:
        if value[0] != value[1]:
            return []
        if kind == "dateTime":
            return [Literal(datetime.fromtimestamp(value[0], UTC))]
        return [Literal(int(value[0])) if kind == "count" else Literal(value[0], datatype=XSD.decimal)]

    def _categorise(self, node: Node, codes: frozenset[str]) -> None:
        for item in codes:
            for name in (item, *self._taxonomy.get(item, ())):
                self.graph.add((self._terms[id(node)], RDF.type, C[name]))

    @staticmethod
    def _code(kind: str, entry: Json, value: Any) -> Term:
        if kind == "boolean":
            return Literal(value)
        if kind in ("ref", "refs"):
            return ID[value]
        if kind in ("text", "date"):
            return Literal(str(value))
        if kind == "taxonomy":
            return C[value]
        name = entry["vocabulary"].removesuffix("Value")
        return C[f"{name[:1].lower()}{name[1:]}-{value}"]

    def _place(self, raw: Any) -> Term:
        term: Term = ID[f"place/{raw}"] if isinstance(raw, str) else BNode()
        self.graph.add((term, RDF.type, C.Place))
        territories, day = self._application.program.territories, self._application.epoch.day
        if isinstance(raw, str):
            may_be = territories.candidates(raw, day)
        else:
            ((word, code),) = raw.items()
            inside = territories.candidates(code, day)
            may_be = inside if word == "in" else territories.everywhere - inside
        for name, codes in self._places.items():
            if may_be <= codes:
                self.graph.add((term, RDF.type, URIRef(name)))
        return term


def rdf_leg(application: Application, node: Node, keys: dict[str, Json], places: dict[str, frozenset[str]]) -> tuple[Graph, Term]:
    """Return a leg, or a part of it, as a graph, and the term that stands for it.

    ``keys`` is the schema's node classes with the derived keys, ``places`` the codes of every class of places on the day.
    """
    writer = _Writer(application, keys, application.program.data["schema"]["ancestors"], places)
    return writer.graph, writer.node(node)


def wrapper(norm: str) -> URIRef:
    """Return the shape that stands for the demand of a norm in a report."""
    return URIRef(f"urn:demand:{norm}")


def demand_shapes(shapes: Graph, demands: dict[str, Term], focus: Term) -> Graph:
    """Return the shapes with a target: for each norm a wrapper aimed at *focus*, so that a result names its norm."""
    aimed = Graph()
    for triple in shapes:
        aimed.add(triple)
    for norm, shape in demands.items():
        aimed.add((wrapper(norm), RDF.type, SH.NodeShape))
        aimed.add((wrapper(norm), SH.targetNode, focus))
        aimed.add((wrapper(norm), SH.node, shape))
    return aimed
