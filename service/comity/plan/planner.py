"""The plan of one description: what to confirm, what to do, in which ways, and what nobody can mend."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from comity.flow.schema import Schema
from comity.law.judgement import Ruling
from comity.law.outcome import Outcome
from comity.law.program import Program
from comity.logic.facts import Fact
from comity.plan.change import Changer, Step, steps_of
from comity.plan.drafting import Drafter
from comity.plan.failing import Failing, Remedies, unshowable
from comity.plan.goals import Goals
from comity.plan.marks import RESORTS, Marks
from comity.plan.steps import StepTeller
from comity.plan.surroundings import Surroundings
from comity.plan.ways import Judge, Way, Ways
from comity.plan.words import PlanWords

__all__ = ["Planner"]

Json = Any


class Planner:
    """Plans for one version of the graph. Keeps nothing of a request; safe to share between threads."""

    def __init__(self, program: Program, schema: Schema) -> None:
        self._program = program
        self._schema = schema
        self._goals = Goals(program, schema)
        self._marks = Marks(schema)

    def plan(self, description: Json, day: date, outcomes: list[Outcome], judge: Judge) -> dict[str, Any]:
        """Return ``plan`` and ``stopped`` of a description, given the outcome of each of its legs and what judges another one."""
        changer = Changer(self._marks, self._program.territories, day)
        ways = Ways(description, outcomes, judge, lambda found: self._remedies(found, day), self._marks, changer)
        words = PlanWords(self._schema, self._program, changer)
        teller = StepTeller(self._program, words, self._marks, is_route=len(outcomes) > 1)
        told = _Told(teller, changer, words, description)
        plan = told.plan(ways.find())
        plan["confirm"] += [
            teller.unshowable(leg, ruling) for leg, outcome in enumerate(outcomes) for ruling in outcome.failing() if unshowable(ruling)
        ]
        plan["instead"] = told.instead(ways.leaving()) if ways.failing else []
        if ways.bounded:
            plan["bounded"] = True
        return {"plan": plan, "stopped": [self._stopped(outcomes[entry.leg], entry, words) for entry in ways.stopped]}

    def _remedies(self, outcomes: list[Outcome], day: date) -> list[Remedies]:
        found = []
        for outcome in outcomes:
            application = outcome.application
            around = Surroundings(self._program, self._schema, application.leg, application.alike, day)
            drafter = Drafter(application, self._goals, self._marks, around)
            found.append(Remedies(outcome, drafter, self._goals, self._marks))
        return found

    def _stopped(self, outcome: Outcome, entry: Failing, words: PlanWords) -> Json:
        facts = self._in_the_way(outcome, entry.ruling)
        shown: Json = {"norm": entry.norm.id, "label": entry.norm.data["label"]}
        if facts:
            label = words.fact(facts[0])
            shown["fact"] = {"pointer": facts[0].pointer, "label": label}
            shown["reason"] = {
                "en": f"no step of the parties changes this: {label['en']}",
                "zh": f"当事人无法通过任何步骤改变该事实：{label['zh']}",
            }
        return shown

    def _in_the_way(self, outcome: Outcome, ruling: Ruling) -> list[Fact]:
        """Return the facts that nobody can change and for which a norm stands in the way, those that decide first."""
        application, norm = outcome.application, ruling.norm
        node = application.nodes(norm)[ruling.part]
        explainer = self._program.explainer
        grounds = explainer.shortfall(norm.at_best, node, application) if norm.at_best else []
        grounds = [*grounds, *explainer.because(norm.when, node, application)]
        facts = list({ground.fact.pointer: ground.fact for ground in grounds}.values())
        fixed = [fact for fact in facts if not self._is_in_hand(fact)]
        return fixed or facts

    def _is_in_hand(self, fact: Fact) -> bool:
        entry = self._schema.find(fact.kind, fact.key)
        return entry is not None and entry.controllable


class _Told:
    """Puts ways into JSON. The patches of a way follow those of the steps that all ways share; a way out stands for itself."""

    def __init__(self, teller: StepTeller, changer: Changer, words: PlanWords, description: Json) -> None:
        self._teller = teller
        self._changer = changer
        self._words = words
        self._description = description

    def plan(self, ways: list[Way]) -> Json:
        """Return the steps that all ways share, and the ways with the steps of their own."""
        if not ways:
            return {"confirm": [], "do": [], "oneOf": []}
        steps = [steps_of(way.draft) for way in ways]
        plain = len(ways) == 1 and not ways[0].draft.resort  # what an authority may refuse, or is kept for exceptions, is said to be so
        shared = [step for step in steps[0] if all(step in others for others in steps[1:])]
        if len(ways) == 1 and not plain:
            start = steps_of(ways[0].start)
            own = [step for step in shared if self._words.is_mechanism(step) or any(_touches(step, other) for other in start)]
            shared = [step for step in shared if own and step not in own]
        changed = orjson.loads(orjson.dumps(self._description))
        plan = self._lists(shared, ways[0], changed)
        plan["oneOf"] = []
        if not plain:
            plan["oneOf"] = [
                self._way(way, [step for step in own if step not in shared], changed) for way, own in zip(ways, steps, strict=True)
            ]
        elif asked := self._teller.still_to_tell(ways[0]):
            plan["stillToTell"] = asked
        return plan

    def instead(self, ways: list[Way]) -> list[Json]:
        """Return the ways out of the situations."""
        return [self._way(way, steps_of(way.draft), self._description, steps_of(way.start)) for way in ways]

    def _way(self, way: Way, own: list[Step], description: Json, named: list[Step] | None = None) -> Json:
        return {
            "way": self._words.way(own, way.draft) if named is None else self._words.way(named, way.start),
            "resort": RESORTS[way.draft.resort],
            **self._lists(own, way, orjson.loads(orjson.dumps(description))),
            "stillToTell": self._teller.still_to_tell(way),
        }

    def _lists(self, steps: list[Step], way: Way, description: Json) -> Json:
        """Return the steps that are to be confirmed and those that are to be done, with their patches in that order."""
        sorted_out: dict[str, list[Step]] = {"confirm": [], "do": []}
        for step in steps:
            sorted_out["confirm" if self._teller.is_due(step, way) else "do"].append(step)
        return {
            name: [self._teller.step(step, way, self._changer.patch(description, step)) for step in group]
            for name, group in sorted_out.items()
        }


def _touches(first: Step, second: Step) -> bool:
    """Say whether two steps bear on the same fact."""
    return (first.pointer, first.wishes[0][0]) == (second.pointer, second.wishes[0][0])
