"""What the SPARQL editor loads: its files, which the installation fetches, and the words of the graph that it completes."""

from __future__ import annotations

from importlib.resources import files

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.api.caching import Freshness
from comity.http.problems import Problem
from comity.iris import NS, OWL, RDF
from comity.web.index import Index

__all__ = ["has_editor", "router"]

_FILES = {"yasgui.min.js": "text/javascript", "yasgui.min.css": "text/css", "LICENSE-yasgui.txt": "text/plain; charset=utf-8"}

_CLASS = OWL + "Class"
_PROPERTIES = {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty", RDF + "Property"}


def has_editor() -> bool:
    """Return whether the editor is installed; without it the page is a plain form."""
    folder = files("comity.web") / "static" / "vendor"
    return all((folder / name).is_file() for name in ("yasgui.min.js", "yasgui.min.css"))


def router(index: Index, freshness: Freshness) -> APIRouter:
    """Return the routes of the editor's files and words."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/static/vendor/{name}")
    def vendored(request: Request, name: str) -> Response:
        place = files("comity.web") / "static" / "vendor" / name
        if name not in _FILES or not place.is_file():
            raise Problem(404, "Not Found", f"There is no file {name[:80]!r}.")
        return freshness.response(request, place.read_bytes, _FILES[name])

    @routes.get("/sparql/words.json")
    def completed(request: Request) -> Response:
        def words() -> bytes:
            own = [entry for entry in index.entries.values() if entry.iri.startswith(NS)]
            properties = [entry.iri for entry in own if entry.kinds & _PROPERTIES]
            return orjson.dumps({"class": [entry.iri for entry in own if _CLASS in entry.kinds], "property": properties})

        return freshness.response(request, words, "application/json")

    return routes
