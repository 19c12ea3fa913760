"""The keys of a description: what each holds at the kind of thing where it stands.

Stated keys come from ``shapes/flow.ttl``, derived ones from properties with ``c:derivedBy``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from rdflib import URIRef
from rdflib.namespace import OWL, RDFS, SH, XSD
from rdflib.term import Node

from comity.compile.derived import OPERATOR_KINDS
from comity.rdf.names import C

DATA_TYPES = {
    "boolean": XSD.boolean,
    "count": XSD.integer,
    "number": XSD.decimal,
    "percent": XSD.decimal,
    "dateTime": XSD.dateTime,
    "date": XSD.date,
    "text": XSD.string,
}
_KIND_OF_TYPE = {datatype: kind for kind, datatype in DATA_TYPES.items() if kind != "percent"}
_ONE = {
    "codes": "code",
    "places": "place",
    "parties": "party",
    "nodes": "node",
    "legs": "node",
    "refs": "ref",
    "partiesOrPlaces": "partyOrPlace",
}


@dataclass(frozen=True)
class Key:
    """A fact as a law may test it: its ``kind`` in the one-valued spelling, and what its values are."""

    name: str
    kind: str
    vocabulary: URIRef | None = None
    nodes: frozenset[URIRef] = frozenset()

    @property
    def iri(self) -> URIRef:
        """Return the property."""
        return C[self.name]

    @property
    def datatype(self) -> URIRef | None:
        """Return the datatype of its values, or None where they are no literals."""
        return DATA_TYPES.get(self.kind)


def make_key(name: str, kind: str, vocabulary: URIRef | None = None, below: Iterable[URIRef] = ()) -> Key:
    """Return a key of a kind as ``shapes/flow.ttl`` spells it (`codes`, `parties` …)."""
    kind = _one_valued(kind)
    nodes = set(below)
    if kind in ("party", "partyOrPlace"):
        nodes.add(C.Party)
    if kind == "partyOrPlace":
        nodes.add(C.Place)
    return Key(name, kind, vocabulary, frozenset(nodes))


def _one_valued(kind: str) -> str:
    return _ONE.get(kind, kind)


class Facts(Protocol):
    """What the keys are read from: the statements of the files."""

    def having(self, predicate: URIRef) -> list[URIRef]:
        """Return the named subjects that have a predicate."""

    def objects(self, subject: Node, predicate: URIRef) -> list[Node]:
        """Return the values of a predicate."""

    def one(self, subject: Node, predicate: URIRef) -> Node | None:
        """Return a value of a predicate, or None."""

    def names(self, subject: Node, predicate: URIRef) -> list[URIRef]:
        """Return the values of a predicate that are named things."""

    def listed(self, node: Node) -> list[Node]:
        """Return the members of an RDF list."""


def stated_keys(facts: Facts) -> tuple[set[URIRef], dict[URIRef, dict[str, Key]]]:
    """Return the kinds of things in a description, and their keys."""
    describes = {s: node for s in facts.having(C.describes) for node in facts.names(s, C.describes)}
    keys: dict[URIRef, dict[str, Key]] = {}
    for shape, node in describes.items():
        for prop in facts.objects(shape, SH.property):
            path, kind = facts.one(prop, SH.path), facts.one(prop, C.valueKind)
            if not isinstance(path, URIRef) or kind is None:
                continue
            below = {describes.get(n, n) for n in facts.names(prop, C.nodeShape)}
            key = make_key(path.removeprefix(C), str(kind), _first(facts.names(prop, C.vocabulary)), below)
            for where in (node, *facts.names(prop, C.overridesOn)):
                keys.setdefault(where, {}).setdefault(key.name, key)
    return set(describes.values()), keys


def derived_keys(facts: Facts) -> list[tuple[set[URIRef], Key]]:
    """Return the derived facts, each with the kinds of things that carry it (empty: any)."""
    out = []
    for s in facts.having(C.derivedBy):
        operator = str(facts.one(s, C.derivedBy)).removeprefix(C)
        ranges = _union(facts, facts.objects(s, RDFS.range))
        kind = facts.one(s, C.valueKind) or next((_KIND_OF_TYPE[r] for r in ranges if r in _KIND_OF_TYPE), None)
        kind = _one_valued(str(kind or OPERATOR_KINDS.get(operator, "node")))
        if kind == "node" and C.Place in ranges:
            kind = "partyOrPlace" if C.Party in ranges else "place"
        below = [r for r in ranges if r.startswith(C)]
        key = make_key(s.removeprefix(C), kind, _first(facts.names(s, C.vocabulary)), below)
        out.append((_union(facts, facts.objects(s, RDFS.domain)), key))
    return out


def _first(found: list[URIRef]) -> URIRef | None:
    return found[0] if found else None


def _union(facts: Facts, nodes: Iterable[Node]) -> set[URIRef]:
    out: set[URIRef] = set()
    for node in nodes:
        union = facts.one(node, OWL.unionOf)
        if union is not None:
            out |= _union(facts, facts.listed(union))
        elif isinstance(node, URIRef):
            out.add(node)
    return out
