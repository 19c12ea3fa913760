"""A difference in words for curators, in English and Chinese, and as plain values for JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from comity.scenarios.difference import Difference, Move
from comity.scenarios.record import ABSENT, REFUSED, FlowName

__all__ = ["HEADS", "as_json", "tell"]

Words = Mapping[str, Mapping[str, str]]
_SHOWN = 5
"""How many flows of a move are named; all of them stand in the JSON."""

HEADS = {
    "verdict": {"en": "Verdicts over all", "zh": "总体结论"},
    "instrument": {"en": "Verdicts of instruments", "zh": "各法律文件的结论"},
    "norm": {"en": "Norms", "zh": "规范"},
    "class": {"en": "Classes", "zh": "定性"},
    "conflict": {"en": "Conflicts", "zh": "冲突"},
    "asked": {"en": "Facts asked for", "zh": "需要补充的事实"},
}
_TEXTS = {
    "en": {
        "move": "{name}: {before} → {after} in {flows}:",
        "flows": "{number} flows",
        "flow": "1 flow",
        "more": "and {number} more",
        "class+": "holds",
        "class-": "no longer holds",
        "by": "{status} by {norms}",
        "conflict+": "arises",
        "conflict-": "no longer arises",
        "asked+": "is asked for",
        "asked-": "is no longer asked for",
        "appears": "{name} {what} in {flows}:",
        "only_before": "Flows that have no answer any more: {flows}",
        "only_after": "Flows without an answer so far: {flows}",
        "none": "No answer differs.",
        "sum": "{flows} answered differently; norms that moved: {norms}.",
    },
    "zh": {
        "move": "{name}：{before} → {after}，涉及{flows}：",
        "flows": " {number} 个流动",
        "flow": " 1 个流动",
        "more": "另有 {number} 个",
        "class+": "成立",
        "class-": "不再成立",
        "by": "{status}（依据 {norms}）",
        "conflict+": "出现",
        "conflict-": "不再出现",
        "asked+": "需要补充",
        "asked-": "不再需要补充",
        "appears": "{name} {what}，涉及{flows}：",
        "only_before": "不再有答复的流动：{flows}",
        "only_after": "尚无答复的流动：{flows}",
        "none": "答复没有差异。",
        "sum": "共有{flows}的答复不同；发生变化的规范：{norms} 项。",
    },
}
_STATE = re.compile(r"([\w-]+)(?:\[([^]]*)\])?(\([^)]*\))?")
_REFUSED: Words = {REFUSED: {"en": "refused (the description is not accepted)", "zh": "不被接受（描述无效）"}}


def tell(difference: Difference, language: str, terms: Words | None = None, labels: Words | None = None) -> list[str]:
    """Return a difference as lines in English (``en``) or Chinese (``zh``).

    ``terms`` are the words for verdicts and statuses by code, ``labels`` those of instruments and norms; a code without a
    word is told as it is. In English the codes stand for themselves, since the scenarios and the law are written with them.
    """
    texts = _TEXTS[language]
    words = {**(terms if terms and language != "en" else {}), **_REFUSED}
    lines: list[str] = []
    for kind, moves in groupby(difference.moves, key=lambda move: move.kind):
        lines.append(HEADS[kind][language])
        for _, group in groupby(moves, key=lambda move: move.name):
            for number, move in enumerate(group):
                lines += _move(move, language, words, labels if labels and number == 0 else {})
        lines.append("")
    for which in ("only_before", "only_after"):
        if flows := getattr(difference, which):
            lines += [texts[which].format(flows=_count(len(flows), texts).strip()), *_named(flows, texts), ""]
    touched = {flow for move in difference.moves for flow in move.flows}
    norms = {move.name for move in difference.moves if move.kind == "norm"}
    lines.append(texts["sum"].format(flows=_count(len(touched), texts), norms=len(norms)) if difference else texts["none"])
    return lines


def _move(move: Move, language: str, words: Words, labels: Words) -> Iterator[str]:
    texts, flows = _TEXTS[language], _count(len(move.flows), _TEXTS[language])
    label = labels.get(move.name, {}).get(language)
    name = f"{move.name} ({label})" if label else "overall" if move.kind == "verdict" and language == "en" else move.name
    if move.kind in ("class", "conflict", "asked"):
        what = texts[move.kind + ("+" if move.before == ABSENT[move.kind] else "-")]
        yield "  " + texts["appears"].format(name=name.replace(" ", " × ") if move.kind == "conflict" else name, what=what, flows=flows)
    else:
        before, after = (_state(state, language, words) for state in (move.before, move.after))
        yield "  " + texts["move"].format(name=name, before=before, after=after, flows=flows)
    yield from _named(move.flows, texts)


def _state(state: str, language: str, words: Words) -> str:
    """Return the words for a verdict or for the statuses of a norm, with what exempts it and the data items."""
    told = []
    for code, norms, items in _STATE.findall(state):
        status = words.get(code, {}).get(language, code) + items
        told.append(_TEXTS[language]["by"].format(status=status, norms=norms.replace(",", ", ")) if norms else status)
    return " ".join(told)


def _count(number: int, texts: Mapping[str, str]) -> str:
    return texts["flow"] if number == 1 else texts["flows"].format(number=f"{number:,}")


def _named(flows: Iterable[FlowName], texts: Mapping[str, str]) -> Iterator[str]:
    named = list(flows)
    yield from (f"      {flow}" for flow in named[:_SHOWN])
    if len(named) > _SHOWN:
        yield "      … " + texts["more"].format(number=len(named) - _SHOWN)


def as_json(difference: Difference, before: str, after: str, flows: int) -> dict[str, Any]:
    """Return a difference as plain values; ``before`` and ``after`` name the sides, ``flows`` is how many were compared."""
    return {
        "before": before,
        "after": after,
        "flows": flows,
        "moves": [
            {
                "kind": move.kind,
                "name": move.name,
                "before": move.before,
                "after": move.after,
                "flows": [flow._asdict() for flow in move.flows],
            }
            for move in difference.moves
        ],
        "onlyBefore": [flow._asdict() for flow in difference.only_before],
        "onlyAfter": [flow._asdict() for flow in difference.only_after],
    }
