"""``/recognition`` and ``/recognition/{one}/{other}``: who recognises whom, as a table and for two places over time."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.api.filters import checked_day
from comity.api.page_answers import Asked, PageAnswers
from comity.recognition.pair import STATES
from comity.recognition.service import Recognitions
from comity.web.links import Links
from comity.web.recognition_pair import PairPage
from comity.web.recognition_table import standings

__all__ = ["router"]

_HOPS = 2
"""Ways over one third place: longer ones are of no use to people."""


def router(recognitions: Recognitions, pages: PageAnswers) -> APIRouter:
    """Return the routes of the pages, answered from ``recognitions``."""
    routes = APIRouter(include_in_schema=False)
    kinds = recognitions.text["words"]["kind"]
    history = lru_cache(maxsize=256)(recognitions.history)

    @routes.get("/recognition")
    def matrix(request: Request) -> Response:
        def tell(asked: Asked, links: Links, lang: str) -> dict[str, Any]:
            ticked = _named(asked.get("place", ""))
            names = list(dict.fromkeys([*_named(asked.get("places", "")), *ticked]))
            day = _day(asked)
            found = recognitions.standings(names, day)
            return {
                "choices": sorted(recognitions.recognising(), key=lambda place: str(place["label"].get(lang, place["code"]))),
                "ticked": ticked,
                "day": day.isoformat(),
                "table": standings(found, STATES, links, lang),
                "data": links.to("/v1/recognitions/matrix", asOf=day.isoformat(), places=",".join(p["code"] for p in found["places"])),
            }

        return pages.page(request, "recognition", ("places", "place", "on"), tell, variant=_today().isoformat())

    @routes.get("/recognition/{one}/{other}")
    def pair(request: Request, one: str, other: str) -> Response:
        def tell(asked: Asked, links: Links, lang: str) -> dict[str, Any]:
            day = _day(asked)
            shown = PairPage(recognitions.pair(one, other, day), recognitions.gazetteer.labels, kinds, links, lang)
            return {
                **shown.head(),
                **shown.ways(recognitions.ways(one, other, day, _HOPS)["paths"]),
                "changes": shown.changes(history(shown.one, shown.other, day)),
                "matrix": links.to("/recognition", on=day.isoformat(), places=f"{shown.one},{shown.other}"),
                "data": links.to(f"/v1/recognitions/pairs/{shown.one}/{shown.other}", asOf=day.isoformat()),
            }

        return pages.page(request, "pair", ("on",), tell, variant=_today().isoformat())

    return routes


def _named(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip()]


def _day(asked: Asked) -> datetime.date:
    return datetime.date.fromisoformat(checked_day("on", asked["on"])) if "on" in asked else _today()


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
