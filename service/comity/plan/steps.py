"""A step as an answer shows it: the act, who is to do it and when, which norms it meets, and how it changes the description."""

from __future__ import annotations

from typing import Any

from comity.law.judgement import Ruling
from comity.law.norm import Norm
from comity.law.program import Program
from comity.plan.change import Step
from comity.plan.draft import Draft, Slot
from comity.plan.failing import Failing
from comity.plan.marks import Marks
from comity.plan.ways import Way
from comity.plan.wishes import Things, joined_things
from comity.plan.words import PlanWords

__all__ = ["StepTeller"]

Json = Any
_TIMINGS = ("before", "at", "after", "recurring")


class StepTeller:
    """Tells of the steps of one description; those of a route name their leg."""

    def __init__(self, program: Program, words: PlanWords, marks: Marks, *, is_route: bool) -> None:
        self._words = words
        self._marks = marks
        self._is_route = is_route
        self._carried_out: dict[tuple[int, int], tuple[Failing, Draft, Draft | None]] = {}

    def met_by(self, step: Step, way: Way) -> list[Failing]:
        """Return what a step takes out of the way, alone or with others."""
        return [entry for entry in way.met if self._bears_on(step, entry, way.draft)]

    def _bears_on(self, step: Step, entry: Failing, whole: Draft) -> bool:
        draft = self._done(entry, whole)
        if draft is None:
            return False
        for key, _ in step.wishes:
            wish = draft.wishes.get(Slot(step.pointer, step.kind, key))
            if wish is None:
                continue
            if step.thing is None or not isinstance(wish, Things):
                return True
            if any(joined_things(step.thing, thing) == step.thing for thing in wish.new):
                return True
        return False

    def _done(self, entry: Failing, whole: Draft) -> Draft | None:
        """Return the draft by which a way takes something out of the way: of those that it carries out, the one that takes least."""
        key = (id(entry), id(whole))
        if key not in self._carried_out:
            within = [draft for draft in entry.drafts if draft.within(whole, self._marks)]
            least = min(within, key=lambda draft: draft.cost(self._marks), default=None)
            self._carried_out[key] = entry, whole, least  # both are held, so that no other takes their numbers
        return self._carried_out[key][2]

    def is_due(self, step: Step, way: Way) -> bool:
        """Say whether nothing was said of what a step does, so that it is to be confirmed first."""
        met = [entry for entry in self.met_by(step, way) if not entry.is_unsettled and not entry.brought]
        return bool(met) and all(entry.is_due for entry in met)

    def step(self, step: Step, way: Way, change: list[Json]) -> Json:
        """Return a step with its change."""
        met = self.met_by(step, way)
        norms = list({entry.norm.number: entry.norm for entry in met}.values())
        shown: Json = {
            "act": self._words.act(step),
            **_terms(norms),
            "cures": [norm.id for norm in norms],
            "change": change,
            "burden": self._burden(step),
        }
        if self._is_route:
            shown["leg"] = min((entry.leg for entry in met), default=0)
        return shown

    def _burden(self, step: Step) -> int:
        if step.thing is not None:
            return self._marks.burden_of(step.thing)
        return max(self._marks.burden_of_fact(step.kind, key, wish) for key, wish in step.wishes)

    def unshowable(self, leg: int, ruling: Ruling) -> Json:
        """Return a duty that the graph does not test, to be confirmed."""
        norm = ruling.norm
        shown: Json = {"act": norm.data["label"], **_terms([norm]), "cures": [norm.id], "change": [], "burden": 1}
        if self._is_route:
            shown["leg"] = leg
        return shown

    def still_to_tell(self, way: Way) -> list[Json]:
        """Return the facts on which a way still hangs, and those that a law wants to know after it, with their questions."""
        wanted = {f"{slot.pointer}/{slot.key}": (slot.kind, slot.key) for slot in sorted(way.draft.asked)}
        wanted |= {fact.pointer: (fact.kind, fact.key) for fact in way.opened}
        return [{"pointer": pointer, **self._words.asked(kind, key)} for pointer, (kind, key) in wanted.items()]


def _terms(norms: list[Norm]) -> Json:
    """Return who is to act, when, within which time and how long an authority may take: the strictest of the norms met."""
    shown: Json = {}
    bearers = [norm.data["bearer"] for norm in norms if norm.data["bearer"]]
    if bearers:
        shown["who"] = bearers[0]
    timings = [norm.data["timing"] for norm in norms if norm.data["timing"]]
    if timings:
        shown["timing"] = min(timings, key=lambda timing: _TIMINGS.index(str(timing)))
    for name in ("deadline", "leadTime"):
        limits = [limit for norm in norms if (limit := norm.data.get(name))]
        if limits:
            shown[name] = limits[0]
    return shown
