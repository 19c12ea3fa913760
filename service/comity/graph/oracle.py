"""The outside judges: what HermiT says of a leg's effective classes, and what pySHACL says of its demands.

Used by the tests and the benches; the program's own answer must never contradict either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node as Term

from comity.check import Checker
from comity.graph.collect import derived_keys
from comity.graph.conflicts import DayPlaces, place_classes
from comity.graph.names import C
from comity.graph.rdf_flow import demand_shapes, rdf_leg, wrapper
from comity.law.application import Application
from comity.logic.kleene import Truth
from comity.logic.node import Node

__all__ = ["DemandCheck", "Oracle"]

Json = dict[str, Any]


@dataclass(frozen=True)
class DemandCheck:
    """A demand judged twice: by the program (``None``: open) and by pySHACL on the leg with nothing unstated."""

    norm: str
    part: int
    program: Truth
    pyshacl: bool


class Oracle:
    """Judges of one merged graph and its checker."""

    def __init__(self, graph: Graph, checker: Checker) -> None:
        self._graph = graph
        self._checker = checker
        self._demands: dict[str, Term] = {
            norm.id: graph.value(URIRef(norm.data["iri"]), C.demands) for norm in checker.program.norms if norm.demand is not None
        }
        self._keys = derived_keys(graph, checker.program.data["schema"]["nodes"])
        self._shapes = _closure(graph, self._demands.values())
        self._classes = place_classes(graph)

    def places(self, day: Any) -> DayPlaces:
        """Return the codes of every class of places on a day."""
        return DayPlaces.on(self._classes, self._checker.program.territories, day)

    def shacl_case(self, flow: Json) -> tuple[Graph, Graph]:
        """Return a flow as RDF and all demands aimed at it."""
        application = self._application(flow)[0]
        data, focus = self._rdf(application, application.leg)
        return data, demand_shapes(self._shapes, self._demands, focus)

    def demands(self, flow: Json) -> list[DemandCheck]:
        """Judge the demands of all norms that may apply to a flow, on the leg or on each of its parts."""
        from pyshacl import validate

        found = []
        for application in self._application(flow):
            live = [norm for norm in application.live() if norm.demand is not None]
            for node in {id(n): n for norm in live for n in application.nodes(norm)}.values():
                judged = {norm.id: norm for norm in live if any(node is n for n in application.nodes(norm))}
                data, focus = self._rdf(application, node)
                shapes = demand_shapes(self._shapes, {norm: self._demands[norm] for norm in judged}, focus)
                _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inference="none")
                failed = set(report.objects(None, SH.sourceShape))
                for name, norm in judged.items():
                    part = next(i for i, n in enumerate(application.nodes(norm)) if n is node)
                    found.append(DemandCheck(name, part, application.demand(norm)[part], wrapper(name) not in failed))
        return found

    def _application(self, flow: Json) -> list[Application]:
        read = self._checker.read(flow)
        return [self._checker.application(read, leg) for leg in read.legs]

    def _rdf(self, application: Application, node: Node) -> tuple[Graph, Term]:
        return rdf_leg(application, node, self._keys, self.places(application.epoch.day).classes)


def _closure(graph: Graph, shapes: Any) -> Graph:
    """Return the triples that describe the shapes and what hangs on them by blank nodes and other shapes."""
    found = Graph()
    waiting = list(shapes)
    seen: set[Term] = set()
    while waiting:
        term = waiting.pop()
        if term in seen:
            continue
        seen.add(term)
        for predicate, value in graph.predicate_objects(term):
            found.add((term, predicate, value))
            if not isinstance(value, URIRef) or (value, RDF.type, SH.NodeShape) in graph:
                waiting.append(value)
    return found
