"""Ways: drafts that meet all demands at once, each tried by judging the flow as it would then be.

For each norm in the way the draft is taken that adds least to what is changed already, the norms with the fewest ways first. The
flow so changed is judged; duties that the change brings are met in the same manner, and it is judged again. A way that leaves a
norm in the way, or makes any law graver, is no way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from comity.flow.behind import Behind, Wanted
from comity.flow.problems import DescriptionError
from comity.law.judgement import Rank, Ruling
from comity.law.missing import missing_facts
from comity.law.outcome import Outcome
from comity.plan.change import Changer
from comity.plan.draft import NOTHING, Draft, Slot, covered
from comity.plan.failing import Failing, Remedies, failing, gravest
from comity.plan.marks import Marks
from comity.plan.wishes import Several, Thing, Things, joined, joined_things

__all__ = ["Judge", "Way", "Ways"]

Json = Any
Judge = Callable[[Json], list[Outcome]]
"""What judges a description: the outcome of each of its legs. It raises :class:`DescriptionError` for one that cannot be read."""

_OPEN = "needs-information"
_MOST_JUDGED = 12
_MOST_ROUNDS = 4
_MOST_WAYS = 6


@dataclass(slots=True)
class Way:
    """A draft after which nothing stands in the way, with the norms that it takes out of it, those that it brought among them.

    ``opened`` are the facts to be told that a law wants to know only once the flow is so changed.
    """

    draft: Draft
    met: list[Failing]
    start: Draft
    opened: list[Wanted] = field(default_factory=list)


class Ways:
    """Finds the ways of one description."""

    def __init__(
        self,
        description: Json,
        outcomes: list[Outcome],
        judge: Judge,
        remedies: Callable[[list[Outcome]], list[Remedies]],
        marks: Marks,
        changer: Changer,
    ) -> None:
        self._description = description
        self._outcomes = outcomes
        self._judge = judge
        self._remedies = remedies
        self._marks = marks
        self._changer = changer
        self._left = _MOST_JUDGED
        self.bounded = False
        self._before = [gravest(outcome) for outcome in outcomes]
        own = remedies(outcomes)
        self.failing = [Failing(leg, ruling, own[leg].of(ruling)) for leg, ruling in failing(outcomes)]
        self._own = own

    @property
    def stopped(self) -> list[Failing]:
        """Return what stands in the way and can be met by nothing that the parties do."""
        return [entry for entry in self.failing if not entry.drafts and not entry.is_unsettled]

    def find(self) -> list[Way]:
        """Return the ways in order of resort, and then of what they take."""
        if self.stopped or not self.failing:
            return []
        found: list[Way] = []
        tried: list[frozenset[str]] = []
        starts = sorted(self._starts(), key=lambda draft: (draft.resort, bool(draft.asked), draft.cost(self._marks)))
        for start in starts:
            whole = self._merged(start, self.failing)
            if whole is None:
                continue
            if any(covered(other, whole.mechanisms) for other in tried):  # it is a way already tried, or does more than one
                continue
            tried.append(whole.mechanisms)
            if len(found) >= _MOST_WAYS:
                break
            way = self._tried(whole, start)
            if way is not None:
                found.append(way)
        return self._apart(found)

    def leaving(self) -> list[Way]:
        """Return the ways out of the situations: the flow is changed so that the norms no longer speak of it."""
        wanted = [entry for entry in self.failing if not entry.is_unsettled]
        if not wanted:
            return []
        first = min(wanted, key=lambda entry: (bool(entry.drafts), entry.norm.number))
        found: list[Way] = []
        for start in self._own[first.leg].leaving(first.ruling)[:3]:
            if start.asked or not all(self._leaves(slot) for slot in start.wishes):
                continue
            way = self._tried(start, start)
            if way is not None:
                found.append(way)
        return self._apart(found)

    def _leaves(self, slot: Slot) -> bool:
        entry = self._marks.schema.find(slot.kind, slot.key)
        return entry is not None and entry.leaves

    def _starts(self) -> list[Draft]:
        """Return the best draft of each mechanism that some norm leaves the choice of."""
        found: dict[tuple[frozenset[str], frozenset[Slot]], Draft] = {}
        for entry in self.failing:
            if len({draft.mechanisms for draft in entry.drafts}) > 1:
                for draft in entry.drafts:
                    found.setdefault((draft.mechanisms, draft.asked), draft)
        return list(found.values()) or [NOTHING]

    def _merged(self, start: Draft, wanted: list[Failing]) -> Draft | None:
        """Return a draft that does all that is wanted, beginning with one way."""
        whole = start
        for entry in sorted(wanted, key=lambda entry: (len(entry.drafts), entry.norm.number)):
            options = [both for draft in entry.drafts if (both := whole.joined(draft, self._marks)) is not None]
            if options:
                whole = min(options, key=lambda draft: draft.cost(self._marks))
            elif not entry.is_unsettled:
                return None
        return whole

    def _tried(self, whole: Draft, start: Draft) -> Way | None:
        """Return a draft as a way, if the flow so changed has nothing in the way; it may have to grow to that end."""
        met = list(self.failing)
        for _ in range(_MOST_ROUNDS):
            if not self._left:
                self.bounded = True
                return None
            self._left -= 1
            changed, placed = self._changer.carry_out(self._description, whole)
            try:
                outcomes = self._judge(changed)
            except DescriptionError:  # what was chosen does not go together with what was stated
                return None
            found = failing(outcomes)
            rest = [(leg, ruling) for leg, ruling in found if ruling.status != "contested"]
            if not rest:
                if self._is_no_worse(outcomes):
                    return Way(whole, [*met, *self._brought(outcomes, met)], start, self._opened(outcomes))
                rest = [(leg, ruling) for leg, ruling in found if not any(_is_of(entry, leg, ruling) for entry in met)]
                if not rest:
                    return None  # no unsettled norm that the change brought: something else became graver
            remedies = self._remedies(outcomes)
            new = [
                Failing(
                    leg, ruling, [m for draft in remedies[leg].of(ruling) if (m := self._moved(draft, placed)) is not None], brought=True
                )
                for leg, ruling in rest
            ]
            grown = self._merged(whole, new)
            if grown is None or grown.wishes == whole.wishes:
                return None
            whole = grown
            met += [entry for entry in new if not any(_is_of(other, entry.leg, entry.ruling) for other in met)]
        return None

    def _opened(self, outcomes: list[Outcome]) -> list[Wanted]:
        """Return the facts for want of which a law that was decided, or did not speak of the flow, is open after a change."""
        found: dict[str, Wanted] = {}
        for before, outcome in zip(self._outcomes, outcomes, strict=True):
            open_now = {law for law, verdict in outcome.verdicts.items() if verdict == _OPEN and before.verdicts.get(law) != _OPEN}
            if open_now:
                waiting = {law: outcome.by_instrument[law] for law in sorted(open_now)}
                application = outcome.application
                behind = Behind(self._marks.schema, application.program.derived, application.leg)
                missing = (each.fact for each in missing_facts(application, waiting, False, lambda fact: False) if each.tier == "verdict")
                found |= {wanted.pointer: wanted for fact in missing for wanted in behind.of(fact.pointer, fact.kind, fact.key)}
        return list(found.values())

    def _brought(self, outcomes: list[Outcome], met: list[Failing]) -> list[Failing]:
        """Return the duties that a way brings and at once fulfils."""
        found = []
        for leg, outcome in enumerate(outcomes):
            before = {(ruling.norm.number, ruling.part) for ruling in self._outcomes[leg].rulings if ruling.status in ("met", "unknown")}
            for ruling in outcome.rulings:
                if ruling.status != "met" or ruling.norm.governs != "flow" or (ruling.norm.number, ruling.part) in before:
                    continue
                if not any(entry.leg == leg and entry.norm.number == ruling.norm.number for entry in met):
                    found.append(Failing(leg, ruling, self._own[leg].of(ruling), brought=True))
        return found

    def _is_no_worse(self, outcomes: list[Outcome]) -> bool:
        for before, outcome in zip(self._before, outcomes, strict=True):
            if any(rank > max(before.get(law, Rank.CONDITIONAL), Rank.CONDITIONAL) for law, rank in gravest(outcome).items()):
                return False
        return sum(len(o.collisions) for o in outcomes) <= sum(len(o.collisions) for o in self._outcomes)

    def _moved(self, draft: Draft, placed: dict[str, tuple[Slot, Thing]]) -> Draft | None:
        """Return a draft of the changed flow as one of the flow that was stated: what changes in a new thing is wished of it."""
        inside = [slot for slot in draft.wishes if slot.pointer in placed]
        if not inside:
            return draft
        wishes = dict(draft.wishes)
        for slot in inside:
            wish = wishes.pop(slot)
            home, thing = placed[slot.pointer]
            both = joined_things(thing, Thing(thing.kind, ((slot.key, wish),)))
            if both is None or (slot in draft.asked and not (isinstance(wish, Several) and not wish.needs)):
                return None
            found = joined(wishes.get(home, Things((both,))), Things((both,)), single=False)
            if found is None:
                return None
            wishes[home] = found
        return Draft(wishes, draft.asked.difference(inside), draft.resort, draft.mechanisms, draft.names)

    def _apart(self, ways: list[Way]) -> list[Way]:
        """Return the ways of which none does all that another does and more, or rests on more instruments than another."""
        found: list[Way] = []
        for place, way in enumerate(ways):
            others = [(number, other.draft) for number, other in enumerate(ways) if number != place]
            if any(_is_less(other.mechanisms, way.draft.mechanisms) for _, other in others):
                continue
            inside = [number for number, other in others if other.within(way.draft, self._marks)]
            if not any(number < place or not way.draft.within(ways[number].draft, self._marks) for number in inside):
                found.append(way)
        return found


def _is_of(entry: Failing, leg: int, ruling: Ruling) -> bool:
    return entry.leg == leg and entry.norm.number == ruling.norm.number and entry.ruling.part == ruling.part


def _is_less(some: frozenset[str], others: frozenset[str]) -> bool:
    return covered(some, others) and not covered(others, some)
