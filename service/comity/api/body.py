"""The request body: its size, its encoding, its JSON, its depth. The meaning is judged elsewhere."""

from __future__ import annotations

import json
from typing import Any

import orjson
from starlette.requests import Request

from comity.http.problems import Problem, error

_OPENERS = (b"{", b"[")


def require_json_type(content_type: str | None, content_encoding: str | None) -> None:
    """Refuse, with 415, a body that says it is something other than plain JSON."""
    if content_encoding and content_encoding.strip().lower() not in ("", "identity"):
        raise Problem(
            415, "Unsupported Media Type", f"The body is sent with Content-Encoding {content_encoding[:40]}; send it uncompressed."
        )
    if not content_type:
        return
    kind = content_type.split(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise Problem(
            415,
            "Unsupported Media Type",
            f"The body is sent as {kind[:80]}; send JSON with the header Content-Type: application/json.",
        )


async def read(request: Request, limit: int) -> bytes:
    """The whole body, or a 413 :class:`Problem` as soon as it is known to exceed ``limit`` bytes."""
    declared = request.headers.get("content-length")
    if declared is not None and declared.isdigit() and int(declared) > limit:
        raise too_large(limit)
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise too_large(limit)
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def too_large(limit: int) -> Problem:
    """The 413 for a body over ``limit`` bytes; the connection is closed, so that the rest is not read."""
    return Problem(
        413,
        "Content Too Large",
        f"The body is larger than {limit} bytes. Send one description per request.",
        headers={"Connection": "close"},
        limit=limit,
    )


def parse(body: bytes, max_depth: int) -> Any:
    """``body`` as JSON.

    Raises a 400 :class:`Problem` that names line and column for anything that is not JSON (``NaN`` and the like included),
    and a 422 for a key that occurs twice in one object or for nesting over ``max_depth`` levels.
    """
    if not body.strip():
        raise _not_json(
            "The body is empty; send one flow description as a JSON object.", "请求体为空；请发送一个描述流动的 JSON 对象。", 1, 1
        )
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as exc:
        if "depth" in exc.msg:
            raise _too_deep(max_depth) from None
        raise _explained(body, exc) from None
    # Counting brackets costs microseconds; only a body with many of them is walked.
    if sum(map(body.count, _OPENERS)) > max_depth and _depth_exceeds(value, max_depth):
        raise _too_deep(max_depth)
    # orjson keeps the last of two equal keys without a word. Where nothing is escaped, every text that was kept has two
    # quotation marks, so that one left out shows in their number. Numbers are not of interest here, hence `len`.
    if b"\\" in body or body.count(b'"') != orjson.dumps(value).count(b'"'):
        json.loads(body, object_pairs_hook=_refuse_repeated_key, parse_int=len, parse_float=len)
    return value


def _refuse_repeated_key(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            en, zh = f"The key {key[:80]!r} stands twice in one object.", f"同一对象中重复出现键“{key[:80]}”。"
            raise Problem(422, "Invalid description", f"{en} Keep one of them.", errors=[error("", en, zh)])
        seen.add(key)


def _too_deep(limit: int) -> Problem:
    en = f"The body nests deeper than {limit} levels; give parties an id and refer to them by it."
    zh = f"请求体嵌套超过 {limit} 层；请为主体设置 id 并以 id 引用。"
    return Problem(422, "Invalid description", en, errors=[error("", en, zh)])


def _explained(body: bytes, exc: orjson.JSONDecodeError) -> Problem:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = body.count(b"\n", 0, fault.start) + 1
        column = fault.start - (body.rfind(b"\n", 0, fault.start) + 1) + 1
        return _not_json(
            f"The body is not UTF-8: byte 0x{body[fault.start]:02x} at line {line}, byte column {column}. Send JSON encoded as UTF-8.",
            f"请求体不是 UTF-8 编码：第 {line} 行第 {column} 字节为 0x{body[fault.start]:02x}。请以 UTF-8 编码发送 JSON。",
            line,
            column,
        )
    if body.startswith(b"\xef\xbb\xbf"):
        return _not_json("The body starts with a byte order mark; remove it.", "请求体以字节顺序标记（BOM）开头；请将其删除。", 1, 1)
    return _not_json(
        f"The body is not valid JSON at line {exc.lineno}, column {exc.colno}: {exc.msg}.",
        f"请求体在第 {exc.lineno} 行第 {exc.colno} 列不是有效的 JSON：{exc.msg}。",
        exc.lineno,
        exc.colno,
    )


def _not_json(en: str, zh: str, line: int, column: int) -> Problem:
    return Problem(400, "Malformed JSON", en, errors=[error("", en, zh, line=line, column=column)])


def _depth_exceeds(value: Any, limit: int) -> bool:
    level, depth = [value], 0
    while level := [item for item in level if isinstance(item, dict | list)]:
        depth += 1
        if depth > limit:
            return True
        level = [below for item in level for below in (item.values() if isinstance(item, dict) else item)]
    return False
