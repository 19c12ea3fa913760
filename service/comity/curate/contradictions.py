"""Definitions that contradict themselves in a way that can be read off their text, found without a reasoner.

What a class demands of its members is gathered from its definition, from the named classes in it and from the domains of its
keys. Seen are: a class and its negation, two values or two intervals of a key that has one value, and two kinds of node.
Whatever takes an argument by cases is left to HermiT in the build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from comity.rdf.names import C, short

__all__ = ["Contradiction", "find_contradictions"]

_LOW = {XSD.minInclusive: False, XSD.minExclusive: True}
_HIGH = {XSD.maxInclusive: False, XSD.maxExclusive: True}


@dataclass(frozen=True)
class Contradiction:
    """A named class, and the two of its conditions that exclude each other, in words."""

    name: URIRef
    one: str
    other: str


@dataclass
class _Conditions:
    """What must hold of every member: the classes it is in and not in, and the values and bounds of keys with one value."""

    names: set[URIRef] = field(default_factory=set)
    denied: set[URIRef] = field(default_factory=set)
    values: dict[URIRef, set[Node]] = field(default_factory=dict)
    bounds: dict[URIRef, set[tuple[URIRef, Literal]]] = field(default_factory=dict)

    def add(self, other: _Conditions) -> None:
        self.names |= other.names
        self.denied |= other.denied
        for key, values in other.values.items():
            self.values.setdefault(key, set()).update(values)
        for key, bounds in other.bounds.items():
            self.bounds.setdefault(key, set()).update(bounds)


def find_contradictions(graph: Graph) -> list[Contradiction]:
    """Return the classes that contradict themselves, by name; those that only rest on one of them are left out."""
    search = _Search(graph)
    named = sorted({term for word in (OWL.equivalentClass, RDFS.subClassOf) for term in graph.subjects(word) if isinstance(term, URIRef)})
    found = {name: pair for name in named if (pair := search.inside(name)) is not None}
    resting = {name for name in found if (search.rests_on(name) - {name}) & found.keys()}
    return [Contradiction(name, *pair) for name, pair in found.items() if name not in resting or resting == found.keys()]


class _Search:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._one_valued = set(graph.subjects(RDF.type, OWL.FunctionalProperty))
        self._named: dict[URIRef, _Conditions] = {}
        self._apart: dict[Node, set[Node]] = {}
        groups = [set(pair) for pair in graph.subject_objects(OWL.disjointWith)]
        for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
            groups += [set(graph.items(head)) for head in graph.objects(group, OWL.members)]
        for members in groups:
            for name in members:
                self._apart.setdefault(name, set()).update(members - {name})

    def inside(self, name: URIRef) -> tuple[str, str] | None:
        """Return two conditions of a class, or of something that it speaks of, that exclude each other."""
        if (pair := self._exclude(self._of_name(name))) is not None:
            return pair
        return next((pair for body in self._bodies(name) for part in self._parts(body) if (pair := self._exclude(part)) is not None), None)

    def rests_on(self, name: URIRef) -> set[URIRef]:
        """Return the classes that a class names, wherever it does."""
        return {found for body in self._bodies(name) for part in (self._of(body), *self._parts(body)) for found in part.names}

    def _bodies(self, name: URIRef) -> Iterator[Node]:
        for word in (OWL.equivalentClass, RDFS.subClassOf):
            yield from self._graph.objects(name, word)

    def _parts(self, body: Node) -> Iterator[_Conditions]:
        """Yield what is demanded at each place inside a description: of the members of unions and of what keys lead to."""
        waiting: list[tuple[Node, Node | None]] = [(body, None)]
        while waiting:
            term, reached_by = waiting.pop()
            if not isinstance(term, BNode):
                continue
            if reached_by is not None:
                conditions = self._of(term)
                conditions.names |= {kind for kind in self._graph.objects(reached_by, RDFS.range) if isinstance(kind, URIRef)}
                yield conditions
            key = self._graph.value(term, OWL.onProperty)
            waiting += [
                (member, key)
                for word in (OWL.someValuesFrom, OWL.onClass)
                for member in self._graph.objects(term, word)
                if (member, RDF.type, RDFS.Datatype) not in self._graph
            ]
            for head in self._graph.objects(term, OWL.unionOf):
                for member in self._graph.items(head):
                    if isinstance(member, BNode):
                        yield self._of(member)
                    waiting.append((member, None))
            waiting += [(member, None) for head in self._graph.objects(term, OWL.intersectionOf) for member in self._graph.items(head)]

    def _of_name(self, name: URIRef) -> _Conditions:
        if name not in self._named:
            self._named[name] = found = _Conditions({name})  # stands for itself while its own definition is read
            for body in self._bodies(name):
                found.add(self._of(body))
        return self._named[name]

    def _of(self, term: Node) -> _Conditions:
        """Return what a description demands of each of its members."""
        if isinstance(term, URIRef):
            return self._of_name(term)
        found, graph = _Conditions(), self._graph
        for head in graph.objects(term, OWL.intersectionOf):
            for member in graph.items(head):
                found.add(self._of(member))
        for outside in graph.objects(term, OWL.complementOf):
            members = [member for head in graph.objects(outside, OWL.unionOf) for member in graph.items(head)]
            found.denied |= {name for name in (outside, *members) if isinstance(name, URIRef)}
        key = graph.value(term, OWL.onProperty)
        if isinstance(key, URIRef) and any((term, word, None) in graph for word in (OWL.someValuesFrom, OWL.hasValue)):
            found.names |= {kind for kind in graph.objects(key, RDFS.domain) if isinstance(kind, URIRef)}
            if key in self._one_valued:
                if values := set(graph.objects(term, OWL.hasValue)):
                    found.values[key] = values
                cells = [
                    cell
                    for filler in graph.objects(term, OWL.someValuesFrom)
                    for head in graph.objects(filler, OWL.withRestrictions)
                    for cell in graph.items(head)
                ]
                found.bounds[key] = {
                    (URIRef(str(word)), bound)
                    for cell in cells
                    for word, bound in graph.predicate_objects(cell)
                    if isinstance(bound, Literal)
                }
        return found

    def _exclude(self, conditions: _Conditions) -> tuple[str, str] | None:
        for name in sorted(conditions.names & conditions.denied):
            return _word(name), f"not {_word(name)}"
        for name in sorted(conditions.names):
            for other in sorted(self._apart.get(name, set()) & conditions.names, key=str):
                return _word(name), _word(other)
        for key, values in sorted(conditions.values.items()):
            if len(values) > 1:
                first, second = sorted(map(_word, values))[:2]
                return f"{_word(key)} value {first}", f"{_word(key)} value {second}"
        for key, bounds in sorted(conditions.bounds.items()):
            for low, least in sorted(bounds):
                for high, most in sorted(bounds):
                    if low in _LOW and high in _HIGH and _leave_nothing(least, _LOW[low], most, _HIGH[high]):
                        return f"{_word(key)} {'>' if _LOW[low] else '>='} {least}", f"{_word(key)} {'<' if _HIGH[high] else '<='} {most}"
        return None


def _leave_nothing(least: Literal, more: bool, most: Literal, less: bool) -> bool:
    low, high = least.toPython(), most.toPython()
    return bool(low > high or (low == high and (more or less)))


def _word(term: Node) -> str:
    return f"c:{term.removeprefix(str(C))}" if isinstance(term, URIRef) and term.startswith(str(C)) else short(term)
