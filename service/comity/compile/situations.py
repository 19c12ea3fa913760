"""OWL class expressions to the expression language of the program.

The compiler walks an expression together with the schema: every key is read at the node class where it stands, so that
a key of another node, or a value of another vocabulary, is refused at build with the class that uses it.
"""

from __future__ import annotations

from typing import Any

from rdflib import OWL, RDFS, Graph, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node as Term

from comity.compile.statements import CompileError, members_of, number, object_of
from comity.compile.value_sets import ValueSets
from comity.law.program_text import KeyEntry
from comity.logic.expression import Expression
from comity.rdf.names import C, below, local

__all__ = ["ClassCompiler"]

_CODES = ("code", "codes", "ref", "refs", "boolean", "text")
_PLACES = ("place", "places")
_NUMBERS = ("count", "number", "percent", "dateTime")
_OBJECTS = ("node", "nodes", "party", "parties", "partyOrPlace", "partiesOrPlaces", "legs")


class ClassCompiler:
    """Compiles the named classes of a graph, each once, from those that norms use inwards.

    ``keys`` is ``schema["nodes"]`` with the derived keys added; ``recognitions`` lists, for each recogniser and kind,
    the recognitions as ``(id, place set, scope class)``. ``values`` reads the sets of values that classes and shapes name.
    """

    def __init__(self, graph: Graph, keys: dict[str, dict[str, KeyEntry]], recognitions: dict[tuple[str, str], list[Any]]) -> None:
        self.graph = graph
        self.keys = keys
        self.recognitions = recognitions
        self.compiled: dict[str, Expression] = {}
        self.domains: dict[str, str] = {}
        self.values = ValueSets(graph)
        self._bases: dict[Term, str] = {C[name]: name for name in keys}

    def named(self, term: Term) -> Expression:
        """Compile a named class and return the reference to it."""
        name = local(term)
        if name not in self.compiled:
            self.compiled[name] = ["true"]  # stands for itself while its own definition is read
            try:
                self.domains[name] = self.domain(term)
                self.compiled[name] = self._definition(term, self.domains[name])
            except CompileError as fault:
                raise fault.inside(f"c:{name}") from None
        return ["is", name]

    def domain(self, term: Term) -> str:
        """Return the node class of whose nodes a law class speaks."""
        graph = self.graph
        candidates = [*graph.objects(term, RDFS.subClassOf), *graph.objects(term, OWL.equivalentClass)]
        for candidate in list(candidates):
            members = graph.value(candidate, OWL.intersectionOf)
            candidates += members_of(graph, members) if members is not None else []
        for candidate in candidates:
            if candidate in self._bases:
                return self._bases[candidate]
        for candidate in candidates:
            if isinstance(candidate, URIRef) and candidate != term and self._is_law(candidate):
                return self.domain(candidate)
        if any((candidate, C.taxonomy, None) in graph for candidate in candidates):
            return "DataItem"
        raise CompileError(f"c:{local(term)} names no node class; add c:DataFlow, c:Party, c:DataItem … as a conjunct")

    def _is_law(self, term: Term) -> bool:
        return (term, OWL.equivalentClass, None) in self.graph or (term, C.recognitionsFrom, None) in self.graph

    def _definition(self, term: Term, domain: str) -> Expression:
        recogniser = self.graph.value(term, C.recognitionsFrom)
        if recogniser is not None:
            return self._recognised(recogniser, object_of(self.graph, term, C.recognitionKind))
        bodies = sorted(self.graph.objects(term, OWL.equivalentClass), key=str)
        if len(bodies) != 1:
            raise CompileError(f"c:{local(term)} has {len(bodies)} definitions; one owl:equivalentClass is wanted")
        return self.expression(bodies[0], domain)

    def _recognised(self, recogniser: Term, kind: Term) -> Expression:
        rows = self.recognitions.get((str(recogniser), str(kind)), [])
        parts = [["and", ["inforce", key], ["place", "to", inside], self.named(scope)] for key, inside, scope in rows]
        return ["or", *parts] if parts else ["false"]

    def expression(self, term: Term, domain: str) -> Expression:
        """Compile a class expression at a node class."""
        graph = self.graph
        if isinstance(term, URIRef):
            return self._class(term, domain)
        for word, form in ((OWL.intersectionOf, "and"), (OWL.unionOf, "or")):
            members = graph.value(term, word)
            if members is not None:
                parts = [self.expression(member, domain) for member in members_of(graph, members)]
                parts = [part for part in parts if part != ["true"]] if form == "and" else parts
                return parts[0] if len(parts) == 1 else [form, *parts] if parts else ["true"]
        complement = graph.value(term, OWL.complementOf)
        if complement is not None:
            return ["not", self.expression(complement, domain)]
        if graph.value(term, OWL.onProperty) is not None:
            return self._restriction(term, domain)
        raise CompileError("a class expression of an unknown form")

    def _class(self, term: URIRef, domain: str) -> Expression:
        if term == OWL.Thing or self._bases.get(term) == domain:
            return ["true"]
        if term == OWL.Nothing:
            return ["false"]
        if (term, C.taxonomy, None) in self.graph:
            if domain != "DataItem":
                raise CompileError(f"the category c:{local(term)} is used of a {domain}, not of a DataItem")
            codes = {
                str(n) for c in below(self.graph, term) for n in self.graph.objects(c, SKOS.notation) if (c, C.taxonomy, None) in self.graph
            }
            return ["has", "categories", sorted(codes)]
        if self.values.is_place(term):
            if domain != "Party":
                raise CompileError(f"the place class c:{local(term)} is used of a {domain}")
            return ["place", "@place", self.values.places(term)]
        if not self._is_law(term):
            raise CompileError(f"c:{local(term)} is not a class of {domain}, or it has no definition")
        reference = self.named(term)
        found = self.domains[reference[1]]
        if found != domain:
            raise CompileError(f"c:{local(term)} is a class of {found}, but is used of a {domain}")
        return reference

    def _restriction(self, term: Term, domain: str) -> Expression:
        graph = self.graph
        key = local(object_of(graph, term, OWL.onProperty))
        entry = self.key(domain, key)
        if "holdings" in entry:
            return self._owner_block(object_of(graph, term, OWL.someValuesFrom), entry["holdings"])
        for word, form in ((OWL.someValuesFrom, self.some), (OWL.allValuesFrom, self.only)):
            if (filler := graph.value(term, word)) is not None:
                return form(key, entry, filler)
        if (value := graph.value(term, OWL.hasValue)) is not None:
            return self.value(key, entry, value)
        return self._cardinality(term, key, entry)

    def key(self, domain: str, key: str) -> KeyEntry:
        """Return the schema of a key at a node class."""
        entry = self.keys.get(domain, {}).get(key)
        if entry is None:
            raise CompileError(f"{domain} has no fact {key!r}")
        return entry

    def some(self, key: str, entry: KeyEntry, filler: Term) -> Expression:
        """Compile an existential restriction."""
        kind = entry["kind"]
        if kind in _OBJECTS:
            return ["some", key, self.expression(filler, entry["node"])]
        if kind in _PLACES:
            return ["place", key, self.values.places(filler)]
        if kind in _NUMBERS:
            return ["num", key, *self.values.interval(filler)]
        codes = self.values.codes(filler, entry)
        return ["present", key, 1] if codes is None else ["has", key, codes]

    def only(self, key: str, entry: KeyEntry, filler: Term) -> Expression:
        """Compile a universal restriction: nothing outside the filler."""
        kind = entry["kind"]
        if kind in _OBJECTS:
            return ["not", ["some", key, ["not", self.expression(filler, entry["node"])]]]
        if kind in _PLACES:
            return ["not", ["place", key, ["minus", self.values.places(filler)]]]
        if kind in _NUMBERS:
            return ["num", key, *self.values.interval(filler)]
        allowed = self.values.codes(filler, entry)
        return ["true"] if allowed is None else ["not", ["has", key, [c for c in entry["codes"] if c not in allowed]]]

    def value(self, key: str, entry: KeyEntry, value: Term) -> Expression:
        """Compile a restriction to one value."""
        kind = entry["kind"]
        if kind in _PLACES:
            raise CompileError(f"{key} names one place; use a class of places (some CnPlace), so that its parts count too")
        if kind in _OBJECTS:
            raise CompileError(f"{key} names one thing; a class is wanted")
        if kind in _NUMBERS:
            exactly = number(value)
            return ["num", key, exactly, False, exactly, False]
        return ["has", key, [self.values.code(value, entry)]]

    def _cardinality(self, term: Term, key: str, entry: KeyEntry) -> Expression:
        bounds: list[int | None] = [None, None]
        for words, ends in (
            ((OWL.minCardinality, OWL.minQualifiedCardinality), (0,)),
            ((OWL.maxCardinality, OWL.maxQualifiedCardinality), (1,)),
            ((OWL.cardinality, OWL.qualifiedCardinality), (0, 1)),
        ):
            for word in words:
                if (bound := self.graph.value(term, word)) is not None:
                    for end in ends:
                        bounds[end] = int(number(bound))
        filler = self.graph.value(term, OWL.onClass)
        if entry["kind"] in _OBJECTS:
            inside = self.expression(filler, entry["node"]) if filler is not None else ["true"]
            return ["count", key, inside, *bounds]
        if filler is not None:
            raise CompileError(f"a qualified number of values of {key} is not supported")
        least: Expression = ["present", key, bounds[0]] if bounds[0] else ["true"]
        return least if bounds[1] is None else ["and", least, ["not", ["present", key, bounds[1] + 1]]]

    def _owner_block(self, block: Term, holdings: list[str]) -> Expression:
        """Compile ``ownerBlock some (blockPercent some [>= n] and blockMember only X)``: the shares of owners in X add up to n."""
        percent: float | None = None
        members: Expression | None = None
        for part in members_of(self.graph, object_of(self.graph, block, OWL.intersectionOf)):
            if (share := self.graph.value(part, OWL.someValuesFrom)) is not None:
                low, strict, _, _ = self.values.interval(share)
                percent = None if low is None else low + 0.01 * strict
            elif (filler := self.graph.value(part, OWL.allValuesFrom)) is not None:
                members = self.expression(filler, "Party")
        if percent is None or members is None:
            raise CompileError("an owner block needs blockPercent with a lower bound and blockMember only …")
        return ["ownersum", percent, members, *holdings]
