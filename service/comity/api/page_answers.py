"""How a page for people is answered: language, cache, and a question that cannot be answered as a page that says what would do."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from fastapi import Request
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.api.filters import UNKNOWN_FILTER, check_names
from comity.api.refusing import unanswerable
from comity.http.languages import LANGUAGES
from comity.http.negotiation import language
from comity.http.problems import Problem, error
from comity.recognition.sides import RecognitionError
from comity.web.links import Links
from comity.web.pages import CONTENT_SECURITY_POLICY, Renderer

__all__ = ["HTML", "Asked", "PageAnswers"]

HTML = "text/html; charset=utf-8"
_LONGEST = 2048
_HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}

Asked = dict[str, str]
"""What a form sent: names and values, several under one name joined by commas, without the fields that were left empty."""


class PageAnswers:
    """Answers pages with ``renderer``; what is asked for and how it looks is up to each page."""

    def __init__(self, renderer: Renderer, freshness: Freshness) -> None:
        self._renderer, self._freshness = renderer, freshness

    def page(
        self,
        request: Request,
        template: str,
        known: Collection[str],
        tell: Callable[[Asked, Links, str], dict[str, Any]],
        *,
        variant: str = "",
    ) -> Response:
        """Return ``template`` with what ``tell`` says to a question whose parts are all ``known``.

        ``tell`` is given the question, the links of the page and the language; what it raises becomes a page with the nearest values.
        ``variant`` is whatever else the page depends on, such as the day of whoever names none.
        """
        given = ((name, request.query_params.getlist(name)) for name in dict.fromkeys(request.query_params.keys()) if name != "lang")
        asked = {name: text for name, values in given if (text := ",".join(value.strip() for value in values if value.strip()))}
        lang = request.query_params.get("lang") or None
        tongue = language(lang if lang in LANGUAGES else None, request.headers.get("accept-language"))
        path = request.url.path
        links = Links(self._renderer.root, path, asked, tongue if lang in LANGUAGES else "")

        def fill(name: str, **values: Any) -> bytes:
            return self._renderer.page(name, tongue, path, chosen=bool(links.lang), asked=asked, links=links, **values)

        try:
            language(lang)
            check_names(asked, known)
            _check_lengths(asked)
            told = tell(asked, links, tongue)
        except RecognitionError as refused:
            return self._refused(unanswerable(refused, request.path_params), links, tongue, fill)
        except Problem as problem:
            return self._refused(problem, links, tongue, fill)
        return self._freshness.response(
            request, lambda: fill(template, **told), HTML, language=f"{tongue}:{bool(links.lang)}:{variant}", headers=_HEADERS
        )

    @staticmethod
    def _refused(problem: Problem, links: Links, lang: str, fill: Callable[..., bytes]) -> Response:
        faults = [
            {
                "text": fault["message"][lang],
                "meant": [{"text": near, "href": _instead(problem, fault, near, links)} for near in fault["nearest"]],
            }
            for fault in problem.extra.get("errors", ())
        ]
        body = fill("refused", problem=problem, faults=faults or [{"text": problem.detail, "meant": []}], plain=links.to(links.path))
        return Response(body, problem.status, {**_HEADERS, "Cache-Control": "no-store"}, HTML)


def _instead(problem: Problem, fault: dict[str, Any], near: str, links: Links) -> str:
    """Return the address of the same question with the nearest name or value in the place of what is at fault; "" within a path."""
    _, where, name = fault["pointer"].split("/", 2)
    if where == "path":
        return ""
    if problem.title == UNKNOWN_FILTER:
        return links.again(**{name: None, near: links.asked.get(name)})
    return links.again(**{name: near})


def _check_lengths(asked: Asked) -> None:
    for name, value in asked.items():
        if len(value) > _LONGEST:
            en, zh = (
                f"{name} has {len(value)} characters; at most {_LONGEST} are read.",
                f"{name} 长达 {len(value)} 个字符；最多 {_LONGEST} 个。",
            )
            raise Problem(422, "Invalid parameter", en, errors=[error(f"/query/{name}", en, zh)])
