"""``comity check --ask``: the questions that an answer hangs on, put one at a time, until the verdict and the plan are settled."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from comity.check.checker import Checker
from comity.cli.typed_answers import NotAnswered, value_of
from comity.flow.problems import DescriptionError

__all__ = ["ask_on", "completed_text"]

Json = dict[str, Any]

_SETTLED = ("verdict", "plan")  # the tiers on which an answer hangs
_END = (".", "q", "quit", "退出")
_WORDS = {
    "en": {
        "how": "Enter leaves a question open, . ends, none says that there is none.",
        "why": "why: ",
        "more": "{number} more codes",
        "open": "{verdict} · {number} open",
        "settled": "Nothing is open any more on which the verdict or the plan hangs.",
        "verdict": "verdict",
        "plan": "plan",
        "totals": "the entry counts {counted}",
        "types": {
            "boolean": "y or n",
            "code": "one number or code",
            "codes": "numbers or codes, with commas",
            "place": "a code such as DE or US-CA",
            "places": "codes such as DE, US-CA, with commas",
            "count": "a number, or 1000-5000, >1000, <5000",
            "number": "a number, or 1-5, >1, <5",
            "percent": "a number, or 1-5, >1, <5",
            "date": "YYYY-MM-DD",
            "object": "+ to describe it, or JSON",
            "objects": "+ to describe one, or JSON",
            "party": "+ to describe it, the id of a party, or JSON",
            "parties": "+ to describe one, or JSON",
        },
    },
    "zh": {
        "how": "直接回车表示不清楚，输入 . 结束，输入“无”表示没有。",
        "why": "原因：",
        "more": "另有 {number} 个代码",
        "open": "{verdict} · 尚有 {number} 项待答",
        "settled": "结论与方案所系事实均已说明。",
        "verdict": "结论",
        "plan": "方案",
        "totals": "该项统计 {counted}",
        "types": {
            "boolean": "是 或 否",
            "code": "一个序号或代码",
            "codes": "序号或代码，以逗号分隔",
            "place": "代码，如 DE 或 US-CA",
            "places": "代码，如 DE, US-CA，以逗号分隔",
            "count": "数字，或 1000-5000、>1000、<5000",
            "number": "数字，或 1-5、>1、<5",
            "percent": "数字，或 1-5、>1、<5",
            "date": "YYYY-MM-DD",
            "object": "输入 + 逐项填写，或输入 JSON",
            "objects": "输入 + 逐项填写，或输入 JSON",
            "party": "输入 + 逐项填写、主体 id，或输入 JSON",
            "parties": "输入 + 逐项填写，或输入 JSON",
        },
    },
}


class _Ended(Exception):
    """Whoever is asked ends the talk."""


def ask_on(checker: Checker, description: Json, console: Console, language: str, told: Callable[[str], str]) -> Json:
    """Put questions on a description until nothing is open on which its verdict or plan hangs, or the person ends; return it completed.

    ``told`` says a verdict in the language. Raises :class:`DescriptionError` for a description that cannot be read.
    """
    words = _WORDS[language]
    console.print(Text(str(words["how"]), "dim"))
    put: set[tuple[str, str]] = set()  # questions that were put; none is put twice
    left = False
    while True:
        asked = [q for q in checker.questions(description) if q["tier"] in _SETTLED and (q["pointer"], q["fact"]) not in put]
        verdict = told(checker.check(description, detail="summary", plan=False)["verdict"])
        if not asked:
            if not left:
                console.print(Text(str(words["settled"]), "green"))
            return description
        console.print(Text(str(words["open"]).format(verdict=verdict, number=len(asked)), "bold"))
        question = asked[0]
        try:
            completed = _answered(checker, description, question, console, language)
        except _Ended:
            return description
        put.add((question["pointer"], question["fact"]))
        description, left = completed or description, left or completed is None


def _answered(checker: Checker, description: Json, question: Json, console: Console, language: str) -> Json | None:
    """Return the description with the answer to a question; nothing where the question is left open."""
    for line in _shown(question, language):
        console.print(line)
    while True:
        try:
            value = value_of(checker.schema, question, _line, language)
            if value is None:
                return None
            completed = _put(description, question, value)
            checker.read(completed)
            return completed
        except NotAnswered as fault:
            console.print(Text(str(fault), "red"))
        except DescriptionError as fault:
            console.print(Text(fault.problems[0]["message"][language], "red"))


def _line(prompt: str) -> str:
    try:
        line: str = typer.prompt(prompt, default="", show_default=False, prompt_suffix=" > ").strip()
    except typer.Abort:  # the end of the input, or an interrupt
        raise _Ended from None
    if line in _END:
        raise _Ended
    return line


def _shown(question: Json, language: str) -> Iterator[Text]:
    words, form = _WORDS[language], question["form"]
    yield Text.assemble((f"\n[{words[question['tier']]}] ", "cyan"), (question["question"][language], "bold"), f"  {question['pointer']}")
    yield Text(f"  {words['why']}{question['why'][language]}", "dim")
    if (
        question["fact"] != question["pointer"].rpartition("/")[2]
        and isinstance(form["value"], list)
        and isinstance(form["value"][0], dict)
    ):
        counted = ", ".join(form["value"][0].get("counted", ()))
        yield Text("  " + str(words["totals"]).format(counted=counted), "dim")
    for number, code in enumerate(form.get("codes", ()), start=1):
        yield Text(f"  {number:>2}  {code['label'][language]}  ({code['code']})")
    if "more" in form:
        yield Text("      " + str(words["more"]).format(number=form["more"]), "dim")
    types: Any = words["types"]
    if form["type"] in types:
        yield Text(f"  {types[form['type']]}", "dim")


def _put(description: Json, question: Json, value: Any) -> Json:
    """Return the description with a value at the pointer of a question; what is asked for a list that stands there is added to it."""
    completed = copy.deepcopy(description)
    *path, last = question["pointer"].split("/")[1:]
    holder: Any = completed
    for step in path:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if isinstance(holder, list):
        holder[int(last)] = value
    elif question["form"]["type"] in ("objects", "parties") and isinstance(holder.get(last), list) and isinstance(value, list):
        holder[last] = [*holder[last], *value]
    else:
        holder[last] = value
    return completed


def completed_text(description: Json) -> str:
    """Return a description as a file holds it."""
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"
