"""The formats of results, and which of them a client wants."""

from __future__ import annotations

from dataclasses import dataclass

from comity.http.negotiation import media_type
from comity.http.problems import Problem

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv", "text/tab-separated-values"
_TURTLE, _NTRIPLES, _JSONLD, _RDFXML = "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"

# Media type as a client may ask for it -> the format, best first. The first of a list answers a client without a wish.
_ROWS = {
    _JSON: _JSON,
    _XML: _XML,
    _CSV: _CSV,
    _TSV: _TSV,
    "application/json": _JSON,
    "application/xml": _XML,
    "text/xml": _XML,
}
_GRAPH = {
    _TURTLE: _TURTLE,
    _NTRIPLES: _NTRIPLES,
    _JSONLD: _JSONLD,
    _RDFXML: _RDFXML,
    "application/x-turtle": _TURTLE,
    "application/json": _JSONLD,
    "application/xml": _RDFXML,
    "text/xml": _RDFXML,
    "text/plain": _NTRIPLES,
}
_BY_FORM = {"select": _ROWS, "ask": _ROWS, "construct": _GRAPH, "describe": _GRAPH}


@dataclass(frozen=True)
class Format:
    """How a result is written: ``name`` is the media type of the format itself, ``content_type`` what the answer is labelled."""

    name: str
    content_type: str


def wanted(accept: str | None) -> dict[str, Format | None]:
    """For each form of query, the format that ``accept`` likes best; ``None`` where it takes none that the form has."""
    chosen: dict[str, Format | None] = {}
    for form, offered in _BY_FORM.items():
        try:
            asked = media_type(accept, list(offered))
        except Problem:
            chosen[form] = None
        else:
            chosen[form] = Format(offered[asked], _label(asked))
    return chosen


def _label(media_type: str) -> str:
    """Return ``media_type`` with the parameters that its text formats need."""
    header = "; header=present" if media_type == _CSV else ""
    return f"{media_type}{header}; charset=utf-8" if media_type.startswith("text/") else media_type


def offered(form: str) -> list[str]:
    """Return the media types in which a query of ``form`` can be answered, best first."""
    return list(dict.fromkeys(_BY_FORM[form].values()))
