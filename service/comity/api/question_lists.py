"""``GET /v1/queries``, ``/v1/queries/{name}`` and ``/v1/queries/values/{vocabulary}``: the catalogue of questions, and their answers."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.api.filters import check_names, checked_value
from comity.api.lists import Paged, Paging, Text, page_size
from comity.api.questions import Asked, Questions, Rows
from comity.http.languages import in_language
from comity.http.negotiation import checked_language, media_type
from comity.iris import QUERIES
from comity.queries.catalogue import Question
from comity.queries.columns import in_language as columns_in
from comity.queries.head import DATE
from comity.queries.running import as_csv

__all__ = ["ANSWER", "router"]

ANSWER = "The answer to a question"
"""What OpenAPI calls the route of answers."""

_JSON, _CSV = "application/json", "text/csv"
_FORMATS = {"json": _JSON, "csv": _CSV}
_PAGING = ("lang", "limit", "offset")


def router(asking: Questions, freshness: Freshness, graph: dict[str, str], page_limit: int) -> APIRouter:
    """Return the routes of the catalogue."""
    routes = APIRouter(prefix="/v1", tags=["The catalogue of questions"])

    def page(request: Request, paging: Paging, found: list[Any], lang: str | None, **more: Any) -> Response:
        size = page_size(paging.limit, page_limit)
        end = paging.offset + size
        following = None
        if end < len(found):
            asked = urlencode({**request.query_params, "limit": size, "offset": end})
            following = f"{request.scope.get('root_path', '')}{quote(request.url.path)}?{asked}"
        items = found[paging.offset : end]
        answer = {**more, "items": items, "total": len(found), "limit": size, "offset": paging.offset, "next": following, "graph": graph}
        told = in_language(answer, lang) if lang else answer
        headers = {"Link": f'<{following}>; rel="next"'} if following else {}
        return freshness.response(request, lambda: orjson.dumps(told), _JSON, headers=headers)

    @routes.get("/queries", summary="The questions that the graph answers", response_class=Response)
    def listed(
        request: Request,
        paging: Paged,
        *,
        text: Annotated[str | None, Query(description="Words that the question must contain.", max_length=200, alias="q")] = None,
        takes: Annotated[str | None, Query(description="Vocabulary of a value that it takes, such as place.", max_length=200)] = None,
    ) -> Response:
        media_type(request.headers.get("accept"), (_JSON,))
        check_names(request.query_params.keys(), ["q", "takes", *_PAGING])
        lang = paging.lang and checked_language(paging.lang)
        return page(request, paging, [_told(question) for question in asking.find(text, takes)], lang)

    @routes.get("/queries/values/{vocabulary}", summary="The values that questions take", response_class=Response)
    def values(request: Request, vocabulary: str, paging: Paged, *, text: Text = None) -> Response:
        media_type(request.headers.get("accept"), (_JSON,))
        check_names(request.query_params.keys(), ["q", *_PAGING])
        lang = paging.lang and checked_language(paging.lang)
        wanted = (text or "").casefold().split()
        found = [
            {"code": code, "label": label}
            for code, label in asking.vocabulary(vocabulary).items()
            if all(word in "\n".join((code, *label.values())).casefold() for word in wanted)
        ]
        return page(request, paging, found, lang)

    @routes.get("/queries/{name}", summary=ANSWER, response_class=Response)
    async def answer(
        request: Request,
        name: str,
        paging: Paged,
        *,
        format: Annotated[str | None, Query(description="json or csv; wins over the Accept header.", max_length=40)] = None,
    ) -> Response:
        wanted = _FORMATS[checked_value("format", format, _FORMATS)] if format else media_type(request.headers.get("accept"), (_JSON, _CSV))
        lang = paging.lang and checked_language(paging.lang)
        question = asking.named(name)
        taken = [parameter.name for parameter in question.head.parameters]
        check_names(request.query_params.keys(), [*taken, "format", *_PAGING])
        asked = asking.asked(question, request.query_params)
        rows, columns = _in(lang, asked, await asking.rows(request, asked))
        if wanted == _CSV:
            return freshness.response(request, lambda: as_csv(rows, columns).encode(), "text/csv; charset=utf-8")
        return page(request, paging, rows, lang, query=name, text=question.head.text, asked=asked.values, columns=columns)

    return routes


def _told(question: Question) -> dict[str, Any]:
    head = question.head
    parameters = [
        {
            "name": each.name,
            "vocabulary": each.vocabulary,
            "open": each.open,
            "meaning": each.meaning,
            **({"values": f"/v1/queries/values/{each.vocabulary}"} if each.vocabulary != DATE else {}),
        }
        for each in head.parameters
    ]
    notes = {"notes": head.notes} if head.notes["en"] else {}
    told = {"name": question.name, "iri": QUERIES + question.name, "text": head.text, **notes, "parameters": parameters}
    return {**told, "columns": list(question.columns)}


def _in(lang: str | None, asked: Asked, rows: Rows) -> tuple[Rows, list[str]]:
    """Return the rows with the columns in one language, or with all."""
    columns = columns_in(asked.columns, lang) if lang else asked.columns
    return [{column: row[column] for column in columns} for row in rows], columns
