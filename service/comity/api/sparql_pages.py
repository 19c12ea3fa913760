"""``/sparql`` in a browser: a form, an editor where its files are installed, hints, examples, and the result as a table."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request
from starlette.responses import Response

from comity.api.editor_files import has_editor
from comity.api.page_answers import HTML
from comity.api.questions import Questions
from comity.http.languages import LANGUAGES
from comity.http.negotiation import language
from comity.http.problems import Problem
from comity.http.waiting import while_connected
from comity.iris import PREFIXES
from comity.processes.failures import Cancelled
from comity.queries.head import DATE
from comity.queries.written import written
from comity.sparql.asked import Operation, Page
from comity.sparql.protocol import as_problem
from comity.sparql.refusals import Refused, cancelled
from comity.sparql.workers import Job, Result, WorkerPool
from comity.web.answer_rows import cells
from comity.web.index import Index
from comity.web.pages import CONTENT_SECURITY_POLICY, EDITOR_CONTENT_SECURITY_POLICY, Renderer
from comity.web.terms import Terms
from comity.web.words import words

__all__ = ["sparql_page"]

_JSON, _TURTLE = "application/sparql-results+json", "text/turtle"
_FORMATS: dict[str, str | None] = {"select": _JSON, "ask": _JSON, "construct": _TURTLE, "describe": _TURTLE}
_DATA = {"select": ("json", "csv", "tsv", "xml"), "ask": ("json", "xml"), "construct": ("ttl", "jsonld", "nt", "rdf")}
_ROWS, _TEXT = 300, 1 << 18
_EXAMPLES = 8
_START = """SELECT ?norm ?label ?from WHERE {
  ?row a c:Prohibition ; dcterms:identifier ?norm ; skos:prefLabel ?label ; eli:date_applicability ?from .
  FILTER(LANG(?label) = "en")
}
ORDER BY ?norm
LIMIT 50"""


def sparql_page(asking: Questions, pool: WorkerPool, renderer: Renderer, index: Index, terms: Terms) -> Page:
    """Return what answers a browser that comes to the endpoint."""

    async def page(request: Request, operation: Operation) -> Response:
        chosen = request.query_params.get("lang")
        tongue = language(chosen if chosen in LANGUAGES else None, request.headers.get("accept-language"))
        suffix = f"?lang={tongue}" if chosen in LANGUAGES else ""
        problem: Problem | None = None
        result: Result | None = None
        query = operation.query
        try:
            if query is None:
                query = _example(asking, request)
            elif query.strip():
                result = await _run(request, pool, operation)
        except Problem as fault:
            problem = fault
        query = query if query is not None else _START
        shown = _shown(result, query, terms, index, suffix) if result is not None else None
        editor = has_editor()
        every = asking.find(None)
        body = renderer.page(
            "sparql",
            tongue,
            "/sparql",
            chosen=bool(suffix),
            asked={"query": query} if operation.query is not None else {},
            editor=editor,
            sparql=query,
            height=min(max(query.count("\n") + 2, 8), 30),
            format=operation.format or "html",
            formats=_formats(tongue),
            problem=problem,
            hints=[hint[tongue] for hint in result.hints] if result is not None else [],
            result=shown,
            examples=[
                (each.head.text[tongue], f"{renderer.root}/sparql?{urlencode({'example': each.name, **_lang(suffix, tongue)})}")
                for each in every[:: max(1, len(every) // _EXAMPLES)][:_EXAMPLES]
            ],
            number=len(every),
            questions=f"{renderer.root}/queries{suffix}",
            prefixes=list(PREFIXES.items()),
        )
        policy = EDITOR_CONTENT_SECURITY_POLICY if editor else CONTENT_SECURITY_POLICY
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
        return Response(body, problem.status if problem else 200, headers, HTML)

    return page


def _lang(suffix: str, tongue: str) -> dict[str, str]:
    return {"lang": tongue} if suffix else {}


def _formats(tongue: str) -> list[tuple[str, str]]:
    names = {"json": "JSON", "csv": "CSV", "ttl": "Turtle", "jsonld": "JSON-LD", "xml": "XML"}
    return [("html", words(tongue)["sparql_page"]), *names.items()]


def _example(asking: Questions, request: Request) -> str | None:
    """Return the text of the question that the address names as an example, with the values that it gives; days are today."""
    name = request.query_params.get("example")
    if not name:
        return None
    question = asking.named(name)
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    given = {parameter.name: today for parameter in question.head.parameters if parameter.vocabulary == DATE}
    given |= {key: value for key, value in request.query_params.items() if question.head.parameter(key) and value.strip()}
    values = {key: value for key, value in given.items() if len(value) < 200}
    return written(question, values)


async def _run(request: Request, pool: WorkerPool, operation: Operation) -> Result:
    assert operation.query is not None
    try:
        return await while_connected(request, pool.ask(Job(operation.query, _FORMATS, operation.default_graphs, operation.named_graphs)))
    except Cancelled:
        raise as_problem(cancelled()) from None
    except Refused as refused:
        raise as_problem(refused) from None


def _shown(result: Result, query: str, terms: Terms, index: Index, suffix: str) -> dict[str, Any]:
    form = "construct" if result.form == "describe" else result.form
    data = [(name.upper(), f"{terms.root}/sparql?{urlencode({'query': query, 'format': name})}") for name in _DATA[form]]
    if form == "construct":
        return {"kind": "graph", "text": (result.body or b"").decode()[:_TEXT], "data": data}
    answer = orjson.loads(result.body or b"{}")
    if form == "ask":
        return {"kind": "ask", "value": answer["boolean"], "data": data}
    names, found = answer["head"]["vars"], answer["results"]["bindings"]
    rows = [{name: row[name]["value"] if name in row else "" for name in names} for row in found[:_ROWS]]
    return {
        "kind": "rows",
        "headings": [f"?{name}" for name in names],
        "rows": cells(rows, names, index, terms, suffix),
        "total": len(found),
        "data": data,
    }
