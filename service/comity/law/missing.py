"""What is missing: the facts that the still undecided part of an open verdict reads, the required core first."""

from __future__ import annotations

from dataclasses import dataclass, field

from comity.law.application import NO_CHOICE, Application
from comity.law.judgement import Rank, Ruling
from comity.law.norm import Norm
from comity.logic.facts import Fact

__all__ = ["Missing", "missing_facts", "undecided"]


@dataclass(slots=True)
class Missing:
    """A fact that is wanted, with the norms and instruments that wait for it."""

    fact: Fact
    norms: dict[str, None] = field(default_factory=dict)
    instruments: dict[str, None] = field(default_factory=dict)


def missing_facts(application: Application, rulings: list[Ruling], open_instruments: set[str]) -> list[Missing]:
    """Return the facts wanted by the open verdicts, those that decide most norms first."""
    gravest: dict[str, Rank] = {}
    for ruling in rulings:
        gravest[ruling.norm.instrument] = max(gravest.get(ruling.norm.instrument, Rank.NOT_REGULATED), ruling.rank)
    wanted: dict[str, Missing] = {}
    for ruling in rulings:
        norm = ruling.norm
        if norm.instrument not in open_instruments or ruling.potential <= gravest[norm.instrument]:
            continue
        for fact in [*undecided(application, norm, ruling.part), *_beyond_control(application, norm, ruling.part)]:
            entry = wanted.setdefault(fact.pointer, Missing(fact))
            entry.norms[norm.id] = None
            entry.instruments[norm.instrument] = None
    return sorted(wanted.values(), key=lambda m: (-len(m.norms), m.fact.pointer.count("/"), m.fact.pointer))


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


def _beyond_control(application: Application, norm: Norm, part: int) -> list[Fact]:
    """Return the open facts, which nobody controls, that decide whether the demand of a norm can be met."""
    if application.demand(norm)[part] is True or application.curable(norm, part) is not None:
        return []
    return application.program.explainer.open_facts(norm.at_best, application.nodes(norm)[part], application)
