"""The forms of an answer: JSON in both languages or in one, and a SHACL validation report in Turtle or JSON-LD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from comity.http.languages import in_language
from comity.judging.report import report
from comity.web import jsonld, turtle

__all__ = ["JSON", "JSON_LD", "TURTLE", "in_form", "shapes_of"]

JSON, TURTLE, JSON_LD = "application/json", "text/turtle", "application/ld+json"


def shapes_of(program: Mapping[str, Any]) -> dict[str, str]:
    """Return the shape that each norm of a built program demands, by IRIs; norms that demand none are left out."""
    return {norm["iri"]: norm["shape"] for norm in program.get("norms", ()) if norm.get("shape")}


def in_form(answer: bytes, wanted: str, lang: str | None, shapes: Mapping[str, str]) -> bytes:
    """Return the answer, JSON text, as media type ``wanted`` and in ``lang`` alone where one is asked for."""
    if wanted == JSON and lang is None:
        return answer
    found = orjson.loads(answer)
    if lang:
        found = in_language(found, lang)
    if wanted == TURTLE:
        return turtle.write(report(found, shapes)).encode()
    if wanted == JSON_LD:
        return jsonld.write(report(found, shapes))
    return orjson.dumps(found)
