"""One conflict in a terminal: its two sides, why both cannot be followed, how hard that is, and the ways out as steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from comity.web.words import words

__all__ = ["show_conflict"]

Json = dict[str, Any]
_GRADES = {
    "avoidable": {"en": "it can be avoided", "zh": "可以避免"},
    "curable": {"en": "it may be resolved", "zh": "可以化解"},
    "disputed": {"en": "it is disputed whether they collide", "zh": "是否抵触存在争议"},
    "unresolved": {"en": "no way out is held here", "zh": "本图未载有化解途径"},
}


def show_conflict(found: Json, lang: str, console: Console) -> None:
    """Print a conflict with its explanation."""
    console.print(Text(found["label"][lang], "bold"), soft_wrap=True)
    console.print(Text(f"{found['id'].rpartition('/')[2]} · {found['kind']['label'][lang]}", "dim"), soft_wrap=True)
    for text, indent, style in _paragraphs(found, lang):
        for line in Text(text, style).wrap(console, max(20, console.width - indent)):
            line.rstrip()
            console.print(Text.assemble(" " * indent, line), soft_wrap=True, highlight=False)


def _paragraphs(found: Json, lang: str) -> Iterator[tuple[str, int, str]]:
    w = words(lang)
    yield w["why_not_both"], 0, "bold underline"
    yield found["why"][lang], 2, ""
    yield w["how_hard"].format(grade=_GRADES[found["grade"]][lang]), 2, ""
    yield w["both_sides"], 0, "bold underline"
    for side, says in zip(found["sides"], found["says"], strict=True):
        yield ", ".join(side["legalOrders"]), 2, "bold"
        yield says[lang], 4, ""
        for norm in side["norms"]:
            days = [w["since"].format(day=norm["from"])] if norm["from"] else []
            days += [w["until"].format(day=norm["until"])] if norm["until"] else []
            yield f"{norm['norm']}  {norm['label'][lang]} ({', '.join([norm['provision']['label'][lang], *days])})", 4, ""
            for sanction in found["sanctions"][norm["norm"]]:
                yield f"{w['sanctions']}: {sanction['label'][lang]}", 6, "dim"
    yield w["ways_out"], 0, "bold underline"
    if not found["reconciledBy"]:
        yield w["no_ways_out"], 2, "dim"
    for number, way in enumerate(found["reconciledBy"], 1):
        about = [w["who_acts"].format(actor=way["actor"][lang])] if "actor" in way else []
        if limit := way.get("deadline"):
            about.append(w["within"].format(n=limit["length"], unit=limit["unitLabel"][lang], event=limit["runsFrom"].get(lang, "")))
        yield f"{number}. {w['then'].join([way['label'][lang], *about])}", 2, ""
        yield way["definition"].get(lang, ""), 5, "dim"
