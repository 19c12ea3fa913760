"""``/id/…`` and ``/ns/…``: every thing and every word of the graph at its own address, as HTML, Turtle or JSON-LD."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pyoxigraph import NamedNode
from starlette.responses import RedirectResponse, Response

from comity.api.caching import Freshness
from comity.api.dataset import Dataset
from comity.api.filters import check_names
from comity.api.names import nearest
from comity.http.negotiation import language, media_type
from comity.http.problems import Problem
from comity.iris import IDS, NS
from comity.web import jsonld, turtle
from comity.web.finder import Finder
from comity.web.index import Entry, Index
from comity.web.pages import CONTENT_SECURITY_POLICY, Renderer
from comity.web.terms import Terms
from comity.web.thing import Pages
from comity.web.tree import read
from comity.web.words import WORDS

HTML, TURTLE, JSON_LD = "text/html; charset=utf-8", "text/turtle; charset=utf-8", "application/ld+json"
_FORMATS = {"html": HTML, "ttl": TURTLE, "jsonld": JSON_LD}
_ACCEPTED = {"text/turtle": TURTLE, "application/ld+json": JSON_LD, "text/html": HTML, "application/json": JSON_LD}
_LONGEST_KEY = 200
_MOST_RESULTS = 50

Format = Annotated[str | None, Query(description="html, ttl or jsonld; wins over the Accept header.")]
Lang = Annotated[str | None, Query(description="Language of the HTML page: en or zh.")]


def router(dataset: Dataset, freshness: Freshness, index: Index, finder: Finder, terms: Terms, renderer: Renderer) -> APIRouter:
    """Return the routes of things and words; ``finder`` finds them by words."""
    routes = APIRouter(tags=["Things and words"])
    pages = Pages(dataset.store, terms)

    def thing(request: Request, iri: str, format: str | None, lang: str | None) -> Response:
        check_names(request.query_params.keys(), ["format", "lang"])
        wanted = chosen_format(request, format)
        tongue = language(lang, request.headers.get("accept-language"))
        key, path = terms.short(iri), request.url.path
        if len(key) > _LONGEST_KEY or not terms.is_known(iri):
            return missing(request, key[:_LONGEST_KEY], tongue, wanted, chosen=lang is not None)

        def make() -> bytes:
            if wanted == HTML:
                shown = pages.thing(iri, tongue)
                address = f"{terms.root}{path}"
                shape = turtle.block(shown.demand.shape) if shown.demand else ""
                return renderer.page("thing", tongue, path, chosen=lang is not None, thing=shown, address=address, shape_turtle=shape)
            trees = [read(dataset.store, NamedNode(iri))]
            return turtle.write(trees).encode() if wanted == TURTLE else jsonld.write(trees)

        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY} if wanted == HTML else {}
        return freshness.response(request, make, wanted, language=tongue if wanted == HTML else "", headers=headers)

    def missing(request: Request, key: str, lang: str, wanted: str, *, chosen: bool) -> Response:
        problem = unknown(key, index)
        if wanted != HTML or "text/html" not in request.headers.get("accept", ""):
            raise problem
        near = [index.entries[index.keys[name]] for name in problem.extra["nearest"]]
        body = renderer.page("problem", lang, request.url.path, chosen=chosen, problem=problem, near=near)
        return Response(body, 404, {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"}, HTML)

    @routes.get("/id/{key:path}", summary="A thing of the graph", response_class=Response)
    def identified(request: Request, key: str, format: Format = None, lang: Lang = None) -> Response:
        return thing(request, IDS + key, format, lang)

    @routes.get("/ns", summary="The vocabulary", response_class=Response)
    def vocabulary(request: Request, format: Format = None, lang: Lang = None) -> Response:
        check_names(request.query_params.keys(), ["format", "lang"])
        wanted = chosen_format(request, format)
        tongue = language(lang, request.headers.get("accept-language"))

        key = (wanted, tongue, lang is not None) if wanted == HTML else (wanted, "", False)
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY} if wanted == HTML else {}
        return freshness.response(request, lambda: whole_vocabulary(*key), wanted, language=key[1], headers=headers)

    # Thousands of words take some tenths of a second, and there are few ways to write them.
    @lru_cache(maxsize=8)
    def whole_vocabulary(wanted: str, lang: str, chosen: bool) -> bytes:
        if wanted == HTML:
            return renderer.page("vocabulary", lang, "/ns", chosen=chosen, sections=index.sections(lang))
        trees = [read(dataset.store, NamedNode(iri)) for iri in index.entries if iri.startswith(NS)]
        return turtle.write(trees).encode() if wanted == TURTLE else jsonld.write(trees)

    @routes.get("/ns/{name}", summary="A word of the vocabulary", response_class=Response)
    def word(request: Request, name: str, format: Format = None, lang: Lang = None) -> Response:
        return thing(request, NS + name, format, lang)

    @routes.get("/search", summary="Things whose name contains the words", response_class=Response)
    def search(request: Request, q: Annotated[str, Query(max_length=200)] = "", lang: Lang = None) -> Response:
        check_names(request.query_params.keys(), ["q", "lang"])
        tongue = language(lang, request.headers.get("accept-language"))
        if exact := index.keys.get(q.strip()):
            suffix = f"?lang={tongue}" if lang else ""
            return RedirectResponse(f"{terms.href(exact)}{suffix}", 303)
        total, found = finder.find(q, _MOST_RESULTS) if q.strip() else (0, [])
        results = [(entry, terms.label(entry.iri, tongue), _kind(entry, terms, tongue)) for entry in found]
        body = renderer.page("search", tongue, "/search", chosen=lang is not None, query=q, results=results, total=total)
        return Response(body, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"}, media_type=HTML)

    return routes


def _kind(entry: Entry, terms: Terms, lang: str) -> str:
    """Return what a thing is: the classes of the graph that it belongs to, or that it is a word of the vocabulary."""
    kinds = [terms.label(kind, lang) for kind in sorted(entry.kinds) if kind.startswith(NS)]
    return ", ".join(kinds) or WORDS["vocabulary"][lang]


def chosen_format(request: Request, format: str | None) -> str:
    """Return the media type asked for by ``?format=`` or else by the Accept header; 422 or 406 where it is none of ours."""
    if format is None:
        return _ACCEPTED[media_type(request.headers.get("accept"), tuple(_ACCEPTED))]
    if format not in _FORMATS:
        near = nearest(format, list(_FORMATS)) or list(_FORMATS)
        raise Problem(422, "Unknown value", f"format is {format[:40]!r}; use one of {', '.join(_FORMATS)}.", nearest=near)
    return _FORMATS[format]


def unknown(key: str, index: Index) -> Problem:
    """Return the 404 for a thing that the graph does not hold, naming the most alike."""
    near = index.nearest(key)
    meant = f" Nearest: {', '.join(near)}." if near else ""
    return Problem(404, "Not Found", f"The graph has nothing called {key[:120]!r}.{meant}", nearest=near)
