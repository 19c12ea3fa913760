"""``/law``: places and their instruments; ``/changes``: what changes in the law between two days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.api.catalogue import Catalogue
from comity.api.filters import checked_day
from comity.api.page_answers import Asked, PageAnswers
from comity.conflict.listed import Conflicts, Wanted
from comity.http.problems import Problem, error
from comity.recognition.service import Recognitions
from comity.recognition.sides import Side
from comity.web.law_changes import changes_by_day, norm_events
from comity.web.law_index import law_by_place
from comity.web.links import Links

__all__ = ["router"]

_MOST_CONFLICTS = 30
_ASKED = ("from", "to", "place")


def router(catalogue: Catalogue, conflicts: Conflicts, recognitions: Recognitions, pages: PageAnswers) -> APIRouter:
    """Return the routes of the pages."""
    routes = APIRouter(include_in_schema=False)
    find = lru_cache(maxsize=16)(conflicts.find)
    gazetteer = recognitions.gazetteer

    @routes.get("/law")
    def law(request: Request) -> Response:
        def tell(_: Asked, links: Links, lang: str) -> dict[str, Any]:
            held = catalogue.instruments.values(), catalogue.jurisdictions.values(), catalogue.coverage.values()
            return {"places": law_by_place(*held, links, lang)}

        return pages.page(request, "law", (), tell)

    def is_law_of(norm: Mapping[str, Any], side: Side, day: datetime.date) -> bool:
        codes = [code for code in norm.get("jurisdiction", ()) if code in gazetteer.labels]
        return any(code == side.code or side.within(gazetteer.members(code, day)) for code in codes)

    @routes.get("/changes")
    def changes(request: Request) -> Response:
        today = datetime.datetime.now(datetime.UTC).date()

        def tell(asked: Asked, links: Links, lang: str) -> dict[str, Any]:
            start, end = _days(asked, today)
            side = gazetteer.side(asked["place"], end, "place") if "place" in asked else None
            norms = norm_events(catalogue.norms.values(), start, end, lambda norm, day: side is None or is_law_of(norm, side, day))
            others = recognitions.changes(start, end, [side.code] if side else [])["changes"]
            days = changes_by_day(norms, others, catalogue.instruments, today, links, lang)
            before, after = ({c["id"]: c for c in find(Wanted(place=side.code if side else None, on=day))} for day in (start, end))
            new, gone = ([c for key, c in one.items() if key not in other] for one, other in ((after, before), (before, after)))
            return {
                "start": start.isoformat(),
                "end": end.isoformat(),
                "days": days,
                "sums": {event: sum(g.number for day in days for g in day.groups if g.event == event) for event in ("begins", "ends")},
                "conflicts": [
                    ("conflicts_new", end.isoformat(), new[:_MOST_CONFLICTS], len(new)),
                    ("conflicts_gone", end.isoformat(), gone[:_MOST_CONFLICTS], len(gone)),
                ],
                "most": _MOST_CONFLICTS,
                "data": links.to("/v1/recognitions/changes", **{"from": start.isoformat(), "until": end.isoformat()}),
            }

        return pages.page(request, "changes", _ASKED, tell, variant=today.isoformat())

    return routes


def _days(asked: Asked, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the two days: those that are asked, else a year before today and a year after it."""
    year = datetime.timedelta(days=365)
    start, end = (
        datetime.date.fromisoformat(checked_day(name, asked[name])) if name in asked else otherwise
        for name, otherwise in (("from", today - year), ("to", today + year))
    )
    if end < start:
        en, zh = f"to {end} is before from {start}; swap them.", f"to {end} 早于 from {start}；请对调。"
        raise Problem(422, "Unknown value", en, errors=[error("/query/to", en, zh)])
    return start, end
