"""A stated flow, and the situations it is judged by, written as OWL for HermiT.

What is stated becomes assertions, what is stated to be complete is closed by nominals, what is left out stays open.
Names are unique, so that a closed list excludes every value that it does not hold: each name bears a literal of its own
under a functional property. ``owl:AllDifferent`` says the same with n² inequalities, and HermiT takes four times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, Protocol
from urllib.parse import quote

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

NS = "https://w3id.org/comity/ns#"
ID = "https://w3id.org/comity/id/"
PLACE = ID + "place/"
FLOW = "https://w3id.org/comity/request#"
"""The individual of the flow; an object inside it has its JSON pointer behind the hash, a party ``party:`` its id."""
UNIQUE_NAME = "https://w3id.org/comity/reasoning#uniqueName"
"""The functional property that tells individuals apart; its values are their IRIs."""

Schema = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""For each node class its keys, derived ones too: ``kind``, and ``node``, ``vocabulary`` or ``open`` where they apply."""
Judgement = tuple[str, str, bool]
"""What the situations leave opaque: the pointer of an object, a class, whether the object is a member."""

_PREFIXES = f"@prefix c: <{NS}> .\n@prefix owl: <{OWL}> .\n@prefix rdfs: <{RDFS}> .\n@prefix xsd: <{XSD}> .\n"
_NOT_OF_A_LEG = frozenset({"asOf", "parties", "legs"})
_UNREAD = frozenset({"date", "text", "legs"})
_DATATYPES = {"boolean": "boolean", "count": "integer", "number": "decimal", "percent": "decimal", "dateTime": "dateTime"}
_LISTS = frozenset({"codes", "places", "parties", "partiesOrPlaces", "nodes", "refs", "taxonomy"})
_PARTY_KINDS = frozenset({"party", "parties", "partyOrPlace", "partiesOrPlaces"})


class PlaceFacts(Protocol):
    """Which places a stated place may be, and which places each place class of the day holds."""

    classes: Mapping[str, frozenset[str]]

    def candidates(self, value: Any) -> frozenset[str]:
        """Return the codes of all places that a code, ``{"in": X}`` or ``{"outside": X}`` may mean."""


@dataclass(frozen=True)
class SituationBox:
    """The axioms about some situations and what they mention; no other fact of a flow can change an answer.

    ``above`` and ``below`` give, for each category code, the mentioned categories that contain it or lie in it.
    """

    turtle: str
    classes: frozenset[str]
    properties: frozenset[str]
    individuals: frozenset[str]
    above: Mapping[str, frozenset[str]]
    below: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class StatedFlow:
    """A flow in Turtle, and the IRI of the individual for each JSON pointer that the situations can reach."""

    turtle: str
    individuals: Mapping[str, str]


def tbox_turtle(graph: Graph, class_iris: Iterable[str]) -> str:
    """Write the axioms that decide membership of the classes, without annotations (see ``situation_box``)."""
    return situation_box(graph, class_iris).turtle


def situation_box(
    graph: Graph, class_iris: Iterable[str], places: PlaceFacts | None = None, nodes: Iterable[str] = ()
) -> SituationBox:
    """Collect what the classes named in ``graph`` rest on; ``graph`` is the merged ontology, shapes welcome.

    With ``places`` the place classes of the day are opaque and only how they lie to each other is said. ``nodes``
    names node classes ("Party") beside those that a shape ``describes``; all of them are disjoint. Raises
    ``ValueError`` for a term outside the compiled subset and for a property that is not declared.
    """
    box = _Closure(graph, frozenset(places.classes if places else ()))
    box.collect(class_iris)
    described = {str(name) for name in graph.objects(None, URIRef(NS + "describes"))}
    axioms = [_disjoint(box.classes & {*described, *(NS + n for n in nodes), NS + "Place"})]
    for group in graph.subjects(RDF.type, OWL.AllDisjointClasses):
        members = {str(name) for name in _members(graph, group)}
        axioms.append(_disjoint(box.classes & members))
    for one, other in graph.subject_objects(OWL.disjointWith):
        axioms.append(_disjoint(box.classes & {str(one), str(other)}))
    axioms.append(_told_apart(box.individuals))
    if places is not None:
        axioms.extend(_place_axioms(box, places))
    above, below = _taxonomy(graph, box.classes)
    return SituationBox(
        turtle=_PREFIXES + "\n".join([*axioms, *box.statements()]),
        classes=frozenset(box.classes),
        properties=frozenset(box.properties),
        individuals=frozenset(box.individuals),
        above=above,
        below=below,
    )


