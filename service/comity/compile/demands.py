"""SHACL demands to the expression language of the program.

A demand is a node shape without a target. Only the terms handled here may be used in ``shapes/``; any other is refused
at build with the shape that uses it.
"""

from __future__ import annotations

from typing import Any

from rdflib import RDF, SH, Graph
from rdflib.term import Node as Term

from comity.compile.situations import ClassCompiler
from comity.compile.statements import CompileError, members_of, number, object_of
from comity.compile.value_sets import interval_of
from comity.law.program_text import KeyEntry, NamedPart, Words
from comity.logic.expression import Expression
from comity.logic.settled import settled
from comity.logic.simplify import remainder
from comity.rdf.names import C, local, words

__all__ = ["DemandCompiler"]

_SILENT = {RDF.type, SH.name, SH.description, SH.message, SH.severity, SH.order, C.leavesOut}
_CODE_KINDS = ("code", "codes", "ref", "refs", "boolean", "text", "taxonomy")
_NUMBER_KINDS = ("count", "number", "percent", "dateTime")


class DemandCompiler:
    """Compiles node shapes with the class compiler's schema and classes."""

    def __init__(self, classes: ClassCompiler) -> None:
        self._classes = classes
        self._values = classes.values
        self.graph: Graph = classes.graph
        self._named: list[NamedPart] = []

    def demanded(self, shape: Term, when: str) -> Expression:
        """Return the demand that a norm with the situation *when* makes of the flow.

        Raises :class:`CompileError`, naming the shape, for a demand that is met or failed whatever a flow states.
        """
        try:
            found = self.demand(shape)
        except CompileError as fault:
            raise fault.inside(_name(shape)) from None
        if remainder(found, ["is", when], self._classes.compiled) == ["true"]:
            raise CompileError(
                f"{_name(shape)} asks nothing that its situation does not already say, so that every flow meets it; "
                "write what the norm demands, or drop c:demands"
            )
        return found

    def demand(self, shape: Term, domain: str = "DataFlow") -> Expression:
        """Return the expression that holds of the nodes that conform to a shape."""
        parts = [
            self.part(shape, predicate, value, domain)
            for predicate, value in self.graph.predicate_objects(shape)
            if not self.is_silent(predicate)
        ]
        if not parts:
            raise CompileError(f"{_name(shape)} says nothing that a flow could fail; write its condition, or take the shape out")
        parts.sort(key=repr)  # blank nodes have no order of their own
        whole = _open(parts[0] if len(parts) == 1 else ["and", *parts], shape)
        self._named.append({"label": words(self.graph, shape, SH.name), "expression": whole})
        return whole

    def alternatives(self, shape: Term) -> list[dict[str, Words]]:
        """Return the ways to meet a demand: the members of its ``sh:or``, with their names."""
        ways = self.graph.value(shape, SH["or"])
        found = [{"label": words(self.graph, way, SH.name)} for way in members_of(self.graph, ways)] if ways else []
        return [way for way in found if way["label"]]

    def named_parts(self, shape: Term) -> list[NamedPart]:
        """Return the parts of a demand that have a name of their own, with their expressions, the outermost last."""
        self._named = []
        self.demand(shape)
        return [part for part in self._named if part["label"]]

    @staticmethod
    def is_silent(predicate: Term) -> bool:
        """Say whether a predicate of a shape demands nothing."""
        return predicate in _SILENT

    def part(self, shape: Term, predicate: Term, value: Term, domain: str = "DataFlow") -> Expression:
        """Return the expression of one statement of a shape."""
        if predicate == SH.property:
            return self._property(value, domain)
        if predicate == SH.node:
            return self.demand(value, domain)
        if predicate in (SH["and"], SH["or"]):
            members = [self.demand(member, domain) for member in members_of(self.graph, value)]
            return ["and" if predicate == SH["and"] else "or", *members]
        if predicate == SH["not"]:
            return ["not", self.demand(value, domain)]
        if predicate == SH["class"]:
            return self._classes.expression(value, domain)
        raise CompileError(f"{_name(shape)} uses {predicate}, which demands may not use")

    def _property(self, prop: Term, domain: str) -> Expression:
        graph = self.graph
        path = object_of(graph, prop, SH.path)
        if (path, RDF.first, None) in graph:
            steps = [local(step) for step in members_of(graph, path)]
            return self._steps(prop, steps, domain)
        return self._constraints(prop, local(path), domain)

    def _steps(self, prop: Term, steps: list[str], domain: str) -> Expression:
        entry = self._classes.key(domain, steps[0])
        if len(steps) == 1:
            return self._constraints(prop, steps[0], domain)
        return ["some", steps[0], self._steps(prop, steps[1:], entry["node"])]

    def _constraints(self, prop: Term, key: str, domain: str) -> Expression:
        entry = self._classes.key(domain, key)
        parts: list[Expression] = []
        for predicate, value in self.graph.predicate_objects(prop):
            if predicate in _SILENT or predicate in (SH.path, SH.qualifiedMinCount, SH.qualifiedMaxCount):
                continue
            parts.append(self._constraint(prop, key, entry, predicate, value))
        if not parts:
            raise CompileError(f"a property of {key} has no constraint; say what is wanted of it, or take the property out")
        return _open(parts[0] if len(parts) == 1 else ["and", *sorted(parts, key=repr)], prop)

    def _constraint(self, prop: Term, key: str, entry: KeyEntry, predicate: Term, value: Term) -> Expression:
        if predicate == SH.hasValue:
            return self._classes.value(key, entry, value)
        if predicate == SH.minCount:
            return ["present", key, int(number(value))] if number(value) else ["true"]
        if predicate == SH.maxCount:
            return ["not", ["present", key, int(number(value)) + 1]]
        if predicate == SH.qualifiedValueShape:
            least, most = (self.graph.value(prop, word) for word in (SH.qualifiedMinCount, SH.qualifiedMaxCount))
            return self._qualified(key, entry, value, *(None if n is None else int(number(n)) for n in (least, most)))
        if predicate == SH.node:
            return ["not", self._holding(key, entry, value, negated=True)]
        if predicate == SH["class"] and entry["kind"] in ("place", "places"):
            return ["not", ["place", key, ["minus", self._values.places(value)]]]
        if predicate == SH["in"]:
            allowed = [self._values.code(member, entry) for member in members_of(self.graph, value)]
            return ["not", ["has", key, [c for c in entry["codes"] if c not in allowed]]]
        if predicate in (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive):
            return ["num", key, *interval_of([(predicate, value)])]
        raise CompileError(f"{_name(prop)} uses {predicate}, which demands may not use")

    def _qualified(self, key: str, entry: KeyEntry, shape: Term, least: int | None, most: int | None) -> Expression:
        if not least and most is None:
            raise CompileError(
                f"a qualified shape of {key} has no number of at least 1, so that nothing can fail it; "
                "add sh:qualifiedMinCount 1 or sh:qualifiedMaxCount"
            )
        if least == 1 and most is None:
            return self._holding(key, entry, shape)
        if most == 0 and not least:
            return ["not", self._holding(key, entry, shape)]
        if entry["kind"] in (*_CODE_KINDS, *_NUMBER_KINDS, "place", "places"):
            raise CompileError(f"a number of values of {key} is not supported")
        return ["count", key, self.demand(shape, entry["node"]), least, most]

    def _holding(self, key: str, entry: KeyEntry, shape: Term, negated: bool = False) -> Expression:
        """At least one value of the key conforms to the shape (or, negated, does not)."""
        kind = entry["kind"]
        if kind in _CODE_KINDS:
            codes = self._value_codes(shape, entry)
            return ["has", key, [c for c in entry["codes"] if c not in codes] if negated else codes]
        if kind in ("place", "places"):
            inside = self._value_places(shape)
            return ["place", key, ["minus", inside] if negated else inside]
        if kind in _NUMBER_KINDS:
            facets = [(p, o) for p, o in self.graph.predicate_objects(shape) if p not in _SILENT and p != SH.datatype]
            test = ["num", key, *interval_of(facets)]
            return ["not", test] if negated else test
        inside = self.demand(shape, entry["node"])
        return ["some", key, ["not", inside] if negated else inside]

    def _value_codes(self, shape: Term, entry: KeyEntry) -> list[Any]:
        graph = self.graph
        if (members := graph.value(shape, SH["in"])) is not None:
            return [self._values.code(member, entry) for member in members_of(graph, members)]
        if (value := graph.value(shape, SH.hasValue)) is not None:
            return [self._values.code(value, entry)]
        if (other := graph.value(shape, SH["not"])) is not None:
            left_out = self._value_codes(other, entry)
            return [c for c in entry["codes"] if c not in left_out]
        if (cls := graph.value(shape, SH["class"])) is not None:
            codes = self._values.codes(cls, entry)
            return entry["codes"] if codes is None else codes
        raise CompileError(f"{_name(shape)} lists no values of {entry.get('vocabulary')}")

    def _value_places(self, shape: Term) -> Any:
        graph = self.graph
        if (cls := graph.value(shape, SH["class"])) is not None:
            return self._values.places(cls)
        if (other := graph.value(shape, SH["not"])) is not None:
            return ["minus", self._value_places(other)]
        for word, form in ((SH["or"], "union"), (SH["and"], "meet")):
            if (members := graph.value(shape, word)) is not None:
                return [form, *(self._value_places(member) for member in members_of(graph, members))]
        raise CompileError(f"{_name(shape)} names no class of places")


def _open(expression: Expression, shape: Term) -> Expression:
    """Return an expression that some flows meet and others fail; refuse any other with its shape."""
    value = settled(expression)
    if value is not None:
        raise CompileError(f"{_name(shape)} is {'met' if value else 'failed'} by every flow, whatever it states; correct its condition")
    return expression


def _name(shape: Term) -> str:
    return f"c:{local(shape)}" if str(shape).startswith(str(C)) else "an unnamed shape"
