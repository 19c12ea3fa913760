"""Sets of values that classes and shapes name: places, codes of a vocabulary, intervals of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rdflib import OWL, RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.term import Node as Term

from comity.compile.statements import CompileError, members_of, number
from comity.law.program_text import KeyEntry
from comity.rdf.names import C, above, below, code, local, short

__all__ = ["ValueSets", "interval_of"]

#: By the word for a bound, in OWL and in SHACL: its place in an interval, and whether the bound itself is outside.
_BOUNDS: dict[Term, tuple[int, bool]] = {
    words[name]: (place, strict)
    for words in (XSD, SH)
    for place, end in ((0, "min"), (2, "max"))
    for name, strict in ((f"{end}Inclusive", False), (f"{end}Exclusive", True))
}


class ValueSets:
    """Reads sets of values out of a graph; ``entry`` is what the schema says of the key whose values they are."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def is_place(self, term: Term) -> bool:
        """Say whether a class is one of places."""
        return term == C.Place or C.Place in above(self.graph, term)

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

    def interval(self, term: Term) -> list[Any]:
        """Return the bounds that a datatype restriction sets, as `interval_of` does; none are set by a plain datatype."""
        facets = self.graph.value(term, OWL.withRestrictions)
        cells = members_of(self.graph, facets) if facets is not None else []
        return interval_of(pair for cell in cells for pair in self.graph.predicate_objects(cell))

    def codes(self, filler: Term, entry: KeyEntry) -> list[Any] | None:
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
        found = {short(thing) for cls in below(self.graph, term) for thing in self.graph.subjects(RDF.type, cls)}
        if not found:
            raise CompileError(f"c:{local(term)} has no members among the things of the graph")
        return sorted(found, key=str)

    def code(self, value: Term, entry: KeyEntry) -> Any:
        """Return the code of one value of a key; refused if it is of another vocabulary."""
        found = short(value) if entry["kind"] in ("ref", "refs") else code(self.graph, value)
        if entry.get("codes") and not isinstance(value, Literal) and found not in entry["codes"]:
            raise CompileError(f"{found!r} is not a value of {entry.get('vocabulary')}")
        return found


def interval_of(bounds: Iterable[tuple[Term, Term]]) -> list[Any]:
    """Return what words with numbers bound: least, strictly, most, strictly. Raises :class:`CompileError` for another word."""
    interval: list[Any] = [None, False, None, False]
    for word, value in bounds:
        if word not in _BOUNDS:
            raise CompileError(f"{word} is not a bound of a number")
        place, strict = _BOUNDS[word]
        interval[place : place + 2] = number(value), strict
    return interval
