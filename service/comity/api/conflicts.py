"""How conflicts are asked for: the filters of ``/v1/conflicts`` and of ``/v1/conflicts/matrix``."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.api.filters import check_names, checked_day
from comity.api.models import GraphEdition, Part, Text
from comity.api.refusing import unanswerable
from comity.conflict.listed import Conflicts, Wanted
from comity.http.languages import in_language
from comity.http.negotiation import checked_language, media_type
from comity.http.problems import Problem, error
from comity.recognition.sides import RecognitionError

__all__ = ["ConflictFilters", "ConflictMatrix", "router"]

Found = TypeVar("Found")


def _asked(description: str, example: str, **more: Any) -> Any:
    return Query(description=description, max_length=200, examples=[example], **more)


class _Common:
    """What is asked of a list of conflicts and of their matrix alike."""

    names: tuple[str, ...] = ("on", "asOf", "kind", "act", "instrument", "settled", "formal")

    def __init__(
        self,
        day: Annotated[str | None, _asked("Only conflicts of norms that are both in force on this day.", "2026-01-31", alias="on")] = None,
        same_day: Annotated[str | None, _asked("The same as on, as the other lists call it.", "2026-01-31", alias="asOf")] = None,
        kind: Annotated[str | None, _asked("The kind of conflict.", "compelledVersusForbidden")] = None,
        act: Annotated[str | None, _asked("The act on which the norms collide.", "DisclosureToForeignAuthority")] = None,
        instrument: Annotated[str | None, _asked("Id of an instrument on either side, as /v1/instruments gives it.", "aa/act")] = None,
        settled: Annotated[bool | None, Query(description="Whether neither norm hangs on an unsettled question.")] = None,
        formal: Annotated[bool, Query(description="Also conflicts for which no realistic flow is known.")] = False,
    ) -> None:
        days = [checked_day(name, value) for name, value in (("on", day), ("asOf", same_day)) if value is not None]
        if len({*days}) > 1:
            en, zh = f"on is {days[0]} and asOf is {days[1]}; name one day.", f"on 为 {days[0]} 而 asOf 为 {days[1]}；请只给出一个日期。"
            raise Problem(422, "Unknown value", en, errors=[error("/query/on", en, zh, days)])
        self.day = days[0] if days else None
        self.wanted = Wanted(
            on=datetime.date.fromisoformat(self.day) if self.day else None,
            kind=kind,
            act=act,
            instrument=instrument,
            settled=settled,
            formal=formal,
        )

    def select(self, ask: Callable[[Wanted], Found]) -> Found:
        """Return what is found of the conflicts that are asked for. Raises :class:`Problem` for what the graph does not know."""
        try:
            return ask(self.wanted)
        except RecognitionError as refused:
            raise unanswerable(refused) from None


class ConflictFilters(_Common):
    """Which conflicts a list is to have."""

    names = (*_Common.names, "place", "against", "norm")

    def __init__(
        self,
        common: Annotated[_Common, Depends()],
        place: Annotated[str | None, _asked("Code or name of the place or body whose law is on either side.", "AA")] = None,
        against: Annotated[str | None, _asked("With place: code or name of the place or body of the other side.", "ZZ")] = None,
        norm: Annotated[str | None, _asked("Id or identifier of a norm on either side.", "ACT-38")] = None,
    ) -> None:
        self.day = common.day
        self.wanted = common.wanted._replace(place=place, against=against, norm=norm)


class Counted(Part):
    """A legal order or a kind of conflict, and in how many conflicts it stands."""

    code: str
    label: Text
    conflicts: int


class PairCounted(Part):
    """Two legal orders, and how many conflicts stand between them by kind."""

    between: list[str] = Field(description="The codes of the two, in order.", examples=[["AA", "ZZ"]])
    total: int
    kinds: dict[str, int] = Field(description="By kind; a kind that is not named has none.", examples=[{"compelledVersusForbidden": 2}])


class ConflictMatrix(Part):
    """How many conflicts of each kind stand between any two legal orders; pairs without any are left out."""

    on: str | None = Field(default=None, description="The day on which both norms are in force, where one is asked.")
    legalOrders: list[Counted]
    kinds: list[Counted]
    pairs: list[PairCounted]
    total: int = Field(description="How many conflicts there are; one may stand between several legal orders.")
    graph: GraphEdition


def router(conflicts: Conflicts, freshness: Freshness) -> APIRouter:
    """Return the routes of the matrix, answered from ``conflicts``."""
    routes = APIRouter(prefix="/v1", tags=["Conflicts between legal orders"])

    @routes.get(
        "/conflicts/matrix",
        summary="How many conflicts of each kind stand between any two legal orders",
        responses={200: {"model": ConflictMatrix}},
    )
    def matrix(
        request: Request,
        asked: Annotated[_Common, Depends()],
        lang: Annotated[str | None, _asked("Keep only this language in every {en, zh} map.", "en")] = None,
    ) -> Response:
        media_type(request.headers.get("accept"), ("application/json",))
        check_names(request.query_params.keys(), [*asked.names, "lang"])
        language = lang and checked_language(lang)
        found = asked.select(conflicts.matrix)
        return freshness.response(request, lambda: orjson.dumps(in_language(found, language) if language else found), "application/json")

    return routes
