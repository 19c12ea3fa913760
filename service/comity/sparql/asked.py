"""What a request to the endpoint asks for, as others answer it: a page for people is made outside of this room."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from comity.http.negotiation import media_type
from comity.http.problems import Problem
from comity.sparql import formats

__all__ = ["FORMATS", "HTML", "Operation", "Page", "accepted", "wants_page"]

HTML = "text/html"
FORMATS = {
    "csv": "text/csv",
    "json": "application/sparql-results+json, application/ld+json;q=0.9",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.9",
}
"""What ``?format=`` may say, and the Accept header that it stands for."""


@dataclass(frozen=True)
class Operation:
    """What a request asks for: a query, or the service description where ``query`` is ``None``.

    ``format`` counts where the Accept header names no format of data: clients made for older servers send both.
    """

    query: str | None
    default_graphs: Sequence[str]
    named_graphs: Sequence[str]
    format: str = ""


Page = Callable[[Request, Operation], Awaitable[Response]]
"""Answers a request as a page for people."""


def wants_page(operation: Operation, accept: str | None) -> bool:
    """Return whether a client likes HTML better than any format of results; a ``format`` of data says that it does not."""
    if HTML not in (accept or ""):
        return operation.format == "html" and _has_no_wish(accept)
    if operation.format:
        return operation.format == "html"
    data = dict.fromkeys([*formats.offered("select"), *formats.offered("construct"), "application/json", "application/xml"])
    return media_type(accept, [*data, HTML]) == HTML


def accepted(operation: Operation, accept: str | None) -> str | None:
    """Return the Accept header that counts. Raises a 422 :class:`Problem` for a ``format`` that counts and that there is not."""
    if not operation.format or operation.format == "html" or not _has_no_wish(accept):
        return accept
    if operation.format not in FORMATS:
        known = [*FORMATS, "html"]
        detail = f"format is {operation.format[:40]!r}; use one of {', '.join(known)}."
        raise Problem(422, "Unknown value", detail, nearest=known)
    return FORMATS[operation.format]


def _has_no_wish(accept: str | None) -> bool:
    """Say whether an Accept header leaves the format of data open: there is none, it takes anything, or it is that of a browser."""
    return accept is None or accept.strip() in ("", "*/*") or HTML in accept
