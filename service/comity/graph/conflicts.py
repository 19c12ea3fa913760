"""Conflicts in the graph: pairs of norms with opposed effects on one act that can hold of one flow.

Which effects are opposed is a table in the ontology. Whether both norms can be effective at once is HermiT's answer on
the generated effective classes; a pair that cannot is no conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node as Term

from comity.graph.names import ID, C, code, local
from comity.graph.value_sets import ValueSets
from comity.logic.territory import Territories
from comity.logic.timeline import Span, Timeline, day_bounds

if TYPE_CHECKING:
    from comity.graph.hermit import Reasoner

__all__ = ["ContradictionError", "DayPlaces", "derived_lines", "effective_classes", "effective_name", "find_conflicts", "place_classes"]

Json = dict[str, Any]
DERIVED = "https://w3id.org/comity/graph/derived"
_PAIR_SECONDS = 20.0


class ContradictionError(ValueError):
    """The ontology does not hold together; names the classes and what to do."""


class DayPlaces(NamedTuple):
    """The place classes of a day by IRI, as HermiT and SHACL need them."""

    classes: dict[str, frozenset[str]]
    territories: Territories
    day: date

    @classmethod
    def on(cls, classes: dict[str, Any], territories: Territories, day: date) -> DayPlaces:
        """Resolve the sets of places of :func:`place_classes` on a day."""
        return cls({name: territories.resolve(inside, day) for name, inside in classes.items()}, territories, day)

    def candidates(self, value: Any) -> frozenset[str]:
        """Return the places that a code, ``{"in": X}`` or ``{"outside": X}`` may mean."""
        if isinstance(value, str):
            return self.territories.candidates(value, self.day)
        (word, code), = value.items()
        inside = self.territories.candidates(code, self.day)
        return inside if word == "in" else self.territories.everywhere - inside


def place_classes(graph: Graph) -> dict[str, Any]:
    """Return the set of places of each defined class of places, by its IRI."""
    sets = ValueSets(graph)
    named = [term for term in graph.transitive_subjects(RDFS.subClassOf, C.Place) if term != C.Place]
    defined = [t for t in named if any((t, word, None) in graph for word in (C.territoryOf, C.membersOf, OWL.equivalentClass))]
    return {str(term): sets.places(term) for term in sorted(defined)}


def find_conflicts(graph: Graph, program: Json, reasoner: bool, step: Callable[[str], None]) -> tuple[list[Json], list[str]]:
    """Return the pairs for the program, and the lines of N-Quads that put them and the effective classes into the graph."""
    pairs = list(_opposed(graph, program))
    effective = effective_classes(program)
    if reasoner:
        step(f"asking HermiT about {len(pairs)} pairs of norms")
        pairs = _satisfiable(graph + effective, program, pairs)
    for pair in pairs:
        pair["checked"] = reasoner
    return pairs, derived_lines(effective) + [line for pair in pairs for line in derived_lines(_stated(pair))]


def _opposed(graph: Graph, program: Json) -> Iterator[Json]:
    rules = [_rule(graph, term) for term in sorted(graph.subjects(RDF.type, C.OppositionRule))]
    seen: set[tuple[str, str]] = set()
    for rule in rules:
        for a, b in product(program["norms"], repeat=2):
            if (a["id"], b["id"]) in seen or not _stand_opposed(graph, program, rule, a, b):
                continue
            seen |= {(a["id"], b["id"]), (b["id"], a["id"])}
            yield {
                "iri": f"{ID}conflict/{a['id']}--{b['id']}", "norms": [a["id"], b["id"]], "iris": [a["iri"], b["iri"]],
                "kind": rule["kind"], "act": _common_act(graph, a["act"], b["act"]),
                "reconciledBy": sorted({*a["reconciledBy"], *b["reconciledBy"]}),
                "label": {lang: f"{a['label'].get(lang, a['id'])} ⇄ {b['label'].get(lang, b['id'])}" for lang in ("en", "zh")},
            }


def _rule(graph: Graph, term: Term) -> Json:
    def flag(word: URIRef) -> bool:
        return bool(getattr(graph.value(term, word), "value", False))

    return {
        "of": local(graph.value(term, C.effectOf)), "against": local(graph.value(term, C.effectAgainst)),
        "kind": str(code(graph, graph.value(term, C.conflictKind))), "actOf": graph.value(term, C.actOf),
        "actAgainst": graph.value(term, C.actAgainst), "sameAct": flag(C.sameAct), "needsDemand": flag(C.needsDemand),
        "across": flag(C.acrossJurisdictions),
        "instrumentAgainst": None if (kind := graph.value(term, C.againstInstrument)) is None else local(kind),
    }


def _stand_opposed(graph: Graph, program: Json, rule: Json, a: Json, b: Json) -> bool:
    if a["id"] == b["id"] or a["kind"] != rule["of"] or b["kind"] != rule["against"]:
        return False
    if rule["needsDemand"] and b["demand"] is None:
        return False
    if rule["instrumentAgainst"] is not None:
        if rule["instrumentAgainst"] != program["instruments"][b["instrument"]]["kind"]:
            return False
        if not set(_jurisdiction(program, a)) & set(_jurisdiction(program, b)):
            return False  # a commitment binds its parties only
    if rule["across"] and set(_jurisdiction(program, a)) & set(_jurisdiction(program, b)):
        return False
    if not _overlap(a, b):
        return False
    for norm, word in ((a, "actOf"), (b, "actAgainst")):
        if rule[word] is not None and rule[word] not in set(graph.transitive_objects(C[norm["act"]], RDFS.subClassOf)):
            return False
    return not rule["sameAct"] or _common_act(graph, a["act"], b["act"]) is not None


def _jurisdiction(program: Json, norm: Json) -> list[str]:
    return program["instruments"][norm["instrument"]]["jurisdiction"]


def _overlap(a: Json, b: Json) -> bool:
    return not ((a["until"] and b["from"] and a["until"] <= b["from"]) or (b["until"] and a["from"] and b["until"] <= a["from"]))


def _common_act(graph: Graph, a: str, b: str) -> str | None:
    """Return the narrower of two acts where one takes in the other."""
    if C[b] in set(graph.transitive_objects(C[a], RDFS.subClassOf)):
        return a
    return b if C[a] in set(graph.transitive_objects(C[b], RDFS.subClassOf)) else None


def effective_classes(program: Json, day: date | None = None) -> Graph:
    """Return the generated classes ``Effective_n ≡ Situation_n and not (Effective of its exceptions)``.

    The exceptions are those in force on the day; without a day, those that last as long as the norm does. Exceptions
    that hang on a position are left out: which position is right is not the graph's to say.
    """
    graph = Graph()
    by_id = {norm["id"]: norm for norm in program["norms"]}
    for norm in program["norms"]:
        name = effective_name(norm["id"])
        others = [by_id[other] for other in norm["exceptions"] if by_id[other]["question"] is None]
        exceptions = [effective_name(other["id"]) for other in others
                      if (_lasts_as_long(other, norm) if day is None else Span(other["from"], other["until"]).holds_on(day) is not False)]
        graph.add((name, RDF.type, OWL.Class))
        graph.add((name, C.effectOfNorm, URIRef(norm["iri"])))
        if not exceptions:
            graph.add((name, OWL.equivalentClass, C[norm["when"]]))
            continue
        outside, union, body = BNode(f"o{norm['id']}"), BNode(f"u{norm['id']}"), BNode(f"b{norm['id']}")
        graph.add((outside, RDF.type, OWL.Class))
        graph.add((body, RDF.type, OWL.Class))
        if len(exceptions) == 1:
            graph.add((outside, OWL.complementOf, exceptions[0]))
        else:
            graph.add((outside, OWL.complementOf, union))
            graph.add((union, RDF.type, OWL.Class))
            members = BNode(f"l{norm['id']}")
            _list(graph, members, exceptions)
            graph.add((union, OWL.unionOf, members))
        conjuncts = BNode(f"c{norm['id']}")
        _list(graph, conjuncts, [C[norm["when"]], outside])
        graph.add((body, OWL.intersectionOf, conjuncts))
        graph.add((name, OWL.equivalentClass, body))
    return graph


def _lasts_as_long(exception: Json, norm: Json) -> bool:
    begun = exception["from"] is None or (norm["from"] is not None and exception["from"] <= norm["from"])
    return begun and (exception["until"] is None or (norm["until"] is not None and exception["until"] >= norm["until"]))


def effective_name(identifier: str) -> URIRef:
    """Return the IRI of the effective class of a norm."""
    return C["Effective-" + identifier.replace("/", "-")]


def _list(graph: Graph, head: BNode, members: list[Term]) -> None:
    for number, member in enumerate(members):
        cell = head if number == 0 else BNode(f"{head}x{number}")
        graph.add((cell, RDF.first, member))
        rest = BNode(f"{head}x{number + 1}") if number + 1 < len(members) else RDF.nil
        graph.add((cell, RDF.rest, rest))


def _satisfiable(graph: Graph, program: Json, pairs: list[Json]) -> list[Json]:
    """Return the pairs that can hold of one flow, on the last day on which both norms are in force."""
    from comity.graph.hermit import Reasoner

    by_id = {norm["id"]: norm for norm in program["norms"]}
    territories = Territories({c: p["partOf"] for c, p in program["places"].items()}, [tuple(r) for r in program["memberships"]])
    timeline = Timeline([*territories.spans(), *(Span(n["from"], n["until"]) for n in program["norms"])])
    last = timeline.first_day(len(timeline.edges))
    by_day: dict[date, list[Json]] = {}
    for pair in pairs:
        ends = [until for norm in pair["norms"] if (until := by_id[norm]["until"]) is not None]
        day = min((day_bounds(until)[0] - timedelta(days=1) for until in ends), default=last)
        by_day.setdefault(min(day, last), []).append(pair)
    held: set[str] = set()
    with Reasoner(_PAIR_SECONDS) as hermit:
        for day, group in sorted(by_day.items()):
            held |= _held_on(graph, DayPlaces.on(place_classes(graph), territories, day), group, hermit)
    return [pair for pair in pairs if pair["iri"] in held]


def _held_on(graph: Graph, places: DayPlaces, pairs: list[Json], hermit: Reasoner) -> set[str]:
    from comity.graph.situations import situation_box

    names = sorted({str(effective_name(norm)) for pair in pairs for norm in pair["norms"]})
    with hermit.load(situation_box(graph, names, places).turtle) as tbox:
        hopeless = [name for name in names if not tbox.satisfiable(name)]
        if hopeless:
            raise ContradictionError(f"on {places.day} no flow can be in the situation of " + ", ".join(local(URIRef(n)) for n in hopeless)
                                     + "; read its conditions again, or retire the norm")
        return {pair["iri"] for pair in pairs if tbox.satisfiable(*(str(effective_name(norm)) for norm in pair["norms"]))}


def derived_lines(graph: Graph) -> list[str]:
    """Return what a build has found as sorted lines of N-Quads, in the graph of derived statements."""
    return sorted(f"{s.n3()} {p.n3()} {o.n3()} <{DERIVED}> ." for s, p, o in graph)


def _stated(pair: Json) -> Graph:
    subject = URIRef(pair["iri"])
    graph = Graph()
    graph.add((subject, RDF.type, C.Conflict))
    graph.add((subject, C.conflictKind, C["conflictKind-" + pair["kind"]]))
    for norm in pair["iris"]:
        graph.add((subject, C.betweenNorm, URIRef(norm)))
    if pair["act"]:
        graph.add((subject, C.onAct, C[pair["act"]]))
    for path in pair["reconciledBy"]:
        graph.add((subject, C.reconciledBy, ID[path]))
    for language, text in pair["label"].items():
        graph.add((subject, SKOS.prefLabel, Literal(text, lang=language)))
    graph.add((subject, C.checkedByReasoner, Literal(pair["checked"])))
    return graph
