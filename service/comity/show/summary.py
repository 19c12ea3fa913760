"""The brief answer to a check, as a person reads it in a terminal: the verdict, what to do, what collides, what is still to be told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comity.terminal import badge, coverage_lines, told

__all__ = ["print_summary", "print_timeline", "print_variants"]

Json = dict[str, Any]

_MOST_CITED = 2  # provisions that a step cites with their pages; the others are counted
_MOST_NAMED = 4
_MOST_WAYS = 4  # ways out of a conflict; its page has them all
_WORDS = {
    "en": {
        "unlawful": "unlawful as described",
        "undecided": "not decided as described",
        "lawful": "lawful as described",
        "do": "To do",
        "confirm": "To confirm: nothing was said of these duties",
        "ways": "And one of these ways",
        "instead": "Or leave the situation",
        "stopped": "Nothing the parties do can change",
        "conflicts": "Laws that pull in two directions",
        "possible": "Laws that may pull in two directions: the facts at the arrows decide",
        "latent": "Latent: what would collide if a demand came (no part of the verdict)",
        "untried": "{n} demands not tried: the description is too large",
        "missing": "Still to be told",
        "contested": "Unsettled",
        "assumed": "Read as none, since nothing was said",
        "around": "Duties that stand whatever this flow does",
        "more": "and {n} more",
        "ordinary": "",
        "exceptional": " (exceptional)",
        "discretionary": " (may be refused)",
        "before": "before the flow",
        "at": "while it lasts",
        "after": "afterwards",
        "recurring": "again and again",
        "leg": "leg {n}",
        "deadline": "within {n} {unit}, counted from: {event}",
        "leadTime": "the authority may take {n} {unit}",
        "avoidable": "it can be avoided",
        "curable": "it may be resolved",
        "disputed": "it is disputed whether they collide",
        "hard": "no way is left",
        "unresolved": "no way out is held here",
        "variant": "Variant",
        "verdict": "Verdict",
        "described": "As described",
        "toDo": "To do or confirm",
        "colon": ": ",
        "stop": "; ",
        "comma": ", ",
        "details": "-v shows what each norm says and why, -vv all that was looked at.",
    },
    "zh": {
        "unlawful": "按所述不合法",
        "undecided": "按所述尚不能确定",
        "lawful": "按所述合法",
        "do": "须办理",
        "confirm": "须确认（所述事实未涉及的义务）",
        "ways": "并选择下列途径之一",
        "instead": "或者改变情形",
        "stopped": "当事人无法改变",
        "conflicts": "相互抵触的法律",
        "possible": "可能相互抵触的法律（箭头所列事实决定）",
        "latent": "潜在：如有调取要求即会抵触（不影响结论）",
        "untried": "描述过大，有{n}种要求未作测试",
        "missing": "尚需说明",
        "contested": "尚无定论",
        "assumed": "未说明而视为无",
        "around": "不论该流动如何均存在的义务",
        "more": "另有{n}项",
        "ordinary": "",
        "exceptional": "（例外途径）",
        "discretionary": "（可能不获准）",
        "before": "流动之前",
        "at": "流动期间",
        "after": "事后",
        "recurring": "持续或定期",
        "leg": "环节{n}",
        "deadline": "自{event}起{n}{unit}内",
        "leadTime": "机关办理时限{n}{unit}",
        "avoidable": "可以避免",
        "curable": "可以化解",
        "disputed": "是否抵触存在争议",
        "hard": "已无途径",
        "unresolved": "本图未载有化解途径",
        "variant": "变体",
        "verdict": "结论",
        "described": "按所述",
        "toDo": "须办理或确认",
        "colon": "：",
        "stop": "；",
        "comma": "、",
        "details": "-v 显示各项规范的结论与理由，-vv 显示全部内容。",
    },
}


def print_summary(answer: Json, console: Console, language: str) -> None:
    """Print the brief part of an answer, of one flow or of a route, in English (``en``) or Chinese (``zh``)."""
    _Summary(answer, console, language).print()


def print_variants(answer: Json, console: Console, language: str) -> None:
    """Print the table of the variants of one description."""
    words = _WORDS[language]
    table = Table(box=None, pad_edge=False)
    for name in ("variant", "verdict", "described", "toDo"):
        table.add_column(words[name], overflow="fold")
    for row in answer["variants"]:
        norms = [each["norm"] for each in [*row["toDo"], *row["toConfirm"]]]
        table.add_row(row["name"], Text(*badge(row["verdict"], language)), words[row["asDescribed"]], words["comma"].join(norms))
    console.print(table)


def print_timeline(found: Json, console: Console, language: str) -> None:
    """Print the days on which an answer changes."""
    words = _WORDS[language]
    start = found["start"]
    console.print(Text.assemble(f"{start['on']}  ", badge(start["verdict"], language), f"  {words[start['asDescribed']]}"))
    for change in found["changes"]:
        console.print(Text.assemble(f"{change['on']}  ", badge(change["verdict"], language), f"  {words[change['asDescribed']]}"))
        for law in change["instruments"]:
            moved = f"{told(law['from'], language)} → {told(law['to'], language)}"
            console.print(Text(f"            {law['title'][language]}{words['colon']}{moved}", "dim"), soft_wrap=True)


class _Summary:
    def __init__(self, answer: Json, console: Console, language: str) -> None:
        self._answer, self._console, self._lang, self._words = answer, console, language, _WORDS[language]
        self._norms = answer.get("norms", {})
        self._step = 0

    def print(self) -> None:
        answer = self._answer
        legs = answer.get("legs", [answer])
        self._line(Text.assemble(badge(answer["verdict"], self._lang), "  ", (self._words[answer["asDescribed"]], "bold")))
        for number, leg in enumerate(legs):
            if len(legs) > 1:
                self._line(Text.assemble((self._words["leg"].format(n=number + 1), "bold"), "  ", badge(leg["verdict"], self._lang)))
            self._prose(leg["headline"][self._lang], 0)
            self._laws(leg)
        self._plan(answer.get("plan", {}), answer.get("stopped", []))
        for leg in legs:
            self._rest(leg)
        graph = answer["graph"]
        self._line(Text(f"{answer['asOf']} · {graph['version']} · {graph['digest'][:19]} · {self._words['details']}", "dim"))

    def _laws(self, leg: Json) -> None:
        for law in leg["instruments"]:
            decided = law["deciding"][:_MOST_NAMED]
            rest = len(law["deciding"]) - len(decided) + law.get("more", 0)
            names = [f"{each['norm']} {told(each['status'], self._lang)}" for each in decided]
            names += [self._words["more"].format(n=rest)] if rest else []
            place = "/".join(law["jurisdiction"])
            title = f"{place:<3} {law['title'][self._lang]}"
            self._line(Text.assemble(badge(law["verdict"], self._lang), " ", title, (f"  {self._words['comma'].join(names)}", "dim")))

    def _plan(self, plan: Json, stopped: list[Json]) -> None:
        for name in ("do", "confirm"):
            self._steps(self._words[name], plan.get(name, []), 0)
        if plan.get("oneOf"):
            self._heading(self._words["ways"])
            for letter, way in zip("abcdefghijklmnopqrstuvwxyz", plan["oneOf"], strict=False):
                self._way(letter, way)
        if plan.get("instead"):
            self._heading(self._words["instead"])
            for way in plan["instead"]:
                self._prose(f"– {way['way'][self._lang]}", 1)
        if stopped:
            self._heading(self._words["stopped"], "bold red")
            for entry in stopped:
                label = entry["label"][self._lang]
                why = entry["reason"][self._lang] if "reason" in entry else ""
                self._prose(f"{entry['norm']} {label}{self._words['stop'] if why else ''}{why}", 1)

    def _way(self, letter: str, way: Json) -> None:
        begun = self._step
        self._line(Text.assemble(f"  {letter}) ", (way["way"][self._lang], "bold"), self._words[way["resort"]]))
        for name in ("do", "confirm"):
            for step in way.get(name, ()):
                self._one(step, 2)
        for fact in way.get("stillToTell", ()):
            self._prose(f"? {fact['question'][self._lang]}", 2, "yellow")
        self._step = begun  # the ways are alternatives, so each goes on from the common steps

    def _steps(self, heading: str, steps: list[Json], level: int) -> None:
        if steps:
            self._heading(heading)
            for step in steps:
                self._one(step, level + 1)

    def _one(self, step: Json, level: int) -> None:
        self._step += 1
        who = step.get("who", {}).get(self._lang, "")
        about = [who, self._words.get(step.get("timing", ""), "")]
        about += [self._limit(name, step[name]) for name in ("deadline", "leadTime") if name in step]
        if "leg" in step:
            about.append(self._words["leg"].format(n=step["leg"] + 1))
        told_of = self._words["comma"].join(part for part in about if part)
        self._prose(f"{self._step}. {step['act'][self._lang]} — {told_of}", level)
        cited = [self._norms[name] for name in step["cures"] if name in self._norms]
        provisions = list({norm["provision"][self._lang]: norm["url"] or "" for norm in cited}.items())
        shown = [f"{label} {page}".rstrip() for label, page in provisions[:_MOST_CITED]]
        if len(provisions) > _MOST_CITED:
            shown.append(self._words["more"].format(n=len(provisions) - _MOST_CITED))
        self._line(Text("   " + self._words["stop"].join(shown), "dim"), level)

    def _limit(self, name: str, limit: Json) -> str:
        unit, event = limit["unitLabel"][self._lang], limit["runsFrom"].get(self._lang, "")
        return self._words[name].format(n=limit["length"], unit=unit, event=event)

    def _rest(self, leg: Json) -> None:
        self._collide(leg)
        if leg["missing"]:
            self._heading(self._words["missing"], "bold yellow")
            for fact in leg["missing"][:10]:
                self._prose(f"{fact['question'].get(self._lang, fact['fact'])}  {fact['pointer']}", 1)
            if more := len(leg["missing"][10:]) + leg.get("missingMore", 0):
                self._prose(self._words["more"].format(n=more), 1, "dim")
        for line in coverage_lines(leg, self._lang):
            self._console.print(line)
        self._named(self._words["contested"], (entry["label"][self._lang] for entry in leg["contested"]))
        self._named(self._words["assumed"], dict.fromkeys(entry["label"][self._lang] for entry in leg["assumed"]))
        self._named(self._words["around"], (entry["norm"] for entry in leg["around"]))

    def _way_out(self, way: Json) -> str:
        """A way out of a conflict: what is done, by whom, by when."""
        about = [way.get("actor", {}).get(self._lang, "")]
        about += [self._limit("deadline", way["deadline"])] if "deadline" in way else []
        return " — ".join(part for part in (way["label"][self._lang], self._words["comma"].join(part for part in about if part)) if part)

    def _collide(self, leg: Json) -> None:
        """What collides, what may collide and hangs on facts, and what would collide if a demand came: each under a heading of its own."""
        for name, possible in (("conflicts", False), ("possible", True)):
            found = [conflict for conflict in leg["conflicts"] if conflict["possible"] is possible]
            if found:
                self._heading(self._words[name], "bold dark_orange3")
            for conflict in found:
                self._sentence(conflict)
                for pointer in conflict.get("settledBy", ()):
                    self._prose(f"→ {pointer}", 2, "yellow")
                self._prose(f"{conflict['why'][self._lang]} ({self._words[conflict['grade']]})", 2)
                for way in [way for way in conflict["reconciledBy"] if way["open"]][:_MOST_WAYS]:
                    self._prose(f"→ {self._way_out(way)}", 2, "dim")
        if leg.get("latent") or leg.get("latentUntried"):
            self._heading(self._words["latent"], "bold")
            for conflict in leg["latent"]:
                self._sentence(conflict)
            if more := leg.get("latentMore"):
                self._prose(self._words["more"].format(n=more), 1, "dim")
            if untried := leg.get("latentUntried"):
                self._prose(self._words["untried"].format(n=untried), 1, "dim")

    def _sentence(self, conflict: Json) -> None:
        self._prose(conflict["sentence"][self._lang] if "sentence" in conflict else " × ".join(n["norm"] for n in conflict["norms"]), 1)

    def _named(self, heading: str, names: Iterable[str]) -> None:
        """A dim line that names a few things and counts the others."""
        listed = list(names)
        if listed:
            rest = [self._words["more"].format(n=len(listed) - 8)] if len(listed) > 8 else []
            self._prose(heading + self._words["colon"] + self._words["comma"].join([*listed[:8], *rest]), 0, "dim")

    def _heading(self, text: str, style: str = "bold") -> None:
        self._line(Text(text, style))

    def _line(self, text: Text, level: int = 0) -> None:
        """A line that is never broken, so that addresses can be copied."""
        self._console.print(Text.assemble("  " * level, text), soft_wrap=True, highlight=False)

    def _prose(self, text: str, level: int, style: str = "") -> None:
        self._console.print(Padding(Text(text, style), (0, 0, 0, 2 * level)), highlight=False)
