"""``comity freshness`` in a terminal: ages of readings, what is coming, what is announced, what was read longest ago."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["show_freshness"]

Json = dict[str, Any]

_WORDS = {
    "en": {
        "head": "How fresh the graph is on {day}",
        "read": "Last read in a text",
        "norms": "Norms",
        "recognitions": "Recognitions",
        "under": "under {under} months before",
        "between": "{least} to {under} months before",
        "over": "{least} months before or more",
        "never": "no day recorded",
        "second": "Second readings: {current} of {total} norms; {stale} changed since.",
        "coming": "Coming, up to {end}",
        "begins": "begins",
        "ends": "ends",
        "nothing": "nothing",
        "announced": "Announced, not in force",
        "made": "made {day}",
        "from": "from {day}",
        "oldest": "Least fresh ({n} of {total})",
        "member": "{member} in {body}",
    },
    "zh": {
        "head": "图谱时效（{day}）",
        "read": "最近一次对照文本",
        "norms": "规范",
        "recognitions": "认可",
        "under": "不足 {under} 个月前",
        "between": "{least} 至 {under} 个月前",
        "over": "{least} 个月以前",
        "never": "未记录日期",
        "second": "第二人复核：共 {total} 项规范，已复核 {current} 项，其后有改动 {stale} 项。",
        "coming": "即将变化（截至 {end}）",
        "begins": "开始",
        "ends": "终止",
        "nothing": "无",
        "announced": "已公布或者提出，尚未生效",
        "made": "{day} 作出",
        "from": "自 {day} 起",
        "oldest": "最久未核对（{n}/{total}）",
        "member": "{member}（{body}）",
    },
}


def show_freshness(found: Json, lang: str, console: Console, most: int) -> None:
    """Print the freshness of a graph; of the norms the ``most`` least fresh."""
    words, readings = _WORDS[lang], found["readings"]
    console.print(Text(words["head"].format(day=found["asOf"]), "bold"))
    table = Table()
    for column in ("read", "norms", "recognitions"):
        table.add_column(words[column], justify="left" if column == "read" else "right")
    for norms, recognitions in zip(readings["byAge"], readings["recognitions"]["byAge"], strict=True):
        table.add_row(_age(norms, words), str(norms["number"]), str(recognitions["number"]))
    console.print(table)
    console.print(Text(words["second"].format(total=readings["total"], **readings["second"])))
    _list(console, words["coming"].format(end=found["until"]), [_coming(each, words, lang) for each in found["coming"]], words)
    _list(console, words["announced"], [_announced(each, words, lang) for each in found["announced"]], words)
    oldest = readings["norms"][:most]
    lines = [
        Text.assemble(
            (f"{each.get('readOn', words['never'])}  ", "dim"), (each.get("identifier", each["id"]), "bold"), f"  {_name(each, lang)}"
        )
        for each in oldest
    ]
    _list(console, words["oldest"].format(n=len(oldest), total=readings["total"]), lines, words)


def _list(console: Console, head: str, lines: list[Text], words: dict[str, str]) -> None:
    console.print(Text(f"\n{head}", "bold"))
    for line in lines or [Text(words["nothing"], "dim")]:
        console.print(line, soft_wrap=True)


def _coming(each: Json, words: dict[str, str], lang: str) -> Text:
    name = _name(each, lang)
    if each["what"] == "memberships":
        sides = {side: (each.get(f"{side}Label") or {}).get(lang, each.get(side, "")) for side in ("member", "body")}
        name = words["member"].format(**sides)
    style = "green" if each["event"] == "begins" else "yellow"
    key = str(each.get("identifier", each.get("id", "")))
    return Text.assemble((f"{each['on']:<10}  ", "dim"), (words[each["event"]], style), "  ", (key, "bold"), f"  {name}")


def _announced(each: Json, words: dict[str, str], lang: str) -> Text:
    days = [words[word].format(day=each[key]) for word, key in (("made", "made"), ("from", "inForceFrom")) if key in each]
    return Text.assemble((str(each.get("identifier", each["id"])), "bold"), f"  {_name(each, lang)}", (f"  {', '.join(days)}", "dim"))


def _age(group: Json, words: dict[str, str]) -> str:
    if "never" in group:
        return words["never"]
    least, under = group["fromMonths"], group["underMonths"]
    return words["over" if under is None else "between" if least else "under"].format(least=least, under=under)


def _name(each: Json, lang: str) -> str:
    label = each.get("label") or each.get("title") or {}
    return str(label.get(lang, ""))
