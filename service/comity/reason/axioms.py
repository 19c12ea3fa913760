"""The axioms of a vocabulary one by one, and the part of them that bears on some classes.

HermiT needs to see of a vocabulary only what can make the classes in question empty. A class that only has one definition
says nothing about what it does not name, so the definitions of classes that are not reached are left out; what restricts
names that are reached (domains, disjoint classes, superclasses of a defined class) is always there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef
from rdflib.term import Node as Term

__all__ = ["Axiom", "Axioms", "Extract"]

_OWN = (OWL.equivalentClass, RDFS.subClassOf, RDFS.domain, RDFS.range, RDFS.subPropertyOf)
_SHARED = (OWL.disjointUnionOf, OWL.inverseOf, OWL.propertyDisjointWith, OWL.propertyChainAxiom)
_KINDS = frozenset(
    {
        OWL.Class,
        OWL.ObjectProperty,
        OWL.DatatypeProperty,
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.TransitiveProperty,
        OWL.SymmetricProperty,
        OWL.AsymmetricProperty,
        OWL.ReflexiveProperty,
        OWL.IrreflexiveProperty,
    }
)
_BUILT_IN = tuple(str(space) for space in (OWL, RDF, RDFS, XSD))


@dataclass(frozen=True)
class Axiom:
    """One statement: its predicate, the whole as a sentence of Turtle, and the names that it brings in."""

    predicate: URIRef
    text: str
    names: frozenset[URIRef]


@dataclass(frozen=True)
class Extract:
    """The axioms that bear on some classes: sentences of Turtle, sorted, and every name in them."""

    sentences: tuple[str, ...]
    names: frozenset[URIRef]

    @property
    def turtle(self) -> str:
        """Return the axioms as one document without imports."""
        return "\n".join(self.sentences) + "\n"

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the axioms: the same for the same axioms, whatever the files and blank nodes were called."""
        return hashlib.sha256(self.turtle.encode()).hexdigest()