def flow_turtle(
    flow: Mapping[str, Any], schema: Schema, places: PlaceFacts, box: SituationBox, judged: Iterable[Judgement] = ()
) -> str:
    """Write one leg, its derived facts among its keys, as Turtle to be read beside that of the box."""
    return state_flow(flow, schema, places, box, judged).turtle


def state_flow(
    flow: Mapping[str, Any], schema: Schema, places: PlaceFacts, box: SituationBox, judged: Iterable[Judgement] = ()
) -> StatedFlow:
    """Write one leg as ``flow_turtle`` does and keep where each object went; raises ``ValueError`` at a wrong key."""
    writer = _FlowWriter(schema, places, box)
    writer.write(flow)
    for pointer, class_iri, holds in judged:
        writer.typed(writer.individuals[pointer], [class_iri] if holds else [], [] if holds else [class_iri])
    return StatedFlow(_PREFIXES + "\n".join(writer.statements), writer.individuals)


_FILLERS = frozenset({OWL.complementOf, OWL.datatypeComplementOf, OWL.someValuesFrom, OWL.allValuesFrom, OWL.onClass})
_MEMBERS = {OWL.intersectionOf: "class", OWL.unionOf: "class", OWL.oneOf: "value", OWL.withRestrictions: "facet"}
_PLAIN = frozenset({RDF.type, OWL.onDatatype, OWL.onDataRange})


class _Closure:
    """Copies class expressions, and whatever they lead to, out of a graph."""

    def __init__(self, graph: Graph, opaque: frozenset[str]) -> None:
        self.graph, self.opaque, self.out = graph, opaque, Graph()
        self.classes: set[str] = set()
        self.properties: set[str] = set()
        self.individuals: set[str] = set()

    def collect(self, class_iris: Iterable[str]) -> None:
        """Add the classes and everything that their definitions mention."""
        self._todo = [URIRef(iri) for iri in class_iris]
        while self._todo:
            name = self._todo.pop()
            built_in = str(name).startswith((str(XSD), str(OWL))) or name == RDFS.Literal
            if built_in or str(name) in self.classes:
                continue
            self.classes.add(str(name))
            self.out.add((name, RDF.type, OWL.Class))
            for predicate in (OWL.equivalentClass, RDFS.subClassOf):
                for expression in () if str(name) in self.opaque else self.graph.objects(name, predicate):
                    self.out.add((name, predicate, expression))
                    self._copy(expression, "class")

    def statements(self) -> Iterable[str]:
        """Yield what was collected, with blank nodes numbered: a label that a graph carries need not be safe Turtle."""
        labels: dict[Node, str] = {}
        for triple in self.out:
            yield " ".join(labels.setdefault(t, f"_:n{len(labels)}") if isinstance(t, BNode) else t.n3() for t in triple) + " ."

    def _copy(self, node: Node, role: str) -> None:
        """Copy an expression or a list of them; ``role`` says what a name or a member in this position is."""
        if isinstance(node, URIRef) and node != RDF.nil:
            if role == "class":
                self._todo.append(node)
            elif role == "value":
                self.individuals.add(str(node))
        if not isinstance(node, BNode):
            return
        for term, value in self.graph.predicate_objects(node):
            predicate = URIRef(str(term))
            self.out.add((node, predicate, value))
            if predicate in (RDF.first, RDF.rest):
                self._copy(value, role)
            elif predicate in _MEMBERS:
                self._copy(value, _MEMBERS[predicate])
            elif predicate in _FILLERS:
                self._copy(value, "class")
            elif predicate == OWL.hasValue:
                self._copy(value, "value")
            elif predicate == OWL.onProperty:
                self._property(URIRef(str(value)))
            elif role != "facet" and predicate not in _PLAIN and not predicate.endswith("ardinality"):
                raise ValueError(f"a class expression uses {predicate}, which is outside the compiled subset")

    def _property(self, name: URIRef) -> None:
        kinds = set(self.graph.objects(name, RDF.type)) & {OWL.ObjectProperty, OWL.DatatypeProperty}
        if len(kinds) != 1:
            raise ValueError(f"{name} is not declared as an object property or as a datatype property")
        self.properties.add(str(name))
        for kind in kinds | (set(self.graph.objects(name, RDF.type)) & {OWL.FunctionalProperty}):
            self.out.add((name, RDF.type, kind))


