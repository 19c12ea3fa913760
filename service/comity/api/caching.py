"""Validators and lifetimes: what is read from the graph changes only when the graph or the service does."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

import comity


class Freshness:
    """Makes cacheable responses for one edition of the dataset; a client that holds the same version gets 304 without the work."""

    def __init__(self, edition: str, seconds: int) -> None:
        self._edition = f"{comity.__version__}:{edition}"
        self._control = f"public, max-age={seconds}"

    def response(
        self,
        request: Request,
        make: Callable[[], bytes],
        media_type: str,
        *,
        language: str = "",
        headers: dict[str, str] | None = None,
    ) -> Response:
        """Return the bytes of ``make`` as a response with an ``ETag``, or a 304 where ``If-None-Match`` holds it already."""
        variant = f"{self._edition}|{request.url.path}?{request.url.query}|{media_type}|{language}"
        etag = f'W/"{hashlib.sha256(variant.encode()).hexdigest()[:20]}"'
        kept = {"ETag": etag, "Cache-Control": self._control, "Vary": "Accept, Accept-Language", **(headers or {})}
        if _matches(request.headers.get("if-none-match"), etag):
            return Response(status_code=304, headers=kept)
        return Response(make(), headers=kept, media_type=media_type)


def _matches(header: str | None, etag: str) -> bool:
    if not header:
        return False
    held = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in held or etag.removeprefix("W/") in held
