"""Who recognises whom, and what states owe each other.

``/v1/recognitions/pairs``, ``/matrix``, ``/paths`` and ``/changes``, and ``/v1/commitments``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.api.filters import check_names, checked_day, checked_value
from comity.api.refusing import unanswerable
from comity.http.languages import in_language
from comity.http.negotiation import checked_language, media_type
from comity.http.problems import Problem, error
from comity.recognition.exceptions import Measure
from comity.recognition.overview import MOST_HOPS
from comity.recognition.service import Recognitions
from comity.recognition.sides import RecognitionError

__all__ = ["router"]


def _asked(description: str, **more: Any) -> Any:
    return Query(description=description, max_length=2048, **more)


Day = Annotated[str | None, _asked("The day asked, as 2026-01-31; it must be said.", alias="asOf")]
Lang = Annotated[str | None, _asked("Keep only this language in every {en, zh} map.")]
Places = Annotated[str | None, _asked("Codes or names of places, or of bodies with law of their own, separated by commas.")]


def router(recognitions: Recognitions, freshness: Freshness) -> APIRouter:
    """Return the routes, answered from ``recognitions``."""
    routes = APIRouter(prefix="/v1", tags=["Who recognises whom"])

    def answer(request: Request, known: list[str], lang: str | None, make: Callable[[], Any]) -> Response:
        media_type(request.headers.get("accept"), ("application/json",))
        check_names(request.query_params.keys(), [*known, "lang"])
        lang = lang and checked_language(lang)
        try:
            found = make()
        except RecognitionError as refused:
            raise unanswerable(refused, request.path_params) from None
        return freshness.response(request, lambda: orjson.dumps(in_language(found, lang) if lang else found), "application/json")

    @routes.get("/recognitions/pairs/{one}/{other}", summary="What two places recognise of each other on a day, and whether it is mutual")
    def pair(request: Request, one: str, other: str, day: Day = None, lang: Lang = None) -> Response:
        return answer(request, ["asOf"], lang, lambda: recognitions.pair(one, other, _day("asOf", day)))

    @routes.get("/recognitions/matrix", summary="Who of several places recognises whom on a day, and who gives more than it gets")
    def matrix(request: Request, day: Day = None, places: Places = None, lang: Lang = None) -> Response:
        """Without ``places``, everyone who makes a recognition; at most 80 places."""
        return answer(request, ["asOf", "places"], lang, lambda: recognitions.matrix(_named(places), _day("asOf", day)))

    @routes.get("/recognitions/paths", summary="Ways from one place to another by recognition alone, and why recognition is not transitive")
    def paths(
        request: Request,
        start: Annotated[str | None, _asked("Where the data leave.", alias="from")] = None,
        end: Annotated[str | None, _asked("Where they are to arrive.", alias="to")] = None,
        day: Day = None,
        hops: Annotated[int, Query(ge=1, le=MOST_HOPS, description="The most hops of a way.")] = MOST_HOPS,
        lang: Lang = None,
    ) -> Response:
        def make() -> Any:
            return recognitions.ways(_said("from", start), _said("to", end), _day("asOf", day), hops)

        return answer(request, ["from", "to", "asOf", "hops"], lang, make)

    @routes.get("/recognitions/changes", summary="Which recognitions and memberships begin or end between two days")
    def changes(
        request: Request,
        start: Annotated[str | None, _asked("The day after which, as 2026-01-31.", alias="from")] = None,
        end: Annotated[str | None, _asked("The last day looked at.", alias="until")] = None,
        places: Places = None,
        lang: Lang = None,
    ) -> Response:
        return answer(
            request,
            ["from", "until", "places"],
            lang,
            lambda: recognitions.changes(_day("from", start), _day("until", end), _named(places)),
        )

    def word(name: str, value: str | None) -> str | None:
        return value and checked_value(name, value, sorted(recognitions.text["words"][name]))

    @routes.get("/commitments/{by}/{towards}", summary="Which restrictions of one side fall under a commitment to the other on a day")
    def commitments(
        request: Request,
        by: str,
        towards: str,
        day: Day = None,
        restriction: Annotated[str | None, _asked("The kind of restriction, such as localStorage.")] = None,
        actor: Annotated[str | None, _asked("Whom it hits, such as financialInstitution.")] = None,
        measure: Annotated[str | None, _asked("Of what sort it is, such as governmentProcurement.")] = None,
        ground: Annotated[str | None, _asked("On what ground it is excused, such as publicPolicy.")] = None,
        adopted: Annotated[str | None, _asked("Since which day it has been in effect.")] = None,
        under: Annotated[str | None, _asked("Under which law it was taken, as a respite names it.")] = None,
        lang: Lang = None,
    ) -> Response:
        def make() -> Any:
            told = Measure(
                word("restriction", restriction),
                word("actor", actor),
                word("measure", measure),
                word("ground", ground),
                None if adopted is None else _day("adopted", adopted),
                under,
            )
            return recognitions.owed(by, towards, _day("asOf", day), told)

        return answer(request, ["asOf", "restriction", "actor", "measure", "ground", "adopted", "under"], lang, make)

    return routes


def _named(places: str | None) -> list[str]:
    return [name for name in (places or "").split(",") if name.strip()]


def _day(name: str, value: str | None) -> datetime.date:
    return datetime.date.fromisoformat(checked_day(name, _said(name, value)))


def _said(name: str, value: str | None) -> str:
    if value is None:
        en, zh = f"{name} is missing; say it in the query.", f"缺少 {name}；请在查询中注明。"
        raise Problem(422, "Missing parameter", en, errors=[error(f"/query/{name}", en, zh)])
    return value
