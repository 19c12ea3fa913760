"""``/queries`` and ``/queries/{name}``: the catalogue of questions, and a form with a table for each."""

from __future__ import annotations

import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.api.page_answers import Asked, PageAnswers
from comity.api.questions import Questions, Rows
from comity.http.problems import Problem
from comity.iris import IDS, QUERIES
from comity.queries.catalogue import Question
from comity.queries.columns import heading, in_language
from comity.queries.head import DATE, Parameter
from comity.web.answer_rows import cells
from comity.web.index import Index
from comity.web.links import Links
from comity.web.terms import Terms

__all__ = ["router"]

_ROWS = 100
"""How many rows a page shows."""
_CHOICES, _SUGGESTED = 30, 2500
"""The longest vocabulary that is a list to choose from, and the longest whose codes are suggested."""


def router(asking: Questions, pages: PageAnswers, index: Index, terms: Terms) -> APIRouter:
    """Return the routes of the pages."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/queries")
    def listed(request: Request) -> Response:
        def tell(asked: Asked, links: Links, lang: str) -> dict[str, Any]:
            found = asking.find(asked.get("q"))
            return {
                "questions": [
                    {
                        "name": each.name,
                        "text": each.head.text[lang],
                        "takes": [parameter.meaning[lang] for parameter in each.head.parameters],
                        "href": links.to(f"/queries/{each.name}"),
                    }
                    for each in found
                ],
                "all": links.to("/queries"),
                "data": links.to("/v1/queries", q=asked.get("q"), limit="200"),
            }

        return pages.page(request, "questions", ("q",), tell)

    @routes.get("/queries/{name}")
    async def one(request: Request, name: str) -> Response:
        given = {key: value for key, value in request.query_params.items() if key not in ("lang", "page")}
        fault: Problem | None = None
        rows: Rows | None = None
        columns: list[str] = []
        question = None
        try:
            question = asking.named(name)
            if given or not question.head.parameters:
                asked_question = asking.asked(question, given)
                rows, columns = await asking.rows(request, asked_question), asked_question.columns
        except Problem as problem:
            fault = problem

        def tell(asked: Asked, links: Links, lang: str) -> dict[str, Any]:
            if fault is not None:
                raise fault
            assert question is not None
            return {
                **_form(asking, question, lang),
                **_table(rows, columns, asked, links, lang, index, terms),
                "called": name,
                "text": question.head.text[lang],
                "notes": question.head.notes[lang],
                "sparql": question.query,
                "all": links.to("/queries"),
                "here": links.here,
                "data": links.to(f"/v1/queries/{name}", **{key: value for key, value in asked.items() if key != "page"}),
                "csv": links.to(f"/v1/queries/{name}", **{key: value for key, value in asked.items() if key != "page"}, format="csv"),
                "editor": links.to("/sparql", **{key: value for key, value in asked.items() if key != "page"}, example=name),
                "iri": links.to(f"/id/{QUERIES.removeprefix(IDS)}{name}"),
            }

        known = [*(parameter.name for parameter in question.head.parameters), "page"] if question else list(request.query_params)
        return pages.page(request, "question", known, tell, variant=_today())

    return routes


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _form(asking: Questions, question: Question, lang: str) -> dict[str, Any]:
    """Return the fields of a question and the lists of codes that they suggest."""
    lists: dict[str, list[dict[str, Any]]] = {}
    fields = [_field(asking, parameter, lang, lists) for parameter in question.head.parameters]
    return {"fields": fields, "lists": lists}


def _field(asking: Questions, parameter: Parameter, lang: str, lists: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    field: dict[str, Any] = {"name": parameter.name, "label": parameter.meaning[lang], "open": parameter.open, "list": "", "kind": "text"}
    if parameter.vocabulary == DATE:
        return {**field, "kind": "day", "value": _today()}
    values = asking.values_of(parameter.vocabulary)
    options = [{"code": code, "label": {"en": label.get("en", ""), "zh": label.get("zh", "")}} for code, label in values.items()]
    if len(options) <= _CHOICES and parameter.open:
        return {**field, "kind": "choice", "options": options}
    if len(options) <= _SUGGESTED:
        lists[parameter.vocabulary] = options
        field["list"] = parameter.vocabulary
    return field


def _table(rows: Rows | None, columns: list[str], asked: Asked, links: Links, lang: str, index: Index, terms: Terms) -> dict[str, Any]:
    if rows is None:
        return {"total": None}
    shown = in_language(columns, lang)
    last = max(1, -(-len(rows) // _ROWS))
    number = min(max(int(asked["page"]) if asked.get("page", "").isdecimal() else 1, 1), last)
    start = (number - 1) * _ROWS
    return {
        "total": len(rows),
        "first": start + 1,
        "headings": [heading(column, columns, lang) for column in shown],
        "rows": cells(rows[start : start + _ROWS], shown, index, terms, f"?lang={lang}" if links.lang else ""),
        "earlier": links.again(page=str(number - 1)) if number > 1 else "",
        "later": links.again(page=str(number + 1)) if number < last else "",
    }
