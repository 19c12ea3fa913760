"""The SPARQL 1.1 protocol over HTTP: reads the request, has the query run, labels the answer. Decides nothing about queries."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote

import anyio.to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from comity.http.problems import Problem
from comity.http.waiting import while_connected
from comity.processes.failures import Cancelled
from comity.sparql import formats, openapi
from comity.sparql.asked import Operation, Page, accepted, wants_page
from comity.sparql.refusals import Refused, cancelled
from comity.sparql.service_description import describe
from comity.sparql.workers import Job, Result, WorkerPool

_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# What the parameters beside the query may add to its length, and how much longer escapes make it.
_PARAMETER_BYTES, _ESCAPED = 16 * 1024, 3
_MAX_PARAMETERS = 200
HINTS = "Comity-Hints"
"""The field of the head that tells what in a query may have kept rows away."""
_PLAIN = "".join(chr(code) for code in range(32, 127) if chr(code) != "%")


def routes(pool: WorkerPool, max_query_bytes: int, page: Page | None = None) -> APIRouter:
    """Return the endpoint's routes; see :func:`comity.sparql.router`."""
    router = APIRouter(tags=["sparql"])

    async def answer(request: Request) -> Response:
        operation = await _operation(request, max_query_bytes)
        accept = ", ".join(request.headers.getlist("accept")) or None
        if page is not None and request.method == "GET" and wants_page(operation, accept):
            return await page(request, operation)
        accept = accepted(operation, accept)
        if operation.query is None:
            return await _description(request, pool, accept)
        return await _result(request, pool, operation, accept)

    for path, documented in (("", True), ("/", False)):
        router.add_api_route(path, answer, methods=["GET"], include_in_schema=documented, **openapi.GET)
        router.add_api_route(path, answer, methods=["POST"], include_in_schema=documented, **openapi.POST)
        router.add_api_route(path, _other_method, methods=["PUT", "PATCH", "DELETE", "OPTIONS"], include_in_schema=False)
    return router


async def _other_method(request: Request) -> Response:
    detail = f"The endpoint answers GET and POST, not {request.method}."
    raise Problem(405, "Method Not Allowed", detail, headers={"Allow": "GET, HEAD, POST"})


async def _operation(request: Request, max_query_bytes: int) -> Operation:
    parameters = _parameters(request.scope["query_string"], "query string")
    if request.method == "POST":
        kind, _, options = request.headers.get("content-type", "").partition(";")
        kind = kind.strip().lower()
        if kind not in (_FORM, _DIRECT, _UPDATE):
            raise Problem(
                415,
                "Unsupported Media Type",
                f"A POST carries a query as {_DIRECT}, or as the field `query` of {_FORM}; this one came as {kind[:80] or 'nothing'}.",
                headers={"Accept-Post": f"{_DIRECT}, {_FORM}"},
            )
        if kind == _UPDATE:
            raise _read_only()
        if "charset" in options.lower() and "utf-8" not in options.lower():
            raise Problem(415, "Unsupported Media Type", f"The body is sent with{options[:80]}; SPARQL is sent as UTF-8.")
        longest = max_query_bytes if kind == _DIRECT else _ESCAPED * max_query_bytes + _PARAMETER_BYTES
        body = await _body(request, longest, max_query_bytes)
        if kind == _FORM:
            parameters += _parameters(body, "form")
        else:
            parameters.append(("query", _utf8(body, "query")))
    return _read(parameters, request.method, max_query_bytes)


def _read(parameters: list[tuple[str, str]], method: str, max_query_bytes: int) -> Operation:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _read_only()
    queries = values.get("query", [])
    if len(queries) > 1:
        raise Problem(400, "Malformed request", f"The request carries {len(queries)} queries; send one `query` per request.")
    if not queries and method == "POST":
        raise Problem(400, "Malformed request", "The form has no field `query`.")
    if queries and len(queries[0].encode()) > max_query_bytes:
        raise _too_long(max_query_bytes)
    return Operation(
        queries[0] if queries else None,
        values.get("default-graph-uri", []),
        values.get("named-graph-uri", []),
        "".join(values.get("format", [])),
    )


def _parameters(raw: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_utf8(raw, where), keep_blank_values=True, errors="strict", max_num_fields=_MAX_PARAMETERS)
    except UnicodeDecodeError:
        raise Problem(400, "Malformed request", f"The {where} holds percent-escapes that are not UTF-8.") from None
    except ValueError:
        raise Problem(400, "Malformed request", f"The {where} has more than {_MAX_PARAMETERS} fields.") from None


def _utf8(raw: bytes, where: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, "Malformed request", f"The {where} is not UTF-8: byte {error.start} is 0x{raw[error.start]:02x}.") from None


async def _body(request: Request, longest: int, max_query_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise _too_long(max_query_bytes)
    return bytes(body)


async def _description(request: Request, pool: WorkerPool, accept: str | None) -> Response:
    try:
        dataset = await anyio.to_thread.run_sync(pool.load)
    except Refused as refused:
        raise as_problem(refused) from None
    # A client that asks an endpoint what it is gets an answer, in Turtle if it likes none of the formats (clients ask with any Accept).
    wanted = formats.wanted(accept)["construct"] or formats.wanted(None)["construct"]
    assert wanted is not None
    endpoint = str(request.url.replace(query="", fragment=""))
    return Response(describe(endpoint, dataset, wanted.name), media_type=wanted.content_type, headers={"Vary": "Accept"})


async def _result(request: Request, pool: WorkerPool, operation: Operation, accept: str | None) -> Response:
    wanted = formats.wanted(accept)
    if not any(wanted.values()):
        raise _not_acceptable(accept, sorted({name for form in wanted for name in formats.offered(form)}))
    assert operation.query is not None
    job = Job(
        operation.query,
        {form: choice.name if choice else None for form, choice in wanted.items()},
        operation.default_graphs,
        operation.named_graphs,
    )
    try:
        result = await while_connected(request, pool.ask(job))
    except Cancelled:
        raise as_problem(cancelled()) from None
    except Refused as refused:
        raise as_problem(refused) from None
    chosen = wanted[result.form]
    if result.body is None or chosen is None:
        raise _not_acceptable(accept, formats.offered(result.form))
    return Response(result.body, media_type=chosen.content_type, headers={"Vary": "Accept", **hint_fields(result)})


def hint_fields(result: Result) -> dict[str, str]:
    """Return the hints of a result as a field of the head, in English, percent-encoded where HTTP has no character; none without any."""
    return {HINTS: " ".join(quote(hint["en"], safe=_PLAIN) for hint in result.hints)} if result.hints else {}


def as_problem(refused: Refused) -> Problem:
    """Return a refusal as a problem document; it says when to come back where the refusal does."""
    wait = refused.extra.get("retryAfter")
    headers = {"Retry-After": str(wait)} if wait is not None else None
    return Problem(refused.status, refused.title, refused.detail, headers=headers, **refused.extra)


def _read_only() -> Problem:
    return Problem(
        403,
        "Updates are not accepted",
        "This endpoint only reads. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; to change the graph, edit its Turtle sources and build.",
    )


def _too_long(limit: int) -> Problem:
    return Problem(
        413,
        "Content Too Large",
        f"The query is longer than {limit} bytes. Split it, or run `comity query` on your own copy of the dataset.",
        headers={"Connection": "close"},
        limit=limit,
    )


def _not_acceptable(accept: str | None, offered: list[str]) -> Problem:
    return Problem(
        406,
        "Not Acceptable",
        f"None of the formats asked for ({(accept or '')[:200]}) is offered for this query. Ask for one of: {', '.join(offered)}.",
        offered=offered,
    )
