"""The brief parts of an answer: each law's verdict with the norms that decide it, what stands around the flow, what is unsettled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.law.judgement import Rank, Ruling
from comity.law.norm import Norm
from comity.law.outcome import Outcome
from comity.law.verdict import at_worst, deciding, of_the_flow

__all__ = ["MOST_DECIDING", "around", "contested", "coverage", "instruments"]

Json = dict[str, Any]

MOST_DECIDING = 4
"""How many of the norms that decide a verdict are named for each law; ``more`` counts the others."""


def instruments(outcome: Outcome, whole: bool) -> list[Json]:
    """Return the verdict of each law with the norms that decide it; the *whole* also has laws that leave the flow alone."""
    return [_instrument(outcome, iri, verdict) for iri, verdict in outcome.verdicts.items() if whole or verdict != "not-regulated"]


def _instrument(outcome: Outcome, iri: str, verdict: str) -> Json:
    data = outcome.application.program.data["instruments"][iri]
    rulings = of_the_flow(outcome.by_instrument[iri])
    shown: Json = {
        "instrument": iri,
        "title": data["label"],
        "jurisdiction": data["jurisdiction"],
        "verdict": verdict,
        "asDescribed": outcome.described[iri],
    }
    if verdict == "needs-information":
        shown["atWorst"] = at_worst(rulings)
    decided = _once(deciding(rulings))
    shown["deciding"] = [{"norm": norm.id, "status": status} for norm, status in decided[:MOST_DECIDING]]
    if len(decided) > MOST_DECIDING:
        shown["more"] = len(decided) - MOST_DECIDING
    return shown


def around(outcome: Outcome) -> list[Json]:
    """Return the duties that stand around the flow and are not shown to be met; they make no verdict worse."""
    standing = [r for r in outcome.rulings if r.norm.governs == "around" and r.rank > Rank.PERMITTED]
    return [{"norm": norm.id, "status": status} for norm, status in _once(standing)]


def contested(outcome: Outcome, taken: Mapping[str, str]) -> list[Json]:
    """Return the unsettled questions on which what a norm says of the flow depends, with what each position leads to.

    ``taken`` are the positions that whoever asks takes; the answer holds under them, and these entries say what another would change.
    """
    data = outcome.application.program.data
    found: dict[str, Json] = {}
    for ruling in of_the_flow(outcome.rulings):
        for position, status in ruling.positions.items():
            question = next(q for q, text in data["questions"].items() if position in text["positions"])
            entry = found.setdefault(question, {"question": question, "label": data["questions"][question]["label"], "positions": {}})
            if question in taken:
                entry["taken"] = taken[question]
            shown = entry["positions"].setdefault(position, {"label": data["positions"][position]["label"], "norms": {}})
            shown["norms"][ruling.norm.id] = status
    return list(found.values())


def coverage(outcome: Outcome) -> list[Json]:
    """Return the places of the flow whose law the graph does not hold in full."""
    labels = outcome.application.program.data["placeLabels"]
    return [
        {"place": told.place, "label": labels.get(told.code, {}), "roles": told.roles, "subjects": told.subjects}
        for told in outcome.coverage.places
    ]


def _once(rulings: list[Ruling]) -> list[tuple[Norm, str]]:
    """Return the norms of rulings with their statuses, each once though several parts of the data share it."""
    return list({(ruling.norm.number, ruling.status): (ruling.norm, ruling.status) for ruling in rulings}.values())
