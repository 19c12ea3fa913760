"""The start page, coverage, the API documentation, health, the schema of a flow, example flows, and the files that pages load."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson
from fastapi import APIRouter, FastAPI, Request
from starlette.responses import FileResponse, Response

import comity
from comity.api import openapi
from comity.api.caching import Freshness
from comity.api.catalogue import Catalogue
from comity.api.conflict_check import Judge
from comity.api.dataset import Dataset
from comity.api.names import nearest
from comity.check.checker import Ask
from comity.http.negotiation import language
from comity.http.problems import Problem
from comity.judging.judges import Engine, Wanted
from comity.judging.representations import TURTLE
from comity.web.pages import CONTENT_SECURITY_POLICY, DOCS_CONTENT_SECURITY_POLICY, Renderer

HTML = "text/html; charset=utf-8"
_DOCS_FILES = ("swagger-ui-bundle.js", "swagger-ui.css")
_FLOW = b'{"asOf":"2026-01-01","dataItems":[]}'
_OWN_FILES = {
    "check.css": "text/css",
    "check.js": "text/javascript",
    "comity.css": "text/css",
    "comity.svg": "image/svg+xml",
    "docs.js": "text/javascript",
    "sparql.js": "text/javascript",
}


class Documents:
    """The documents that describe the service; each is made once, when first asked for."""

    def __init__(self, app: FastAPI, dataset: Dataset, engine: Engine) -> None:
        self._app, self._dataset, self._engine = app, dataset, engine

    @cached_property
    def flow_schema(self) -> bytes:
        """Return the JSON Schema of a flow description, generated from the graph when it was built."""
        return orjson.dumps(self._dataset.program.get("jsonSchema", {}), option=orjson.OPT_INDENT_2)

    @cached_property
    def flow_context(self) -> bytes:
        """Return the JSON-LD context of a flow description, generated from the graph when it was built."""
        return orjson.dumps(self._dataset.program.get("jsonldContext", {}), option=orjson.OPT_INDENT_2)

    @cached_property
    def answer_schema(self) -> bytes:
        """Return the JSON Schema of an answer, of whatever detail."""
        return orjson.dumps(openapi.answer_schema(), option=orjson.OPT_INDENT_2)

    @cached_property
    def openapi(self) -> bytes:
        """Return the OpenAPI document."""
        return orjson.dumps(openapi.document(self._app, self._dataset.program.get("jsonSchema", {}), self._engine))


def docs_assets() -> Path | None:
    """Return the folder with Swagger UI's files, from the package that carries them; None where it is not installed.

    The package is only looked up, not imported.
    """
    spec = find_spec("fastapi_offline")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "static"
        if all((folder / name).is_file() for name in _DOCS_FILES):
            return folder
    return None


def router(
    dataset: Dataset, catalogue: Catalogue, freshness: Freshness, documents: Documents, renderer: Renderer, judge: Judge
) -> APIRouter:
    """Return the routes of the service itself; ``judge`` is asked whether the service is ready."""
    routes = APIRouter(tags=["The service"])
    assets = docs_assets()

    def html(request: Request, template: str, policy: str, lang: str | None, **values: Any) -> Response:
        tongue = language(lang, request.headers.get("accept-language"))
        return freshness.response(
            request,
            lambda: renderer.page(template, tongue, request.url.path, chosen=lang is not None, **values),
            HTML,
            language=f"{tongue}:{request.headers.get('host', '')}",
            headers={"Content-Security-Policy": policy},
        )

    @routes.get("/", include_in_schema=False)
    def start(request: Request, lang: str | None = None) -> Response:
        base = str(request.base_url).rstrip("/")
        return html(request, "home", CONTENT_SECURITY_POLICY, lang, base=base, counts=dataset.counts, examples=openapi.examples())

    @routes.get("/coverage", include_in_schema=False)
    def coverage(request: Request, lang: str | None = None) -> Response:
        return html(request, "coverage", CONTENT_SECURITY_POLICY, lang, statements=list(catalogue.coverage.values()))

    @routes.get("/docs", include_in_schema=False)
    def docs(request: Request, lang: str | None = None) -> Response:
        return html(request, "docs", DOCS_CONTENT_SECURITY_POLICY, lang, assets=assets is not None)

    @routes.get("/healthz", summary="Whether the service is alive, and with which graph")
    async def alive() -> Response:
        body = {"status": "ok", "service": comity.__version__, "graph": dataset.graph, "counts": dataset.counts}
        return Response(orjson.dumps(body), headers={"Cache-Control": "no-store"}, media_type="application/json")

    @routes.get("/readyz", summary="Whether a flow can be checked: 503 until one has been")
    async def ready(request: Request) -> Response:
        try:
            # A report is made anew each time, so that what answers is the judge and not a memory.
            await judge(request, _FLOW, Wanted(Ask("findings", "flow", False), TURTLE))
        except Problem as fault:
            raise Problem(503, "Not ready", f"A flow cannot be checked: {fault.detail}", headers={"Retry-After": "1"}) from None
        return Response(b'{"status":"ready"}', headers={"Cache-Control": "no-store"}, media_type="application/json")

    @routes.get("/openapi.json", include_in_schema=False)
    def openapi_document(request: Request) -> Response:
        return freshness.response(request, lambda: documents.openapi, "application/json")

    @routes.get("/schemas/flow.json", summary="The JSON Schema of a flow description", response_class=Response)
    def flow_schema(request: Request) -> Response:
        return freshness.response(request, lambda: documents.flow_schema, "application/schema+json")

    @routes.get("/schemas/answer.json", summary="The JSON Schema of an answer", response_class=Response)
    def answer_schema(request: Request) -> Response:
        return freshness.response(request, lambda: documents.answer_schema, "application/schema+json")

    @routes.get("/schemas/flow.jsonld", summary="The JSON-LD context that makes a flow description RDF", response_class=Response)
    def flow_context(request: Request) -> Response:
        return freshness.response(request, lambda: documents.flow_context, "application/ld+json")

    @routes.get("/examples/{name}.json", summary="An example flow, ready to be sent to /v1/conflict-check")
    def example(request: Request, name: str) -> Response:
        known = openapi.examples()
        if name not in known:
            raise Problem(
                404, "Not Found", f"There is no example {name[:80]!r}. Known: {', '.join(known)}.", nearest=nearest(name, list(known))
            )
        body = orjson.dumps(known[name]["value"], option=orjson.OPT_INDENT_2)
        return freshness.response(request, lambda: body, "application/json")

    @routes.get("/static/{name}", include_in_schema=False)
    def own_file(request: Request, name: str) -> Response:
        if name not in _OWN_FILES:
            raise Problem(404, "Not Found", f"There is no file {name[:80]!r}.")
        content = (files("comity.web") / "static" / name).read_bytes()
        return freshness.response(request, lambda: content, _OWN_FILES[name])

    @routes.get("/static/docs/{name}", include_in_schema=False)
    def docs_file(name: str) -> Response:
        if assets is None or name not in _DOCS_FILES:
            raise Problem(404, "Not Found", f"There is no file {name[:80]!r}.")
        return FileResponse(assets / name, headers={"Cache-Control": "public, max-age=86400"})

    return routes
