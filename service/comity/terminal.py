"""The answer as a person reads it in a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from comity.law.norm import VERDICTS

__all__ = ["print_answer", "print_problems"]

Json = dict[str, Any]
_COLOURS = {
    "prohibited": "bold white on red", "conflict": "bold white on dark_orange3", "needs-information": "bold black on yellow",
    "contested": "bold white on purple", "conditional": "bold black on cyan", "permitted": "bold white on green",
    "not-regulated": "bold white on grey37", "unmet": "bold red", "due": "bold cyan", "met": "green", "exempted": "green",
    "unknown": "yellow", "compelled": "bold dark_orange3", "protected": "blue",
}
_WORDS = {
    "en": {"asks": "To decide, we need to know", "conflicts": "Conflicts", "assumed": "Silence was read as none for",
           "classes": "Classifications", "gaps": "not encoded",
           "undecided": "and {number} norms whose scope is open, but which could not make this verdict worse"},
    "zh": {"asks": "尚需了解", "conflicts": "冲突", "assumed": "未说明而视为无的事项", 
           "classes": "定性", "gaps": "尚未编码",
           "undecided": "另有 {number} 项规范的适用范围尚未确定，但不会使该结论更为不利"},
}


def print_answer(answer: Json, console: Console, language: str) -> None:
    """Print an answer, leg by leg, in English (``en``) or Chinese (``zh``)."""
    legs = answer.get("legs", [answer])
    for number, leg in enumerate(legs, start=1):
        if len(legs) > 1:
            console.rule(f"leg {number}" if language == "en" else f"环节 {number}")
        console.print(_leg(leg, language))
    if len(legs) > 1:
        console.print(Text.assemble("overall: " if language == "en" else "总体：", _badge(answer["verdict"])))
    graph = answer["graph"]
    console.print(Text(f"{answer['asOf']} · graph {graph['version']} {graph['digest'][:19]} · request {answer['request'][:19]}", "dim"))


def _leg(leg: Json, language: str) -> Group:
    words = _WORDS[language]
    lines: list[Any] = [Text.assemble(_badge(leg["verdict"]), "")]
    for instrument in sorted(leg["instruments"], key=lambda i: VERDICTS.index(i["verdict"])):
        findings = [f for f in leg["findings"] if f["instrument"] == instrument["instrument"]]
        told = [f for f in findings if f["status"] != "unknown" or instrument["verdict"] == "needs-information"]
        if not told:
            continue
        lines.append(Text.assemble("\n", _badge(instrument["verdict"]), " ", (instrument["title"].get(language, ""), "bold")))
        lines += [Padding(_finding(finding, language), (0, 0, 0, 2)) for finding in told]
        if len(told) < len(findings):
            lines.append(Padding(Text(words["undecided"].format(number=len(findings) - len(told)), "dim"), (0, 0, 0, 2)))
    held = [c for c in leg["classes"] if c["holds"]]
    if held:
        lines.append(Text(f"\n{words['classes']}", "bold"))
        lines += [Text(f"  {c['label'].get(language, c['class'])} · {c['on']}") for c in held]
    if leg["conflicts"]:
        lines.append(Text(f"\n{words['conflicts']}", "bold dark_orange3"))
        for conflict in leg["conflicts"]:
            sides = "  ⇄  ".join(n["provision"][0]["label"].get(language, n["norm"]) for n in conflict["norms"])
            lines.append(Text(f"  {sides}  ({conflict['kind']})"))
            lines += [Text(f"    → {way['label'].get(language, '')}", "dim") for way in conflict["reconciledBy"]]
    if leg["missing"]:
        lines.append(Text(f"\n{words['asks']}", "bold yellow"))
        lines += [Text(f"  {m['pointer']}  {m['question'].get(language, '')}") for m in leg["missing"]]
    if leg["assumed"]:
        names = dict.fromkeys(a["label"].get(language, a["pointer"]) for a in leg["assumed"])
        lines.append(Text(f"\n{words['assumed']}: " + ", ".join(names), "dim"))
    return Group(*lines)


def _finding(finding: Json, language: str) -> Group:
    words = _WORDS[language]
    head = Text.assemble((f"{finding['status']:<11}", _COLOURS.get(finding["status"], "")), f"{finding['norm']}  ",
                         (finding["label"].get(language, ""), "italic"))
    lines: list[Any] = [head, Padding(Text(finding["reason"][language]), (0, 0, 0, 11))]
    for way in finding.get("alternatives", ()):
        lines.append(Padding(Text(f"○ {way['label'].get(language, '')}", "cyan"), (0, 0, 0, 11)))
    for position in finding.get("positions", ()):
        lines.append(Padding(Text(f"§ {position['label'].get(language, '')}: {position['status']}", "magenta"), (0, 0, 0, 11)))
    if finding.get("leavesOut"):
        lines.append(Padding(Text(f"{words['gaps']}: {finding['leavesOut'].get(language, '')}", "dim"), (0, 0, 0, 11)))
    if finding["provision"] and finding["provision"][0].get("url"):
        lines.append(Padding(Text(finding["provision"][0]["url"], "dim underline"), (0, 0, 0, 11)))
    return Group(*lines)


def _badge(verdict: str) -> tuple[str, str]:
    return f" {verdict} ", _COLOURS.get(verdict, "")


def print_problems(problems: list[Any], console: Console, language: str) -> None:
    """Print the faults of a description, each with its place."""
    for fault in problems:
        console.print(Text.assemble((fault["pointer"] or "/", "bold red"), "  ", fault["message"][language]))