class _FlowWriter:
    """Writes each object of one leg once, as far as the situations read it."""

    def __init__(self, schema: Schema, places: PlaceFacts, box: SituationBox) -> None:
        self.schema, self.places, self.box = schema, places, box
        self.statements: list[str] = []
        self.individuals: dict[str, str] = {}
        self._names = set(box.individuals)
        self._categories = frozenset().union(*box.above.values())
        self._place_classes = {c: members for c, members in places.classes.items() if c in box.classes}
        self._unnamed_places: dict[str, frozenset[str]] = {}
        self._parties: dict[str, tuple[Mapping[str, Any], str]] = {}
        self._queue: list[tuple[str, str, Mapping[str, Any], str]] = []

    def write(self, flow: Mapping[str, Any]) -> None:
        """Write the flow and every object that it leads to."""
        self._find_parties("DataFlow", flow, "")
        self._object("DataFlow", flow, "")
        for subject, node, value, pointer in self._queue:
            for key, stated in value.items():
                if node != "DataFlow" or key not in _NOT_OF_A_LEG:
                    self._key(subject, node, key, stated, f"{pointer}/{key}")
        nodes = {NS + name for name in self.schema if name != "Description"}
        self.statements.append(_disjoint(nodes | {NS + "Place"}))
        self.statements.append(_told_apart(self._names))
        for place, candidates in self._unnamed_places.items():
            for name in sorted(self._names):
                if name.startswith(PLACE) and name.removeprefix(PLACE) not in candidates:
                    self.statements.append(f"<{place}> owl:differentFrom <{name}> .")

    def typed(self, subject: str, held: Iterable[str], denied: Iterable[str]) -> None:
        """Say which classes the individual belongs to and which it does not."""
        self.statements.extend(f"<{name}> a owl:Class . <{subject}> a <{name}> ." for name in sorted(held))
        if denied := sorted(denied):
            self.statements.append(f"<{subject}> a {_outside(denied)} .")

    def _key(self, subject: str, node: str, key: str, stated: Any, pointer: str) -> None:
        spec = self.schema[node].get(key)
        if spec is None:
            raise ValueError(f"{pointer}: the schema of {node} has no such key")
        kind = spec["kind"]
        if (node, key) == ("DataItem", "categories"):
            self._categorise(subject, stated)
        elif kind in _UNREAD or NS + key not in self.box.properties:
            return
        elif kind in _DATATYPES:
            self.statements.append(f"<{NS}{key}> a owl:DatatypeProperty . <{subject}> {_datum(NS + key, kind, stated)} .")
        elif kind in _LISTS or stated is None:
            self.statements.append(f"<{NS}{key}> a owl:ObjectProperty .")
            self._list(subject, NS + key, spec, stated, pointer)
        else:
            value = self._value(spec, stated, pointer)
            self.statements.append(f"<{NS}{key}> a owl:ObjectProperty . <{subject}> <{NS}{key}> <{value}> .")

    def _list(self, subject: str, key: str, spec: Mapping[str, Any], stated: Any, pointer: str) -> None:
        opened = isinstance(stated, Mapping)
        if stated is None or (spec["kind"] == "codes" and not opened and set(stated) <= {"none"}):
            stated = []
        yes = [
            self._value(spec, value, f"{pointer}/yes/{index}" if opened else f"{pointer}/{index}")
            for index, value in enumerate(stated.get("yes", ()) if opened else stated)
        ]
        self.statements.extend(f"<{subject}> <{key}> <{value}> ." for value in yes)
        if spec["kind"] in ("nodes", "parties"):
            self._names.update(yes)
        if opened:
            for index, value in enumerate(stated.get("no", ())):
                self._rule_out(subject, key, spec, value, f"{pointer}/no/{index}")
        elif not yes:
            self._only(subject, key, "owl:Nothing")
        elif not spec.get("open"):
            self._only(subject, key, _one_of(yes))

    def _value(self, spec: Mapping[str, Any], stated: Any, pointer: str) -> str:
        kind = spec["kind"]
        if kind in ("code", "codes"):
            return self._named(f"{NS}{_stem(spec['vocabulary'])}-{stated}")
        if kind in ("ref", "refs"):
            return self._named(ID + stated)
        if kind in ("node", "nodes"):
            return self._object(spec["node"], stated, pointer)
        if kind == "taxonomy":
            if stated in self.box.above:
                self._categorise(_individual(pointer), [stated])
            return _individual(pointer)
        return self._party(stated, pointer) if self._is_party(kind, stated) else self._place(stated, pointer)

    def _named(self, name: str) -> str:
        self._names.add(name)
        return name

    def _object(self, node: str, value: Mapping[str, Any], pointer: str, subject: str = "") -> str:
        subject = subject or _individual(pointer)
        if subject not in self.individuals.values():
            self.statements.append(f"<{NS}{node}> a owl:Class . <{subject}> a owl:NamedIndividual , <{NS}{node}> .")
            self._queue.append((subject, node, value, pointer))
        self.individuals[pointer] = subject
        return subject

    def _party(self, stated: Any, pointer: str) -> str:
        name = stated if isinstance(stated, str) else stated.get("id")
        if name is None:
            return self._object("Party", stated, pointer)
        if name not in self._parties:
            raise ValueError(f"{pointer}: no party has the id {name!r}")
        value, home = self._parties[name]
        self.individuals[pointer] = self._object("Party", value, home, f"{FLOW}party:{quote(name)}")
        return self.individuals[pointer]

    def _is_party(self, kind: str, stated: Any) -> bool:
        if kind in ("partyOrPlace", "partiesOrPlaces"):
            return stated in self._parties if isinstance(stated, str) else not stated.keys() & {"in", "outside"}
        return kind in _PARTY_KINDS

    def _find_parties(self, node: str, value: Mapping[str, Any], pointer: str) -> None:
        """Note every party that has an id, wherever it is written out; the first one written is the one meant."""
        specs = {"parties": {"kind": "parties"}, **self.schema[node]} if not pointer else self.schema[node]
        for key in value.keys() & specs.keys():
            kind = specs[key]["kind"]
            for index, each in enumerate(value[key] if isinstance(value[key], list) else [value[key]]):
                at = f"{pointer}/{key}/{index}" if isinstance(value[key], list) else f"{pointer}/{key}"
                if not isinstance(each, Mapping) or kind not in {"node", "nodes", *_PARTY_KINDS}:
                    continue
                if kind in _PARTY_KINDS and "id" in each:
                    self._parties.setdefault(each["id"], (each, at))
                self._find_parties(specs[key].get("node", "Party"), each, at)

    def _place(self, stated: Any, pointer: str) -> str:
        candidates = self.places.candidates(stated)
        if not candidates:
            raise ValueError(f"{pointer}: no place answers to {stated!r}")
        if isinstance(stated, str) and stated in candidates:
            place = self._named(PLACE + stated)
        elif len(candidates) == 1:
            place = self._named(PLACE + next(iter(candidates)))
        else:
            place = _individual(pointer)
            self._unnamed_places[place] = candidates
        held = {c for c, members in self._place_classes.items() if candidates <= members}
        denied = {c for c, members in self._place_classes.items() if candidates.isdisjoint(members)}
        self.typed(place, {NS + "Place"} | held, denied)
        return place

    def _rule_out(self, subject: str, key: str, spec: Mapping[str, Any], stated: Any, pointer: str) -> None:
        """State that a value is not among those of an open list: no such category, no such place, not this one."""
        kind = spec["kind"]
        if kind == "taxonomy":
            classes, values = self.box.below.get(stated, frozenset()), set()
        elif kind in ("places", "partiesOrPlaces") and not self._is_party(kind, stated):
            candidates = self.places.candidates(stated)
            classes = frozenset(c for c, members in self._place_classes.items() if members <= candidates)
            in_play = {name.removeprefix(PLACE) for name in self.box.individuals} | {stated if isinstance(stated, str) else ""}
            values = {self._named(PLACE + code) for code in candidates & in_play}
        else:
            classes, values = frozenset(), {self._value(spec, stated, pointer)}
        if classes:
            self._only(subject, key, _outside(sorted(classes)))
        if values:
            self._only(subject, key, f"[ a owl:Class ; owl:complementOf {_one_of(sorted(values))} ]")

    def _only(self, subject: str, key: str, filler: str) -> None:
        self.statements.append(f"<{subject}> a {_restriction(key, f'owl:allValuesFrom {filler}')} .")

    def _categorise(self, subject: str, stated: Any) -> None:
        opened = isinstance(stated, Mapping)
        codes = [code for code in (stated.get("yes", ()) if opened else stated or ()) if code != "none"]
        held = frozenset().union(*(self.box.above[code] for code in codes))
        if opened:
            self.typed(subject, held, frozenset().union(*(self.box.below[code] for code in stated.get("no", ()))))
        else:
            self.typed(subject, held, self._categories - held)


