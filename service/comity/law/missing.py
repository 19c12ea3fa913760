"""What is missing: the facts that are not told and on which an answer hangs, by what they decide.

Facts that decide a *verdict* could make that of a law graver. Facts that decide the *plan* say which way is open or whether a duty is
done, though no verdict gets graver. Facts of duties that stand *around* the flow decide neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, get_args

from comity.law.application import NO_CHOICE, Application
from comity.law.judgement import Rank, Ruling
from comity.law.norm import DUTIES, Norm
from comity.law.verdict import deciding, of_the_flow
from comity.logic.facts import Fact

__all__ = ["TIERS", "Missing", "Tier", "missing_facts", "undecided"]

Tier = Literal["verdict", "plan", "around"]

TIERS: tuple[Tier, ...] = get_args(Tier)
"""What facts decide, the weightiest first."""


@dataclass(slots=True)
class Missing:
    """A fact that is wanted, with the norms and instruments that wait for it.

    ``tier`` says what it decides, ``gravest`` how grave the verdict may get with it. ``weight`` is greater the more norms wait for it
    and the fewer facts each of them waits for beside it. ``shows`` is true where it only shows whether a demand is met.
    """

    fact: Fact
    tier: Tier
    gravest: Rank = Rank.NOT_REGULATED
    weight: float = 0.0
    shows: bool = True
    norms: dict[str, None] = field(default_factory=dict)
    instruments: dict[str, None] = field(default_factory=dict)


def missing_facts(
    application: Application, by_instrument: dict[str, list[Ruling]], around: bool, is_core: Callable[[Fact], bool]
) -> list[Missing]:
    """Return the facts that are wanted, those that decide most first; with *around* also those on which duties around the flow hang.

    A norm that waits for a fact of the core (``is_core``) waits for nothing else before that is told; others do not wait with it.
    """
    wanted: dict[str, Missing] = {}

    def add(tier: Tier, ruling: Ruling, facts: Iterable[Fact], shows: bool) -> None:
        found = {fact.pointer: fact for fact in facts}
        core = {pointer: fact for pointer, fact in found.items() if is_core(fact)}
        for pointer, fact in (core or found).items():
            entry = wanted.setdefault(pointer, Missing(fact, tier))
            if TIERS.index(tier) > TIERS.index(entry.tier):
                continue  # what decides a verdict says why it is asked
            if tier != entry.tier:
                entry = wanted[pointer] = Missing(fact, tier)
            entry.gravest = max(entry.gravest, ruling.potential, ruling.rank)
            entry.weight += 1 / len(core or found)
            entry.shows &= shows
            entry.norms[ruling.norm.id] = None
            entry.instruments[ruling.norm.instrument] = None

    for rulings in by_instrument.values():
        _of_an_instrument(application, rulings, around, add)
    return sorted(wanted.values(), key=lambda m: _place(m, is_core(m.fact)))


def _place(entry: Missing, core: bool) -> tuple[int, bool, int, float, int, str]:
    return TIERS.index(entry.tier), not core, -entry.gravest, -entry.weight, entry.fact.pointer.count("/"), entry.fact.pointer


def _of_an_instrument(
    application: Application, rulings: list[Ruling], around: bool, add: Callable[[Tier, Ruling, Iterable[Fact], bool], None]
) -> None:
    governing = of_the_flow(rulings)
    gravest = max((ruling.rank for ruling in governing), default=Rank.NOT_REGULATED)
    decide = {id(ruling) for ruling in deciding(governing)} if gravest > Rank.PERMITTED else set()
    for ruling in governing:
        norm = ruling.norm
        if ruling.potential > gravest:
            facts = [*undecided(application, norm, ruling.part), *_beyond_control(application, norm, ruling.part)]
            add("verdict", ruling, facts, False)
        elif ruling.status == "unknown" and gravest < Rank.PROHIBITED and (norm.is_path or ruling.potential > Rank.PERMITTED):
            add("plan", ruling, undecided(application, norm, ruling.part), False)
        elif ruling.unshown:
            for other in ruling.unshown:
                add("plan", ruling, undecided(application, other, ruling.part if other.per_item and norm.per_item else 0), False)
        if ruling.status == "due" and id(ruling) in decide:
            add("plan", ruling, _unshown_demand(application, norm, ruling.part), True)
    if around:
        for ruling in rulings:
            if ruling.norm.governs == "around" and ruling.norm.kind in DUTIES and ruling.status == "unknown":
                add("around", ruling, undecided(application, ruling.norm, ruling.part), False)


def undecided(application: Application, norm: Norm, part: int) -> list[Fact]:
    """Return the open facts of the scope of a norm, or, where its scope is decided, of its exceptions."""
    facts = list(application.program.explainer.open_facts(norm.when, application.nodes(norm)[part], application))
    if application.scope(norm)[part] is True:
        parts = len(application.scope(norm))
        for number in norm.exceptions:
            other = application.program.norms[number]
            if application.aligned(application.effective(other, NO_CHOICE), parts)[part] is None:
                facts += undecided(application, other, part if other.per_item and norm.per_item else 0)
    return facts


def _unshown_demand(application: Application, norm: Norm, part: int) -> list[Fact]:
    """Return the open facts that would show whether the demand of a norm is met."""
    demand = norm.data["demand"]
    if demand is None or application.demand(norm)[part] is not None:
        return []
    return application.program.explainer.open_in(demand, application.nodes(norm)[part], application)


def _beyond_control(application: Application, norm: Norm, part: int) -> list[Fact]:
    """Return the open facts, which nobody controls, that decide whether the demand of a norm can be met."""
    if application.demand(norm)[part] is True or application.curable(norm, part) is not None:
        return []
    return application.program.explainer.open_facts(norm.at_best, application.nodes(norm)[part], application)
