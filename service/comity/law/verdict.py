"""The verdict: of the rulings of an instrument, and over all instruments."""

from __future__ import annotations

from collections.abc import Iterable

from comity.law.judgement import Rank, Ruling
from comity.law.norm import VERDICTS

__all__ = ["RANKS", "at_worst", "fold", "overall"]

_NAMES = {
    Rank.PROHIBITED: "prohibited",
    Rank.CONTESTED: "contested",
    Rank.CONDITIONAL: "conditional",
    Rank.PERMITTED: "permitted",
    Rank.NOT_REGULATED: "not-regulated",
}
RANKS = {name: rank for rank, name in _NAMES.items()}
"""How grave each verdict of an instrument is, but for ``needs-information``, which is as grave as what it leaves open."""


def fold(rulings: Iterable[Ruling]) -> str:
    """Return the verdict of an instrument: the gravest outcome, unless an open scope could make it worse."""
    gravest = potential = Rank.NOT_REGULATED
    for ruling in rulings:
        gravest = max(gravest, ruling.rank)
        potential = max(potential, ruling.potential)
    return "needs-information" if potential > gravest else _NAMES[gravest]


def at_worst(rulings: Iterable[Ruling]) -> str:
    """Return the gravest verdict of an instrument that its open facts leave possible."""
    return _NAMES[max((max(ruling.rank, ruling.potential) for ruling in rulings), default=Rank.NOT_REGULATED)]


def overall(verdicts: Iterable[str], conflicts: bool) -> str:
    """Return the verdict over all instruments: the first of :data:`comity.law.norm.VERDICTS` that holds of one."""
    held = set(verdicts)
    if conflicts:
        held.add("conflict")
    return next((name for name in VERDICTS if name in held), "not-regulated")
