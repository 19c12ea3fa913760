"""``comity conflicts``: the conflicts of two legal orders as a table, and those of all of them as a matrix."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["show_conflicts", "show_matrix"]

Json = dict[str, Any]

_WORDS = {
    "en": {
        "between": "Conflicts between the law of {} and of {}",
        "of": "Conflicts of the law of {} with that of others",
        "all": "Conflicts between legal orders",
        "on": ", norms in force on {}",
        "conflict": "Conflict",
        "first": "One side",
        "second": "Other side",
        "settled": "Settled",
        "yes": "yes",
        "no": "no",
        "formal": "formal",
        "total": "{} conflicts",
        "one": "1 conflict",
        "none": "No conflict is listed. That says little where the graph holds little of the law: comity coverage tells. "
        "Conflicts of which no realistic flow is known are listed with --formal.",
        "from": "from {}",
        "until": "until {}",
        "sum": "Total",
        "comma": ", ",
        "pair": "Legal orders",
    },
    "zh": {
        "between": "{}法律与{}法律之间的冲突",
        "of": "{}法律与其他法域法律的冲突",
        "all": "各法律秩序之间的冲突",
        "on": "，规范有效日期：{}",
        "conflict": "冲突",
        "first": "一方",
        "second": "另一方",
        "settled": "已有定论",
        "yes": "是",
        "no": "否",
        "formal": "仅形式上",
        "total": "共 {} 项冲突",
        "one": "共 1 项冲突",
        "none": "未列有冲突。图谱收录该法律不多时，这说明不了什么：参见 comity coverage。使用 --formal 可列出尚无现实流动例证的冲突。",
        "from": "自 {}",
        "until": "至 {}",
        "sum": "合计",
        "comma": "、",
        "pair": "法律秩序",
    },
}


def show_conflicts(found: Json, lang: str, console: Console) -> None:
    """Print a table of conflicts, with the norms of the place that was named first on the left."""
    words = _WORDS[lang]
    named = [f"{found[side]['label'].get(lang, '')} ({found[side]['code']})" for side in ("place", "against") if side in found]
    head = words["between" if len(named) == 2 else "of"].format(*named)
    console.print(Text(head + _on(found, lang), "bold"), soft_wrap=True)
    if not found["conflicts"]:
        console.print(Text(words["none"]))
        return
    table = Table(show_lines=True, expand=False)
    for column in ("conflict", "first", "second", "settled"):
        table.add_column(words[column], overflow="fold")
    for conflict in found["conflicts"]:
        name = Text.assemble((conflict["kind"]["label"][lang], "bold"), "\n", (conflict["id"].rpartition("/")[2], "dim"))
        if conflict["formal"]:
            name.append(f"\n{words['formal']}")
        sides = [_side(side, lang) for side in _turned(conflict["sides"], found)]
        table.add_row(name, *sides, words["yes" if conflict["settled"] else "no"])
    console.print(table)
    _count(len(found["conflicts"]), words, console)


def show_matrix(found: Json, lang: str, console: Console) -> None:
    """Print how many conflicts of each kind stand between any two legal orders."""
    words = _WORDS[lang]
    console.print(Text(words["all"] + _on(found, lang), "bold"), soft_wrap=True)
    if not found["pairs"]:
        console.print(Text(words["none"]))
        return
    table = Table()
    table.add_column(words["pair"], no_wrap=True)
    for kind in found["kinds"]:
        table.add_column(kind["label"][lang], justify="right", overflow="fold")
    table.add_column(words["sum"], justify="right")
    for pair in found["pairs"]:
        table.add_row(
            " – ".join(pair["between"]), *(str(pair["kinds"].get(kind["code"], "·")) for kind in found["kinds"]), str(pair["total"])
        )
    console.print(table)
    orders = (f"{order['code']} {order['label'].get(lang, '')} {order['conflicts']}" for order in found["legalOrders"])
    console.print(Text(words["comma"].join(orders), "dim"))
    _count(found["total"], words, console)


def _turned(sides: list[Json], found: Json) -> list[Json]:
    """Return the sides of a conflict, that of the place that was named first before the other."""
    code = found["place"]["code"]
    first, second = (side["legalOrders"] for side in sides)
    return sides[::-1] if code in second and code not in first else sides


def _side(side: Json, lang: str) -> Text:
    """Return the norms of a side, each with its dates, and what the first of them says."""
    told = Text("/".join(side["legalOrders"]), "dim")
    for norm in side["norms"]:
        told.append(f"\n{norm['norm']}", "bold").append(f" {_dates(norm, lang)}".rstrip())
    return told.append(f"\n{side['norms'][0]['label'].get(lang, '')}")


def _dates(norm: Json, lang: str) -> str:
    start, end = (_WORDS[lang][key].format(norm[key]) if norm[key] else "" for key in ("from", "until"))
    return " ".join(part for part in (start, end) if part)


def _on(found: Json, lang: str) -> str:
    return _WORDS[lang]["on"].format(found["on"]) if "on" in found else ""


def _count(number: int, words: dict[str, str], console: Console) -> None:
    console.print(Text(words["one"] if number == 1 else words["total"].format(number), "dim"))
