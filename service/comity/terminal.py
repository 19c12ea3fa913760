"""The answer as a person reads it in a terminal."""

from __future__ import annotations

from typing import Any

from rich.cells import set_cell_size
from rich.console import Console, Group
from rich.padding import Padding
from rich.text import Text

from comity.law.norm import VERDICTS

__all__ = ["CODES_IN_CHINESE", "badge", "coverage_lines", "print_findings", "print_problems", "told"]

Json = dict[str, Any]
_COLOURS = {
    "prohibited": "bold white on red",
    "conflict": "bold white on dark_orange3",
    "needs-information": "bold black on yellow",
    "contested": "bold white on purple",
    "conditional": "bold black on cyan",
    "not-covered": "bold black on yellow",
    "permitted": "bold white on green",
    "not-regulated": "bold white on grey37",
    "unmet": "bold red",
    "due": "bold cyan",
    "met": "green",
    "exempted": "green",
    "unknown": "yellow",
    "compelled": "bold dark_orange3",
    "protected": "blue",
    "available": "cyan",
    "closed": "dim",
}
_WORDS = {
    "en": {
        "classes": "Classifications",
        "gaps": "not encoded",
        "coverage": "Law that the graph does not hold in full",
        "part": "in part",
        "none": "nothing on",
        "outside": "outside {place}",
        "semicolon": "; ",
        "leg": "leg {number}",
        "colon": ": ",
        "comma": ", ",
        "brackets": "  ({inside})",
        "undecided": "and {number} norms whose scope is open, but which could not make this verdict worse",
    },
    "zh": {
        "classes": "定性",
        "gaps": "未纳入判断",
        "coverage": "图谱未完整收录的法律",
        "part": "部分",
        "none": "未收录",
        "outside": "{place}以外",
        "semicolon": "；",
        "leg": "环节 {number}",
        "colon": "：",
        "comma": "、",
        "brackets": "（{inside}）",
        "undecided": "另有 {number} 项规范的适用范围尚未确定，但不会使该结论更为不利",
    },
}
CODES_IN_CHINESE = {
    "compelled": "强制",
    "available": "可选择",
    "closed": "不可行",
    "contested": "存在争议",
    "due": "应履行",
    "exempted": "被豁免",
    "met": "已满足",
    "permitted": "允许",
    "prohibited": "禁止",
    "protected": "受承诺保护",
    "unknown": "未知",
    "unmet": "未满足",
    "not-applicable": "不适用",
    "conditional": "附条件",
    "conflict": "冲突",
    "needs-information": "需要补充信息",
    "not-covered": "法律未收录",
    "not-regulated": "不受规制",
    "asymmetricRecognition": "不对称承认",
    "compelledVersusForbidden": "强制与禁止",
    "incompatibleDemands": "要求互不相容",
    "localiseVersusDeliver": "本地存储与对外交付",
    "counterMeasure": "反制",
    "localiseVersusLocalise": "本地存储对本地存储",
    "retainVersusErase": "留存对删除",
    "secrecyVersusNotice": "保密对告知",
    "restrictionVersusCommitment": "限制措施与条约承诺",
    "ai": "人工智能",
    "compelled-access": "强制调取与阻断",
    "localisation": "本地存储",
    "sectors": "行业",
    "transfer": "数据传输",
    "whole": "完整",
    "part": "部分",
    "none": "未收录",
    "access": "访问",
    "departure": "起点",
    "destination": "终点",
    "exporter": "提供方所在地",
    "importer": "接收方所在地",
    "incorporation": "设立准据法",
    "people": "个人所在地",
    "seat": "主要营业地",
    "storage": "存放",
}
"""Statuses, verdicts, kinds of conflict, subjects of law, states of coverage and roles of places as the ontology names them in Chinese.

A report in English shows the codes."""
_COLUMN = 11


def print_findings(answer: Json, console: Console, language: str) -> None:
    """Print what each norm says and why, leg by leg, in English (``en``) or Chinese (``zh``), and the legal classes where they are told."""
    words, legs = _WORDS[language], answer.get("legs", [answer])
    for number, leg in enumerate(legs, start=1):
        if len(legs) > 1:
            console.rule(words["leg"].format(number=number))
        console.print(_leg(leg, language))


