"""The outside judges: what HermiT says of a leg's effective classes, and what pySHACL says of its demands.

Used by the tests and the benches; the program's own answer must never contradict either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from unittest.mock import patch

from rdflib import RDF, SH, Graph, URIRef
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node as Term

from comity.check.checker import Checker
from comity.compile.derived import derived_keys
from comity.law.application import Application
from comity.law.norm import Norm
from comity.logic.kleene import Truth
from comity.logic.node import Node
from comity.rdf.names import C, local
from comity.reason.day_places import DayPlaces, place_classes
from comity.reason.effective import effective_classes, effective_name
from comity.reason.hermit import Reasoner, Tbox
from comity.reason.situations import SituationBox, situation_box
from tests.oracle.owl_flow import state_flow
from tests.oracle.rdf_flow import demand_shapes, rdf_leg, wrapper
from tests.oracle.stated_description import stated_leg, stated_schema, thresholds

__all__ = ["DemandCheck", "Oracle", "ScopeCheck"]

Json = dict[str, Any]
BYSTANDERS = 12


@dataclass(frozen=True)
class DemandCheck:
    """A demand judged twice: by the program (``None``: open) and by pySHACL on the leg with nothing unstated."""

    norm: str
    part: int
    program: Truth
    pyshacl: bool


@dataclass(frozen=True)
class ScopeCheck:
    """An effective class judged twice: by the program and by HermiT (``None``: neither side is entailed)."""

    norm: str
    part: int
    program: Truth
    hermit: Truth


class _Box(NamedTuple):
    """The situations of an instrument in the hands of HermiT, and the places of each class that they mention."""

    hermit: Reasoner
    places: dict[str, frozenset[str]]
    box: SituationBox
    tbox: Tbox


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
        self._schema = stated_schema(self._keys)
        self._recognised = {str(term) for term in graph.subjects(C.recognitionsFrom)}
        self._merged = Graph(SimpleMemory())
        self._merged += graph
        self._effective = Graph()
        self._shares = thresholds(checker.program.data["classes_compiled"])
        self._boxes: dict[tuple[str, tuple[Truth, ...]], list[_Box]] = {}
        self._touching: dict[str, list[int]] = {}
        self._day_places: dict[Any, DayPlaces] = {}

    def places(self, day: Any) -> DayPlaces:
        """Return the codes of every class of places on a day."""
        if day not in self._day_places:
            self._day_places[day] = DayPlaces.on(self._classes, self._checker.program.territories, day)
        return self._day_places[day]

    def shacl_case(self, flow: Json) -> tuple[Graph, Graph]:
        """Return a flow as RDF and all demands aimed at it."""
        application = self._application(flow)[0]
        data, focus = self._rdf(application, application.leg)
        return data, demand_shapes(self._shapes, self._demands, focus)

    def demands(self, flow: Json) -> list[DemandCheck]:
        """Judge the demands of all norms that may apply to a flow, on the leg or on each of its parts."""
        from pyshacl import validate
        from pyshacl.constraints.constraint_component import ConstraintComponent

        wordless = patch.object(ConstraintComponent, "make_v_result_description", lambda *_, **__: "")
        found = []
        for application in self._application(flow):
            live = [norm for norm in application.live() if norm.demand is not None]
            for node in {id(n): n for norm in live for n in application.nodes(norm)}.values():
                judged = {norm.id: norm for norm in live if any(node is n for n in application.nodes(norm))}
                data, focus = self._rdf(application, node)
                aimed = {norm: self._demands[norm] for norm in judged}
                shapes = demand_shapes(_closure(self._shapes, aimed.values()), aimed, focus)
                with wordless:  # two fifths of its time go into descriptions of results, which nobody reads here
                    _, report, _ = validate(data, shacl_graph=shapes, advanced=False, inference="none")
                failed = set(report.objects(None, SH.sourceShape))
                for name, norm in judged.items():
                    part = next(i for i, n in enumerate(application.nodes(norm)) if n is node)
                    found.append(DemandCheck(name, part, application.demand(norm)[part], wrapper(name) not in failed))
        return found

    def effective(self, flow: Json, hermit: Reasoner) -> list[ScopeCheck]:
        """Judge the effective classes of the norms that a flow may touch, and of some that it does not."""
        found = []
        for application in self._application(flow):
            live = [
                norm
                for norm in (*application.live(), *self._bystanders(application))
                if application.epoch.norms_in_force[norm.number] is True and self._is_of_one_piece(application, norm)
            ]
            for node in {id(n): n for norm in live for n in application.nodes(norm)}.values():
                judged = [norm for norm in live if any(node is n for n in application.nodes(norm))]
                found += self._judge(application, node, judged, hermit)
        return found

    @staticmethod
    def _is_of_one_piece(application: Application, norm: Norm) -> bool:
        """Say whether a norm and its exceptions look at the same node.

        Where one looks at an item and the other at the whole leg no single individual stands for both; such norms are
        judged by HermiT on flows of one item, and by the tests of :mod:`comity.law` on others.
        """
        if len(application.items) < 2:
            return True
        waiting, seen = [norm], {norm.number}
        while waiting:
            for other in application.program.defeaters(waiting.pop()):
                if other.per_item is not norm.per_item:
                    return False
                if other.number not in seen:
                    seen.add(other.number)
                    waiting.append(other)
        return True

    @staticmethod
    def _bystanders(application: Application) -> list[Norm]:
        """Return norms that the flow does not touch, of the instruments that it does, evenly spread."""
        live = {norm.number for norm in application.live()}
        instruments = {application.program.norms[number].instrument for number in live}
        others = [n for n in application.program.norms if n.number not in live and n.instrument in instruments]
        return others[:: max(1, len(others) // BYSTANDERS)][:BYSTANDERS]

    def _judge(self, application: Application, node: Node, norms: list[Norm], hermit: Reasoner) -> list[ScopeCheck]:
        found = []
        for instrument in sorted({norm.instrument for norm in norms}):
            found += self._judge_instrument(application, node, [n for n in norms if n.instrument == instrument], hermit)
        return found

    def _judge_instrument(self, application: Application, node: Node, norms: list[Norm], hermit: Reasoner) -> list[ScopeCheck]:
        names = {norm.id: str(effective_name(norm.id)) for norm in norms}
        box, tbox = self._box(application, norms[0].instrument, hermit)
        counts = {key for key in application.program.counts if str(C[key]) in box.properties}
        flow = stated_leg(application, node, self._schema, counts, self._shares)
        judgements = [
            ("", name, holds)
            for name in sorted(self._recognised & box.classes)
            if (holds := application.program.compiler.named(local(URIRef(name)))(node, application)) is not None
        ]
        stated = state_flow(flow, self._schema, self.places(application.epoch.day), box, judgements)
        with tbox.extend(stated.turtle) as world:
            verdicts = world.decide_all(stated.individuals[""], names.values())
        part = {norm.id: next(i for i, n in enumerate(application.nodes(norm)) if n is node) for norm in norms}
        return [ScopeCheck(n.id, part[n.id], application.effective(n)[part[n.id]], verdicts[names[n.id]]) for n in norms]

    def _box(self, application: Application, instrument: str, hermit: Reasoner) -> tuple[SituationBox, Tbox]:
        """Return the situations of an instrument on a day.

        They are read once for all days on which the same of its norms and of their exceptions are in force and the places that they
        mention lie alike: most changes of the law leave most instruments as they were.
        """
        epoch, places = application.epoch, self.places(application.epoch.day)
        kept = self._boxes.setdefault((instrument, tuple(epoch.norms_in_force[number] for number in self._concerned(instrument))), [])
        for one in kept:
            if one.hermit is hermit and all(places.classes[name] == members for name, members in one.places.items()):
                return one.box, one.tbox
        norms = [n for n in application.program.norms if n.instrument == instrument and epoch.norms_in_force[n.number] is True]
        graph = self._with_effective(epoch.day, self._concerned(instrument))
        box = situation_box(graph, sorted(str(effective_name(n.id)) for n in norms), places)
        kept.append(
            _Box(hermit, {name: members for name, members in places.classes.items() if name in box.classes}, box, hermit.load(box.turtle))
        )
        return box, kept[-1].tbox

    def _concerned(self, instrument: str) -> list[int]:
        """Return the numbers of the norms of an instrument, of their exceptions, of the exceptions to these, and so on."""
        if instrument not in self._touching:
            program = self._checker.program
            waiting = [norm for norm in program.norms if norm.instrument == instrument]
            found = {norm.number for norm in waiting}
            while waiting:
                fresh = [other for other in program.defeaters(waiting.pop()) if other.number not in found]
                found |= {other.number for other in fresh}
                waiting += fresh
            self._touching[instrument] = sorted(found)
        return self._touching[instrument]

    def _with_effective(self, day: Any, concerned: list[int]) -> Graph:
        """Return the merged graph with the effective classes of some norms on a day in place of those asked for before."""
        for triple in self._effective:
            self._merged.remove(triple)
        data = self._checker.program.data
        self._effective = effective_classes({**data, "norms": [data["norms"][number] for number in concerned]}, day)
        self._merged += self._effective
        return self._merged

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
