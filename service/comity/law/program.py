"""The compiled graph: what the build stored, turned into tests once and into epochs on demand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from comity.law.coverage import Held
from comity.law.grounds import Background
from comity.law.norm import Norm
from comity.law.program_text import ConflictText, NormText, ProgramText, ProvisionText, TermText
from comity.law.relevance import Gate, plan
from comity.logic.best_case import BestCase
from comity.logic.explain import Explainer
from comity.logic.expression import Compiler, Expression, Test, parts_of
from comity.logic.kleene import Truth
from comity.logic.near import atoms_of
from comity.logic.territory import Territories
from comity.logic.timeline import Span, Timeline

__all__ = ["Epoch", "News", "Program", "Term", "attainable_demands", "questions_behind", "territories_of"]


class Epoch:
    """What is in force in a stretch of time: the sets of places, the dated things, the norms.

    ``out_of_force`` are the numbers of the terms of laws that are not in force, ``undated`` those of the norms of which it is not known.
    """

    def __init__(self, program: Program, day: date) -> None:
        self.day = day
        self.held = Held(program.data["coverage"], program.territories, day)
        self.sets = [program.territories.resolve(form, day) for form in program.compiler.set_expressions]
        self.in_force: dict[str, Truth] = {key: span.holds_on(day) for key, span in program.spans.items()}
        self._read = program.dated
        self.norms_in_force: list[Truth] = [norm.span.holds_on(day) for norm in program.norms]
        self.undated = frozenset(number for number, holds in enumerate(self.norms_in_force) if holds is None)
        closed = {key for key, holds in self.in_force.items() if holds is False}
        self.out_of_force = frozenset(term.number for term in program.terms if not closed.isdisjoint(term.data["instruments"]))

    def news(self, before: Epoch) -> News:
        """Return what is otherwise than in another epoch."""
        norms = [number for number, (was, now) in enumerate(zip(before.norms_in_force, self.norms_in_force)) if was is not now]
        places = {place for was, now in zip(before.sets, self.sets) if was is not now and was != now for place in was ^ now}
        return News(norms, frozenset(places), any(before.in_force[key] is not self.in_force[key] for key in self._read))


class News(NamedTuple):
    """What tells one epoch from another.

    Norms whose force differs, places that belong elsewhere, and whether a dated thing that a condition reads differs.
    """

    norms: list[int]
    places: frozenset[str]
    things: bool


class Program:
    """The tests of every class, norm and demand, with the labels that answers need; norms and terms stand behind their gates.

    ``data`` is the build product ``program.json``, ``controllable`` the keys that the parties can change, each with the values
    that they cannot bring about. ``essentials`` are the keys, each with its node class, that say what a flow or a thing is at all;
    ``separating`` are the keys of an item whose values tell its copies apart.
    """

    def __init__(self, data: ProgramText, controllable: Mapping[str, frozenset[str]]) -> None:
        self.data = data
        self.territories = territories_of(data)
        self.derived = data["derived"]
        self.counts = {rule["key"]: rule for rule in self.derived if rule["op"] == "op-count"}
        self.arithmetic = [rule for rule in self.derived if rule["op"] != "op-count"]
        counted = frozenset(self.counts)
        classes, at_best = attainable_demands(data, controllable)
        self.compiler = Compiler(classes, counted)
        self.norms = _norms(data, self.compiler, at_best)
        self.by_id = {norm.id: norm for norm in self.norms}
        self._defeaters = [tuple(self.norms[number] for number in norm.exceptions) for norm in self.norms]
        self.terms = [Term(number, term, term["name"], self.compiler.named(term["name"])) for number, term in enumerate(data["reported"])]
        self.pairs: dict[str, list[tuple[int, ConflictText]]] = {}
        for number, pair in enumerate(data["conflicts"]):
            self.pairs.setdefault(pair["norms"][0], []).append((number, pair))
        self.background = Background.of(data)
        shown = frozenset(term["name"] for term in data["reported"] if not term.get("frame"))
        self.explainer = Explainer(self.compiler, shown, self.background.holds)
        self.essentials = frozenset(
            (kind, key)
            for kind, keys in data["schema"]["nodes"].items()
            for key, entry in keys.items()
            if entry.get("core") or entry.get("names_kind") or entry.get("background")
        )
        self.separating = tuple(key for key, entry in data["schema"]["nodes"].get("DataItem", {}).items() if entry.get("separates"))
        self._conditions_of: dict[str, frozenset[str]] = {}
        written_conditions = [*classes.values(), *(norm["demand"] for norm in data["norms"] if norm["demand"] is not None)]
        self.dated = frozenset(part[1] for written in written_conditions for part in parts_of(written) if part[0] == "inforce")
        self.spans = {key: Span(*span) for key, span in data["spans"].items()}
        self.timeline = Timeline(self._all_spans())
        conditions: dict[str, dict[str, Expression]] = {}
        self.flow_gate: Gate = plan([norm for norm in self.norms if not norm.per_item], self.compiler, conditions)
        self.item_gate: Gate = plan([norm for norm in self.norms if norm.per_item], self.compiler, conditions)
        self.term_gates = _plan_terms(self.terms, self.compiler, conditions)
        self._epochs: dict[int, Epoch] = {}
        self._compiling = Lock()

    def epoch(self, day: date) -> Epoch:
        """Return the epoch of a day, compiled when first asked for; threads that ask meanwhile wait for it."""
        number = self.timeline.epoch(day)
        found = self._epochs.get(number)
        if found is None:
            with self._compiling:
                found = self._epochs.get(number)
                if found is None:
                    found = self._epochs[number] = Epoch(self, day)
        return found

    def _all_spans(self) -> Iterator[Span]:
        yield from self.spans.values()
        yield from self.territories.spans()
        yield from (norm.span for norm in self.norms)
        yield from (Span(said["from"], said["until"]) for said in self.data["coverage"]["statements"])

    def conditions_of(self, name: str) -> frozenset[str]:
        """Return the conditions that a class sets; found when first asked for."""
        if name not in self._conditions_of:
            self._conditions_of[name] = atoms_of(self.explainer, name)
        return self._conditions_of[name]

    def defeaters(self, norm: Norm) -> Sequence[Norm]:
        """Return the norms that are exceptions to a norm."""
        return self._defeaters[norm.number]


def attainable_demands(
    data: ProgramText, controllable: Mapping[str, frozenset[str]]
) -> tuple[dict[str, Expression], dict[str, str | None]]:
    """Return the classes of a program with those of demands at their best, and the name of that of each norm by its id.

    There is no name where the parties can meet the demand whatever is the case. Whether a thing has begun that the parties hold in
    their hands, such as their contract, is in their hands as well.
    """
    begun = {rule["key"]: frozenset[str]() for rule in data["derived"] if rule["op"] == "op-begun" and rule.get("fromKey") in controllable}
    best_case = BestCase(data["classes_compiled"], {**controllable, **begun})
    names = {
        entry["id"]: best_case.named(f"demand of {entry['id']}", entry["demand"], ["is", entry["when"]])
        for entry in data["norms"]
        if entry["demand"] is not None
    }
    return data["classes_compiled"] | best_case.written, names


def territories_of(data: ProgramText) -> Territories:
    """Return the places of a program and who belongs to which body."""
    memberships = [(str(body), str(member), start, until) for body, member, start, until in data["memberships"]]
    return Territories({code: place["partOf"] for code, place in data["places"].items()}, memberships)


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term that answers report: the class that it stands for, and the test of it."""

    number: int
    data: TermText
    when: str
    test: Test


