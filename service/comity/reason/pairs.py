"""Which pairs of norms one flow can be subject to: HermiT's answer on their effective classes, asked once for each content.

A question is known again by the definitions of the two effective classes, with all that these rest on, and by where the
places that they mention lie on the day: norms of the same situation and exceptions share it, and an edit elsewhere leaves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rdflib import Graph, URIRef

from comity.law.program import territories_of
from comity.law.program_text import ConflictText, ProgramText
from comity.logic.timeline import Span, Timeline, day_bounds
from comity.rdf.names import C, local
from comity.reason.axioms import Axioms
from comity.reason.day_places import DayPlaces, place_classes
from comity.reason.effective import effective_name
from comity.reason.reasoning import Reasoning
from comity.reason.situations import situation_box
from comity.reason.vocabulary import ContradictionError

__all__ = ["pairs_that_meet"]

_SECONDS = 20.0
_TOGETHER = 60
"""How many questions are asked of one ontology: more wait longer for its part, fewer are loaded more often."""


@dataclass(frozen=True)
class _Question:
    """Whether something can be of all the classes on a day; ``key`` identifies everything on which the answer depends."""

    key: str
    classes: tuple[URIRef, ...]
    day: date


def pairs_that_meet(
    graph: Graph, effective: Graph, program: ProgramText, pairs: Sequence[ConflictText], reasoner: Reasoning, step: Callable[[str], None]
) -> list[ConflictText]:
    """Return the pairs that can hold of one flow, on the last day on which both norms are in force.

    Raises :class:`ContradictionError` where no flow at all can be subject to a norm of a pair.
    """
    days = _Days(graph, program)
    contents = _Contents(graph, effective, reasoner)
    singles: set[_Question] = set()
    asked: dict[str, _Question] = {}
    for pair in pairs:
        places = days.places(days.last_common(pair))
        one, other = (contents.single(effective_name(norm), places) for norm in pair["norms"])
        singles |= {one, other}
        asked[pair["iri"]] = contents.both(one, other)
    questions = {question.key: question for question in (*singles, *asked.values())}
    can = reasoner.judgements.known(questions)
    unknown = [question for key, question in questions.items() if key not in can]
    step(f"HermiT over {len(pairs)} pairs of norms: {len(unknown)} of {len(questions)} questions are new")
    can |= _answers(unknown, graph, effective, days, reasoner, step)
    if hopeless := sorted((question.day, local(question.classes[0])) for question in singles if not can[question.key]):
        raise ContradictionError(
            "; ".join(f"on {day} no flow can be in the situation of {name}" for day, name in hopeless)
            + "; read its conditions again, or retire the norm"
        )
    return [pair for pair in pairs if can[asked[pair["iri"]].key]]


def _answers(
    questions: list[_Question], graph: Graph, effective: Graph, days: _Days, reasoner: Reasoning, step: Callable[[str], None]
) -> dict[str, bool]:
    """Ask HermiT, and keep what it says."""
    if not questions:
        return {}
    merged = graph + effective
    groups = list(_groups(questions))
    asked = []
    for group in groups:
        names = sorted({str(name) for question in group for name in question.classes})
        turtle = situation_box(merged, names, days.places(group[0].day)).turtle
        asked.append({"turtle": turtle, "ask": [[str(name) for name in question.classes] for question in group], "seconds": _SECONDS})
    found: dict[str, bool] = {}
    for number, said in reasoner.judges.answers(asked):
        group = groups[number]
        if "fault" in said or not said["consistent"]:
            concerned = ", ".join(sorted({local(name) for question in group for name in question.classes}))
            why = said.get("fault", "what they rest on contradicts itself")
            raise ContradictionError(f"HermiT cannot judge the pairs of {concerned}: {why}")
        fresh = {question.key: can for question, can in zip(group, said["can"])}
        reasoner.judgements.keep(fresh)
        found |= fresh
        step(f"HermiT over pairs of norms: {len(found)} of {len(questions)}")
    return found


def _groups(questions: list[_Question]) -> Iterator[list[_Question]]:
    """Yield questions of one day, those about the same norms together."""
    order = sorted(questions, key=lambda question: (question.day, question.classes))
    while order:
        group = [question for question in order[:_TOGETHER] if question.day == order[0].day]
        yield group
        order = order[len(group) :]


class _Days:
    """The places of the days on which pairs are judged."""

    def __init__(self, graph: Graph, program: ProgramText) -> None:
        self._norms = {norm["id"]: norm for norm in program["norms"]}
        self._territories = territories_of(program)
        timeline = Timeline([*self._territories.spans(), *(Span(n["from"], n["until"]) for n in program["norms"])])
        self._last = timeline.first_day(len(timeline.edges))
        self._classes = place_classes(graph)
        self._places: dict[date, DayPlaces] = {}

    def last_common(self, pair: ConflictText) -> date:
        """Return the last day on which both norms are in force, or the first of the last epoch."""
        ends = [until for norm in pair["norms"] if (until := self._norms[norm]["until"]) is not None]
        return min([self._last, *(day_bounds(until)[0] - timedelta(days=1) for until in ends)])

    def places(self, day: date) -> DayPlaces:
        """Return the place classes of a day."""
        if day not in self._places:
            self._places[day] = DayPlaces.on(self._classes, self._territories, day)
        return self._places[day]


class _Contents:
    """Puts questions, each known by its content."""

    def __init__(self, graph: Graph, effective: Graph, reasoner: Reasoning) -> None:
        self._axioms = Axioms(graph, effective, lists=True)
        self._nodes = frozenset(name for name in graph.objects(None, C.describes) if isinstance(name, URIRef))
        self._key = reasoner.judgements.key
        self._singles: dict[tuple[URIRef, date], _Question] = {}
        self._names: dict[str, frozenset[URIRef]] = {}

    def single(self, name: URIRef, places: DayPlaces) -> _Question:
        """Return the question whether a flow can be of one effective class."""
        if (name, places.day) not in self._singles:
            opaque = frozenset(map(URIRef, places.classes))
            extract = self._axioms.extract([name], opaque)
            where = (f"{place} {' '.join(sorted(places.classes[str(place)]))}" for place in sorted(opaque & extract.names))
            # Its own name is no part of what it says.
            text = extract.turtle.replace(name.n3(), "<>")
            key = self._key("class", text, *where, *sorted(self._nodes & extract.names))
            self._names[key] = extract.names
            self._singles[name, places.day] = _Question(key, (name,), places.day)
        return self._singles[name, places.day]

    def both(self, one: _Question, other: _Question) -> _Question:
        """Return the question whether a flow can be of two effective classes."""
        apart = self._axioms.told_apart(self._names[one.key] | self._names[other.key])
        key = self._key("pair", *sorted((one.key, other.key)), *apart)
        return _Question(key, (*one.classes, *other.classes), one.day)