def _members(graph: Graph, group: Node) -> Iterable[Node]:
    head = graph.value(group, OWL.members)
    return () if head is None else Collection(graph, head)


def _stem(vocabulary: str) -> str:
    """Return what the names of a vocabulary's values start with: ``act`` for ``ActValue`` and for ``act``."""
    return vocabulary[0].lower() + vocabulary[1:].removesuffix("Value")


def _individual(pointer: str) -> str:
    return FLOW + quote(pointer)


def _datum(key: str, kind: str, stated: Any) -> str:
    """Return predicate and object: the value itself, none at all, or some value of an interval."""
    datatype = f"xsd:{_DATATYPES[kind]}"
    if stated is None:
        return "a " + _restriction(key, 'owl:maxCardinality "0"^^xsd:nonNegativeInteger')
    if not isinstance(stated, Mapping):
        return f"<{key}> {_literal(kind, stated)}"
    ends = (("minInclusive", stated.get("atLeast")), ("maxInclusive", stated.get("atMost")))
    facets = " ".join(f"[ xsd:{facet} {_literal(kind, end)} ]" for facet, end in ends if end is not None)
    interval = f"[ a rdfs:Datatype ; owl:onDatatype {datatype} ; owl:withRestrictions ( {facets} ) ]" if facets else datatype
    return f"a {_restriction(key, f'owl:someValuesFrom {interval}')}"