def _plan_terms(terms: list[Term], compiler: Compiler, conditions: dict[str, dict[str, Expression]]) -> dict[str, Gate]:
    """Return the terms behind their gates, by the class of node of which they are said."""
    by_domain: dict[str, list[Term]] = {}
    for term in terms:
        by_domain.setdefault(term.data["domain"], []).append(term)
    return {domain: plan(group, compiler, conditions) for domain, group in by_domain.items()}


def _norms(data: ProgramText, compiler: Compiler, at_best: Mapping[str, str | None]) -> list[Norm]:
    """Return the norms in the order of the program; ``at_best`` names, by id, the class of a demand at its best."""
    numbers = {entry["id"]: number for number, entry in enumerate(data["norms"])}
    questions = questions_behind(data["norms"])
    norms = []
    for number, entry in enumerate(data["norms"]):
        best = at_best.get(entry["id"])
        norm = Norm(
            number,
            entry,
            span=Span(entry["from"], entry["until"]),
            scope=compiler.named(entry["when"]),
            demand=None if entry["demand"] is None else compiler.later(entry["demand"]),
            curable=None if best is None else compiler.named(best),
            at_best=best or "",
            exceptions=tuple(numbers[other] for other in entry["exceptions"]),
            questions=questions[entry["id"]],
            shown=_shown(entry, data["provisions"]),
        )
        norms.append(norm)
    return norms


def questions_behind(norms: Sequence[NormText]) -> dict[str, frozenset[str]]:
    """Return for each norm the open questions on which it depends, its own or those of its exceptions."""
    by_id = {norm["id"]: norm for norm in norms}
    found: dict[str, frozenset[str]] = {}
    for norm in norms:
        seen, waiting = {norm["id"]}, [norm["id"]]
        for each in waiting:
            new = [other for other in by_id[each]["exceptions"] if other not in seen]
            seen.update(new)
            waiting += new
        found[norm["id"]] = frozenset(question for each in waiting if (question := by_id[each]["question"]))
    return found


def _shown(entry: NormText, provisions: Mapping[str, ProvisionText]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "norm": entry["id"],
        "iri": entry["iri"],
        "instrument": entry["instrument"],
        "kind": entry["kind"],
        "label": entry["label"],
        "provision": [{"iri": iri, **provisions[iri]} for iri in entry["provisions"]],
    }
    if entry["leavesOut"]:
        shown["leavesOut"] = entry["leavesOut"]
    if entry["risk"]:
        shown["riskDimension"] = entry["risk"]
    return shown
