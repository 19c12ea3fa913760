"""The summary of a batch as a person reads it in a terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from comity.terminal import badge, told

__all__ = ["show_batch"]

Json = dict[str, Any]

_MOST = 10  # lines of each part; the summary beside the output has more
_WORDS = {
    "en": {
        "flows": "{n} flows, {profiles} profiles, {seconds} s ({rate} flows a second)",
        "notRead": "{n} records were not read",
        "more": "and {n} more",
        "laws": "By law",
        "places": "By place",
        "duties": "Norms that decide most often",
        "steps": "The commonest steps",
        "notHeld": "Law that the graph does not hold in full, by flows that it concerns",
        "changes": "When verdicts change",
        "none": "no verdict changes in this time",
        "unused": "Columns that are not mapped: {names}",
        "lacking": "Columns of the mapping that the table has not: {names}",
        "values": "Words that are not mapped",
        "several": "{column}: {n} rows name several where one stands; each is read as one of these, so write a row for each",
        "nearest": "nearest: ",
        "line": "line {n}",
        "comma": ", ",
        "colon": ": ",
        "outside": "outside {place}",
    },
    "zh": {
        "flows": "{n} 项流动，{profiles} 种情形，{seconds} 秒（每秒 {rate} 项）",
        "notRead": "{n} 条记录未能读取",
        "more": "另有 {n} 项",
        "laws": "按法律",
        "places": "按地域",
        "duties": "最常起决定作用的规范",
        "steps": "最常见的步骤",
        "notHeld": "图谱未完整收录的法律（按所涉流动数）",
        "changes": "结论变更的日期",
        "none": "此期间结论均无变更",
        "unused": "未映射的列：{names}",
        "lacking": "映射中有而表中没有的列：{names}",
        "values": "未映射的词",
        "several": "{column}：{n} 行在只能写一处的位置写了多处，均按其中之一理解；请每处各写一行",
        "nearest": "最接近：",
        "line": "第 {n} 行",
        "comma": "、",
        "colon": "：",
        "outside": "{place}以外",
    },
}


def show_batch(summary: Json, language: str, console: Console) -> None:
    """Print the summary."""
    _Shown(language, console).all(summary)


class _Shown:
    def __init__(self, language: str, console: Console) -> None:
        self._lang, self._console, self._words = language, console, _WORDS[language]

    def all(self, summary: Json) -> None:
        numbers = {"n": f"{summary['records']:,}", "profiles": f"{summary['profiles']:,}"}
        self._line(Text(self._words["flows"].format(**numbers, seconds=summary["seconds"], rate=f"{summary['perSecond']:,}"), "bold"))
        for verdict, number in summary["verdicts"].items():
            self._line(Text.assemble(f"{number:>12,}  ", badge(verdict, self._lang)))
        if summary["notRead"]:
            self._line(Text(self._words["notRead"].format(n=f"{summary['notRead']:,}"), "bold red"))
            for fault in summary["faults"][:_MOST]:
                file = f"{fault['file']}  " if "file" in fault else ""
                self._line(Text(f"  {file}{self._words['line'].format(n=fault['line'])}  {fault.get('problem', '')}"))
        self._counted("laws", [(self._label(law["title"]), law["verdicts"]) for law in summary.get("laws", ())])
        self._counted("places", [(self._label(place["label"]) or place["place"], place["verdicts"]) for place in summary.get("places", ())])
        self._most("duties", [(f"{duty['norm']}  {self._label(duty['label'])}", duty["flows"]) for duty in summary.get("duties", ())])
        self._most("steps", [(self._step(step), step["flows"]) for step in summary.get("steps", ())])
        self._most("notHeld", [(self._lacking(place), place["flows"]) for place in summary.get("notHeld", ())])
        if "changes" in summary:
            self._changes(summary["changes"])
        for report in summary.get("mapping", ()):
            self._mapping(report)

    def _counted(self, part: str, rows: list[tuple[str, dict[str, int]]]) -> None:
        if rows:
            self._line(Text(f"\n{self._words[part]}", "bold"))
        for name, verdicts in rows[:_MOST]:
            numbers = self._words["comma"].join(f"{told(verdict, self._lang)} {number:,}" for verdict, number in verdicts.items())
            self._line(Text.assemble(f"  {name}{self._words['colon']}", (numbers, "cyan")))
        self._rest(len(rows))

    def _most(self, part: str, rows: list[tuple[str, int]]) -> None:
        if rows:
            self._line(Text(f"\n{self._words[part]}", "bold"))
        for name, number in rows[:_MOST]:
            self._line(Text(f"{number:>12,}  {name}"))
        self._rest(len(rows))

    def _changes(self, days: list[Json]) -> None:
        self._line(Text(f"\n{self._words['changes']}", "bold"))
        if not days:
            self._line(Text(f"  {self._words['none']}"))
        for day in days:
            moves = self._words["comma"].join(f"{self._move(move)} {number:,}" for move, number in day["verdicts"].items())
            self._line(Text.assemble((f"  {day['on']}  ", "bold"), f"{day['flows']:,}  ", (moves, "cyan")))
            for law in day["laws"].values():
                moves = self._words["comma"].join(f"{self._move(move)} {number:,}" for move, number in law["moves"].items())
                self._line(Text(f"      {self._label(law['title'])}{self._words['colon']}{moves}", "dim"))

    def _mapping(self, report: Json) -> None:
        self._line(Text(f"\n{report['file']}", "bold"))
        for part, name in (("unused", "columnsNotMapped"), ("lacking", "columnsNotThere")):
            if report.get(name):
                self._line(Text("  " + self._words[part].format(names=self._words["comma"].join(report[name]))))
        for entry in report.get("severalWhereOneStands", ()):
            self._line(Text("  " + self._words["several"].format(column=entry["column"], n=entry["rows"])))
        if report.get("valuesNotMapped"):
            self._line(Text(f"  {self._words['values']}"))
        for entry in report.get("valuesNotMapped", ())[:_MOST]:
            near = f"  ({self._words['nearest']}{self._words['comma'].join(entry['nearest'])})" if entry["nearest"] else ""
            self._line(Text(f"{entry['rows']:>12,}  {entry['column']}{self._words['colon']}{entry['value']}{near}"))
        self._rest(len(report.get("valuesNotMapped", ())))

    def _step(self, step: Json) -> str:
        return self._label(step["act"]) + (f" ({self._label(step['who'])})" if step["who"] else "")

    def _lacking(self, entry: Json) -> str:
        stated = entry["place"]
        name = self._label(entry["label"]) or (stated if isinstance(stated, str) else stated["outside"])
        place = name if isinstance(stated, str) else self._words["outside"].format(place=name)
        subjects = self._words["comma"].join(
            f"{told(subject, self._lang)} {told(state, self._lang)}" for subject, state in entry["subjects"].items()
        )
        return f"{place}{self._words['colon']}{subjects}"

    def _move(self, move: str) -> str:
        return " → ".join(told(verdict, self._lang) for verdict in move.split(" → "))

    def _label(self, words: Json) -> str:
        return str(words.get(self._lang) or words.get("en") or "")

    def _rest(self, number: int) -> None:
        if number > _MOST:
            self._line(Text(f"  {self._words['more'].format(n=number - _MOST)}", "dim"))

    def _line(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)
