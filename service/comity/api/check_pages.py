"""``/check``: a person tells a flow, reads what the law says of it, takes steps, answers questions and checks again.

Every page holds the whole description and posts it back, so that nothing of it is kept here and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import orjson
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from comity.api import openapi, posted
from comity.api.conflict_check import Judge
from comity.api.dataset import Dataset
from comity.api.filters import check_names
from comity.api.names import nearest
from comity.api.refusing import refused
from comity.check.checker import Ask
from comity.flow.json_text import NotJson, parse_json
from comity.flow.problems import DescriptionError
from comity.flow.schema import Schema
from comity.http.negotiation import language
from comity.http.problems import Problem
from comity.judging.judges import Wanted
from comity.web.check.answers import answered, pretty, stepped
from comity.web.check.page import CheckPages
from comity.web.pages import CHECK_CONTENT_SECURITY_POLICY, Renderer
from comity.web.terms import Terms

__all__ = ["router"]

Fields = list[tuple[str, str]]

HTML = "text/html; charset=utf-8"
PATH = "/check"


class _Stopped(Exception):
    """A description that cannot be judged as it stands: what is wrong, how far it was put together, and what was not put into it."""

    def __init__(self, problem: Problem, text: str, description: Any = None, kept: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(str(problem))
        self.problem, self.text, self.description, self.kept = problem, text, description, kept


def router(dataset: Dataset, terms: Terms, renderer: Renderer, judge: Judge, most_bytes: int, depth: int) -> APIRouter:
    """Return the routes of the check; a form is bounded by ``most_bytes`` and the nesting of a description by ``depth``."""
    routes = APIRouter(include_in_schema=False)
    pages = CheckPages(dataset.program, terms, openapi.examples())

    def page(request: Request, lang: str, values: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> Response:
        chosen = "lang" in request.query_params
        content = renderer.page("check", lang, PATH, chosen=chosen, **values)
        common = {"Content-Security-Policy": CHECK_CONTENT_SECURITY_POLICY, "Cache-Control": "no-store", "Content-Language": lang}
        return Response(content, status, {**common, **(headers or {})}, HTML)

    def stopped(request: Request, lang: str, fault: _Stopped) -> Response:
        values = pages.fault(lang, fault.text, fault.problem, fault.description, fault.kept)
        return page(request, lang, values, fault.problem.status, fault.problem.headers)

    async def judged(request: Request, description: Any) -> Any:
        try:
            raw = await judge(request, orjson.dumps(description), Wanted(Ask("all")))
        except Problem as fault:
            raise _Stopped(fault, pretty(description), description) from None
        return orjson.loads(raw)

    @routes.get(PATH)
    async def begin(request: Request, start: str | None = None, lang: str | None = None) -> Response:
        check_names(request.query_params.keys(), ["lang", "start"])
        tongue = language(lang, request.headers.get("accept-language"))
        if start is None:
            return page(request, tongue, pages.start(tongue, date.today().isoformat()))
        known = openapi.examples()
        if start not in known:
            near = nearest(start, list(known))
            text = f"There is no flow {start[:80]!r} to begin with. Known: {', '.join(known)}."
            problem = Problem(404, "Not Found", text, nearest=near)
            return stopped(request, tongue, _Stopped(problem, ""))
        description = known[start]["value"]
        try:
            return page(request, tongue, pages.answer(tongue, description, await judged(request, description)))
        except _Stopped as fault:
            return stopped(request, tongue, fault)

    async def posted_to(request: Request, lang: str | None, answer: Callable[[str, Any], Awaitable[Response]]) -> Response:
        tongue = language(lang, request.headers.get("accept-language"))
        try:
            told = await _fields(request, most_bytes)
            return await answer(tongue, await run_in_threadpool(_completed, pages.schema, depth, told))
        except _Stopped as fault:
            return stopped(request, tongue, fault)

    @routes.post(PATH)
    async def check(request: Request, lang: str | None = None) -> Response:
        async def answer(tongue: str, description: Any) -> Response:
            found = await judged(request, description)
            return await run_in_threadpool(lambda: page(request, tongue, pages.answer(tongue, description, found)))

        return await posted_to(request, lang, answer)

    @routes.post(PATH + "/description.json")
    async def download(request: Request, lang: str | None = None) -> Response:
        async def answer(_: str, description: Any) -> Response:
            return _file("description.json", pretty(description).encode() + b"\n")

        return await posted_to(request, lang, answer)

    @routes.post(PATH + "/answer.json")
    async def download_answer(request: Request, lang: str | None = None) -> Response:
        async def answer(_: str, description: Any) -> Response:
            return _file("answer.json", orjson.dumps(await judged(request, description), option=orjson.OPT_INDENT_2))

        return await posted_to(request, lang, answer)

    return routes


def _completed(schema: Schema, depth: int, told: Fields) -> Any:
    """Return the description that was posted, with the step that was taken and the answers that were filled in."""
    text = posted.first(told, "description")
    try:
        description = parse_json(text.encode(), depth) if text.strip() else {}
    except (NotJson, DescriptionError) as fault:
        raise _Stopped(refused(fault), text, None, told) from None
    if not isinstance(description, dict):
        return description
    touched: list[str] = []
    answers = [each for each in told if each[0] != "patch"]
    try:
        if patch := posted.first(told, "patch"):
            description, touched = stepped(description, patch)
        return answered(schema, description, answers, touched)
    except (DescriptionError, RecursionError) as fault:
        raise _Stopped(refused(fault), pretty(description), description, answers) from None


async def _fields(request: Request, most_bytes: int) -> Fields:
    try:
        return await posted.fields(request, most_bytes)
    except Problem as fault:
        raise _Stopped(fault, "") from None


def _file(name: str, content: bytes) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type="application/json")
