"""Several descriptions in one request: a JSON array, or one on each line. A fault of one does not stop the others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import orjson
from starlette.responses import Response, StreamingResponse

from comity.api.refusing import refused
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError
from comity.http.problems import Problem

__all__ = ["MOST", "answer_lines", "answer_list", "is_list"]

MOST = 100
"""How many descriptions one array may have; lines have no such limit but that of the body."""

NDJSON = "application/x-ndjson"
_DEEPEST = 200  # of an array; each description in it is then bounded like any other

Judge = Callable[[bytes], Awaitable[bytes]]
"""Judges one description, given as JSON text; raises :class:`Problem`."""


def is_list(raw: bytes) -> bool:
    """Say whether a body is a JSON array."""
    return raw[:64].lstrip()[:1] == b"["


async def answer_list(raw: bytes, judge: Judge) -> Response:
    """Return the array of answers to an array of descriptions; in the place of one that cannot be judged stands its problem."""
    try:
        descriptions = parse_json(raw, _DEEPEST)
    except (DescriptionError, NotJson) as fault:
        raise refused(fault) from None
    if len(descriptions) > MOST:
        text = f"The array has {len(descriptions)} descriptions, and at most {MOST} are read. Send more as lines ({NDJSON})."
        raise Problem(413, "Too many descriptions", text, limit=MOST)
    answers = [await _judged(judge, orjson.dumps(description)) for description in descriptions]
    return Response(b"[" + b",".join(answers) + b"]", headers={"Cache-Control": "no-store"}, media_type="application/json")


def answer_lines(raw: bytes, judge: Judge) -> Response:
    """Return the answers to descriptions on lines, each as soon as it is there; a problem names the ``line`` that has it."""

    async def answers() -> AsyncIterator[bytes]:
        for number, line in enumerate(raw.split(b"\n"), start=1):
            if line.strip():
                yield await _judged(judge, line, line=number) + b"\n"

    return StreamingResponse(answers(), headers={"Cache-Control": "no-store"}, media_type=NDJSON)


async def _judged(judge: Judge, description: bytes, **where: int) -> bytes:
    try:
        return await judge(description)
    except Problem as fault:
        return orjson.dumps({**fault.document(), **where})
