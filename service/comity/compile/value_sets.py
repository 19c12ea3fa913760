"""Sets of values that classes and shapes name: places, codes of a vocabulary, intervals of numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node as Term

from comity.rdf.names import C, code, local, short

__all__ = ["CompileError", "ValueSets", "members_of"]

_FACETS = {XSD.minInclusive: (0, False), XSD.minExclusive: (0, True), XSD.maxInclusive: (1, False), XSD.maxExclusive: (1, True)}


class CompileError(ValueError):
    """A class or shape that the program cannot express; says which and why. ``where`` is its short name, such as ``c:Name``, if known."""

    def __init__(self, message: str, where: str = "") -> None:
        super().__init__(f"in {where}: {message}" if where else message)
        self.where = where

    def inside(self, where: str) -> CompileError:
        """Return the fault with the class in which it was found; the innermost class stays named."""
        return self if self.where else CompileError(str(self), where)


def members_of(graph: Graph, head: Term) -> list[Term]:
    """Return the members of an RDF list. Raises :class:`CompileError` if it is empty or breaks off, which would read as "nothing"."""
    found: list[Term] = []
    seen: set[Term] = set()
    while head != RDF.nil:
        member, rest = list(graph.objects(head, RDF.first)), list(graph.objects(head, RDF.rest))
        if len(member) != 1 or len(rest) != 1 or head in seen:
            raise CompileError("a list is cut short, as after a save by a tool that does not know SHACL; write its members again")
        seen.add(head)
        found.append(member[0])
        head = rest[0]
    if not found:
        raise CompileError("a list is empty; write its members, or leave the condition out")
    return found


class ValueSets:
    """Reads sets of values out of a graph; ``entry`` is what the schema says of the key whose values they are."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def is_place(self, term: Term) -> bool:
        """Say whether a class is one of places."""
        return term == C.Place or C.Place in set(self.graph.transitive_objects(term, RDFS.subClassOf))

    def places(self, term: Term) -> Any:
        """Return the set of places that a class of places stands for."""
        graph = self.graph
        if term in (C.Place, OWL.Thing):
            return ["all"]
        if (place := graph.value(term, C.territoryOf)) is not None:
            return ["territory", code(graph, place)]
        if (body := graph.value(term, C.membersOf)) is not None:
            return ["body", code(graph, body)]
        if (body := graph.value(term, OWL.equivalentClass)) is not None:
            return self.places(body)
        if (members := graph.value(term, OWL.oneOf)) is not None:
            return ["union", *(["territory", code(graph, m)] for m in members_of(graph, members))]
        for word, form in ((OWL.unionOf, "union"), (OWL.intersectionOf, "meet")):
            if (members := graph.value(term, word)) is not None:
                return [form, *(self.places(member) for member in members_of(graph, members))]
        if (complement := graph.value(term, OWL.complementOf)) is not None:
            return ["minus", self.places(complement)]
        raise CompileError(f"{term} is not a class of places")

    def interval(self, term: Term | None) -> list[Any]:
        """Return the bounds that a datatype restriction sets: least, strictly, most, strictly."""
        interval: list[Any] = [None, False, None, False]
        facets = self.graph.value(term, OWL.withRestrictions)
        for facet in members_of(self.graph, facets) if facets is not None else ():
            for word, value in self.graph.predicate_objects(facet):
                if word not in _FACETS:
                    raise CompileError(f"the facet {word} is not supported")
                end, strict = _FACETS[word]
                interval[end * 2], interval[end * 2 + 1] = _number(value), strict
        return interval

    def codes(self, filler: Term, entry: dict[str, Any]) -> list[Any] | None:
        """Return the codes of an enumeration; ``None`` for the whole vocabulary."""
        graph = self.graph
        if isinstance(filler, URIRef):
            if local(filler) == entry.get("vocabulary") or filler in (OWL.Thing, XSD.boolean, XSD.string):
                return None
            if (filler, C.recognitionsFrom, None) in graph:
                raise CompileError(f"{filler} is not a set of values")
            body = graph.value(filler, OWL.equivalentClass)
            return self.codes(body, entry) if body is not None else self._instances(filler)
        if (members := graph.value(filler, OWL.oneOf)) is not None:
            return [self.code(member, entry) for member in members_of(graph, members)]
        if (members := graph.value(filler, OWL.unionOf)) is not None:
            return sorted({c for member in members_of(graph, members) for c in self.codes(member, entry) or ()})
        if (complement := graph.value(filler, OWL.complementOf)) is not None:
            left_out = self.codes(complement, entry) or []
            return [c for c in entry["codes"] if c not in left_out]
        raise CompileError("an enumeration of values is wanted")

    def _instances(self, term: URIRef) -> list[Any]:
        """Return the codes of the things of a class, such as every treaty of the graph."""
        classes = set(self.graph.transitive_subjects(RDFS.subClassOf, term))
        found = {short(thing) for cls in classes for thing in self.graph.subjects(RDF.type, cls)}
        if not found:
            raise CompileError(f"c:{local(term)} has no members among the things of the graph")
        return sorted(found, key=str)

    def code(self, value: Term, entry: dict[str, Any]) -> Any:
        """Return the code of one value of a key; refused if it is of another vocabulary."""
        found = short(value) if entry["kind"] in ("ref", "refs") else code(self.graph, value)
        if entry.get("codes") and not isinstance(value, Literal) and found not in entry["codes"]:
            raise CompileError(f"{found!r} is not a value of {entry.get('vocabulary')}")
        return found


def _number(value: Term) -> float:
    found = value.toPython()  # type: ignore[attr-defined]
    return found.timestamp() if isinstance(found, datetime) else float(found) if not isinstance(found, int) else found
