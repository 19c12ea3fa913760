"""The request body: its size, its type, its JSON. The meaning is judged elsewhere."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from comity.flow.json_text import NotJson, parse_json
from comity.http.problems import Problem, error


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
    """``body`` as data, read by :func:`comity.flow.json_text.parse_json`; a 400 :class:`Problem` for what is not JSON."""
    try:
        return parse_json(body, max_depth)
    except NotJson as fault:
        told = error("", fault.message["en"], fault.message["zh"], line=fault.line, column=fault.column)
        raise Problem(400, "Malformed JSON", fault.message["en"], errors=[told]) from None
