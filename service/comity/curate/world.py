"""What the graph already knows, read from its files: keys, codes, classes, places, things.

Nothing is built in: keys come from ``shapes/flow.ttl`` and from derived properties, codes from the vocabularies, places
from the jurisdictions, classes from ``ontology/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterable

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD

from comity.curate.names import BODY, PLACE, C, module_of
from comity.curate.triples import read

DATA_TYPES = {
    "boolean": XSD.boolean,
    "count": XSD.integer,
    "number": XSD.decimal,
    "percent": XSD.decimal,
    "dateTime": XSD.dateTime,
    "date": XSD.date,
    "text": XSD.string,
}
_ONE = {"codes": "code", "places": "place", "parties": "party", "nodes": "node", "refs": "ref", "partiesOrPlaces": "partyOrPlace", "legs": "node"}
#: What each operator yields, for derived properties that say no range of their own.
OPERATOR_KINDS = {
    "count": "count",
    "daysBetween": "count",
    "dateTime": "dateTime",
    "validOn": "boolean",
    "sameLegalPerson": "boolean",
    "sameGroup": "boolean",
    "nextLeg": "node",
    "ownerBlocks": "node",
}


@dataclass(frozen=True)
class Key:
    """A fact as a law may test it: its ``kind`` (one-valued spelling), and what its values are."""

    name: str
    kind: str
    vocabulary: URIRef | None = None
    nodes: frozenset = frozenset()

    @property
    def iri(self) -> URIRef:
        return C[self.name]

    @property
    def datatype(self) -> URIRef | None:
        return DATA_TYPES.get(self.kind)


class World:
    """The graph's names. ``skip`` lists files that are about to be rewritten."""

    def __init__(self, root: Path, skip: Iterable[Path] = ()) -> None:
        self.root = Path(root)
        self.faults: list[str] = []
        self.facts: dict = {}
        self.module: dict[URIRef, URIRef] = {}
        self.imports: dict[URIRef, set[URIRef]] = {}
        self.planned: set[URIRef] = set()
        skipped = {Path(p).resolve() for p in skip}
        shapes = [p for p in (self.root / "shapes" / "flow.ttl",) if p.exists()]
        for n, path in enumerate(shapes + sorted((self.root / "ontology").rglob("*.ttl")) + sorted((self.root / "data").rglob("*.ttl"))):
            if path.resolve() not in skipped and "align" not in path.parts:
                self._load(path, n)
        self._index()

    def _load(self, path: Path, n: int) -> None:
        try:
            triples = read(path)
        except SyntaxError as fault:
            self.faults.append(f"{path}: {fault}")
            return
        module = module_of(path, self.root)

        def term(t):
            return BNode(f"f{n}-{t}") if isinstance(t, BNode) else t

        for s, p, o in triples:
            self.facts.setdefault(term(s), []).append((p, term(o)))
            if p == RDF.type and isinstance(s, URIRef):
                self.module.setdefault(s, module)
            elif p == OWL.imports:
                self.imports.setdefault(s, set()).add(o)

    def objects(self, subject, predicate) -> list:
        return [o for p, o in self.facts.get(subject, ()) if p == predicate]

    def one(self, subject, predicate):
        return next(iter(self.objects(subject, predicate)), None)

    def listed(self, node) -> list:
        """Return the members of an RDF list."""
        out = []
        while node is not None and node != RDF.nil and len(out) < 100_000:
            out.append(self.one(node, RDF.first))
            node = self.one(node, RDF.rest)
        return out

    def _index(self) -> None:
        self.classes: set[URIRef] = set()
        self.codes: dict[URIRef, dict[str, URIRef]] = {}
        self.places: dict[str, URIRef] = {}
        self.bodies: dict[str, URIRef] = {}
        self.identifiers: dict[str, URIRef] = {}
        self.keys: dict[URIRef, dict[str, Key]] = {}
        self.free_keys: dict[str, Key] = {}
        self._above: dict[URIRef, list[URIRef]] = {}
        self._below: dict[URIRef, list[URIRef]] = {}
        for subject in self.facts:
            if isinstance(subject, URIRef):
                self._index_subject(subject)
        self._index_keys()

    def _index_subject(self, s: URIRef) -> None:
        types = self.objects(s, RDF.type)
        notation = next((str(n) for n in self.objects(s, SKOS.notation)), None)
        if OWL.Class in types:
            self.classes.add(s)
            above = [o for o in self.objects(s, RDFS.subClassOf) if isinstance(o, URIRef)]
            for same in self.objects(s, OWL.equivalentClass):
                above += [same] if isinstance(same, URIRef) else []
                above += [m for i in self.objects(same, OWL.intersectionOf) for m in self.listed(i) if isinstance(m, URIRef)]
            self._above[s] = above
            for o in above:
                self._below.setdefault(o, []).append(s)
            return
        for kind in types:
            if notation and str(kind).startswith(str(C)):
                self.codes.setdefault(kind, {})[notation] = s
        if C.Place in types:
            self.places[notation or str(s).removeprefix(PLACE)] = s
        elif C.Body in types or C.PlaceList in types:
            self.bodies[notation or str(s).removeprefix(BODY)] = s
        for identifier in self.objects(s, DCTERMS.identifier):
            self.identifiers.setdefault(str(identifier), s)

    def _index_keys(self) -> None:
        describes = {s: self.one(s, C.describes) for s in self.facts if self.one(s, C.describes) is not None}
        self.nodes = {n for n in describes.values()}
        for shape, node in describes.items():
            for prop in self.objects(shape, SH.property):
                path, kind = self.one(prop, SH.path), str(self.one(prop, C.valueKind) or "")
                if not isinstance(path, URIRef) or not kind:
                    continue
                below = {describes.get(n, n) for n in self.objects(prop, C.nodeShape)}
                key = self.make_key(str(path)[len(C):], kind, self.one(prop, C.vocabulary), below)
                for where in (node, *self.objects(prop, C.overridesOn)):
                    self.keys.setdefault(where, {}).setdefault(key.name, key)
        for s in [s for s in self.facts if self.one(s, C.derivedBy) is not None]:
            self._index_derived(s)

    def make_key(self, name: str, kind: str, vocabulary=None, below: Iterable = ()) -> Key:
        """Return a key of a kind as ``shapes/flow.ttl`` spells it (`codes`, `parties` …)."""
        kind = _ONE.get(kind, kind)
        nodes = set(below)
        if kind in ("party", "partyOrPlace"):
            nodes.add(C.Party)
        if kind == "partyOrPlace":
            nodes.add(C.Place)
        return Key(name, kind, vocabulary, frozenset(nodes))

    def _index_derived(self, s: URIRef) -> None:
        name = str(s)[len(C):]
        operator = str(self.one(s, C.derivedBy))[len(C):].removeprefix("op-")
        ranges = self._union(self.objects(s, RDFS.range))
        kind = next((k for k, t in DATA_TYPES.items() if t in ranges and k != "percent"), None)
        kind = str(self.one(s, C.valueKind) or kind or OPERATOR_KINDS.get(operator, "node"))
        if kind == "node" and C.Place in ranges:
            kind = "partyOrPlace" if C.Party in ranges else "place"
        key = self.make_key(name, kind, self.one(s, C.vocabulary), [r for r in ranges if str(r).startswith(str(C))])
        domains = self._union(self.objects(s, RDFS.domain))
        for domain in domains:
            self.keys.setdefault(domain, {}).setdefault(name, key)
        if not domains:
            self.free_keys[name] = key

    def _union(self, nodes: list) -> set:
        out: set = set()
        for node in nodes:
            union = self.one(node, OWL.unionOf)
            out |= {node} if union is None else self._union(self.listed(union))
        return out

    def key(self, nodes: Iterable[URIRef], name: str) -> Key | None:
        """Return the key ``name`` at a position of one of the node classes."""
        for node in nodes:
            found = self.keys.get(node, {}).get(name)
            if found:
                return found
        return self.free_keys.get(name)

    def below(self, top: URIRef) -> set[URIRef]:
        """Return the named classes under ``top``, itself left out."""
        out: set[URIRef] = set()
        stack = [top]
        while stack:
            for lower in self._below.get(stack.pop(), ()):
                if lower not in out:
                    out.add(lower)
                    stack.append(lower)
        return out

    def positions(self, name: URIRef) -> set[URIRef]:
        """Return what instances of a class are: node classes, `c:Place` or a vocabulary; empty where it is not said."""
        tops = self.nodes | set(self.keys) | {C.Place} | set(self.codes)
        out, seen, stack = set(), {name}, [name]
        while stack:
            current = stack.pop()
            if current in tops:
                out.add(current)
            else:
                fresh = [a for a in self._above.get(current, ()) if a not in seen]
                seen.update(fresh)
                stack += fresh
        return out

    def needed(self, modules: set[URIRef]) -> set[URIRef]:
        """Return the modules without those that another of them imports, directly or not."""
        brought: set[URIRef] = set()
        stack = [i for m in modules for i in self.imports.get(m, ())]
        while stack:
            current = stack.pop()
            if current not in brought:
                brought.add(current)
                stack += self.imports.get(current, ())
        return modules - brought

    def has_subject(self, iri: URIRef) -> bool:
        """Tell whether any file says something about ``iri``, or will after this run."""
        return iri in self.facts or iri in self.planned

    def add_class(self, iri: URIRef, above: URIRef, module: URIRef) -> None:
        """Make a class known that is about to be written."""
        self.classes.add(iri)
        self._above[iri] = [above]
        self._below.setdefault(above, []).append(iri)
        self.module[iri] = module

    def add_key(self, node: URIRef, key: Key) -> None:
        """Make a derived fact known that is about to be written."""
        self.keys.setdefault(node, {})[key.name] = key
