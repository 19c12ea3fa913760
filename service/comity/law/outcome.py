"""The outcome of one leg: what becomes of every norm, and the verdicts that follow, before anything is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from comity.law.application import Application
from comity.law.conflicts import Collision, collisions
from comity.law.contested import rulings
from comity.law.coverage import Coverage, coverage_of
from comity.law.judgement import Rank, Ruling
from comity.law.norm import DUTIES
from comity.law.verdict import as_described, as_known, fold, gravest_described, of_the_flow, overall, settled

__all__ = ["Outcome", "judge"]


@dataclass(slots=True)
class Outcome:
    """What the law says of a leg.

    ``rulings`` are those of all norms that apply or may apply, in the order of the program, ``by_instrument`` the same by the law
    that states the norm. ``verdicts`` and ``described`` are folded, for each instrument, over the norms that govern the flow;
    ``verdict`` and ``as_described`` over all instruments; a law that is open leaves ``verdict`` open only where it can still turn out
    graver than what already stands under another. Where nothing is held of a law that decides (``coverage``), neither says that the
    flow is lawful.
    """

    application: Application
    rulings: list[Ruling]
    by_instrument: dict[str, list[Ruling]]
    verdicts: dict[str, str]
    described: dict[str, str]
    collisions: list[Collision]
    coverage: Coverage
    verdict: str
    as_described: str

    def failing(self) -> list[Ruling]:
        """Return the rulings on duties about the flow that stand in its way: banned, or not shown to be met."""
        return [ruling for ruling in of_the_flow(self.rulings) if ruling.norm.kind in DUTIES and ruling.rank > Rank.PERMITTED]


def judge(application: Application, chosen: Mapping[str, str] | None = None) -> Outcome:
    """Judge the norms of the day that were brought to a leg, on unsettled questions under the positions *chosen*, by question."""
    found = [ruling for ruling in rulings(application, application.live(), chosen or {})]
    found = [ruling for ruling in found if ruling.status != "not-applicable" or ruling.positions]
    found.sort(key=lambda ruling: (ruling.norm.number, ruling.part))
    by_instrument: dict[str, list[Ruling]] = {}
    for ruling in found:
        by_instrument.setdefault(ruling.norm.instrument, []).append(ruling)
    ordered = sorted(by_instrument.items())
    governing = {instrument: of_the_flow(group) for instrument, group in ordered}
    verdicts = {instrument: fold(group) for instrument, group in governing.items()}
    described = {instrument: as_described(group) for instrument, group in governing.items()}
    collided = collisions(application, found)
    told = [as_known(group) for group in governing.values()] if settled(of_the_flow(found)) else verdicts.values()
    covered = coverage_of(application.leg, application.epoch.held)
    verdict = overall(told, any(not collision.open for collision in collided), covered.uncovered)
    as_told = gravest_described([*described.values(), *(["undecided"] if covered.uncovered else [])])
    return Outcome(application, found, by_instrument, verdicts, described, collided, covered, verdict, as_told)
