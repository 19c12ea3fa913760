"""A thing of the graph as a tree: its own statements, with everything anonymous written inside.

Turtle, JSON-LD and the HTML page are three ways to write the same tree, so that none depends on how a store names its
blank nodes and equal graphs give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from comity.iris import PREFIXES, RDF, SKOS

_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"
_TYPE, _LABEL = RDF + "type", SKOS + "prefLabel"
_DEEPEST = 60


@dataclass(slots=True)
class Tree:
    """One node with its statements; ``iri`` is None for an anonymous node. Properties are IRIs, in a fixed order."""

    iri: str | None = None
    properties: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, prop: str, *values: Value) -> Tree:
        """Add ``values`` under the property IRI ``prop``; returns the tree itself."""
        self.properties.setdefault(prop, []).extend(values)
        return self

    def iris(self, prop: str) -> list[str]:
        """Return the IRIs under ``prop``."""
        return [value.value for value in self.properties.get(prop, ()) if isinstance(value, NamedNode)]

    def texts(self, prop: str) -> dict[str, str]:
        """Return the literals under ``prop`` by language; those without language under ``""``."""
        return {v.language or "": v.value for v in self.properties.get(prop, ()) if isinstance(v, Literal)}


Value: TypeAlias = "NamedNode | Literal | Tree | tuple[Value, ...]"
"""What stands under a property: a term, an anonymous node, or the members of a list."""


def read(store: Store, subject: NamedNode) -> Tree:
    """Return the statements of ``subject`` in any graph of ``store``, its anonymous nodes and lists written inside."""
    return _read(store, subject, 0)


def _read(store: Store, subject: NamedNode | BlankNode, depth: int) -> Tree:
    tree = Tree(subject.value if isinstance(subject, NamedNode) else None)
    if depth > _DEEPEST:
        return tree
    found: dict[str, set[NamedNode | BlankNode | Literal | Triple]] = {}
    for quad in store.quads_for_pattern(subject, None, None, None):
        found.setdefault(quad.predicate.value, set()).add(quad.object)
    for prop in sorted(found, key=lambda iri: (iri != _TYPE, iri != _LABEL, iri)):
        values = [_value(store, term, depth) for term in found[prop]]
        tree.properties[prop] = sorted(values, key=sort_key)
    return tree


def _value(store: Store, term: NamedNode | BlankNode | Literal | Triple, depth: int) -> Value:
    if isinstance(term, BlankNode):
        items = _list(store, term, depth)
        return _read(store, term, depth + 1) if items is None else items
    if isinstance(term, NamedNode) and term.value == _NIL:
        return ()
    if isinstance(term, Triple):
        raise TypeError(f"the pages have no form for a statement about a statement: {term}")
    return term


def _list(store: Store, start: BlankNode, depth: int) -> tuple[Value, ...] | None:
    """Return the members of the RDF list that starts at ``start``, or None where no list does."""
    items: list[Value] = []
    seen: set[BlankNode] = set()
    node: object = start
    while isinstance(node, BlankNode):
        if node in seen or len(seen) > 16_384:
            return None
        seen.add(node)
        first = next(store.quads_for_pattern(node, NamedNode(_FIRST), None, None), None)
        rest = next(store.quads_for_pattern(node, NamedNode(_REST), None, None), None)
        if first is None or rest is None:
            return None
        items.append(_value(store, first.object, depth + 1))
        node = rest.object
    return tuple(items)


def sort_key(value: Value) -> tuple[Any, ...]:
    """Return a total order over values that does not depend on how anonymous nodes are called."""
    if isinstance(value, NamedNode):
        return 0, value.value
    if isinstance(value, Literal):
        return 1, value.language or "", value.datatype.value, value.value
    if isinstance(value, tuple):
        return 2, tuple(map(sort_key, value))
    return 3, tuple((prop, tuple(map(sort_key, values))) for prop, values in value.properties.items())


def compact(iri: str) -> tuple[str, str] | None:
    """Return ``iri`` as (prefix, local name) where one of the prefixes fits and the rest needs no escaping."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            local = iri[len(base) :]
            if local and local.replace("-", "").replace("_", "").isalnum() and local.isascii() and local[0] not in "-":
                return prefix, local
    return None


def walk(values: list[Value]) -> Iterator[Value]:
    """Return every value in ``values`` and inside them, outermost first."""
    for value in values:
        yield value
        if isinstance(value, tuple):
            yield from walk(list(value))
        elif isinstance(value, Tree):
            for inner in value.properties.values():
                yield from walk(inner)
