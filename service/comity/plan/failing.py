"""The norms that stand in the way of a flow, and what would take each out of it."""

from __future__ import annotations

from dataclasses import dataclass

from comity.law.application import NO_CHOICE
from comity.law.judgement import Rank, Ruling
from comity.law.norm import Norm
from comity.law.outcome import Outcome
from comity.logic.node import Node
from comity.plan.draft import Draft, Slot, best
from comity.plan.drafting import Drafter
from comity.plan.goals import Goals
from comity.plan.marks import RESORTS, Marks
from comity.plan.wishes import Several, Things, Wish

__all__ = ["Failing", "Remedies", "failing", "gravest", "unshowable"]


@dataclass(slots=True)
class Failing:
    """A ruling of one leg that stands in the way, with the drafts that would take it out of the way.

    One that a way *brought* does not stand in the way of the flow as it was stated.
    """

    leg: int
    ruling: Ruling
    drafts: list[Draft]
    brought: bool = False

    @property
    def norm(self) -> Norm:
        """Return the norm."""
        return self.ruling.norm

    @property
    def is_due(self) -> bool:
        """Say whether it stands in the way only since nothing was said."""
        return self.ruling.status == "due"

    @property
    def is_unsettled(self) -> bool:
        """Say whether the law is unsettled here, so that it may stay in the way of nobody."""
        return self.ruling.status == "contested"


def unshowable(ruling: Ruling) -> bool:
    """Say whether no description can show that a duty is met, since the graph has no demand for it."""
    return ruling.norm.kind == "Obligation" and ruling.norm.demand is None


def failing(outcomes: list[Outcome]) -> list[tuple[int, Ruling]]:
    """Return the rulings that stand in the way, with the number of their leg."""
    return [(leg, ruling) for leg, outcome in enumerate(outcomes) for ruling in outcome.failing() if not unshowable(ruling)]


def gravest(outcome: Outcome) -> dict[str, Rank]:
    """Return how grave the outcome under each instrument is, open facts aside."""
    return {
        instrument: max((ruling.rank for ruling in rulings if ruling.norm.governs == "flow"), default=Rank.NOT_REGULATED)
        for instrument, rulings in outcome.by_instrument.items()
    }


class Remedies:
    """Finds what would take the norms of one leg out of the way."""

    def __init__(self, outcome: Outcome, drafter: Drafter, goals: Goals, marks: Marks) -> None:
        self._application = outcome.application
        self._drafter = drafter
        self._goals = goals
        self._marks = marks

    def of(self, ruling: Ruling) -> list[Draft]:
        """Return the drafts that meet the demand of a norm, bring about one of its exceptions, or leave it by another instrument."""
        norm = ruling.norm
        node = self._application.nodes(norm)[ruling.part]
        found: list[Draft] = []
        if norm.data["demand"] is not None:
            found = self._drafter.drafts(self._goals.of(norm.data["demand"]), node, True)
        lands = "+".join(self._application.program.data["instruments"][norm.instrument]["jurisdiction"])
        lifting = self._by_exception(norm, ruling.part)
        found = [*found, *(draft for draft in lifting if not draft.asked)] if found else lifting
        if not found or any(draft.mechanisms for draft in found):
            found += self._by_instrument(ruling)
        found = best(found, self._marks)
        return [draft.under(lands) for draft in found]

    def _by_instrument(self, ruling: Ruling) -> list[Draft]:
        """Return the drafts that take a norm out of the way by another instrument, under which it no longer speaks of the flow."""
        return [
            draft
            for draft in self.leaving(ruling)
            if draft.mechanisms and not draft.asked and all(self._is_instrument(slot, wish) for slot, wish in draft.wishes.items())
        ]

    def _is_instrument(self, slot: Slot, wish: Wish) -> bool:
        """Say whether a wish adds an instrument, or something to one; what one states is not taken back."""
        if isinstance(wish, Things):
            return bool(wish.new) and all(self._marks.is_mechanism(thing.kind) for thing in wish.new)
        return isinstance(wish, Several) and not wish.shut and self._marks.is_mechanism(slot.kind)

    def _by_exception(self, norm: Norm, part: int) -> list[Draft]:
        found: list[Draft] = []
        for other in self._application.exceptions(norm, NO_CHOICE):
            if self._application.epoch.norms_in_force[other.number] is not True:
                continue
            nodes = self._nodes(norm, other, part)
            drafts = self._drafter.all_of([self._drafter.drafts(self._goals.named(other.when), node, True) for node in nodes])
            order = RESORTS.index(other.data["resort"])
            found += [draft.marked(order, other.id) for draft in drafts if draft.wishes]
        return best(found, self._marks)

    def _nodes(self, norm: Norm, other: Norm, part: int) -> list[Node]:
        """Return the nodes on which an exception must hold to lift a norm from one part."""
        nodes = self._application.nodes(other)
        return [nodes[part]] if norm.per_item and other.per_item else nodes

    def leaving(self, ruling: Ruling) -> list[Draft]:
        """Return the drafts that take the flow out of the situation of a norm."""
        norm = ruling.norm
        return self._drafter.drafts(self._goals.named(norm.when), self._application.nodes(norm)[ruling.part], False)
