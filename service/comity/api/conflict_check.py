"""``POST /v1/conflict-check``: one flow, or a route of several legs, in; a cited verdict out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from comity.api import body
from comity.api.filters import check_names
from comity.api.report import report
from comity.api.settings import Settings
from comity.flow.problems import DescriptionError
from comity.http.languages import in_language
from comity.http.negotiation import checked_language, media_type
from comity.http.problems import Problem
from comity.web import jsonld, turtle

PATH = "/v1/conflict-check"
OFFERED = ("application/json", "text/turtle", "application/ld+json")

# A check of an ordinary description takes a fraction of a millisecond, less than handing it to a thread and back. A longer
# body (thousands of data items) goes to a thread, so that others are served meanwhile.
_SHORT_BODY = 32 * 1024


class Engine(Protocol):
    """What judges a description; the service only carries it to and fro."""

    def check_json(self, description: Any) -> bytes:
        """The answer to ``description`` as JSON text; raises ``DescriptionError`` for one that cannot be judged."""


def route(engine: Engine, settings: Settings, demand_of: Callable[[str], str | None]) -> Route:
    """The route, answered by ``engine``. ``demand_of`` maps a norm's IRI to the shape it demands, for the SHACL report.

    It is a plain route: the engine checks the description, once, against the shape of the graph, so that nothing is left
    for a framework to validate. :mod:`comity.api.openapi` documents it.
    """

    def answer(raw: bytes, wanted: str, lang: str | None) -> Response:
        content, kind = judged(engine, raw, settings.max_depth), wanted
        if lang or wanted != "application/json":
            found = orjson.loads(content)
            if lang:
                found = in_language(found, lang)
            if wanted == "text/turtle":
                content, kind = turtle.write(report(found, demand_of)).encode(), "text/turtle; charset=utf-8"
            elif wanted == "application/ld+json":
                content = jsonld.write(report(found, demand_of))
            else:
                content = orjson.dumps(found)
        return Response(content, headers={"Cache-Control": "no-store", "Vary": "Accept"}, media_type=kind)

    async def conflict_check(request: Request) -> Response:
        lang = None
        if request.scope["query_string"]:
            check_names(request.query_params.keys(), ["lang"])
            lang = request.query_params.get("lang")
            if lang is not None:
                checked_language(lang)
        wanted = media_type(request.headers.get("accept"), OFFERED)
        body.require_json_type(request.headers.get("content-type"), request.headers.get("content-encoding"))
        raw = await body.read(request, settings.max_body_bytes)
        if len(raw) <= _SHORT_BODY:
            return answer(raw, wanted, lang)
        return await run_in_threadpool(partial(answer, raw, wanted, lang))

    return Route(PATH, conflict_check, methods=["POST"])


def judged(engine: Engine, raw: bytes, max_depth: int) -> bytes:
    """The answer of ``engine`` as JSON text; a description that is refused becomes a 422 :class:`Problem` that names every place."""
    try:
        return engine.check_json(body.parse(raw, max_depth))
    except DescriptionError as refused:
        rest = len(refused.problems) - 1
        more = f"; and {rest} more, see errors" if rest > 0 else ""
        first = "".join(f"{fault['pointer'] or '/'}: {fault['message']['en']}" for fault in refused.problems[:1])
        raise Problem(422, "Invalid description", first + more, errors=list(refused.problems)) from None
    except RecursionError:
        text = "The description refers to itself too deeply to be judged; shorten its chains of parties."
        raise Problem(422, "Invalid description", text) from None
