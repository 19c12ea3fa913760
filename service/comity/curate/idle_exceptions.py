"""Exceptions that can never hold together with the norm that they are to lift, as far as their form shows.

HermiT would find more; what is found here shows in every run of ``comity validate``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.law.program_text import NormText, ProgramText
from comity.logic.expression import Expression
from comity.logic.simplify import necessary
from comity.rdf.fault import Fault

__all__ = ["idle_exceptions"]


def idle_exceptions(program: ProgramText) -> Iterator[Fault]:
    """Yield the exceptions whose situation excludes that of their norm, or which are not in force at the same time."""
    norms = {norm["id"]: norm for norm in program["norms"]}
    classes = program["classes_compiled"]
    single = {key for key, entry in program["schema"]["nodes"]["DataFlow"].items() if entry["kind"] == "code"}
    for norm in program["norms"]:
        for other in norm["exceptions"]:
            exception = norms[other]
            if why := _apart_in_time(norm, exception) or _exclude(norm, exception, classes, single):
                yield Fault(
                    "",
                    exception["iri"],
                    f"it can never lift {norm['id']}, since both never hold of one flow: {why[0]}",
                    f"Take c:exceptionTo {norm['id']} out, or correct the situation of one of the two.",
                    f"该例外不可能排除 {norm['id']}，两者不会同时适用于同一流动：{why[1]}",
                    f"删除对 {norm['id']} 的 c:exceptionTo，或者更正其中之一的适用情形。",
                    rule="exception-idle",
                    level="warning",
                )


def _apart_in_time(norm: NormText, other: NormText) -> tuple[str, str] | None:
    ended = any(one["until"] and two["from"] and one["until"] <= two["from"] for one, two in ((norm, other), (other, norm)))
    return ("one ends before the other begins", "一项在另一项开始之前已经失效") if ended else None


def _exclude(norm: NormText, other: NormText, classes: Mapping[str, Expression], single: set[str]) -> tuple[str, str] | None:
    """Return two conditions, one of each situation, that exclude each other, in words."""
    ones, twos = (necessary(["is", each["when"]], classes) for each in (norm, other))
    for one in ones:
        for two in twos:
            if ["not", one] == two or ["not", two] == one:
                told = _told(one if two == ["not", one] else two)
                return f"{told} and its contrary", f"{told} 及其否定"
            if one[0] == two[0] == "has" and one[1] == two[1] and one[1] in single and set(map(str, one[2])).isdisjoint(map(str, two[2])):
                return f"{_told(one)} and {_told(two)}", f"{_told(one)} 与 {_told(two)}"
    return None


def _told(part: Expression) -> str:
    if part[0] == "is":
        return f"c:{part[1]}"
    return f"{part[1]} {', '.join(map(str, part[2]))}" if part[0] == "has" else f"c:{part[1]}" if len(part) > 1 else str(part[0])
