"""Reasons in English and Chinese: facts, their labels, and the sentences built from them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Protocol

from comity.law.imprecise_dates import Undated
from comity.law.judgement import Ruling
from comity.logic.explain import UNSTATED, Fact
from comity.logic.node import Node, OpenCodes
from comity.logic.territory import stated_place

__all__ = ["Gaps", "Labels", "Narrator", "Words", "number_words", "plain"]

Words = dict[str, str]

_STATUS_EN = {
    "not-applicable": "is pleaded and does not apply",
    "exempted": "would apply, but {by} takes the flow out",
    "met": "applies, and what it asks for is in place",
    "due": "applies; nothing stated shows that what it asks for is in place",
    "unmet": "applies, and what it asks for is stated not to be in place",
    "prohibited": "applies and forbids this",
    "permitted": "applies and allows this",
    "compelled": "applies and lets the authority compel this",
    "protected": "applies as a commitment between states",
    "available": "offers a way that is not taken",
    "closed": "offers a way that this flow cannot take",
    "contested": "is unsettled here: the positions give different answers",
    "unknown": "cannot be decided yet",
}
_STATUS_ZH = {
    "not-applicable": "虽被主张，但不适用",
    "exempted": "本应适用，但因{by}而排除",
    "met": "适用，且所要求的条件已经具备",
    "due": "适用，但所述事实不足以表明要求已经满足",
    "unmet": "适用，且所述事实表明要求尚未满足",
    "prohibited": "适用，并禁止该行为",
    "permitted": "适用，并允许该行为",
    "compelled": "适用，机关可据此强制调取",
    "protected": "作为国家之间的承诺而适用",
    "available": "提供可供选择的途径，尚未采用",
    "closed": "提供的途径在该流动中不可行",
    "contested": "在此存在争议：不同观点得出不同结论",
    "unknown": "尚无法判断",
}
_EXCEPTION_OPEN = (
    "applies unless an exception takes the flow out, which cannot be decided yet",
    "适用，除非例外成立；例外是否成立尚无法判断",
)
_NOT_IN_FORCE = {"en": "it is not in force on the day asked", "zh": "该规范在所询日期未施行或者已失效"}
_SIDES = {"in": {"en": "inside {en}", "zh": "位于{zh}境内"}, "outside": {"en": "outside {en}", "zh": "位于{zh}境外"}}
_MET_OPEN = ("may apply; what it would ask for is in place", "可能适用；其可能要求的条件已经具备")


class Gaps(Protocol):
    """What stands for figures in an answer that is to serve for many descriptions."""

    def figure(self, fact: Fact) -> tuple[Any, Words] | None:
        """Return what stands for the value of a figure, and for its words; ``None`` for a fact that is no figure."""

    def within(self, pointer: str, value: Any) -> Any:
        """Return a stated object or list with its figures replaced."""


class Labels(Protocol):
    """What keys, values, positions of parties and provisions are called, and which facts are judgements."""

    def key(self, kind: str, key: str) -> Words:
        """Return what a key of a node class is called."""

    def value(self, kind: str, key: str, value: str) -> Words:
        """Return what a code under a key is called."""

    def position(self, key: str) -> Words | None:
        """Return what the position of a party in a flow is called, if ``key`` is one."""

    def provision(self, iri: str) -> Words:
        """Return how a provision is cited."""

    def is_evaluative(self, fact: Fact) -> bool:
        """Say whether a fact is a judgement of whoever states it."""


class Narrator:
    """Puts facts and rulings into words, each fact once.

    ``gaps`` say what stands for the figures that differ from one description of a profile to the next.
    """

    def __init__(self, labels: Labels, gaps: Gaps | None = None) -> None:
        self._labels = labels
        self._gaps = gaps
        self._judgements: set[str] = set()
        self._told: dict[str, tuple[dict[str, Any], str, str]] = {}

    def is_judgement(self, pointer: str) -> bool:
        """Say whether a fact that was told is a judgement that the answer takes from whoever asks."""
        return pointer in self._judgements

    def facts(self, facts: list[Fact]) -> list[dict[str, Any]]:
        """Return facts as the answer shows them: pointer, value, label and value in words."""
        told = self._told
        return [(told.get(fact.pointer) or self._tell(fact))[0] for fact in facts]

    def reason(self, ruling: Ruling, facts: list[Fact], in_force: bool = True) -> Words:
        """Return the sentence that says what became of a norm and why."""
        provision = self._labels.provision(ruling.norm.data["provisions"][0])
        status_en, status_zh = _STATUS_EN[ruling.status], _STATUS_ZH[ruling.status]
        if ruling.exempted_by:
            by = [self._labels.provision(norm.data["provisions"][0]) for norm in ruling.exempted_by]
            status_en = status_en.format(by=", ".join(words["en"] for words in by))
            status_zh = status_zh.format(by="、".join(words["zh"] for words in by))
        if ruling.status == "met" and ruling.scope is None:
            status_en, status_zh = _MET_OPEN
        if ruling.status == "unknown" and ruling.scope is True:
            status_en, status_zh = _EXCEPTION_OPEN
        told = [self._told.get(fact.pointer) or self._tell(fact) for fact in facts]
        dates = [self._date(gap, ruling) for gap in ruling.undated]
        dates += [] if in_force else [_NOT_IN_FORCE]
        because_en = "; ".join([*(words["en"] for words in dates), *(entry[1] for entry in told)])
        because_zh = "；".join([*(words["zh"] for words in dates), *(entry[2] for entry in told)])
        unshown_en, unshown_zh = self._unshown(ruling)
        return {
            "en": f"{provision['en']} {status_en}" + (f", because {because_en}." if because_en else ".") + unshown_en,
            "zh": f"{provision['zh']}{status_zh}" + (f"，依据：{because_zh}。" if because_zh else "。") + unshown_zh,
        }

    @staticmethod
    def _unshown(ruling: Ruling) -> tuple[str, str]:
        """Return the sentence on exceptions that whoever relies on them has to show."""
        if not ruling.unshown:
            return "", ""
        ways = [norm.data["label"] for norm in ruling.unshown]
        return (
            f" It would be lifted by: {'; '.join(words['en'] for words in ways)}. Nothing stated shows that.",
            f"经证明属于下列情形的，不受此限：{'；'.join(words['zh'] for words in ways)}。所述事实不足以证明。",
        )

    def _date(self, gap: Undated, ruling: Ruling) -> Words:
        """Return the clause on an imprecise date, which names the norm unless it is the one of the finding."""
        clause = gap.words()
        if gap.norm is ruling.norm:
            return {"en": f"it is {clause['en']}", "zh": f"该规定{clause['zh']}"}
        provision = self._labels.provision(gap.norm.data["provisions"][0])
        return {"en": f"{provision['en']} is {clause['en']}", "zh": f"{provision['zh']}{clause['zh']}"}

    def _tell(self, fact: Fact) -> tuple[dict[str, Any], str, str]:
        """Put a fact into words, once."""
        label = self._labels.key(fact.kind, fact.key)
        shown_value, value = self._figure(fact) or (plain(fact.value), self._value(fact))
        shown = {"path": fact.pointer, "value": shown_value, "label": label, "valueLabel": value}
        if fact.value is UNSTATED:
            shown["stated"] = False
        elif self._labels.is_evaluative(fact):
            self._judgements.add(fact.pointer)
        whose = self._whose(fact)
        of = {"en": f" ({whose['en']})", "zh": f"（{whose['zh']}）"} if whose else {"en": "", "zh": ""}
        told = self._told[fact.pointer] = (shown, f"{label['en']}{of['en']}: {value['en']}", f"{label['zh']}{of['zh']}：{value['zh']}")
        return told

    def _whose(self, fact: Fact) -> Words | None:
        """Return in which position the party stands that a fact is about, so that two parties are told apart."""
        if fact.kind != "Party":
            return None
        holder = next(part for part in reversed(fact.pointer.split("/")[:-1]) if not part.isdecimal())
        return self._labels.position(holder)

    def _figure(self, fact: Fact) -> tuple[Any, Words] | None:
        gaps = self._gaps
        if gaps is None or fact.value is UNSTATED:
            return None
        if (found := gaps.figure(fact)) is not None:
            return found
        if isinstance(fact.value, dict):
            return gaps.within(fact.pointer, fact.value), self._value(fact)
        if isinstance(fact.value, list):
            inner = [
                gaps.within(item.path, item.raw) if isinstance(item, Node) else gaps.within(f"{fact.pointer}/{index}", item)
                for index, item in enumerate(fact.value)
            ]
            return inner, self._value(fact)
        return None

    def _value(self, fact: Fact) -> Words:
        if fact.value is UNSTATED:
            return {"en": "not stated", "zh": "未说明"}
        value = plain(fact.value)
        if isinstance(value, bool):
            return {"en": "yes", "zh": "是"} if value else {"en": "no", "zh": "否"}
        if value is None or value == []:
            return {"en": "none", "zh": "无"}
        if isinstance(value, int | float):
            return number_words(value)
        if isinstance(value, str):
            return self._labels.value(fact.kind, fact.key, value)
        if isinstance(value, dict):
            return _mapping(value, lambda code: self._labels.value(fact.kind, fact.key, code))
        if all(isinstance(item, str) for item in value):
            words = [self._labels.value(fact.kind, fact.key, item) for item in value]
            return {"en": ", ".join(w["en"] for w in words), "zh": "、".join(w["zh"] for w in words)}
        return {"en": f"{len(value)} stated", "zh": f"已说明 {len(value)} 项"}


def _mapping(value: dict[str, Any], words: Callable[[str], Words]) -> Words:
    if set(value) <= {"atLeast", "atMost"}:
        return number_words(value)
    if set(value) <= {"yes", "no"} and all(isinstance(codes, list) for codes in value.values()):
        return _open_list(*([_entry(each, words) for each in value.get(side, ())] for side in ("yes", "no")))
    return _entry(value, words)


def _entry(value: Any, words: Callable[[str], Words]) -> Words:
    """Return what is stated at one place of a list: a code, a place, or a thing of which the description says more."""
    if isinstance(value, str):
        return words(value)
    if (place := stated_place(value)) is not None:
        side, code = place
        return {lang: text.format(**words(code)) for lang, text in _SIDES[side].items()}
    if isinstance(value, list) and all(isinstance(each, str) for each in value):  # one of several places
        return {"en": " or ".join(words(each)["en"] for each in value), "zh": "或".join(words(each)["zh"] for each in value)}
    return {"en": "see the description", "zh": "见描述"}


def _open_list(held: list[Words], denied: list[Words]) -> Words:
    """Return in words which values are stated to hold and not to hold, where others are not stated."""
    en = [", ".join(words["en"] for words in held)] * bool(held) + [f"not {words['en']}" for words in denied] + ["others not stated"]
    zh = ["、".join(words["zh"] for words in held)] * bool(held) + [f"非{words['zh']}" for words in denied] + ["其他未说明"]
    return {"en": "; ".join(en), "zh": "；".join(zh)}


def number_words(value: Any) -> Words:
    """Return a number, or the bounds of one, in words."""
    if value is None:
        return {"en": "none", "zh": "无"}
    if not isinstance(value, dict):
        return {"en": f"{value:,}", "zh": f"{value:,}"}
    low, high = value.get("atLeast"), value.get("atMost")
    ends = [("at least ", "不少于 ", low)] * (low is not None) + [("at most ", "不多于 ", high)] * (high is not None)
    en = " and ".join(f"{word}{end:,}" for word, _, end in ends)
    zh = "，".join(f"{word}{end:,}" for _, word, end in ends)
    return {"en": en or "any number", "zh": zh or "任意数量"}


def plain(value: Any) -> Any:
    """Return a value as JSON: derived bounds become a number or a range, what is unstated becomes null."""
    if value is UNSTATED:
        return None
    if isinstance(value, OpenCodes):
        return {"yes": sorted(value.yes), "no": sorted(value.no)}
    if isinstance(value, tuple):
        return _plain_tuple(value)
    if isinstance(value, frozenset):
        return next(iter(value)) if len(value) == 1 else sorted(value)
    if isinstance(value, list):
        return [item.raw if isinstance(item, Node) else item for item in value]
    return value


def _plain_tuple(value: tuple[Any, ...]) -> Any:
    if len(value) != 2 or isinstance(value[0], frozenset):
        return [plain(item) for item in value]
    low, high = value
    if low > high:  # stated, or assumed, to be none
        return None
    if low == high:
        return low
    return {"atLeast": low} if high == math.inf else {"atLeast": low, "atMost": high}
