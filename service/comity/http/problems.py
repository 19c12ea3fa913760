"""Errors as RFC 9457 problem documents (``application/problem+json``).

Every error that the service sends goes through :class:`Problem`, so that a client needs one parser. An error that nobody
foresaw is logged with its traceback and answered with a 500 that says nothing about the inside.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from comity.http.languages import LANGUAGES, in_language

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger("comity.api")


class Problem(Exception):
    """An error to be answered with ``status`` and a problem document.

    ``title`` names the kind of error and is the same for all of its occurrences; ``detail`` is a sentence about this one,
    with the remedy. ``type`` identifies the kind by IRI where one exists. ``headers`` are added to the response and
    ``extra`` members (``errors=[…]``) to the document.
    """

    def __init__(
        self,
        status: int,
        title: str,
        detail: str,
        *,
        type: str = "about:blank",
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status = status
        self.title = title
        self.detail = detail
        self.type = type
        self.headers = headers or {}
        self.extra = extra

    def document(self) -> dict[str, Any]:
        """Return the problem as a JSON object, members in a fixed order."""
        return {"type": self.type, "title": self.title, "status": self.status, "detail": self.detail, **self.extra}

    def response(self) -> Response:
        """Return the problem as an HTTP response that no cache keeps."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(orjson.dumps(self.document()), self.status, headers, MEDIA_TYPE)


def error(pointer: str, en: str, zh: str, nearest: list[str] | None = None, **extra: Any) -> dict[str, Any]:
    """Return one member of a problem's ``errors``: where, what in both languages, and the nearest valid values."""
    return {"pointer": pointer, "message": {"en": en, "zh": zh}, "nearest": list(nearest or ()), **extra}


def internal_error() -> Problem:
    """Return the answer to a fault of ours; the cause is in the log only."""
    return Problem(500, "Internal Server Error", "The service failed on this request. The fault has been logged.")


def install(app: FastAPI) -> None:
    """Make ``app`` answer every foreseen exception with a problem document."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)


async def _problem(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, Problem)
    lang = request.query_params.get("lang")
    if lang in LANGUAGES and "errors" in exc.extra:
        exc.extra["errors"] = in_language(exc.extra["errors"], lang)
    return exc.response()


async def _http(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, HTTPException)
    title = HTTPStatus(exc.status_code).phrase
    path = request.url.path
    if exc.status_code == 404:
        detail = f"There is nothing at {path}. The service's addresses are listed at /docs and /openapi.json."
    elif exc.status_code == 405:
        allowed = (exc.headers or {}).get("Allow", "")
        detail = f"{path} does not answer {request.method}; it answers {allowed or 'other methods'}."
    else:
        detail = str(exc.detail)
    return Problem(exc.status_code, title, detail, headers=dict(exc.headers or {})).response()


async def _validation(_: Request, exc: Exception) -> Response:
    assert isinstance(exc, RequestValidationError)
    errors = []
    for item in exc.errors():
        where, *path = (str(part) for part in item["loc"])
        pointer = f"/{where}/{'/'.join(path)}" if path else f"/{where}"
        errors.append(error(pointer, f"{item['msg']}.", f"该值无效：{item['msg']}。"))
    names = ", ".join(entry["pointer"] for entry in errors)
    return Problem(422, "Invalid parameter", f"These parts of the request are not valid: {names}.", errors=errors).response()
