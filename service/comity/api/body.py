"""The request body: its size, its type, its JSON. The meaning is judged elsewhere."""

from __future__ import annotations

from starlette.requests import Request

from comity.http.problems import Problem


def is_lines(content_type: str | None) -> bool:
    """Say whether a body is sent as JSON values, one on each line."""
    kind = (content_type or "").split(";")[0].strip().lower()
    return kind in ("application/x-ndjson", "application/ndjson", "application/jsonl")


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
    """Return the whole body, or a 413 :class:`Problem` as soon as it is known to exceed ``limit`` bytes."""
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
    """Return the 413 for a body over ``limit`` bytes; the connection is closed, so that the rest is not read."""
    return Problem(
        413,
        "Content Too Large",
        f"The body is larger than {limit} bytes. Send one description per request.",
        headers={"Connection": "close"},
        limit=limit,
    )