class Axioms:
    """The axioms of named classes, properties and individuals, read out of graphs when they are asked for.

    Annotations are left out and, unless ``lists`` are wanted, the lists of values of which a vocabulary consists: those nominals
    triple HermiT's time, and a class that is a list of values cannot be empty.
    """

    def __init__(self, *graphs: Graph, lists: bool = False) -> None:
        self._graphs = graphs
        self._lists = lists
        self._about: dict[URIRef, tuple[Axiom, ...]] = {}
        self._bodies: dict[Term, tuple[str, frozenset[URIRef]]] = {}
        self._shared: dict[Term, list[Axiom]] = {}
        for predicate in _SHARED:
            for subject, value in self._pairs(predicate):
                axiom = self._axiom(subject, predicate, value)
                axiom = replace(axiom, names=axiom.names | self._body(subject)[1])
                for name in axiom.names:
                    self._shared.setdefault(name, []).append(axiom)
        self._groups = [
            frozenset(self._items(head))
            for graph in graphs
            for group in graph.subjects(RDF.type, OWL.AllDisjointClasses)
            for head in graph.objects(group, OWL.members)
        ]
        self._groups += [frozenset(pair) for pair in self._pairs(OWL.disjointWith)]
        self._restricted = self._restricted_definitions(frozenset().union(*self._groups))

    def about(self, name: URIRef) -> tuple[Axiom, ...]:
        """Return the axioms about one name."""
        if name not in self._about:
            kinds = [kind for kind in self._objects(name, RDF.type) if kind in _KINDS or self._is_class(kind)]
            own = [self._axiom(name, RDF.type, kind) for kind in kinds]
            if not _KINDS & set(kinds):
                own.append(Axiom(RDF.type, f"{name.n3()} a {OWL.NamedIndividual.n3()} .", frozenset()))
            own += [
                self._axiom(name, predicate, value)
                for predicate in _OWN
                for value in self._objects(name, predicate)
                if self._lists or predicate != OWL.equivalentClass or not self._is_list(value)
            ]
            self._about[name] = (*own, *self._shared.get(name, ()))
        return self._about[name]

    def extract(self, classes: Iterable[URIRef], opaque: frozenset[URIRef] = frozenset()) -> Extract:
        """Return what bears on the classes; of the *opaque* ones nothing is said."""
        sentences: set[str] = set()
        names: set[URIRef] = set()
        waiting = list(classes)
        while waiting:
            while waiting:
                name = waiting.pop()
                if name in names or str(name).startswith(_BUILT_IN):
                    continue
                names.add(name)
                for axiom in self.about(name) if name not in opaque else ():
                    sentences.add(axiom.text)
                    waiting.extend(axiom.names)
            waiting = [name for name, body in self._restricted.items() if name not in names and not self._empty(body, names)]
        sentences |= self.told_apart(frozenset(names))
        return Extract(tuple(sorted(sentences)), frozenset(names))

    def told_apart(self, names: frozenset[URIRef]) -> set[str]:
        """Return the axioms that say of several of the names that they share no member."""
        return {text for group in self._groups if (text := _disjoint(group & names))}

    def _restricted_definitions(self, told_apart: frozenset[Term]) -> dict[URIRef, Term]:
        """Return the defined classes of which more is said than the definition: that more holds of whatever meets the definition."""
        found = {}
        for name, body in self._pairs(OWL.equivalentClass):
            if isinstance(name, URIRef) and not self._is_list(body):
                conjuncts = {body, *self._items(next(iter(self._objects(body, OWL.intersectionOf)), RDF.nil))}
                more = set(self._objects(name, RDFS.subClassOf)) - conjuncts
                if more or name in told_apart or len(list(self._objects(name, OWL.equivalentClass))) > 1:
                    found[name] = body
        return found

    def _empty(self, body: Term, names: set[URIRef]) -> bool:
        """Say whether nothing meets a description if the names outside *names* stand for nothing."""
        if isinstance(body, URIRef):
            return body not in names and not str(body).startswith(_BUILT_IN)
        for members in self._objects(body, OWL.intersectionOf):
            return any(self._empty(member, names) for member in self._items(members))
        for members in self._objects(body, OWL.unionOf):
            return all(self._empty(member, names) for member in self._items(members))
        for filler in self._objects(body, OWL.someValuesFrom):
            unused = any(key not in names for key in self._objects(body, OWL.onProperty))
            return unused or (self._is_class(filler) and self._empty(filler, names))
        return any(True for _ in self._objects(body, OWL.hasValue)) and any(key not in names for key in self._objects(body, OWL.onProperty))

    def _axiom(self, subject: Term, predicate: URIRef, value: Term) -> Axiom:
        text, names = self._body(value)
        return Axiom(predicate, f"{self._body(subject)[0]} {predicate.n3()} {text} .", names)

    def _body(self, term: Term) -> tuple[str, frozenset[URIRef]]:
        """Return a description as Turtle without labels for blank nodes, and the names in it."""
        if isinstance(term, URIRef):
            return term.n3(), frozenset() if str(term).startswith(_BUILT_IN) else frozenset((term,))
        if not isinstance(term, BNode):
            return term.n3(), frozenset()
        if term not in self._bodies:
            if any(True for _ in self._objects(term, RDF.first)):
                parts = [self._body(member) for member in self._items(term)]
                text = f"( {' '.join(text for text, _ in parts)} )"
            else:
                said = sorted(
                    (predicate.n3(), *self._body(value)) for graph in self._graphs for predicate, value in graph.predicate_objects(term)
                )
                parts = [(text, names) for _, text, names in said]
                text = f"[ {' ; '.join(f'{predicate} {text}' for predicate, text, _ in said)} ]"
            self._bodies[term] = text, frozenset().union(*(names for _, names in parts))
        return self._bodies[term]

    def _is_list(self, body: Term) -> bool:
        return any(True for _ in self._objects(body, OWL.oneOf))

    def _is_class(self, term: Term) -> bool:
        return isinstance(term, BNode) or any((term, RDF.type, OWL.Class) in graph for graph in self._graphs)

    def _objects(self, subject: Term, predicate: URIRef) -> Iterator[Term]:
        for graph in self._graphs:
            yield from graph.objects(subject, predicate)

    def _pairs(self, predicate: URIRef) -> Iterator[tuple[Term, Term]]:
        for graph in self._graphs:
            yield from graph.subject_objects(predicate)

    def _items(self, head: Term) -> Iterator[Term]:
        for graph in self._graphs:
            yield from graph.items(head)


def _disjoint(members: frozenset[Term]) -> str:
    if len(members) < 2:
        return ""
    return f"[] a {OWL.AllDisjointClasses.n3()} ; {OWL.members.n3()} ( {' '.join(sorted(name.n3() for name in members))} ) ."
