"""The brief parts of an answer: each law's verdict with the norms that decide it, what stands around the flow, what is unsettled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.law.judgement import Rank, Ruling
from comity.law.norm import VERDICTS, Norm
from comity.law.outcome import Outcome
from comity.law.verdict import at_worst, deciding, of_the_flow

__all__ = [
    "MOST_AROUND", "MOST_ASSUMED", "MOST_CONFLICTS", "MOST_DECIDING", "MOST_INSTRUMENTS",
    "around", "contested", "coverage", "first_of", "instruments",
]  # fmt: skip

Json = dict[str, Any]

MOST_DECIDING = 2
"""How many of the norms that decide a verdict are named for each law; ``more`` counts the others."""

MOST_INSTRUMENTS = 8
"""How many laws a summary tells of; ``instrumentsMore`` counts the others."""

MOST_AROUND = 3
"""How many duties around the flow a summary names; ``aroundMore`` counts the others."""

MOST_CONFLICTS = 4
"""How many pairs of laws that collide a summary tells of; ``conflictsMore`` counts the others."""

MOST_ASSUMED = 3
"""How many assumptions that matter a summary tells of; ``assumedMore`` counts the others."""


def instruments(outcome: Outcome, whole: bool) -> Json:
    """Return the verdict of each law with the norms that decide it; the *whole* also has laws that leave the flow alone.

    Otherwise the laws with the gravest verdicts are told, in the same order, and how many more there are.
    """
    if whole:
        return {"instruments": [_instrument(outcome, iri, verdict) for iri, verdict in outcome.verdicts.items()]}
    told = [(iri, verdict) for iri, verdict in outcome.verdicts.items() if verdict != "not-regulated"]
    gravest = sorted(told, key=lambda each: VERDICTS.index(each[1]))[:MOST_INSTRUMENTS]
    return first_of("instruments", [_instrument(outcome, *each) for each in told if each in gravest], len(told) - len(gravest))


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
    most = MOST_DECIDING
    if verdict == "needs-information":
        shown["atWorst"] = at_worst(rulings)
        most = 1  # what waits is told by the questions
    decided = _once(deciding(rulings))
    shown["deciding"] = [{"norm": norm.id, "status": status} for norm, status in decided[:most]]
    return shown | ({"more": len(decided) - most} if len(decided) > most else {})


def around(outcome: Outcome, most: int | None = None) -> Json:
    """Return the duties that stand around the flow and are not shown to be met, ``most`` of them; they make no verdict worse."""
    standing = _once([r for r in outcome.rulings if r.norm.governs == "around" and r.rank > Rank.PERMITTED])
    shown = [{"norm": norm.id, "status": status} for norm, status in standing[:most]]
    return first_of("around", shown, len(standing) - len(shown))


def first_of(name: str, entries: list[Json], more: int) -> Json:
    """Return a list of an answer by its name, and beside it how many more entries there are."""
    return {name: entries, f"{name}More": more} if more > 0 else {name: entries}


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


def coverage(outcome: Outcome, whole: bool) -> list[Json]:
    """Return the places of the flow whose law the graph does not hold in full; the *whole* says what part each has in the flow."""
    labels = outcome.application.program.data["placeLabels"]
    return [
        {"place": told.place, "label": labels.get(told.code, {}), "subjects": told.subjects} | ({"roles": told.roles} if whole else {})
        for told in outcome.coverage.places
    ]


def _once(rulings: list[Ruling]) -> list[tuple[Norm, str]]:
    """Return the norms of rulings with their statuses, each once though several parts of the data share it."""
    return list({(ruling.norm.number, ruling.status): (ruling.norm, ruling.status) for ruling in rulings}.values())