def _leg(leg: Json, language: str) -> Group:
    words = _WORDS[language]
    lines: list[Any] = []
    for instrument in sorted(leg["instruments"], key=lambda i: VERDICTS.index(i["verdict"])):
        findings = [f for f in leg["findings"] if f["instrument"] == instrument["instrument"]]
        shown = [f for f in findings if f["status"] != "unknown" or instrument["verdict"] == "needs-information"]
        if not shown:
            continue
        lines.append(Text.assemble("\n", badge(instrument["verdict"], language), " ", (instrument["title"].get(language, ""), "bold")))
        lines += [Padding(_finding(finding, language), (0, 0, 0, 2)) for finding in shown]
        if len(shown) < len(findings):
            lines.append(Padding(Text(words["undecided"].format(number=len(findings) - len(shown)), "dim"), (0, 0, 0, 2)))
    held = [c for c in leg.get("classes", ()) if c["holds"]]
    if held:
        lines.append(Text(f"\n{words['classes']}", "bold"))
        lines += [Text(f"  {c['label'].get(language, c['class'])} · {c['on']}") for c in held]
    return Group(*lines)


def coverage_lines(leg: Json, language: str) -> list[Text]:
    """Return the lines that say of which places' law the graph does not hold all."""
    if not leg["coverage"]:
        return []
    return [Text(_WORDS[language]["coverage"], "bold"), *(Text(f"  {_covered(place, language)}") for place in leg["coverage"])]


def _finding(finding: Json, language: str) -> Group:
    words = _WORDS[language]
    status = set_cell_size(told(finding["status"], language), _COLUMN)
    head = Text.assemble(
        (status, _COLOURS.get(finding["status"], "")), f"{finding['norm']}  ", (finding["label"].get(language, ""), "italic")
    )
    lines: list[Any] = [head, Padding(Text(finding["reason"][language]), (0, 0, 0, _COLUMN))]
    for way in finding.get("alternatives", ()):
        lines.append(Padding(Text(f"○ {way['label'].get(language, '')}", "cyan"), (0, 0, 0, _COLUMN)))
    for position in finding.get("positions", ()):
        held = f"§ {position['label'].get(language, '')}{words['colon']}{told(position['status'], language)}"
        lines.append(Padding(Text(held, "magenta"), (0, 0, 0, _COLUMN)))
    if finding.get("leavesOut"):
        lines.append(Padding(Text(f"{words['gaps']}{words['colon']}{finding['leavesOut'].get(language, '')}", "dim"), (0, 0, 0, _COLUMN)))
    if finding["provision"] and finding["provision"][0].get("url"):
        lines.append(Padding(Text(finding["provision"][0]["url"], "dim underline"), (0, 0, 0, _COLUMN)))
    return Group(*lines)


def _covered(place: Json, language: str) -> str:
    """Return a place, its roles where they are told, and the subjects of its law that the graph holds in part or not at all."""
    words = _WORDS[language]
    stated = place["place"]
    name = place["label"].get(language) or (stated if isinstance(stated, str) else stated["outside"])
    if not isinstance(stated, str):
        name = words["outside"].format(place=name)
    roles = words["comma"].join(told(role, language) for role in place.get("roles", ()))
    inside = words["brackets"].format(inside=roles).replace("  ", " ") if roles else ""
    lacking = []
    for state in ("part", "none"):
        if subjects := [told(subject, language) for subject, held in place["subjects"].items() if held == state]:
            lacking.append(f"{words[state]}{words['colon']}{words['comma'].join(subjects)}")
    return f"{name}{inside}{words['colon']}{words['semicolon'].join(lacking)}"


def badge(verdict: str, language: str) -> tuple[str, str]:
    """Return a verdict as a person reads it, with its colours."""
    return f" {told(verdict, language)} ", _COLOURS.get(verdict, "")


def told(code: str, language: str) -> str:
    """Return what a code is called: itself in English, its Chinese label in Chinese."""
    return CODES_IN_CHINESE[code] if language == "zh" else code


def print_problems(problems: list[Any], console: Console, language: str) -> None:
    """Print the faults of a description, each with its place."""
    for fault in problems:
        console.print(Text.assemble((fault["pointer"] or "/", "bold red"), "  ", fault["message"][language]))
