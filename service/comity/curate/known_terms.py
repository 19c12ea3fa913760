"""What the graph already knows, read from its files: classes, codes, places, things and keys.

Nothing is built in: keys come from ``shapes/flow.ttl`` and from derived properties, codes from the vocabularies, places
from the jurisdictions, classes from ``ontology/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rdflib import BNode, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from comity.curate.fact_keys import Key, derived_keys, stated_keys
from comity.iris import BASE
from comity.rdf.names import PLACE, C, module_of
from comity.rdf.turtle import read

LAWS = f"{BASE}ontology/law/"


class KnownTerms:
    """The graph's names. ``skip`` lists files that are about to be rewritten.

    ``places``, ``bodies`` and ``identifiers`` map codes to IRIs, ``keys`` a kind of thing to its keys, ``module`` a
    name to the module that defines it, ``planned`` what this run will write, with its class.
    """

    def __init__(self, root: Path, skip: Iterable[Path] = ()) -> None:
        self.root = Path(root)
        self.faults: list[str] = []
        self.module: dict[URIRef, URIRef] = {}
        self.planned: dict[URIRef, URIRef] = {}
        self.classes: set[URIRef] = set()
        self.codes: dict[URIRef, dict[str, URIRef]] = {}
        self.places: dict[str, URIRef] = {}
        self.bodies: dict[str, URIRef] = {}
        self.identifiers: dict[str, URIRef] = {}
        self._facts: dict[Node, list[tuple[URIRef, Node]]] = {}
        self._having: dict[URIRef, list[URIRef]] = {C.describes: [], C.derivedBy: []}
        self._imports: dict[URIRef, set[URIRef]] = {}
        self._above: dict[URIRef, list[URIRef]] = {}
        self._below: dict[URIRef, list[URIRef]] = {}
        skipped = {Path(p).resolve() for p in skip}
        paths = [self.root / "shapes" / "flow.ttl"]
        paths += [p for folder in ("ontology", "data") for p in sorted((self.root / folder).rglob("*.ttl"))]
        for n, path in enumerate(paths):
            if path.exists() and path.resolve() not in skipped and "align" not in path.parts:
                self._load(path, n)
        for subject in self._facts:
            if isinstance(subject, URIRef):
                self._index(subject)
        self.nodes, self.keys = stated_keys(self)
        self._free_keys: dict[str, Key] = {}
        for domains, key in derived_keys(self):
            for domain in domains:
                self.keys.setdefault(domain, {}).setdefault(key.name, key)
            if not domains:
                self._free_keys[key.name] = key

    def _load(self, path: Path, n: int) -> None:
        try:
            triples = read(path)
        except SyntaxError as fault:
            self.faults.append(f"{path}: {fault}")
            return
        module = module_of(path, self.root)

        def term(node: Node) -> Node:
            # Blank nodes of two files may share a label.
            return BNode(f"f{n}-{node}") if isinstance(node, BNode) else node

        for s, p, o in triples:
            self._facts.setdefault(term(s), []).append((p, term(o)))
            if p in self._having and isinstance(s, URIRef):
                self._having[p].append(s)
            if p == RDF.type and isinstance(s, URIRef):
                self.module.setdefault(s, module)
            elif p == OWL.imports and isinstance(s, URIRef) and isinstance(o, URIRef):
                self._imports.setdefault(s, set()).add(o)

    def _index(self, s: URIRef) -> None:
        types = self.names(s, RDF.type)
        if OWL.Class in types:
            self._index_class(s)
            return
        notation = next((str(n) for n in self.objects(s, SKOS.notation)), None)
        for kind in types:
            if notation and str(kind).startswith(C):
                self.codes.setdefault(kind, {})[notation] = s
        if C.Place in types:
            self.places[notation or s.removeprefix(PLACE)] = s
        elif C.Body in types or C.PlaceList in types:
            self.bodies[notation or s.rsplit("/", 1)[-1]] = s
        for identifier in self.objects(s, DCTERMS.identifier):
            self.identifiers.setdefault(str(identifier), s)

    def _index_class(self, s: URIRef) -> None:
        self.classes.add(s)
        above = list(self.objects(s, RDFS.subClassOf))
        for same in self.objects(s, OWL.equivalentClass):
            above += [same, *(m for i in self.objects(same, OWL.intersectionOf) for m in self.listed(i))]
        self._above[s] = [a for a in above if isinstance(a, URIRef)]
        for o in self._above[s]:
            self._below.setdefault(o, []).append(s)

    def having(self, predicate: URIRef) -> list[URIRef]:
        """Return the named subjects that have a predicate; only ``c:describes`` and ``c:derivedBy`` are kept."""
        return list(dict.fromkeys(self._having[predicate]))

    def objects(self, subject: Node, predicate: URIRef) -> list[Node]:
        """Return the values of a predicate."""
        return [o for p, o in self._facts.get(subject, ()) if p == predicate]

    def one(self, subject: Node, predicate: URIRef) -> Node | None:
        """Return a value of a predicate, or None."""
        return next(iter(self.objects(subject, predicate)), None)

    def names(self, subject: Node, predicate: URIRef) -> list[URIRef]:
        """Return the values of a predicate that are named things."""
        return [o for o in self.objects(subject, predicate) if isinstance(o, URIRef)]

    def listed(self, node: Node) -> list[Node]:
        """Return the members of an RDF list."""
        out: list[Node] = []
        seen: set[Node] = set()
        rest: Node | None = node
        while rest is not None and rest != RDF.nil and rest not in seen:
            seen.add(rest)
            out += self.objects(rest, RDF.first)[:1]
            rest = self.one(rest, RDF.rest)
        return out

    def values_of(self, vocabulary: URIRef | None) -> dict[str, URIRef]:
        """Return the codes of a vocabulary with their IRIs."""
        return {} if vocabulary is None else self.codes.get(vocabulary, {})

    def key(self, nodes: Iterable[URIRef], name: str) -> Key | None:
        """Return the key ``name`` at a position of one of the node classes."""
        found = [self.keys[node][name] for node in nodes if name in self.keys.get(node, ())]
        return found[0] if found else self._free_keys.get(name)

    def below(self, top: URIRef) -> set[URIRef]:
        """Return the named classes under ``top``, itself left out."""
        return _closure([top], self._below)

    def positions(self, name: URIRef) -> set[URIRef]:
        """Return what the instances of a class are: kinds of things, `c:Place` or a vocabulary; empty where unsaid."""
        tops = self.nodes | set(self.keys) | {C.Place} | set(self.codes)
        return ({name} | _closure([name], {k: v for k, v in self._above.items() if k not in tops})) & tops

    def law_of(self, name: URIRef) -> str | None:
        """Return the path of the law that defines a class, such as xx/act, or None."""
        module = self.module.get(name, "")
        return module.removeprefix(LAWS) if module.startswith(LAWS) else None

    def has_law(self, path: str) -> bool:
        """Tell whether a law's classes are in the graph, or will be after this run."""
        return URIRef(LAWS + path) in set(self.module.values())

    def needed(self, modules: set[URIRef]) -> set[URIRef]:
        """Return the modules without those that another of them imports, directly or not."""
        return modules - _closure(modules, self._imports)

    def has_subject(self, iri: URIRef) -> bool:
        """Tell whether any file says something about ``iri``, or will after this run."""
        return iri in self._facts or iri in self.planned

    def add_class(self, iri: URIRef, above: URIRef, module: URIRef) -> None:
        """Make a class known that is about to be written."""
        self.classes.add(iri)
        self._above[iri] = [above]
        self._below.setdefault(above, []).append(iri)
        self.module[iri] = module

    def add_key(self, node: URIRef, key: Key) -> None:
        """Make a derived fact known that is about to be written."""
        self.keys.setdefault(node, {})[key.name] = key


def _closure(start: Iterable[URIRef], steps: Mapping[URIRef, Iterable[URIRef]]) -> set[URIRef]:
    """Return what is reached from ``start`` by one step or more."""
    out: set[URIRef] = set()
    stack = list(start)
    while stack:
        for reached in steps.get(stack.pop(), ()):
            if reached not in out:
                out.add(reached)
                stack.append(reached)
    return out
