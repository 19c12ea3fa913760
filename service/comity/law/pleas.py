"""What becomes of the norms that a party pleads: one that does not apply gets a ruling all the same, so that it is told why."""

from __future__ import annotations

from collections.abc import Iterable

from comity.law.application import Application
from comity.law.judgement import Rank, Ruling
from comity.law.norm import Norm
from comity.logic.facts import Ground

__all__ = ["in_force", "plea", "pleas", "shortfall"]


def plea(norm: Norm, part: int = 0) -> Ruling:
    """Return the ruling on a norm that does not apply; it changes no verdict."""
    return Ruling(norm, part, "not-applicable", False, None, Rank.NOT_REGULATED)


def pleas(application: Application, pleaded: Iterable[str], ruled: Iterable[Ruling]) -> list[Ruling]:
    """Return a ruling for each norm pleaded of which none of the rulings speaks: it does not apply, and changes no verdict."""
    known = {ruling.norm.id for ruling in ruled}
    norms = (application.program.by_id[identifier] for identifier in sorted(set(pleaded) - known))
    return [plea(norm) for norm in norms]


def in_force(application: Application, ruling: Ruling) -> bool:
    """Say whether a norm may be in force on the day asked."""
    return application.epoch.norms_in_force[ruling.norm.number] is not False


def shortfall(application: Application, ruling: Ruling) -> list[Ground]:
    """Return the grounds for which a norm that is in force does not apply to a part: those of every condition that fails."""
    if not in_force(application, ruling):
        return []
    node = application.nodes(ruling.norm)[ruling.part]
    return application.program.explainer.shortfall(ruling.norm.when, node, application)
