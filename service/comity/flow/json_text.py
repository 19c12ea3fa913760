"""JSON text in, data out: strict, and every fault with its place."""

from __future__ import annotations

import json
from typing import Any

import orjson

from comity.flow.problems import DescriptionError, problem

__all__ = ["MAX_DEPTH", "NotJson", "parse_json"]

MAX_DEPTH = 64
"""How deep a description may nest unless told otherwise."""

_OPENERS = (b"{", b"[")


class NotJson(ValueError):
    """A text that is not JSON in UTF-8: ``message`` in both languages, ``line`` and ``column``."""

    def __init__(self, en: str, zh: str, line: int, column: int) -> None:
        super().__init__(en)
        self.message = {"en": en, "zh": zh}
        self.line = line
        self.column = column


def parse_json(text: bytes, max_depth: int = MAX_DEPTH) -> Any:
    """Return ``text`` as data.

    Raises :class:`NotJson` for anything that is not JSON (``NaN`` and the like included), and
    :class:`comity.flow.problems.DescriptionError` for a key that stands twice in one object or for nesting over ``max_depth`` levels.
    """
    if not text.strip():
        raise NotJson("The text is empty; give one flow description as a JSON object.", "内容为空；请给出一个描述流动的 JSON 对象。", 1, 1)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as exc:
        if "depth" in exc.msg:
            raise _too_deep(max_depth) from None
        raise _explained(text, exc) from None
    # Counting brackets costs microseconds; only a text with many of them is walked.
    if sum(map(text.count, _OPENERS)) > max_depth and _depth_exceeds(value, max_depth):
        raise _too_deep(max_depth)
    # orjson keeps the last of two equal keys without a word. Where nothing is escaped, every text that was kept has two
    # quotation marks, so that one left out shows in their number. Numbers are not of interest here, hence `len`.
    if b"\\" in text or text.count(b'"') != orjson.dumps(value).count(b'"'):
        json.loads(text, object_pairs_hook=_refuse_repeated_key, parse_int=len, parse_float=len)
    return value


def _refuse_repeated_key(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            en, zh = f"The key {key[:80]!r} stands twice in one object.", f"同一对象中重复出现键“{key[:80]}”。"
            raise DescriptionError([problem("", f"{en} Keep one of them.", f"{zh}请只保留一个。")])
        seen.add(key)


def _too_deep(limit: int) -> DescriptionError:
    en = f"The description nests deeper than {limit} levels; give parties an id and refer to them by it."
    zh = f"描述嵌套超过 {limit} 层；请为主体设置 id 并以 id 引用。"
    return DescriptionError([problem("", en, zh)])


def _explained(text: bytes, exc: orjson.JSONDecodeError) -> NotJson:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = text.count(b"\n", 0, fault.start) + 1
        column = fault.start - (text.rfind(b"\n", 0, fault.start) + 1) + 1
        return NotJson(
            f"The text is not UTF-8: byte 0x{text[fault.start]:02x} at line {line}, byte column {column}. Encode JSON as UTF-8.",
            f"文本不是 UTF-8 编码：第 {line} 行第 {column} 字节为 0x{text[fault.start]:02x}。请以 UTF-8 编码 JSON。",
            line,
            column,
        )
    if text.startswith(b"\xef\xbb\xbf"):
        return NotJson("The text starts with a byte order mark; remove it.", "文本以字节顺序标记（BOM）开头；请将其删除。", 1, 1)
    return NotJson(
        f"The text is not valid JSON at line {exc.lineno}, column {exc.colno}: {exc.msg}.",
        f"文本在第 {exc.lineno} 行第 {exc.colno} 列不是有效的 JSON：{exc.msg}。",
        exc.lineno,
        exc.colno,
    )


def _depth_exceeds(value: Any, limit: int) -> bool:
    level, depth = [value], 0
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        if depth > limit:
            return True
        level = [below for item in level for below in (item.values() if isinstance(item, dict) else item)]
    return False
