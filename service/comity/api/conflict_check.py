"""``POST /v1/conflict-check``: one flow, or a route of several legs, in; a cited verdict out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from comity.api import body
from comity.api.filters import check_names, checked_value
from comity.api.settings import Settings
from comity.check.answer import DETAILS, SCOPES
from comity.check.checker import Ask
from comity.flow.json_text import NotJson
from comity.flow.problems import DescriptionError
from comity.http.negotiation import checked_language, media_type
from comity.http.problems import Problem, error
from comity.http.waiting import while_connected
from comity.judging.judges import SHORT_BODY, AnswerTooLong, Engine, JudgingPool, Wanted, in_process
from comity.judging.representations import JSON, JSON_LD, TURTLE
from comity.processes.failures import Cancelled, Failure, TimedOut, TooMany, Unavailable

PATH = "/v1/conflict-check"
OFFERED = (JSON, TURTLE, JSON_LD)

Judge = Callable[[Request, bytes, Wanted], Awaitable[bytes]]
"""Judges the body of a request; gives the answer as it is wanted, in one of the media types :data:`OFFERED`."""


def route(judge: Judge, most_bytes: int) -> Route:
    """Return the route, answered by ``judge`` for bodies of up to ``most_bytes``.

    It is a plain route: the engine checks the description, once, against the shape of the graph, so that nothing is left
    for a framework to validate. :mod:`comity.api.openapi` documents it.
    """

    async def conflict_check(request: Request) -> Response:
        form = media_type(request.headers.get("accept"), OFFERED)
        wanted = _wanted(request, form)
        body.require_json_type(request.headers.get("content-type"), request.headers.get("content-encoding"))
        raw = await body.read(request, most_bytes)
        content = await judge(request, raw, wanted)
        kind = f"{form}; charset=utf-8" if form == TURTLE else form
        return Response(content, headers={"Cache-Control": "no-store", "Vary": "Accept"}, media_type=kind)

    return Route(PATH, conflict_check, methods=["POST"])


def _wanted(request: Request, form: str) -> Wanted:
    """Return how an answer is wanted; a report in RDF tells every finding. Raises a :class:`Problem` for a parameter or value not known."""
    detail, scope, plan, lang = "summary", "flow", "true", None
    if request.scope["query_string"]:
        told = request.query_params
        check_names(told.keys(), ["detail", "lang", "plan", "scope"])
        detail = checked_value("detail", told.get("detail", detail), DETAILS)
        scope = checked_value("scope", told.get("scope", scope), SCOPES)
        plan = checked_value("plan", told.get("plan", plan), ("true", "false"))
        lang = told.get("lang")
        if lang is not None:
            checked_language(lang)
    if form != JSON:
        return Wanted(Ask.of("findings", scope, False), form, lang)
    return Wanted(Ask.of(detail, scope, plan == "true"), form, lang)


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


def refused(fault: DescriptionError | NotJson | RecursionError | AnswerTooLong) -> Problem:
    """Return the problem for a description that is not answered; it names every place that is at fault."""
    if isinstance(fault, NotJson):
        told = error("", fault.message["en"], fault.message["zh"], line=fault.line, column=fault.column)
        return Problem(400, "Malformed JSON", fault.message["en"], errors=[told])
    if isinstance(fault, RecursionError):
        text = "The description refers to itself too deeply to be judged; shorten its chains of parties."
        return Problem(422, "Invalid description", text)
    if isinstance(fault, AnswerTooLong):
        text = f"The answer has {fault.length} bytes, and at most {fault.limit} are sent. Send fewer legs or data items in one description."
        return Problem(413, "Answer too large", text, limit=fault.limit)
    rest = len(fault.problems) - 1
    more = f"; and {rest} more, see errors" if rest > 0 else ""
    first = "".join(f"{each['pointer'] or '/'}: {each['message']['en']}" for each in fault.problems[:1])
    return Problem(422, "Invalid description", first + more, errors=list(fault.problems))


def failed(failure: Failure) -> Problem:
    """Return the problem for a check that the judging processes did not finish."""
    if isinstance(failure, TimedOut):
        text = f"The check took longer than {failure.seconds:g} s and was stopped. Send fewer legs, data items or parties at once."
        return Problem(503, "Check timed out", text, headers={"Retry-After": "1"}, limit=failure.seconds)
    if isinstance(failure, TooMany):
        text = f"All processes that judge are in use and others wait. Try again in {failure.seconds} s."
        return Problem(503, "Too many checks", text, headers={"Retry-After": str(failure.seconds)})
    if isinstance(failure, Unavailable):
        return Problem(503, "Checks are not available", str(failure), headers={"Retry-After": "5"})
    if isinstance(failure, Cancelled):
        return Problem(499, "Client Closed Request", "The client went away before the description was judged.")
    text = "The check needs more memory than one check may use. Send fewer legs, data items or parties in one description."
    return Problem(422, "Description too expensive", text)
