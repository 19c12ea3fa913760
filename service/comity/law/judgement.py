"""What becomes of a norm for one leg or one part of its data: its status, and what it does to the verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from comity.law.application import Application, Choice, may_hold
from comity.law.imprecise_dates import Undated, undated
from comity.law.norm import DUTIES, Norm
from comity.logic.kleene import Truth

__all__ = ["Rank", "Ruling", "rule"]


class Rank(IntEnum):
    """How grave an outcome is; the gravest decides the verdict of an instrument."""

    NOT_REGULATED = 0
    PERMITTED = 1
    CONDITIONAL = 2
    CONTESTED = 3
    PROHIBITED = 4


_GRANTS = {
    "Permission": "permitted",
    "Exemption": "permitted",
    "RecognitionNorm": "permitted",
    "Power": "compelled",
    "Commitment": "protected",
}


@dataclass(slots=True)
class Ruling:
    """The status of a norm for one part of the data.

    ``rank`` is what it adds to the verdict, ``potential`` what it could add: if its open scope turned out to hold, or
    if facts that nobody controls turned out such that its demand cannot be met.
    ``positions`` maps each position on an open question to the status under it, where they differ; ``undated`` are the dates
    that leave an open scope open, ``unshown`` the exceptions that would lift the norm, but only if they were shown to hold.
    """

    norm: Norm
    part: int
    status: str
    scope: Truth
    demand: Truth
    rank: Rank
    potential: Rank = Rank.NOT_REGULATED
    positions: dict[str, str] = field(default_factory=dict)
    exempted_by: list[Norm] = field(default_factory=list)
    undated: list[Undated] = field(default_factory=list)
    unshown: list[Norm] = field(default_factory=list)


def rule(application: Application, norm: Norm, choice: Choice) -> list[Ruling]:
    """Return a ruling for each part on which the norm is judged."""
    scopes = application.scope(norm)
    if not may_hold(scopes):
        return [Ruling(norm, part, "not-applicable", False, None, Rank.NOT_REGULATED) for part in range(len(scopes))]
    effective = application.effective(norm, choice)
    demands = application.demand(norm)
    if len(scopes) == 1:
        return [_rule_part(application, norm, choice, 0, scopes[0], effective[0], demands[0])]
    return [_rule_part(application, norm, choice, part, scopes[part], effective[part], demands[part]) for part in range(len(scopes))]


def _rule_part(application: Application, norm: Norm, choice: Choice, part: int, scope: Truth, effective: Truth, demand: Truth) -> Ruling:
    if scope is False:
        return Ruling(norm, part, "not-applicable", False, None, Rank.NOT_REGULATED)
    if effective is False:
        by = _having(application, norm, choice, part, True)
        return Ruling(norm, part, "exempted", scope, demand, Rank.PERMITTED, exempted_by=by)
    status, rank, worst = _outcome(application, norm, part, demand)
    if effective is True:
        return Ruling(norm, part, status, scope, demand, rank, worst)
    if scope is True and norm.exceptions_must_be_shown:
        unshown = _having(application, norm, choice, part, None)
        return Ruling(norm, part, status, scope, demand, rank, worst, unshown=unshown)
    dates = undated(application, norm)
    if status == "met":  # the demand is met, so that the open scope decides nothing
        return Ruling(norm, part, "met", scope, demand, Rank.PERMITTED, undated=dates)
    potential = worst if norm.kind in DUTIES else Rank.NOT_REGULATED
    return Ruling(norm, part, "unknown", scope, demand, Rank.NOT_REGULATED, potential, undated=dates)


def _outcome(application: Application, norm: Norm, part: int, demand: Truth) -> tuple[str, Rank, Rank]:
    """Return the status of an effective norm, what it adds to the verdict, and the gravest that it could add."""
    if norm.kind in DUTIES:
        if norm.demand is None:
            banned = norm.kind == "Prohibition"
            return ("prohibited", Rank.PROHIBITED, Rank.PROHIBITED) if banned else ("due", Rank.CONDITIONAL, Rank.CONDITIONAL)
        if demand is True:
            return "met", Rank.PERMITTED, Rank.PERMITTED
        curable = application.curable(norm, part)
        rank = Rank.PROHIBITED if curable is False else Rank.CONDITIONAL
        return ("due" if demand is None else "unmet"), rank, Rank.CONDITIONAL if curable else Rank.PROHIBITED
    if norm.is_path and demand is not True:  # a way that the law offers and that is not taken
        return ("closed" if application.curable(norm, part) is False else "available"), Rank.NOT_REGULATED, Rank.NOT_REGULATED
    if norm.demand is not None and demand is not True:  # a commitment that binds no party of the flow
        return ("due" if demand is None else "unmet"), Rank.NOT_REGULATED, Rank.NOT_REGULATED
    return _GRANTS[norm.kind], Rank.PERMITTED, Rank.NOT_REGULATED


def _having(application: Application, norm: Norm, choice: Choice, part: int, value: Truth) -> list[Norm]:
    """Return the exceptions of a norm that hold of a part, or that are open there."""
    parts = len(application.scope(norm))
    return [
        other
        for other in application.exceptions(norm, choice)
        if application.aligned(application.effective(other, choice), parts)[part] is value
    ]
