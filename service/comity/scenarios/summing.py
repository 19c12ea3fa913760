"""A difference summed by kind of change: how often one thing became another, whatever norm or instrument it was said of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from comity.scenarios.difference import KINDS, Difference
from comity.scenarios.record import FlowName
from comity.scenarios.telling import HEADS

__all__ = ["sums", "tell_sums"]

_CODE = re.compile(r"[\w-]+(?![^[(]*[\])])")
_TEXTS = {
    "en": {
        "row": "  {before} → {after}; flows: {flows}, {what}: {names}",
        "none": "No answer differs.",
        "new": "flows without an answer so far: {flows}",
    },
    "zh": {"row": "  {before} → {after}：{flows} 个流动，{names} 项{what}", "none": "答复没有差异。", "new": "{flows} 个流动此前没有答复"},
}
_WHAT = {
    "verdict": {"en": "verdict", "zh": "总体结论"},
    "instrument": {"en": "instruments", "zh": "法律文件"},
    "norm": {"en": "norms", "zh": "规范"},
    "class": {"en": "classes", "zh": "定性"},
    "conflict": {"en": "pairs", "zh": "规范对"},
    "asked": {"en": "facts", "zh": "事实"},
}


def sums(difference: Difference) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Return for each kind of part, with what was said and is said, in how many flows and of how many things it changed so."""
    flows: dict[tuple[str, str, str], set[FlowName]] = {}
    names: dict[tuple[str, str, str], set[str]] = {}
    for move in difference.moves:
        change = (move.kind, _codes(move.before), _codes(move.after))
        flows.setdefault(change, set()).update(move.flows)
        names.setdefault(change, set()).add(move.name)
    order = sorted(flows, key=lambda change: (KINDS.index(change[0]), -len(flows[change]), change))
    return {change: (len(flows[change]), len(names[change])) for change in order}


def _codes(state: str) -> str:
    """Return the codes of a state without the norms that exempt and the data items, each once."""
    return " ".join(dict.fromkeys(_CODE.findall(state))) or "–"


def tell_sums(difference: Difference, language: str, terms: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the sums as lines in English (``en``) or Chinese (``zh``); a code without a word is told as it is."""
    texts = _TEXTS[language]
    if not difference:
        return [texts["none"]]
    lines: list[str] = []
    kind = ""
    for change, (flows, names) in sums(difference).items():
        if change[0] != kind:
            kind = change[0]
            lines += [*([""] if lines else []), HEADS[kind][language]]
        before, after = (_told(state, language, terms) for state in change[1:])
        lines.append(texts["row"].format(before=before, after=after, flows=f"{flows:,}", names=f"{names:,}", what=_WHAT[kind][language]))
    if difference.only_after:
        lines += ["", texts["new"].format(flows=f"{len(difference.only_after):,}")]
    return lines


def _told(state: str, language: str, terms: Mapping[str, Mapping[str, str]]) -> str:
    if language == "en":
        return state
    return " ".join(terms.get(code, {}).get(language, code) for code in state.split(" "))
