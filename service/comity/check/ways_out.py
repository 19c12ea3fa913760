"""A conflict in words: what each side says to whom, the ways out in the order in which they are taken, and how hard it is.

The grades are those of ``c:HardnessValue``. As the law stands, a conflict is as hard as the easiest of its ways leaves it. In a case it is
disputed where a side is, and hard where the ways that the graph holds are all at an end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from comity.law.program_text import ConflictText, NormText, ProgramText, Words

__all__ = ["grade", "says", "steps"]

Json = dict[str, Any]

_SAYS = {
    "Power": ("lets an authority compel – {what}", "允许机关强制：{what}"),
    "Obligation": ("obliges {who} – {what}", "要求{who}：{what}"),
    "Prohibition": ("forbids {who} – {what}", "禁止{who}：{what}"),
    "Commitment": ("commits States – {what}", "系国家之间的承诺：{what}"),
}
_ALLOWS = ("allows {who} – {what}", "允许{who}：{what}")
_ANYBODY = {"en": "the parties", "zh": "当事方"}
_HARDER = ("avoidable", "curable")
_LAST = 99  # a means whose kind is not told comes after all others


def says(program: ProgramText, norm: NormText) -> Words:
    """Return what a norm says to whom, and where, as one clause."""
    provision = program["provisions"][norm["provisions"][0]]["label"]
    english, chinese = _SAYS.get(norm["kind"], _ALLOWS)
    who, what = norm["bearer"] or _ANYBODY, norm["label"]
    return {
        "en": f"{provision['en']} {english.format(who=who['en'], what=what['en'])}",
        "zh": provision["zh"] + chinese.format(who=who["zh"], what=what["zh"]),
    }


def steps(program: ProgramText, pairs: Iterable[ConflictText], closed: Callable[[str], bool] = lambda name: False) -> list[Json]:
    """Return the ways out of a clash that both laws offer, in the order in which they are taken.

    ``closed`` says whether the flow lies in the class of flows, given by name, in which a kind of way is at an end.
    """
    found = []
    for path in dict.fromkeys(way for pair in pairs for way in pair["reconciledBy"]):
        way = program["reconciliations"][path]
        kind = program["wayKinds"].get(way["kind"] or "")
        ended = kind is not None and kind["closedWhen"] is not None and closed(kind["closedWhen"])
        told = {key: value for key, value in way.items() if value}
        found.append((_LAST if kind is None else kind["order"], path, {"way": path, **told, "open": not ended}))
    return [entry for _, _, entry in sorted(found, key=lambda step: step[:2])]


def grade(program: ProgramText, ways: list[Json], disputed: bool) -> str:
    """Return how hard a clash is that leaves these ways, of which some may be at an end."""
    if disputed:
        return "disputed"
    kinds = [program["wayKinds"].get(way.get("kind", "")) for way in ways if way["open"]]
    left = {kind["grade"] for kind in kinds if kind is not None}
    for word in _HARDER:
        if word in left:
            return word
    return "hard" if any(not way["open"] for way in ways) else "unresolved"
