"""``POST /v1/conflict-check``: a flow, a route or several of them in, cited verdicts out; ``POST /v1/timeline``: when they change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from comity.api import body, several
from comity.api.filters import check_names, checked_value
from comity.api.refusing import failed, refused
from comity.api.settings import Settings
from comity.check.answer import DETAILS, SCOPES
from comity.check.checker import Ask
from comity.flow.json_text import NotJson
from comity.flow.problems import DescriptionError
from comity.http.negotiation import checked_language, media_type
from comity.http.waiting import while_connected
from comity.judging.judges import SHORT_BODY, AnswerTooLong, Engine, JudgingPool, Wanted, in_process
from comity.judging.representations import JSON, JSON_LD, TURTLE
from comity.processes.failures import Cancelled

PATH = "/v1/conflict-check"
TIMELINE = "/v1/timeline"
OFFERED = (JSON, TURTLE, JSON_LD)

Judge = Callable[[Request, bytes, Wanted], Awaitable[bytes]]
"""Judges the body of a request; gives the answer as it is wanted, in one of the media types :data:`OFFERED`."""


def routes(judge: Judge, most_bytes: int) -> list[Route]:
    """Return the routes that take descriptions, answered by ``judge`` for bodies of up to ``most_bytes``.

    They are plain routes: the engine checks a description, once, against the shape of the graph, so that nothing is left for a
    framework to validate. :mod:`comity.api.openapi` documents them.
    """

    async def conflict_check(request: Request) -> Response:
        form = media_type(request.headers.get("accept"), OFFERED)
        wanted = _wanted(request, form)
        lines = body.is_lines(request.headers.get("content-type"))
        if not lines:
            body.require_json_type(request.headers.get("content-type"), request.headers.get("content-encoding"))
        raw = await body.read(request, most_bytes)
        if lines:
            return several.answer_lines(raw, partial(_one, judge, request, wanted._replace(form=JSON)))
        if several.is_list(raw):
            return await several.answer_list(raw, partial(_one, judge, request, wanted._replace(form=JSON)))
        return _response(await judge(request, raw, wanted), form)

    async def timeline(request: Request) -> Response:
        check_names(request.query_params.keys(), ["lang"])
        lang = _language(request)
        body.require_json_type(request.headers.get("content-type"), request.headers.get("content-encoding"))
        raw = await body.read(request, most_bytes)
        return _response(await judge(request, raw, Wanted(lang=lang, over_time=True)), JSON)

    return [Route(PATH, conflict_check, methods=["POST"]), Route(TIMELINE, timeline, methods=["POST"])]


def _response(content: bytes, form: str) -> Response:
    kind = f"{form}; charset=utf-8" if form == TURTLE else form
    return Response(content, headers={"Cache-Control": "no-store", "Vary": "Accept"}, media_type=kind)


async def _one(judge: Judge, request: Request, wanted: Wanted, raw: bytes) -> bytes:
    return await judge(request, raw, wanted)


def _language(request: Request) -> str | None:
    lang = request.query_params.get("lang")
    if lang is not None:
        checked_language(lang)
    return lang


def _wanted(request: Request, form: str) -> Wanted:
    """Return how an answer is wanted; a report in RDF tells every finding. Raises a :class:`Problem` for a parameter or value not known."""
    detail, scope, plan, latent, lang = "summary", "flow", "true", "false", None
    if request.scope["query_string"]:
        told = request.query_params
        check_names(told.keys(), ["detail", "lang", "latent", "plan", "scope"])
        detail = checked_value("detail", told.get("detail", detail), DETAILS)
        scope = checked_value("scope", told.get("scope", scope), SCOPES)
        plan = checked_value("plan", told.get("plan", plan), ("true", "false"))
        latent = checked_value("latent", told.get("latent", latent), ("false", "true"))
        lang = _language(request)
    if form != JSON:
        return Wanted(Ask.of("findings", scope, False), form, lang)
    return Wanted(Ask.of(detail, scope, plan == "true", latent == "true"), form, lang)


def judge_with(pool: JudgingPool) -> Judge:
    """Judge in the processes of ``pool``."""

    async def judge(request: Request, raw: bytes, wanted: Wanted) -> bytes:
        try:
            judged = pool.judge(raw, wanted)
            return judged if isinstance(judged, bytes) else await while_connected(request, judged)
        except Cancelled as failure:
            raise failed(failure) from None
        except (DescriptionError, NotJson, RecursionError, AnswerTooLong) as fault:
            raise refused(fault) from None

    return judge


def judge_here(engine: Engine, settings: Settings, shapes: Mapping[str, str]) -> Judge:
    """Judge in this process: for tests and for a service with a single user, since a check in this process cannot be stopped."""

    async def judge(request: Request, raw: bytes, wanted: Wanted) -> bytes:
        depth, most_bytes = settings.max_depth, settings.max_answer_bytes
        check = partial(in_process, engine, raw, wanted, depth=depth, most_bytes=most_bytes, shapes=shapes)
        try:
            return check() if len(raw) <= SHORT_BODY else await run_in_threadpool(check)
        except (DescriptionError, NotJson, RecursionError, AnswerTooLong) as fault:
            raise refused(fault) from None

    return judge
