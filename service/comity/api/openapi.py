"""The OpenAPI document: FastAPI's own, with the description's schema from the graph and examples that are real flows."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib.resources import files
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

import comity
from comity.api import models
from comity.api.question_lists import ANSWER
from comity.check.answer import DETAILS
from comity.flow.problems import DescriptionError
from comity.iris import BASE
from comity.judging.judges import Engine

_COMPONENTS = "#/components/schemas/"
_DESCRIPTION = "FlowDescription"
_PROBLEM = {"application/problem+json": {"schema": {"$ref": _COMPONENTS + "ProblemDocument"}}}
_MODELS = (
    models.FlowAnswer,
    models.RouteAnswer,
    models.VariantsAnswer,
    models.TimelineAnswer,
    models.ProblemDocument,
    models.Page,
)
_LANG = {"name": "lang", "in": "query", "required": False, "schema": {"enum": ["en", "zh"]}, "description": "Keep only this language."}
_DETAIL = "summary: what to act on; findings: with it what each norm says and why; all: with it legal classes and every law looked at."
_SCOPE = "flow: what the flow hangs on; all: ask also about duties that stand around it."
_PLAN = "false: leave out what to do, which takes longest."
_LATENT = "true: tell of a flow that answers no demand what would collide if an authority or a court demanded the data (`latent`)."


def _word(name: str, values: list[str], text: str) -> dict[str, Any]:
    schema = {"enum": values, "default": values[0]}
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": text}


_ANSWERS = ("FlowAnswer", "RouteAnswer", "VariantsAnswer")

_CONFLICT_CHECK: dict[str, Any] = {
    "tags": ["Check a flow"],
    "summary": "Check one flow, a route of several legs, variants of a flow, or several of these",
    "description": "An array of descriptions gives an array of answers, and lines (application/x-ndjson) give lines.",
    "operationId": "conflict_check",
    "parameters": [
        _word("detail", [*DETAILS], _DETAIL),
        _word("scope", ["flow", "all"], _SCOPE),
        _word("plan", ["true", "false"], _PLAN),
        _word("latent", ["false", "true"], _LATENT),
        _LANG,
    ],
    "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": _COMPONENTS + _DESCRIPTION}}}},
    "responses": {
        "200": {
            "description": "The verdict, what to do, conflicts and missing facts; as RDF, a SHACL validation report.",
            "content": {
                "application/json": {"schema": {"oneOf": [{"$ref": _COMPONENTS + name} for name in _ANSWERS]}},
                "application/x-ndjson": {"schema": {"type": "string"}},
                "text/turtle": {"schema": {"type": "string"}},
                "application/ld+json": {"schema": {"type": "object"}},
            },
        },
        "400": {"description": "Not JSON, or not UTF-8; the place is named.", "content": _PROBLEM},
        "406": {"description": "No such format.", "content": _PROBLEM},
        "413": {"description": "The body is too large.", "content": _PROBLEM},
        "415": {"description": "The body is not sent as JSON.", "content": _PROBLEM},
        "422": {"description": "Not a flow description; every fault is named with the nearest valid words.", "content": _PROBLEM},
        "429": {"description": "More requests than the rate limit allows, where one is set.", "content": _PROBLEM},
        "503": {"description": "Too many checks, or one that took too long; Retry-After says when to ask again.", "content": _PROBLEM},
    },
}


_TIMELINE: dict[str, Any] = {
    "tags": ["Check a flow"],
    "summary": "On which days does the answer change?",
    "operationId": "timeline",
    "parameters": [_LANG],
    "requestBody": _CONFLICT_CHECK["requestBody"],
    "responses": {
        **_CONFLICT_CHECK["responses"],
        "200": {
            "description": "The days on which a verdict becomes another, past and announced, with the laws that change it.",
            "content": {"application/json": {"schema": {"$ref": _COMPONENTS + "TimelineAnswer"}}},
        },
    },
}


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Return the example flows of the package, as OpenAPI example objects by name."""
    folder = files("comity.api") / "examples"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".json")), key=lambda entry: entry.name)
    return {entry.name.removesuffix(".json"): orjson.loads(entry.read_bytes()) for entry in found}


def answers(engine: Engine) -> dict[str, dict[str, Any]]:
    """Return an answer of each detail to the shortest example, as OpenAPI example objects; none from a graph without its words."""
    flow = min((example["value"] for example in examples().values()), key=lambda value: len(orjson.dumps(value)))
    try:
        return {detail: {"value": orjson.loads(engine.check_json(flow, detail, "flow", True, False))} for detail in DETAILS}
    except DescriptionError:
        return {}


