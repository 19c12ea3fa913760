"""``comity recognise`` and ``comity commitments``: the answers of the recognition service as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

__all__ = ["show_owed", "show_pair"]

Json = dict[str, Any]

_WORDS = {
    "en": {
        "head": "{}, on {}",
        "recognition": "recognition",
        "certificate": "accepts the certificate",
        "ended": "not in force",
        "parts": "parts of it",
        "grounds": "grounds left",
        "more": "and {} more",
        "differences": "The two directions differ in",
        "both": "Certificates that both accept",
        "schemes": "Schemes in which both take part",
        "treaties": "Treaties between them",
        "noTreaty": "No treaty on data between them is in the graph.",
        "pending": "not in force between them",
        "since": "since",
        "until": "until",
        "source": "under",
        "verified": "verified against the source",
        "unverified": "not verified against the source",
        "none": "No commitment of {} to {} is in the graph on this day.",
        "exceptions": "may be excused by",
        "outside": "does not speak of",
        "ways": "may be pursued, by a party only, by {}",
        "closed": "closed",
        "unsettled": "unsettled",
        "nothing": "no agreed way",
        "reaches": "reaches",
        "arguably": "arguably",
        "national": "restrictions in the graph",
        "suspended": "need not be observed until",
        "noDay": "no fixed day",
        "judge": "judged by",
        "uncertain": "this day lies within a date known to the month or year only",
    },
    "zh": {
        "head": "{}，日期：{}",
        "recognition": "认可",
        "certificate": "接受认证",
        "ended": "未生效或已失效",
        "parts": "部分地方",
        "grounds": "其余依据",
        "more": "另有 {} 项",
        "differences": "两个方向的差异",
        "both": "双方均接受的认证",
        "schemes": "双方均参加的体系",
        "treaties": "双方之间的条约",
        "noTreaty": "图谱中没有双方之间的数据条约。",
        "pending": "在双方之间未生效",
        "since": "自",
        "until": "至",
        "source": "依据",
        "verified": "已对照来源核实",
        "unverified": "未对照来源核实",
        "none": "该日图谱中没有{}对{}的承诺。",
        "exceptions": "可依下列例外正当化",
        "outside": "不适用于",
        "ways": "仅缔约方可主张，途径：{}",
        "closed": "不开放",
        "unsettled": "未定",
        "nothing": "无约定途径",
        "reaches": "及于",
        "arguably": "可争辩",
        "national": "图谱中的限制",
        "suspended": "暂无须遵守，至",
        "noDay": "期限未定",
        "judge": "判断者",
        "uncertain": "该日处于仅知年月或年份的日期之内",
    },
}
_ASPECTS = {
    "kind": {"en": "kind", "zh": "类型"},
    "scope": {"en": "scope", "zh": "范围"},
    "since": {"en": "first day", "zh": "首日"},
    "until": {"en": "end", "zh": "终止日"},
    "scopeTested": {"en": "whether the scope is tested against flows", "zh": "范围是否与流动比对"},
}
_COLON, _SEMICOLON = {"en": ": ", "zh": "："}, {"en": "; ", "zh": "；"}
_STOP = {"en": "; ", "zh": "；"}
_BRACKETS = {"en": " ({})", "zh": "（{}）"}
_MOST_GROUNDS = 8


def show_pair(found: Json, lang: str, console: Console) -> None:
    """Print what stands between two places."""
    words = _WORDS[lang]
    sides = f"{_name(found['from'], lang)} – {_name(found['to'], lang)}"
    console.print(Text(words["head"].format(sides, found["on"]), style="bold"))
    console.print(found["mutualLabel"][lang], highlight=False)
    for direction in (found["forward"], found["backward"]):
        _direction(direction, lang, console)
    if found["differences"]:
        _told(console, words["differences"], _listed((_ASPECTS[each["aspect"]][lang] for each in found["differences"]), lang), 0, lang)
    for key, title in (("certificatesOfBoth", "both"), ("schemesOfBoth", "schemes")):
        if found[key]:
            _told(console, words[title], _listed((_name(each, lang) for each in found[key]), lang), 0, lang)
    if not found["treaties"]:
        _line(console, words["noTreaty"], 0)
        return
    _line(console, f"{words['treaties']}{_COLON[lang]}".rstrip(), 0)
    for treaty in found["treaties"]:
        when = f"{words['since']} {treaty['since']}" if treaty["inForce"] else words["pending"]
        for code, told in treaty.get("standings", {}).items():
            since = f" {words['since']} {told['since']}" if told["since"] else ""
            when += f"{_STOP[lang]}{code}{_COLON[lang]}{_labelled(told, lang)}{since}"
        owed = _listed(dict.fromkeys(name for names in treaty.get("owedBy", {}).values() for name in names), lang)
        name = treaty["label"].get(lang, treaty["id"]) + _BRACKETS[lang].format(when)
        _line(console, f"{name}{_COLON[lang]}{owed}" if owed else name, 2)


def _direction(direction: Json, lang: str, console: Console) -> None:
    words = _WORDS[lang]
    console.print()
    console.print(Text(f"{direction['from']} → {direction['to']}{_COLON[lang]}{direction['stateLabel'][lang]}", style="bold"))
    for key, title in (("recognitions", "recognition"), ("ofParts", "parts"), ("certificates", "certificate"), ("notInForce", "ended")):
        for row in direction.get(key, ()):
            _row(row, words[title], lang, console)
    if grounds := direction.get("groundsLeft"):
        named = [ground["norm"] for ground in grounds[:_MOST_GROUNDS]]
        more = len(grounds) - len(named)
        _told(console, words["grounds"], _listed(named, lang) + (f" {words['more'].format(more)}" if more > 0 else ""), 2, lang)


def _row(row: Json, title: str, lang: str, console: Console) -> None:
    words = _WORDS[lang]
    days = " ".join(f"{words[name]} {row[name]}" for name in ("since", "until") if row[name])
    doubt = _BRACKETS[lang].format(words["uncertain"]) if row.get("datesUncertain") else ""
    _told(console, title, f"{row['label'].get(lang, row['id'])} [{row['id']}] {days}{doubt}", 2, lang)
    if row["scope"]:
        _line(console, row["scope"].get(lang, ""), 4)
    verified = words["verified" if row["verification"]["against"] else "unverified"]
    sources = _listed((each["label"].get(lang, "") for each in row["instruments"]), lang)
    _line(console, f"{words['source']} {sources}{_SEMICOLON[lang]}{verified}" if sources else verified, 4)


def show_owed(found: Json, lang: str, console: Console) -> None:
    """Print what one side owes the other, and which of its restrictions that reaches."""
    words = _WORDS[lang]
    by, towards = _name(found["by"], lang), _name(found["towards"], lang)
    console.print(Text(words["head"].format(f"{by} → {towards}", found["on"]), style="bold"))
    _line(console, found["note"][lang], 0)
    if not found["commitments"]:
        console.print(words["none"].format(by, towards))
    for owed in found["commitments"]:
        console.print()
        treaty = owed["treaty"]["label"].get(lang, owed["treaty"]["id"])
        console.print(Text(f"{owed['commitment']} – {treaty}{_COLON[lang]}{owed['label'].get(lang, '')}", style="bold"))
        _line(console, owed["outcomeLabel"][lang], 2)
        if "suspended" in owed:
            _line(
                console,
                f"{words['suspended']} {owed['suspended']['until'] or words['noDay']}{_BRACKETS[lang].format(owed['suspended']['by'])}",
                2,
            )
        for key, title, read in _PARTS:
            if told := read(owed[key], lang):
                _told(console, words[title], told, 2, lang)
        _dispute(owed["dispute"], lang, console)


def _reached(reaches: list[Json], lang: str) -> str:
    return _listed((_labelled(each, lang) + _arguably(each, lang) for each in reaches), lang)


def _national(restrictions: list[Json], lang: str) -> str:
    return _listed((each["norm"] + _arguably(each, lang) for each in restrictions), lang)


def _arguably(each: Json, lang: str) -> str:
    return _BRACKETS[lang].format(_WORDS[lang]["arguably"]) if each["arguable"] else ""


def _excuses(exceptions: list[Json], lang: str) -> str:
    def told(each: Json) -> str:
        judge = each["judgedBy"] and _BRACKETS[lang].format(f"{_WORDS[lang]['judge']}{_COLON[lang]}{_labelled(each['judgedBy'], lang)}")
        return f"{each['exception']} {_labelled(each, lang)}{judge or ''}"

    return _SEMICOLON[lang].join(map(told, exceptions))


def _outside(left_out: list[Json], lang: str) -> str:
    return _listed(dict.fromkeys(_labelled(part, lang) for each in left_out for part in (*each["actors"], *each["measures"])), lang)


_PARTS: tuple[tuple[str, str, Any], ...] = (
    ("reaches", "reaches", _reached),
    ("restrictions", "national", _national),
    ("exceptions", "exceptions", _excuses),
    ("outOfScope", "outside", _outside),
)


def _dispute(dispute: Json, lang: str, console: Console) -> None:
    words = _WORDS[lang]
    ways = _listed((_labelled(way, lang) for way in dispute["open"]), lang) or words["nothing"]
    shut = [
        f"{words[name]}{_COLON[lang]}{_listed((_labelled(way, lang) for way in dispute[name]), lang)}"
        for name in ("closed", "unsettled")
        if dispute[name]
    ]
    _line(console, _SEMICOLON[lang].join([words["ways"].format(ways), *shut]), 2)


def _labelled(entry: Json, lang: str) -> str:
    label: str = entry["label"].get(lang, entry.get("code", ""))
    return label


def _name(shown: Json, lang: str) -> str:
    label: str = shown["label"].get(lang, shown["code"])
    return f"{label} ({shown['code']})"


def _listed(texts: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(texts)


def _told(console: Console, title: str, text: str, indent: int, lang: str) -> None:
    _line(console, f"{title}{_COLON[lang]}{text}", indent)


def _line(console: Console, text: str, indent: int) -> None:
    console.print(" " * indent + text, highlight=False, markup=False, soft_wrap=True)
