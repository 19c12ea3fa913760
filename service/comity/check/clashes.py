"""Laws that pull in two directions, as a person reads it: what each of them says to whom, and what reconciles them."""

from __future__ import annotations

from typing import Any

from comity.check.ways_out import grade, says, steps
from comity.law.application import Application
from comity.law.conflicts import Collision
from comity.law.judgement import Ruling
from comity.law.missing import undecided
from comity.law.outcome import Outcome
from comity.law.program import Program
from comity.law.program_text import ConflictText, Words

__all__ = ["clashes", "ways_out"]

Json = dict[str, Any]

_OPEN = (" It collides only if no exception lifts it, which is not told.", "仅在无例外排除时相抵触，所述事实尚不足以判断。")


def clashes(outcome: Outcome) -> list[Json]:
    """Return one entry for each clash of duties; the variants and versions of a norm stand in it together.

    The sentence says of one norm of each side what it says and where; the norms are identifiers with their statuses.
    """
    program = outcome.application.program
    groups: dict[str, list[Collision]] = {}
    for collision in outcome.collisions:
        groups.setdefault(collision.pair["iri"], []).append(collision)
    return [_clash(outcome, program, group) for group in groups.values()]


def _clash(outcome: Outcome, program: Program, group: list[Collision]) -> Json:
    sure = next((collision for collision in group if not collision.open), None)
    shown = sure or group[0]
    sides = [shown.first, shown.second]
    ways = ways_out(outcome.application, [collision.pair for collision in group])
    entry: Json = {
        "conflict": shown.pair["iri"],
        "kind": shown.pair["kind"],
        "act": shown.pair["act"],
        "possible": sure is None,
        "sentence": _sentence(program, sides, possible=sure is None),
        "norms": [{"norm": ruling.norm.id, "status": ruling.status} for ruling in _rulings(group)],
        "grade": grade(program.data, ways, any(ruling.status == "contested" for ruling in sides)),
        "why": program.data["oppositions"][shown.pair["rule"]],
        "reconciledBy": ways,
    }
    if sure is None:
        facts = [fact for ruling in shown.open for fact in undecided(outcome.application, ruling.norm, ruling.part)]
        entry["settledBy"] = list(dict.fromkeys(fact.pointer for fact in facts))
    return entry


def ways_out(application: Application, pairs: list[ConflictText]) -> list[Json]:
    """Return the ways out of a clash in the order in which they are taken; those that the facts of the leg have ended are not open."""
    program = application.program
    return steps(program.data, pairs, lambda name: program.compiler.named(name)(application.leg, application) is True)


def _rulings(group: list[Collision]) -> list[Ruling]:
    """Return the rulings of all pairs, each norm once, those of the first law first."""
    found = {ruling.norm.number: ruling for ruling in (c.first for c in group)}
    return list((found | {ruling.norm.number: ruling for ruling in (c.second for c in group)}).values())


def _sentence(program: Program, sides: list[Ruling], possible: bool) -> Words:
    said = [says(program.data, ruling.norm.data) for ruling in sides]
    end = _OPEN if possible else ("", "")
    return {
        "en": "; ".join(words["en"] for words in said) + "." + end[0],
        "zh": "；".join(words["zh"] for words in said) + "。" + end[1],
    }