def document(app: FastAPI, description_schema: dict[str, Any], engine: Engine) -> dict[str, Any]:
    """Return the OpenAPI document of ``app``, with ``description_schema`` (JSON Schema) as the schema of request bodies.

    ``engine`` answers the example.
    """
    made = get_openapi(
        title="Comity",
        version=comity.__version__,
        summary="An open legal knowledge graph for cross-border data flows",
        description="Describe a flow of data across a border; the answer cites the norms that apply, the conflicts between them and "
        "the facts that would decide what is still open. Lists and things of the graph are read-only. Errors are RFC 9457 problems.",
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    _, own = models_json_schema([(model, "serialization") for model in _MODELS], ref_template=_COMPONENTS + "{model}")
    schemas.update(own["$defs"])
    schemas.update(_hoisted(description_schema))
    for path in made["paths"].values():
        for operation in path.values():
            _document_answers(operation)
    check = deepcopy(_CONFLICT_CHECK)
    check["requestBody"]["content"]["application/json"]["examples"] = examples()
    check["responses"]["200"]["content"]["application/json"]["examples"] = answers(engine)
    timeline = deepcopy(_TIMELINE)
    timeline["requestBody"]["content"]["application/json"]["examples"] = examples()
    made["paths"] = {"/v1/conflict-check": {"post": check}, "/v1/timeline": {"post": timeline}, **made["paths"]}
    return made


def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of an answer: for a flow, a route, or variants."""
    _, own = models_json_schema([(getattr(models, name), "serialization") for name in _ANSWERS], ref_template="#/$defs/{model}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": BASE + "schemas/answer.json",
        "title": "Answer",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in _ANSWERS],
        "$defs": own["$defs"],
    }


def _hoisted(schema: dict[str, Any]) -> dict[str, Any]:
    """Return ``schema`` and its definitions as components of one document, references rewritten."""

    def rewritten(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: _moved(item) if key == "$ref" else rewritten(item) for key, item in value.items()}
        if isinstance(value, list):
            return [rewritten(item) for item in value]
        return value

    top = {key: value for key, value in schema.items() if key not in ("$defs", "$id", "$schema")}
    parts = {_DESCRIPTION: top, **{f"{_DESCRIPTION}.{name}": part for name, part in schema.get("$defs", {}).items()}}
    return {name: rewritten(part) for name, part in parts.items()}


def _moved(reference: Any) -> Any:
    if isinstance(reference, str) and reference.startswith("#/$defs/"):
        return f"{_COMPONENTS}{_DESCRIPTION}.{reference.removeprefix('#/$defs/')}"
    return _COMPONENTS + _DESCRIPTION if reference == "#" else reference


_REFUSALS = {
    "400": "A query parameter that the route does not have; the nearest are named.",
    "406": "None of the formats asked for is offered.",
    "422": "A parameter is not valid; the nearest valid ones are named.",
    "429": "More requests than the rate limit allows, where one is set.",
}

_UNFINISHED = {
    "503": "All processes that answer questions are busy, or the service has none; Retry-After says when to come back.",
    "504": "The question took too long.",
}


def _document_answers(operation: dict[str, Any]) -> None:
    """Say what FastAPI cannot know: lists are pages, and whatever is refused is refused with a problem and not in FastAPI's own form."""
    if operation.get("tags") != ["sparql"]:
        refusals = dict(_REFUSALS)
        if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
            refusals["404"] = "There is no such thing; the nearest are named."
        operation["responses"].update({status: {"description": text, "content": _PROBLEM} for status, text in refusals.items()})
    if operation.get("tags") == ["The catalogue of questions"]:
        operation["responses"] |= {status: {"description": text, "content": _PROBLEM} for status, text in _UNFINISHED.items()}
        content: dict[str, Any] = {"application/json": {"schema": {"$ref": _COMPONENTS + "Page"}}}
        if operation["summary"] == ANSWER:
            content["text/csv"] = {"schema": {"type": "string"}}
            operation["description"] = "The values that a question takes are parameters of the query string, as /v1/queries tells them."
        operation["responses"]["200"] = {"description": "A page of the list.", "content": content}
    if operation.get("tags") == ["The graph"]:
        whole = not any(parameter["in"] == "path" for parameter in operation.get("parameters", ()))
        schema = {"$ref": _COMPONENTS + "Page"} if whole else {"type": "object"}
        operation["responses"]["200"] = {
            "description": "A page of the list." if whole else "The item.",
            "content": {"application/json": {"schema": schema}},
        }
