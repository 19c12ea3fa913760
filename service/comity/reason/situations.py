"""The situations by which flows are judged, taken out of the ontology with all that they rest on, for HermiT."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol, cast

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

from comity.iris import NS, PLACES
from comity.reason.owl_text import HEADER, disjoint, outside, told_apart

__all__ = ["PlaceFacts", "SituationBox", "situation_box", "tbox_turtle"]


class PlaceFacts(Protocol):
    """Which places a stated place may be, and which places each place class of the day holds."""

    @property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """Return the codes of the places of each place class, by its IRI."""

    def candidates(self, value: Any) -> frozenset[str]:
        """Return the codes of all places that a code, ``{"in": X}`` or ``{"outside": X}`` may mean."""


@dataclass(frozen=True)
class SituationBox:
    """The axioms about some situations and what they mention; no other fact of a flow can change an answer.

    ``above`` and ``below`` give, for each category code, the mentioned categories that contain it or lie in it.
    """

    turtle: str
    classes: frozenset[str]
    properties: frozenset[str]
    individuals: frozenset[str]
    above: Mapping[str, frozenset[str]]
    below: Mapping[str, frozenset[str]]


def tbox_turtle(graph: Graph, class_iris: Iterable[str]) -> str:
    """Write the axioms that decide membership of the classes, without annotations (see ``situation_box``)."""
    return situation_box(graph, class_iris).turtle


def situation_box(graph: Graph, class_iris: Iterable[str], places: PlaceFacts | None = None, nodes: Iterable[str] = ()) -> SituationBox:
    """Collect what the classes named in ``graph`` rest on; ``graph`` is the merged ontology, shapes welcome.

    With ``places`` the place classes of the day are opaque and only how they lie to each other is said. ``nodes``
    names node classes ("Party") beside those that a shape ``describes``; all of them are disjoint. Raises
    ``ValueError`` for a term outside the compiled subset and for a property that is not declared.
    """
    box = _Closure(graph, frozenset(places.classes if places else ()))
    box.collect(class_iris)
    described = {str(name) for name in graph.objects(None, URIRef(NS + "describes"))}
    axioms = [disjoint(box.classes & {*described, *(NS + n for n in nodes), NS + "Place"})]
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = {str(name) for name in _members(graph, group)}
        axioms.append(disjoint(box.classes & members))
    for one, other in graph.subject_objects(OWL.disjointWith):
        axioms.append(disjoint(box.classes & {str(one), str(other)}))
    axioms.append(told_apart(box.individuals))
    if places is not None:
        axioms.extend(_place_axioms(box, places))
    above, below = _taxonomy(graph, box.classes)
    return SituationBox(
        turtle=HEADER + "\n".join([*axioms, *box.statements()]),
        classes=frozenset(box.classes),
        properties=frozenset(box.properties),
        individuals=frozenset(box.individuals),
        above=above,
        below=below,
    )


_FILLERS = frozenset({OWL.complementOf, OWL.datatypeComplementOf, OWL.someValuesFrom, OWL.allValuesFrom, OWL.onClass})
_MEMBERS = {OWL.intersectionOf: "class", OWL.unionOf: "class", OWL.oneOf: "value", OWL.withRestrictions: "facet"}
_LIST = frozenset({RDF.first, RDF.rest})
_HAS_VALUE, _ON_PROPERTY = OWL.hasValue, OWL.onProperty
_PLAIN = frozenset({RDF.type, OWL.onDatatype, OWL.onDataRange})


class _Closure:
    """Copies class expressions, and whatever they lead to, out of a graph."""

    def __init__(self, graph: Graph, opaque: frozenset[str]) -> None:
        self.graph, self.opaque, self.out = graph, opaque, Graph(SimpleMemory())
        self.classes: set[str] = set()
        self.properties: set[str] = set()
        self.individuals: set[str] = set()

    def collect(self, class_iris: Iterable[str]) -> None:
        """Add the classes and everything that their definitions mention."""
        self._todo = [URIRef(iri) for iri in class_iris]
        while self._todo:
            name = self._todo.pop()
            built_in = str(name).startswith((str(XSD), str(OWL))) or name == RDFS.Literal
            if built_in or str(name) in self.classes:
                continue
            self.classes.add(str(name))
            self.out.add((name, RDF.type, OWL.Class))
            for predicate in (OWL.equivalentClass, RDFS.subClassOf):
                for expression in () if str(name) in self.opaque else self.graph.objects(name, predicate):
                    self.out.add((name, predicate, expression))
                    self._copy(expression, "class")

    def statements(self) -> Iterable[str]:
        """Yield what was collected, with blank nodes numbered: a label that a graph carries need not be safe Turtle."""
        labels: dict[Node, str] = {}
        for triple in self.out:
            yield " ".join(labels.setdefault(t, f"_:n{len(labels)}") if isinstance(t, BNode) else t.n3() for t in triple) + " ."

    def _copy(self, node: Node, role: str) -> None:
        """Copy an expression or a list of them; ``role`` says what a name or a member in this position is."""
        if isinstance(node, URIRef) and node != RDF.nil:
            if role == "class":
                self._todo.append(node)
            elif role == "value":
                self.individuals.add(str(node))
        if not isinstance(node, BNode):
            return
        for term, value in self.graph.predicate_objects(node):
            predicate = cast(URIRef, term)
            self.out.add((node, predicate, value))
            if predicate in _LIST:
                self._copy(value, role)
            elif predicate in _MEMBERS:
                self._copy(value, _MEMBERS[predicate])
            elif predicate in _FILLERS:
                self._copy(value, "class")
            elif predicate == _HAS_VALUE:
                self._copy(value, "value")
            elif predicate == _ON_PROPERTY:
                self._property(URIRef(str(value)))
            elif role != "facet" and predicate not in _PLAIN and not predicate.endswith("ardinality"):
                raise ValueError(f"a class expression uses {predicate}, which is outside the compiled subset")

    def _property(self, name: URIRef) -> None:
        if str(name) in self.properties:
            return
        kinds = set(self.graph.objects(name, RDF.type)) & {OWL.ObjectProperty, OWL.DatatypeProperty}
        if len(kinds) != 1:
            raise ValueError(f"{name} is not declared as an object property or as a datatype property")
        self.properties.add(str(name))
        for kind in kinds | (set(self.graph.objects(name, RDF.type)) & {OWL.FunctionalProperty}):
            self.out.add((name, RDF.type, kind))


def _members(graph: Graph, group: Node) -> Iterable[Node]:
    head = graph.value(group, OWL.members)
    return () if head is None else Collection(graph, head)


def _place_axioms(box: _Closure, places: PlaceFacts) -> Iterable[str]:
    """Say how the place classes lie to each other, and where the places mentioned lie."""
    known = {name: members for name, members in sorted(places.classes.items()) if name in box.classes}
    for name, members in known.items():
        yield f"<{NS}Place> a owl:Class . <{name}> rdfs:subClassOf {f'<{NS}Place>' if members else 'owl:Nothing'} ."
        for place in sorted(individual for individual in box.individuals if individual.startswith(PLACES)):
            yield f"<{place}> a {f'<{name}>' if place.removeprefix(PLACES) in members else outside([name])} ."
    for one, other in combinations(known, 2):
        if known[one].isdisjoint(known[other]):
            yield f"<{one}> owl:disjointWith <{other}> ."
        for narrow, wide in ((one, other), (other, one)):
            if known[narrow] <= known[wide]:
                yield f"<{narrow}> rdfs:subClassOf <{wide}> ."


def _taxonomy(graph: Graph, mentioned: set[str]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    categories = set(graph.subjects(URIRef(NS + "taxonomy"), Literal(True)))
    above: dict[str, frozenset[str]] = {}
    below: dict[str, set[str]] = {str(name).removeprefix(NS): set() for name in categories}
    for name in categories:
        ancestors = {str(each) for each in graph.transitive_objects(name, RDFS.subClassOf) if each in categories}
        above[str(name).removeprefix(NS)] = frozenset(ancestors & mentioned)
        for ancestor in ancestors if str(name) in mentioned else ():
            below[ancestor.removeprefix(NS)].add(str(name))
    return above, {code: frozenset(names) for code, names in below.items()}
