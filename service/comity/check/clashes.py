"""Laws that pull in two directions, as a person reads it: what each of them says to whom, and what reconciles them."""

from __future__ import annotations

from typing import Any

from comity.law.conflicts import Collision
from comity.law.judgement import Ruling
from comity.law.missing import undecided
from comity.law.outcome import Outcome
from comity.law.program import Program
from comity.law.program_text import Words

__all__ = ["clashes"]

Json = dict[str, Any]

_SAYS = {
    "Power": ("lets an authority compel {who} – {what}", "允许机关强制{who}：{what}"),
    "Obligation": ("obliges {who} – {what}", "要求{who}：{what}"),
    "Prohibition": ("forbids {who} – {what}", "禁止{who}：{what}"),
    "Commitment": ("commits States – {what}", "系国家之间的承诺：{what}"),
}
_ALLOWS = ("allows {who} – {what}", "允许{who}：{what}")
_OPEN = (" It collides only if no exception lifts it, which is not told.", "仅在无例外排除时相抵触，所述事实尚不足以判断。")
_ANYBODY = {"en": "the parties", "zh": "当事方"}


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
    entry: Json = {
        "conflict": shown.pair["iri"],
        "kind": shown.pair["kind"],
        "act": shown.pair["act"],
        "possible": sure is None,
        "sentence": _sentence(program, sides, possible=sure is None),
        "norms": [{"norm": ruling.norm.id, "status": ruling.status} for ruling in _rulings(group)],
        "reconciledBy": [program.data["reconciliations"][iri] for iri in dict.fromkeys(w for c in group for w in c.pair["reconciledBy"])],
    }
    if sure is None:
        facts = [fact for ruling in shown.open for fact in undecided(outcome.application, ruling.norm, ruling.part)]
        entry["settledBy"] = list(dict.fromkeys(fact.pointer for fact in facts))
    return entry


def _rulings(group: list[Collision]) -> list[Ruling]:
    """Return the rulings of all pairs, each norm once, those of the first law first."""
    found = {ruling.norm.number: ruling for ruling in (c.first for c in group)}
    return list((found | {ruling.norm.number: ruling for ruling in (c.second for c in group)}).values())


def _sentence(program: Program, sides: list[Ruling], possible: bool) -> Words:
    english, chinese = [], []
    for ruling in sides:
        data = ruling.norm.data
        provision = program.data["provisions"][data["provisions"][0]]["label"]
        says, who = _SAYS.get(ruling.norm.kind, _ALLOWS), data["bearer"] or _ANYBODY
        english.append(f"{provision['en']} {says[0].format(who=who['en'], what=data['label']['en'])}")
        chinese.append(provision["zh"] + says[1].format(who=who["zh"], what=data["label"]["zh"]))
    end = _OPEN if possible else ("", "")
    return {"en": "; ".join(english) + "." + end[0], "zh": "；".join(chinese) + "。" + end[1]}
