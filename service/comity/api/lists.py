"""``GET /v1/instruments``, ``/v1/norms``, ``/v1/jurisdictions``, ``/v1/recognitions``, ``/v1/coverage``, ``/v1/conflicts``
and their items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.api.catalogue import Catalogue, Item
from comity.api.conflicts import ConflictFilters
from comity.api.filters import check_names
from comity.api.names import nearest
from comity.api.selection import Selection
from comity.conflict.listed import Conflicts
from comity.http.languages import in_language
from comity.http.negotiation import checked_language, media_type
from comity.http.problems import Problem, error

_DEFAULT_PAGE = 50
_LARGEST_OFFSET = 1_000_000_000


def _asked(description: str, **more: Any) -> Any:
    return Query(description=description, max_length=200, **more)


Day = Annotated[str | None, _asked("Only what is in force on this day, as 2026-01-31.", alias="asOf")]
Kind = Annotated[str | None, _asked("Class or kind, as the items give it.")]
Jurisdiction = Annotated[str | None, _asked("Code of the place or body whose law it is, as /v1/jurisdictions gives it.")]
Instrument = Annotated[str | None, _asked("Id of the instrument, as /v1/instruments gives it.")]
Text = Annotated[str | None, _asked("Words that the id, label, title or definition must contain.", alias="q")]
Lang = Annotated[str | None, _asked("Keep only this language in every {en, zh} map.")]


class Paging:
    """The part of a list that is asked for, and in which language."""

    def __init__(
        self,
        limit: Annotated[int | None, Query(ge=1, description="Most items in the page.")] = None,
        offset: Annotated[int, Query(ge=0, le=_LARGEST_OFFSET, description="Items to skip.")] = 0,
        lang: Lang = None,
    ) -> None:
        self.limit, self.offset, self.lang = limit, offset, lang


Paged = Annotated[Paging, Depends()]


def router(catalogue: Catalogue, known: Conflicts, freshness: Freshness, graph: dict[str, str], page_limit: int) -> APIRouter:
    """Return the routes of all lists, answered from ``catalogue``; ``known`` are the conflicts."""
    routes = APIRouter(prefix="/v1", tags=["The graph"])
    chosen = Selection(catalogue, known)

    def page(request: Request, paging: Paging, filters: list[str], select: Callable[[], list[Item]], day: str | None) -> Response:
        media_type(request.headers.get("accept"), ("application/json",))
        check_names(request.query_params.keys(), [*filters, "asOf", "q", "lang", "limit", "offset"])
        lang = paging.lang and checked_language(paging.lang)
        size = page_size(paging.limit, page_limit)
        found = select()
        end = paging.offset + size
        following = None
        if end < len(found):
            query = urlencode({**request.query_params, "limit": size, "offset": end})
            following = f"{request.scope.get('root_path', '')}{request.url.path}?{query}"

        def body() -> bytes:
            items = found[paging.offset : end]
            answer = {"items": in_language(items, lang) if lang else items, "total": len(found), "limit": size, "offset": paging.offset}
            return orjson.dumps({**answer, "next": following, **({"asOf": day} if day else {}), "graph": graph})

        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        return freshness.response(request, body, "application/json", headers=headers)

    def one(
        request: Request, kind: str, items: dict[str, Item], key: str, *, lang: str | None, other_names: dict[str, str] | None = None
    ) -> Response:
        media_type(request.headers.get("accept"), ("application/json",))
        check_names(request.query_params.keys(), ["lang"])
        lang = lang and checked_language(lang)
        other_names = other_names or {}
        item = items.get(other_names.get(key, key))
        if item is None:
            near = nearest(key, [*items, *other_names])
            meant = f" Nearest: {', '.join(near)}." if near else ""
            raise Problem(404, "Not Found", f"The graph has no {kind} {key[:120]!r}.{meant}", nearest=near)
        return freshness.response(
            request,
            lambda: orjson.dumps(in_language({**item, "graph": graph}, lang) if lang else {**item, "graph": graph}),
            "application/json",
        )

    @routes.get("/instruments", summary="Instruments of law")
    def instruments(
        request: Request, paging: Paged, *, day: Day = None, jurisdiction: Jurisdiction = None, kind: Kind = None, text: Text = None
    ) -> Response:
        def select() -> list[Item]:
            return chosen.instruments(day=day, jurisdiction=jurisdiction, kind=kind, text=text)

        return page(request, paging, ["jurisdiction", "kind"], select, day)

    @routes.get("/norms", summary="Norms")
    def norms(
        request: Request,
        paging: Paged,
        *,
        day: Day = None,
        instrument: Instrument = None,
        jurisdiction: Jurisdiction = None,
        kind: Kind = None,
        concerns: Annotated[str | None, _asked("The regulated act, such as Transfer.")] = None,
        bearer: Annotated[str | None, _asked("Whom the norm addresses, such as exporter.")] = None,
        risk: Annotated[str | None, _asked("The risk dimension.")] = None,
        text: Text = None,
    ) -> Response:
        def select() -> list[Item]:
            return chosen.norms(
                day=day, instrument=instrument, jurisdiction=jurisdiction, kind=kind, concerns=concerns, bearer=bearer, risk=risk, text=text
            )

        return page(request, paging, ["instrument", "jurisdiction", "kind", "concerns", "bearer", "risk"], select, day)

    @routes.get("/jurisdictions", summary="Places and bodies, with dated memberships")
    def jurisdictions(
        request: Request,
        paging: Paged,
        *,
        day: Annotated[str | None, _asked("Only memberships in force on this day, as 2026-01-31.", alias="asOf")] = None,
        body: Annotated[str | None, _asked("Only members of this body (on asOf, where it is given).")] = None,
        kind: Kind = None,
        text: Text = None,
    ) -> Response:
        return page(request, paging, ["body", "kind"], lambda: chosen.jurisdictions(day=day, body=body, kind=kind, text=text), day)

    @routes.get("/recognitions", summary="Who recognises whom")
    def recognitions(
        request: Request,
        paging: Paged,
        *,
        day: Day = None,
        recogniser: Annotated[str | None, _asked("Code of the recogniser.", alias="from")] = None,
        recognised: Annotated[str | None, _asked("Code of the recognised.", alias="to")] = None,
        place: Annotated[str | None, _asked("Code of either side.")] = None,
        kind: Kind = None,
        status: Annotated[str | None, _asked("How it stands, such as inForce.")] = None,
        text: Text = None,
    ) -> Response:
        def select() -> list[Item]:
            return chosen.recognitions(
                day=day, recogniser=recogniser, recognised=recognised, place=place, kind=kind, status=status, text=text
            )

        return page(request, paging, ["from", "to", "place", "kind", "status"], select, day)

    @routes.get("/coverage", summary="How much of the law of a place the graph holds, by subject")
    def coverage(
        request: Request,
        paging: Paged,
        *,
        day: Annotated[str | None, _asked("Only statements that speak of this day, as 2026-01-31.", alias="asOf")] = None,
        place: Annotated[str | None, _asked("Code of a place or body: statements on it, its wholes and the bodies it belongs to.")] = None,
        subject: Annotated[str | None, _asked("The subject of law, such as transfer.")] = None,
        state: Annotated[str | None, _asked("whole, part or none. What no statement speaks of is none.")] = None,
        text: Text = None,
    ) -> Response:
        def select() -> list[Item]:
            return chosen.coverage(day=day, place=place, subject=subject, state=state, text=text)

        return page(request, paging, ["place", "subject", "state"], select, day)

    @routes.get("/conflicts", summary="Conflicts between norms, found when the graph was built")
    def conflicts(request: Request, paging: Paged, asked: Annotated[ConflictFilters, Depends()], text: Text = None) -> Response:
        return page(request, paging, [*asked.names], lambda: asked.select(lambda wanted: chosen.conflicts(wanted, text)), asked.day)

    @routes.get("/instruments/{key:path}", summary="One instrument")
    def instrument(request: Request, key: str, lang: Lang = None) -> Response:
        return one(request, "instrument", catalogue.instruments, key, lang=lang)

    @routes.get("/norms/{key:path}", summary="One norm, by id or by the identifier that people cite")
    def norm(request: Request, key: str, lang: Lang = None) -> Response:
        return one(request, "norm", catalogue.norms, key, lang=lang, other_names=catalogue.identifiers)

    @routes.get("/jurisdictions/{key:path}", summary="One place or body, by id or code")
    def jurisdiction(request: Request, key: str, lang: Lang = None) -> Response:
        by_code = {item["code"]: name for name, item in catalogue.jurisdictions.items() if "code" in item}
        return one(request, "place or body", catalogue.jurisdictions, key, lang=lang, other_names=by_code)

    @routes.get("/recognitions/{key:path}", summary="One recognition, by id or identifier")
    def recognition(request: Request, key: str, lang: Lang = None) -> Response:
        by_identifier = {item["identifier"]: name for name, item in catalogue.recognitions.items() if "identifier" in item}
        return one(request, "recognition", catalogue.recognitions, key, lang=lang, other_names=by_identifier)

    @routes.get("/coverage/{key:path}", summary="One statement of coverage")
    def statement(request: Request, key: str, lang: Lang = None) -> Response:
        return one(request, "statement of coverage", catalogue.coverage, key, lang=lang)

    @routes.get("/conflicts/{key:path}", summary="One conflict, explained")
    def conflict(request: Request, key: str, lang: Lang = None) -> Response:
        return one(request, "conflict", chosen.explained(key), key, lang=lang)

    return routes


def page_size(limit: int | None, most: int) -> int:
    """Return how many items a page holds; a 422 :class:`Problem` where more are asked for than the service gives."""
    if limit is None:
        return min(_DEFAULT_PAGE, most)
    if limit > most:
        en, zh = f"limit is {limit}; a page holds at most {most} items.", f"limit 为 {limit}；每页最多 {most} 项。"
        raise Problem(422, "Unknown value", f"{en} Follow `next` for more.", errors=[error("/query/limit", en, zh)])
    return limit