def _literal(kind: str, value: Any) -> str:
    """Write a number as the integer it is, where it is one: HermiT compares integers and decimals by value."""
    if kind in ("boolean", "dateTime"):
        return f'"{str(value).lower() if kind == "boolean" else value}"^^xsd:{kind}'
    number = Decimal(str(value))
    return f'"{int(number)}"^^xsd:integer' if number == int(number) else f'"{number:f}"^^xsd:decimal'


def _restriction(key: str, filler: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty <{key}> ; {filler} ]"


def _one_of(individuals: Iterable[str]) -> str:
    return f"[ a owl:Class ; owl:oneOf ( {' '.join(f'<{name}>' for name in individuals)} ) ]"


def _outside(classes: list[str]) -> str:
    """Return the complement of the union of the classes."""
    names = " ".join(f"<{name}>" for name in classes)
    union = names if len(classes) == 1 else f"[ a owl:Class ; owl:unionOf ( {names} ) ]"
    return f"[ a owl:Class ; owl:complementOf {union} ]"


def _told_apart(individuals: Iterable[str]) -> str:
    unique = f"<{UNIQUE_NAME}> a owl:DatatypeProperty , owl:FunctionalProperty .\n"
    return unique + "\n".join(f'<{i}> a owl:NamedIndividual ; <{UNIQUE_NAME}> "{i}"^^xsd:string .' for i in sorted(individuals))


def _disjoint(classes: Iterable[str]) -> str:
    names = [f"<{name}>" for name in sorted(classes)]
    declared = "".join(f"{name} a owl:Class . " for name in names)
    return declared + (f"[] a owl:AllDisjointClasses ; owl:members ( {' '.join(names)} ) ." if len(names) > 1 else "")


def _place_axioms(box: _Closure, places: PlaceFacts) -> Iterable[str]:
    """Say how the place classes lie to each other, and where the places mentioned lie."""
    known = {name: members for name, members in sorted(places.classes.items()) if name in box.classes}
    for name, members in known.items():
        yield f"<{NS}Place> a owl:Class . <{name}> rdfs:subClassOf {f'<{NS}Place>' if members else 'owl:Nothing'} ."
        for place in sorted(individual for individual in box.individuals if individual.startswith(PLACE)):
            yield f"<{place}> a {f'<{name}>' if place.removeprefix(PLACE) in members else _outside([name])} ."
    for one, other in combinations(known, 2):
        if known[one].isdisjoint(known[other]):
            yield f"<{one}> owl:disjointWith <{other}> ."
        for narrow, wide in ((one, other), (other, one)):
            if known[narrow] <= known[wide]:
                yield f"<{narrow}> rdfs:subClassOf <{wide}> ."


def _taxonomy(graph: Graph, mentioned: set[str]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    categories = set(graph.subjects(URIRef(NS + "taxonomy"), Literal(True)))
    above: dict[str, frozenset[str]] = {}
    below: dict[str, set[str]] = {str(name).removeprefix(NS): set() for name in categories}
    for name in categories:
        ancestors = {str(each) for each in graph.transitive_objects(name, RDFS.subClassOf) if each in categories}
        above[str(name).removeprefix(NS)] = frozenset(ancestors & mentioned)
        for ancestor in ancestors if str(name) in mentioned else ():
            below[ancestor.removeprefix(NS)].add(str(name))
    return above, {code: frozenset(names) for code, names in below.items()}
