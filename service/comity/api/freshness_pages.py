"""``/freshness`` and ``/v1/freshness``: when norms were read, what begins and ends in the next twelve months, what is announced."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, NamedTuple

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.api.catalogue import Catalogue
from comity.api.filters import check_names, checked_day
from comity.api.page_answers import Asked, PageAnswers
from comity.api.refusing import unanswerable
from comity.freshness.state import Lists, state
from comity.http.languages import in_language
from comity.http.negotiation import checked_language, media_type
from comity.http.problems import Problem, error
from comity.recognition.service import Recognitions
from comity.recognition.sides import RecognitionError
from comity.web.law_changes import changes_by_day, norm_events
from comity.web.links import Links
from comity.web.words import WORDS

__all__ = ["router"]

Json = dict[str, Any]
_SHOWN = 40  # norms that the page names as least fresh
_LISTED = 50
_LARGEST_OFFSET = 1_000_000_000


class _Line(NamedTuple):
    """A thing of a list on the page: its link, label and identifier, when it was made or read, when it begins."""

    href: str
    label: str
    name: str
    made: str
    begins: str


def router(
    catalogue: Catalogue, recognitions: Recognitions, pages: PageAnswers, caching: Freshness, graph: dict[str, str], page_limit: int
) -> APIRouter:
    """Return the routes, answered from what the graph lists; an answer holds at most ``page_limit`` norms."""
    routes = APIRouter()
    gazetteer = recognitions.gazetteer

    @lru_cache(maxsize=16)
    def told(day: datetime.date, place: str | None) -> Json:
        lists = (catalogue.norms, catalogue.instruments, catalogue.recognitions, catalogue.jurisdictions, catalogue.readings)
        return state(Lists(*(items.values() for items in lists)), day, place)

    def side(place: str | None, day: datetime.date) -> str | None:
        return gazetteer.side(place, day, "place").code if place else None

    @routes.get(
        "/v1/freshness",
        tags=["The graph"],
        summary="When norms were read, what begins and ends in the next twelve months, what is announced",
        response_class=Response,
    )
    def freshness(
        request: Request,
        day: Annotated[str | None, Query(alias="asOf", max_length=200, description="The day, as 2026-01-31; today by default.")] = None,
        place: Annotated[str | None, Query(max_length=200, description="Only what concerns this place or body.")] = None,
        limit: Annotated[int, Query(ge=1, description="Most norms to list.")] = _LISTED,
        offset: Annotated[int, Query(ge=0, le=_LARGEST_OFFSET, description="Norms to skip; the least fresh come first.")] = 0,
        lang: Annotated[str | None, Query(max_length=200, description="Keep only this language in every {en, zh} map.")] = None,
    ) -> Response:
        """The norms in force on the day or later, the least fresh first; `coming` and `announced` are told whole."""
        media_type(request.headers.get("accept"), ("application/json",))
        check_names(request.query_params.keys(), ["asOf", "place", "limit", "offset", "lang"])
        kept = lang and checked_language(lang)
        if limit > page_limit:
            en, zh = f"limit is {limit}, and a page has {page_limit} at most.", f"limit 为 {limit}；每页最多 {page_limit} 项。"
            raise Problem(422, "Invalid parameter", en, errors=[error("/query/limit", en, zh, [str(page_limit)])])
        on = datetime.date.fromisoformat(checked_day("asOf", day)) if day else _today()
        try:
            found = told(on, side(place, on))
        except RecognitionError as refused:
            raise unanswerable(refused) from None

        def body() -> bytes:
            norms = found["readings"]["norms"][offset : offset + limit]
            answer = {**found, "readings": {**found["readings"], "norms": norms, "limit": limit, "offset": offset}, "graph": graph}
            return orjson.dumps(in_language(answer, kept) if kept else answer)

        return caching.response(request, body, "application/json", language=on.isoformat())

    @routes.get("/freshness", include_in_schema=False)
    def page(request: Request) -> Response:
        today = _today()

        def tell(asked: Asked, links: Links, lang: str) -> Json:
            day = datetime.date.fromisoformat(checked_day("asOf", asked["asOf"])) if "asOf" in asked else today
            code = side(asked.get("place"), day)
            found = told(day, code)
            end = datetime.date.fromisoformat(found["until"])
            norms = norm_events(catalogue.norms.values(), day, end, lambda norm, _: code is None or code in norm.get("jurisdiction", ()))
            others = recognitions.changes(day, end, [code] if code else [])["changes"]
            named = {"place": code} if code else {}
            return {
                "state": found,
                "groups": _groups(found["readings"], lang),
                "days": changes_by_day(norms, others, catalogue.instruments, today, links, lang),
                "announced": [_line(each, links, lang, str(each.get("made", ""))) for each in found["announced"]],
                "oldest": [_line(each, links, lang, each.get("readOn", "")) for each in found["readings"]["norms"][:_SHOWN]],
                "changes": links.to("/changes", **{"from": found["asOf"], "to": found["until"], **named}),
                "data": links.to("/v1/freshness", asOf=found["asOf"], **named),
            }

        return pages.page(request, "freshness", ("asOf", "place"), tell, variant=today.isoformat())

    return routes


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


def _groups(readings: Mapping[str, Any], lang: str) -> list[tuple[str, int, int]]:
    """Return the groups of ages in words, with how many norms and recognitions are in each."""
    return [
        (_age(norms, lang), norms["number"], recognitions["number"])
        for norms, recognitions in zip(readings["byAge"], readings["recognitions"]["byAge"], strict=True)
    ]


def _age(group: Mapping[str, Any], lang: str) -> str:
    if "never" in group:
        return WORDS["age_never"][lang]
    least, under = group["fromMonths"], group["underMonths"]
    word = "age_over" if under is None else "age_between" if least else "age_under"
    return WORDS[word][lang].format(least=least, under=under)


def _line(item: Mapping[str, Any], links: Links, lang: str, made: str) -> _Line:
    label = item.get("label") or item.get("title") or {}
    return _Line(links.to(f"/id/{item['id']}"), label.get(lang, item["id"]), item.get("identifier", ""), made, item.get("inForceFrom", ""))
