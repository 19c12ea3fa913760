"""A stated flow, written as OWL for HermiT.

What is stated becomes assertions, what is stated to be complete is closed by nominals, what is left out stays open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from rdflib import Literal

from comity.iris import IDS, NS, PLACES
from comity.reason.owl_text import HEADER, disjoint, one_of, outside, restriction, told_apart
from comity.reason.situations import PlaceFacts, SituationBox

__all__ = ["FLOW", "Judgement", "Schema", "StatedFlow", "flow_turtle", "state_flow"]

FLOW = "https://w3id.org/comity/request#"
"""The individual of the flow; an object inside it has its JSON pointer behind the hash, a party ``party:`` its id."""

Schema = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""For each node class its keys, derived ones too: ``kind``, and ``node``, ``vocabulary`` or ``open`` where they apply."""
Judgement = tuple[str, str, bool]
"""What the situations leave opaque: the pointer of an object, a class, whether the object is a member."""

_NOT_OF_A_LEG = frozenset({"asOf", "parties", "legs"})
_DATATYPES = {"boolean": "boolean", "count": "integer", "number": "decimal", "percent": "decimal", "dateTime": "dateTime", "text": "string"}
_NONE = 'owl:maxCardinality "0"^^xsd:nonNegativeInteger'
_AT_LEAST_ONE = 'owl:minCardinality "1"^^xsd:nonNegativeInteger'
_LISTS = frozenset({"codes", "places", "parties", "partiesOrPlaces", "nodes", "refs", "taxonomy"})
_PARTY_KINDS = frozenset({"party", "parties", "partyOrPlace", "partiesOrPlaces"})


@dataclass(frozen=True)
class StatedFlow:
    """A flow in Turtle, and the IRI of the individual for each JSON pointer that the situations can reach."""

    turtle: str
    individuals: Mapping[str, str]


def flow_turtle(flow: Mapping[str, Any], schema: Schema, places: PlaceFacts, box: SituationBox, judged: Iterable[Judgement] = ()) -> str:
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
    return StatedFlow(HEADER + "\n".join(writer.statements), writer.individuals)


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
        self.statements.append(disjoint(nodes | {NS + "Place"}))
        self.statements.append(told_apart(self._names))
        for place, candidates in self._unnamed_places.items():
            for name in sorted(self._names):
                if name.startswith(PLACES) and name.removeprefix(PLACES) not in candidates:
                    self.statements.append(f"<{place}> owl:differentFrom <{name}> .")

    def typed(self, subject: str, held: Iterable[str], denied: Iterable[str]) -> None:
        """Say which classes the individual belongs to and which it does not."""
        self.statements.extend(f"<{name}> a owl:Class . <{subject}> a <{name}> ." for name in sorted(held))
        if denied := sorted(denied):
            self.statements.append(f"<{subject}> a {outside(denied)} .")

    def _key(self, subject: str, node: str, key: str, stated: Any, pointer: str) -> None:
        spec = self.schema[node].get(key)
        if spec is None:
            raise ValueError(f"{pointer}: the schema of {node} has no such key")
        kind = spec["kind"]
        if (node, key) == ("DataItem", "categories"):
            self._categorise(subject, stated)
        elif kind == "legs" or NS + key not in self.box.properties:
            return
        elif kind == "date":  # HermiT knows no days; that one is stated is all that a situation may ask
            cardinality = _NONE if stated is None else _AT_LEAST_ONE
            self.statements.append(f"<{NS}{key}> a owl:DatatypeProperty . <{subject}> a {restriction(NS + key, cardinality)} .")
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
            self._only(subject, key, one_of(yes))

    def _value(self, spec: Mapping[str, Any], stated: Any, pointer: str) -> str:
        kind = spec["kind"]
        if kind in ("code", "codes"):
            return self._named(f"{NS}{_stem(spec['vocabulary'])}-{stated}")
        if kind in ("ref", "refs"):
            return self._named(IDS + stated)
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
            place = self._named(PLACES + stated)
        elif len(candidates) == 1:
            place = self._named(PLACES + next(iter(candidates)))
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
            in_play = {name.removeprefix(PLACES) for name in self.box.individuals} | {stated if isinstance(stated, str) else ""}
            values = {self._named(PLACES + code) for code in candidates & in_play}
        else:
            classes, values = frozenset(), {self._value(spec, stated, pointer)}
        if classes:
            self._only(subject, key, outside(sorted(classes)))
        if values:
            self._only(subject, key, f"[ a owl:Class ; owl:complementOf {one_of(sorted(values))} ]")

    def _only(self, subject: str, key: str, filler: str) -> None:
        self.statements.append(f"<{subject}> a {restriction(key, f'owl:allValuesFrom {filler}')} .")

    def _categorise(self, subject: str, stated: Any) -> None:
        opened = isinstance(stated, Mapping)
        codes = [code for code in (stated.get("yes", ()) if opened else stated or ()) if code != "none"]
        held = frozenset().union(*(self.box.above[code] for code in codes))
        if opened:
            self.typed(subject, held, frozenset().union(*(self.box.below[code] for code in stated.get("no", ()))))
        else:
            self.typed(subject, held, self._categories - held)


def _stem(vocabulary: str) -> str:
    """Return what the names of a vocabulary's values start with: ``act`` for ``ActValue`` and for ``act``."""
    return vocabulary[0].lower() + vocabulary[1:].removesuffix("Value")


def _individual(pointer: str) -> str:
    return FLOW + quote(pointer)


def _datum(key: str, kind: str, stated: Any) -> str:
    """Return predicate and object: the value itself, none at all, or some value of an interval."""
    datatype = f"xsd:{_DATATYPES[kind]}"
    if stated is None:
        return f"a {restriction(key, _NONE)}"
    if not isinstance(stated, Mapping):
        return f"<{key}> {_literal(kind, stated)}"
    ends = (("minInclusive", stated.get("atLeast")), ("maxInclusive", stated.get("atMost")))
    facets = " ".join(f"[ xsd:{facet} {_literal(kind, end)} ]" for facet, end in ends if end is not None)
    interval = f"[ a rdfs:Datatype ; owl:onDatatype {datatype} ; owl:withRestrictions ( {facets} ) ]" if facets else datatype
    return f"a {restriction(key, f'owl:someValuesFrom {interval}')}"


def _literal(kind: str, value: Any) -> str:
    """Write a number as the integer it is, where it is one: HermiT compares integers and decimals by value."""
    if kind == "text":
        return Literal(value).n3() + "^^xsd:string"
    if kind in ("boolean", "dateTime"):
        return f'"{str(value).lower() if kind == "boolean" else value}"^^xsd:{kind}'
    number = Decimal(str(value))
    return f'"{int(number)}"^^xsd:integer' if number == int(number) else f'"{number:f}"^^xsd:decimal'
