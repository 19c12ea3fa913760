"""The change list of a release, for lawyers: what came, went and changed of the law that is held, in English or Chinese, as Markdown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from comity.law.program_text import ProgramText
from comity.release.changes import Changed, LawChanges

__all__ = ["Answers", "change_list"]

Json = Mapping[str, Any]


class Answers(NamedTuple):
    """What two editions answer to the same flows: how many were asked, from which verdict to which they moved, the words for verdicts."""

    asked: int
    moved: Mapping[tuple[str, str], int]
    terms: Mapping[str, Mapping[str, str]]


_WORDS = {
    "en": {
        "head": "# Changes of the law held: {before} → {after}",
        "lead": "What the graph holds otherwise than before. A change here may be a change of the law, law that was added, or a reading "
        "that was mended: the pages of the norms tell which, with their sources. This list is no legal advice.",
        "none": "Nothing of the law that is held has changed.",
        "sum": "Laws: {laws}. Norms: {norms}. Recognitions: {recognitions}. Conflicts: {conflicts}.",
        "counts": "{came} new, {went} gone, {changed} changed",
        "laws": "## Laws",
        "norms": "## Norms",
        "recognitions": "## Recognitions",
        "conflicts": "## Conflicts of laws",
        "answers": "## What it changes in answers",
        "answers_lead": "Of {asked} flows that were asked of both editions, {moved} have another verdict.",
        "verdicts": "| verdict before | verdict now | flows |",
        "came": "new",
        "went": "gone",
        "changed": "changed: {aspects}",
        "days": "its days ({before} → {after})",
        "kind": "what sort of rule it is",
        "who": "whom it concerns",
        "situation": "when it applies",
        "demand": "what it demands",
        "exceptions": "what lifts it",
        "place": "where it stands",
        "reading": "which position on an open question it states",
        "sanctions": "sanctions and ways out",
        "name": "its name",
        "leavesOut": "what the encoding leaves out",
        "standing": "how it stands",
        "scope": "its scope",
        "since": "since {day}",
        "until": "until {day}",
        "always": "no day known",
        "both": "from {since} until {until}",
        "comma": ", ",
        "colon": ": ",
    },
    "zh": {
        "head": "# 收录法律的变化：{before} → {after}",
        "lead": "图谱内容与上一版的差异。变化可能源于法律修改、新收录的法律，或者对理解的更正：具体见各规范页面及其来源。"
        "本清单不构成法律意见。",
        "none": "收录的法律没有变化。",
        "sum": "法律文件：{laws}。规范：{norms}。认可：{recognitions}。冲突：{conflicts}。",
        "counts": "新增 {came}，移除 {went}，变化 {changed}",
        "laws": "## 法律文件",
        "norms": "## 规范",
        "recognitions": "## 认可",
        "conflicts": "## 法律冲突",
        "answers": "## 对答复的影响",
        "answers_lead": "以 {asked} 个相同流动询问两个版本，其中 {moved} 个结论不同。",
        "verdicts": "| 原结论 | 现结论 | 流动 |",
        "came": "新增",
        "went": "移除",
        "changed": "变化：{aspects}",
        "days": "有效日期（{before} → {after}）",
        "kind": "规则类型",
        "who": "适用对象",
        "situation": "适用情形",
        "demand": "要求",
        "exceptions": "例外",
        "place": "所在条款",
        "reading": "对未决问题所采立场",
        "sanctions": "制裁与化解途径",
        "name": "名称",
        "leavesOut": "编码未涵盖的内容",
        "standing": "状态",
        "scope": "范围",
        "since": "自 {day} 起",
        "until": "至 {day}",
        "always": "日期未知",
        "both": "自 {since} 起，至 {until}",
        "comma": "、",
        "colon": "：",
    },
}


def change_list(
    found: LawChanges, before: tuple[str, ProgramText], after: tuple[str, ProgramText], lang: str, answers: Answers | None = None
) -> str:
    """Return what changed between two editions, each with its name, as a page, with what it does to ``answers`` where that is known."""
    words = _WORDS[lang]
    lines = [words["head"].format(before=before[0], after=after[0]), "", words["lead"], ""]
    sorts = {"laws": found.instruments, "norms": found.norms, "recognitions": found.recognitions, "conflicts": found.conflicts}
    if not found:
        lines += [words["none"], ""]
    else:
        numbers = {
            name: words["counts"].format(came=len(sort.came), went=len(sort.went), changed=len(sort.changed))
            for name, sort in sorts.items()
        }
        lines += [words["sum"].format(**numbers), ""]
    if found.instruments:
        lines += [words["laws"], "", *_plain(found.instruments, _law, words, lang), ""]
    if found.norms:
        lines += [words["norms"], "", *_norms(found, before[1], after[1], words, lang)]
    if found.recognitions:
        lines += [words["recognitions"], "", *_plain(found.recognitions, _row, words, lang), ""]
    if found.conflicts:
        labels = {norm["id"]: norm["label"].get(lang, norm["id"]) for program in (before[1], after[1]) for norm in program["norms"]}
        tell = {
            name: " ⇄ ".join(labels.get(each, each) for each in pair["norms"])
            for part in (found.conflicts.came, found.conflicts.went)
            for name, pair in part.items()
        }
        for event, part in (("came", found.conflicts.came), ("went", found.conflicts.went)):
            lines += [f"- `{name}` {tell[name]} ({words[event]})" for name in part]
        lines.append("")
    if answers:
        lines += [words["answers"], "", *_answers(answers, words, lang), ""]
    return "\n".join(lines)


def _answers(answers: Answers, words: Mapping[str, str], lang: str) -> Iterator[str]:
    """Yield how many flows got another verdict, as a table."""
    told = sum(answers.moved.values())
    yield words["answers_lead"].format(asked=f"{answers.asked:,}", moved=f"{told:,}")
    if told:
        yield from ("", words["verdicts"], "|---|---|---|")
    for (before, after), flows in sorted(answers.moved.items(), key=lambda move: (-move[1], move[0])):
        named = (answers.terms.get(code, {}).get(lang, code) for code in (before, after))
        yield f"| {' | '.join(named)} | {flows:,} |"


def _norms(found: LawChanges, before: ProgramText, after: ProgramText, words: Mapping[str, str], lang: str) -> Iterator[str]:
    """Yield the norms under their laws, the laws by name."""
    by_law: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event, part in (("came", found.norms.came), ("went", found.norms.went)):
        for name, norm in part.items():
            by_law[norm["instrument"]].append(
                (name, _line(norm, _stated(norm, after if event == "came" else before, lang), words[event], lang))
            )
    for each in found.norms.changed:
        told = words["changed"].format(aspects=words["comma"].join(_aspect(each, aspect, words) for aspect in each.aspects))
        by_law[each.now["instrument"]].append((each.name, _line(each.now, _stated(each.now, after, lang), told, lang)))
    laws = {**before["instruments"], **after["instruments"]}
    for law in sorted(by_law):
        yield from (f"### {laws[law]['label'].get(lang, law)}" if law in laws else f"### {law}", "")
        yield from (line for _, line in sorted(by_law[law]))
        yield ""


def _line(norm: Json, stated: str, told: str, lang: str) -> str:
    return f"- `{norm['id']}` {norm['label'].get(lang, '')} ({stated}; {told})"


def _stated(norm: Json, program: ProgramText, lang: str) -> str:
    """Return the article of a norm, with a link to its official page where there is one."""
    provision: Json = program["provisions"].get(norm["provisions"][0], {})
    label = provision.get("label", {}).get(lang, norm["provisions"][0])
    return f"[{label}]({provision['url']})" if provision.get("url") else label


def _plain(sort: Any, tell: Any, words: Mapping[str, str], lang: str) -> Iterator[str]:
    for event, part in (("came", sort.came), ("went", sort.went)):
        for name, thing in part.items():
            yield f"- `{name}` {tell(thing, words, lang)} ({words[event]})"
    for each in sort.changed:
        aspects = words["comma"].join(_aspect(each, aspect, words) for aspect in each.aspects)
        yield f"- `{each.name}` {tell(each.now, words, lang)} ({words['changed'].format(aspects=aspects)})"


def _law(thing: Json, words: Mapping[str, str], lang: str) -> str:
    return f"{thing['label'].get(lang, '')}, {_days(thing, words)}"


def _row(thing: Json, words: Mapping[str, str], lang: str) -> str:
    return f"{thing['label'].get(lang, '')}, {_days(thing, words)}"


def _aspect(each: Changed, aspect: str, words: Mapping[str, str]) -> str:
    return words[aspect].format(before=_days(each.before, words), after=_days(each.now, words))


def _days(thing: Json, words: Mapping[str, str]) -> str:
    """Return the days of a thing in words; ``until`` is the first day without it."""
    since, until = thing.get("from"), thing.get("until")
    if since and until:
        return words["both"].format(since=since, until=until)
    return words["since"].format(day=since) if since else words["until"].format(day=until) if until else words["always"]
