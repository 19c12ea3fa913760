"""Values in words: numbers, dates, places, codes and objects, in English and Chinese."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from comity.law.program_text import Words
from comity.logic.facts import UNSTATED
from comity.logic.node import Node, OpenCodes
from comity.logic.territory import stated_place

__all__ = ["COLON", "NONE", "alternatives", "both", "date_words", "listed", "mapping_words", "moment", "number_words", "plain"]

NONE = {"en": "none", "zh": "无"}
COLON = {"en": ": ", "zh": "："}
_SIDES = {"in": {"en": "inside {en}", "zh": "位于{zh}境内"}, "outside": {"en": "outside {en}", "zh": "位于{zh}境外"}}
_AT_LEAST = {"en": "at least ", "zh": "不少于 "}
_AT_MOST = {"en": "at most ", "zh": "不多于 "}
_LANGUAGES = ("en", "zh")


def both(write: Callable[[str], str]) -> Words:
    """Return what is written in each language."""
    return {language: write(language) for language in _LANGUAGES}


def listed(words: list[Words]) -> Words:
    """Return several words as one list."""
    return both(lambda language: {"en": ", ", "zh": "、"}[language].join(each[language] for each in words))


def alternatives(words: list[Words]) -> Words:
    """Return several words as a choice of which it is not told what holds."""
    return both(lambda language: {"en": " or ", "zh": "或"}[language].join(each[language] for each in words))


def date_words(value: str) -> Words:
    """Return a day as it is written in a sentence."""
    day = date.fromisoformat(value)
    return {"en": f"{day.day} {day:%B} {day.year}", "zh": f"{day.year}年{day.month}月{day.day}日"}


def moment(value: Any) -> str:
    """Return the day of a moment that is counted in seconds."""
    return datetime.fromtimestamp(value[0] if isinstance(value, tuple) else value, UTC).date().isoformat()


def number_words(value: Any) -> Words:
    """Return a number, or the bounds of one, in words."""
    if value is None:
        return NONE
    if not isinstance(value, dict):
        return both(lambda _: _figure(value))
    low, high = value.get("atLeast"), value.get("atMost")
    ends = [(words, _figure(end)) for words, end in ((_AT_LEAST, low), (_AT_MOST, high)) if end is not None]
    en = " and ".join(words["en"] + figure for words, figure in ends)
    zh = "，".join(words["zh"] + figure for words, figure in ends)
    return {"en": en or "any number", "zh": zh or "任意数量"}


def _figure(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def mapping_words(value: dict[str, Any], code: Callable[[str], Words]) -> Words | None:
    """Return a number with bounds, a list that may go on, or the side of a border in words; ``None`` for any other object."""
    if set(value) <= {"atLeast", "atMost"}:
        return number_words(value)
    if set(value) <= {"yes", "no"} and all(isinstance(codes, list) for codes in value.values()):
        return _open_list(*([_entry(each, code) for each in value.get(side, ())] for side in ("yes", "no")))
    if (place := stated_place(value)) is not None:
        side, inside = place
        return {language: text.format(**code(inside)) for language, text in _SIDES[side].items()}
    return None


def _entry(value: Any, code: Callable[[str], Words]) -> Words:
    """Return what is stated at one place of a list: a code, a place, one of several places, or a thing told of elsewhere."""
    if isinstance(value, str):
        return code(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return alternatives([code(each) for each in value])
    told = mapping_words(value, code) if isinstance(value, dict) else None
    return told or {"en": "see the description", "zh": "见描述"}


def _open_list(held: list[Words], denied: list[Words]) -> Words:
    """Return in words which values are stated to hold and not to hold, where others are not stated."""
    en = [", ".join(words["en"] for words in held)] * bool(held) + [f"not {words['en']}" for words in denied] + ["others not stated"]
    zh = ["、".join(words["zh"] for words in held)] * bool(held) + [f"非{words['zh']}" for words in denied] + ["其他未说明"]
    return {"en": "; ".join(en), "zh": "；".join(zh)}


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
