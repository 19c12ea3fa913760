"""The verdict: of the rulings of an instrument, and over all instruments. It is folded over the norms that govern the flow."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from comity.law.judgement import Rank, Ruling
from comity.law.norm import DUTIES, VERDICTS

__all__ = [
    "DESCRIBED",
    "RANKS",
    "as_described",
    "as_known",
    "at_worst",
    "deciding",
    "fold",
    "gravest_described",
    "of_the_flow",
    "overall",
    "settled",
]

_NAMES = {
    Rank.PROHIBITED: "prohibited",
    Rank.CONTESTED: "contested",
    Rank.CONDITIONAL: "conditional",
    Rank.PERMITTED: "permitted",
    Rank.NOT_REGULATED: "not-regulated",
}
RANKS = {name: rank for rank, name in _NAMES.items()}
"""How grave each verdict of an instrument is, but for ``needs-information``, which is as grave as what it leaves open."""

DESCRIBED = ("unlawful", "undecided", "lawful")
"""What a flow is as it is described, the gravest first."""


def of_the_flow(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the rulings that decide about the flow: those on norms that govern it, and on powers that an authority has over it.

    The other norms bind organisations or authorities whatever this flow does.
    """
    return [r for r in rulings if r.norm.governs == "flow" or (r.norm.governs == "authority" and r.norm.kind not in DUTIES)]


def fold(rulings: Iterable[Ruling]) -> str:
    """Return the verdict of an instrument: the gravest outcome, unless an open scope could make it worse."""
    gravest = potential = Rank.NOT_REGULATED
    for ruling in rulings:
        gravest = max(gravest, ruling.rank)
        potential = max(potential, ruling.potential)
    return "needs-information" if potential > gravest else _NAMES[gravest]


def as_known(rulings: Iterable[Ruling]) -> str:
    """Return the gravest outcome that stands already, whatever is open."""
    return _NAMES[max((ruling.rank for ruling in rulings), default=Rank.NOT_REGULATED)]


def at_worst(rulings: Iterable[Ruling]) -> str:
    """Return the gravest verdict of an instrument that its open facts leave possible."""
    return _NAMES[max((max(ruling.rank, ruling.potential) for ruling in rulings), default=Rank.NOT_REGULATED)]


def settled(rulings: Collection[Ruling]) -> bool:
    """Say whether no open fact can make the verdict over rulings of several laws graver than what already stands."""
    gravest = max((ruling.rank for ruling in rulings), default=Rank.NOT_REGULATED)
    return all(ruling.potential <= gravest for ruling in rulings)


def deciding(rulings: Collection[Ruling]) -> list[Ruling]:
    """Return the rulings for which the verdict of their instrument is what :func:`fold` says."""
    gravest = max((ruling.rank for ruling in rulings), default=Rank.NOT_REGULATED)
    graver = [ruling for ruling in rulings if ruling.potential > gravest]
    return graver or [ruling for ruling in rulings if ruling.rank == gravest > Rank.NOT_REGULATED]


def as_described(rulings: Iterable[Ruling]) -> str:
    """Say what the flow is as described under an instrument.

    ``unlawful`` where a ban stands or a demand is stated not to be met, ``undecided`` where that hangs on what is not told or is
    unsettled law, else ``lawful``.
    """
    return gravest_described(_described(ruling) for ruling in rulings)


def _described(ruling: Ruling) -> str:
    if ruling.norm.kind in DUTIES and ruling.status in ("prohibited", "unmet"):
        return "unlawful"
    return "undecided" if max(ruling.rank, ruling.potential) > Rank.PERMITTED else "lawful"


def gravest_described(found: Iterable[str]) -> str:
    """Return the gravest of :data:`DESCRIBED` that occurs."""
    held = set(found)
    return next((word for word in DESCRIBED if word in held), "lawful")


def overall(verdicts: Iterable[str], conflicts: bool, uncovered: bool = False) -> str:
    """Return the verdict over all instruments: the first of :data:`comity.law.norm.VERDICTS` that holds of one.

    ``uncovered`` says that the graph holds nothing of a law that decides (`comity.law.coverage`): silence is no permission.
    """
    held = set(verdicts)
    if uncovered:
        held.add("not-covered")
    if conflicts:
        held.add("conflict")
    return next((name for name in VERDICTS if name in held), "not-regulated")
