"""How the endpoint appears in the service's OpenAPI document."""

from __future__ import annotations

from typing import Any

from comity.sparql import formats
from comity.sparql.asked import FORMATS

_EXAMPLE = "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY DESC(?triples)"
_QUERY = {"type": "string", "description": "One SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.", "example": _EXAMPLE}
_GRAPHS = {"type": "array", "items": {"type": "string", "format": "iri"}}
_DEFAULT = "Named graphs of the dataset that together are the default graph. Without any dataset the default graph holds all triples."
_NAMED = "Named graphs of the dataset that GRAPH can reach."

_PROBLEMS = {
    400: "The request or the query is malformed, or asks for SERVICE, an update or a graph outside the dataset.",
    403: "The request is an update.",
    406: "The result cannot be written in any of the formats asked for.",
    413: "The query text is too long.",
    415: "A POST of another type than a query or a form.",
    422: "The query needs too much memory, or its result is too long.",
    503: "Too many queries at once, or the dataset is not loaded; Retry-After says when to come back.",
    504: "The query ran too long and was stopped.",
}


def _responses() -> dict[int | str, dict[str, Any]]:
    types = dict.fromkeys((*formats.offered("select"), *formats.offered("construct")))
    found: dict[int | str, dict[str, Any]] = {
        200: {"description": "The whole result; never a part of one.", "content": {name: {} for name in types}},
    }
    for status, description in _PROBLEMS.items():
        found[status] = {"description": description, "content": {"application/problem+json": {}}}
    return found


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description, "explode": True}


_GRAPH_PARAMETERS = [_parameter("default-graph-uri", _GRAPHS, _DEFAULT), _parameter("named-graph-uri", _GRAPHS, _NAMED)]

_FORMAT = _parameter("format", {"type": "string", "enum": [*FORMATS, "html"]}, "Format of the result, where the Accept header names none.")

GET: dict[str, Any] = {
    "summary": "Ask the graph in SPARQL",
    "description": "The SPARQL 1.1 protocol, read-only. Without a query the answer is the SPARQL Service Description.",
    "operation_id": "sparql_get",
    "responses": _responses(),
    "openapi_extra": {"parameters": [_parameter("query", _QUERY, _QUERY["description"]), *_GRAPH_PARAMETERS, _FORMAT]},
}

POST: dict[str, Any] = {
    "summary": "Ask the graph in SPARQL, with the query in the body",
    "description": "As GET, for longer queries.",
    "operation_id": "sparql_post",
    "responses": _responses(),
    "openapi_extra": {
        "parameters": _GRAPH_PARAMETERS,
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": _QUERY},
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "required": ["query"],
                        "properties": {"query": _QUERY, "default-graph-uri": _GRAPHS, "named-graph-uri": _GRAPHS},
                    }
                },
            },
        },
    },
}
