"""The JSON Schema of a description, generated from the schema of its shape."""

from __future__ import annotations

from typing import Any

from comity.flow.reading import NOT_OF_THE_FLOW
from comity.iris import BASE
from comity.law.program_text import KeyEntry, ProgramText

__all__ = ["json_schema"]

Json = dict[str, Any]
_COUNT: Json = {"type": "integer", "minimum": 0}
_REF = "#/$defs/"


def json_schema(program: ProgramText) -> Json:
    """Return the JSON Schema (draft 2020-12) of descriptions for a program."""
    nodes = program["schema"]["nodes"]
    codes = sorted({*program["places"], *(str(row[0]) for row in program["memberships"])})
    definitions: Json = {name: _node(entries) for name, entries in sorted(nodes.items()) if name != "Description"}
    definitions["Place"] = {
        "anyOf": [
            {"enum": codes},
            {"type": "object", "properties": {"in": {"enum": codes}}, "required": ["in"], "additionalProperties": False},
            {"type": "object", "properties": {"outside": {"enum": codes}}, "required": ["outside"], "additionalProperties": False},
            {"type": "array", "items": {"enum": codes}, "minItems": 1, "description": "one of these places"},
        ]
    }
    definitions["Count"] = _ranged(_COUNT)
    definitions["Number"] = _ranged({"type": "number"})
    definitions["Percent"] = _ranged({"type": "number", "minimum": 0, "maximum": 100})
    head = {**_node(nodes["Description"])["properties"], "positions": _positions(program), "variants": _VARIANTS, **_HOW_TO_READ}
    flat = {**head, **definitions["DataFlow"]["properties"]}
    flat.pop("legs", None)
    route = {key: head[key] for key in ("asOf", "parties", "legs", "positions", "variants", *_HOW_TO_READ)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": BASE + "schemas/flow.json",
        "title": "Flow description",
        "description": "One leg of a cross-border data flow, or a route of legs. A key that is left out is unknown; "
        "an empty list, false or null is stated as none.",
        "anyOf": [
            {"type": "object", "properties": flat, "required": ["asOf"], "additionalProperties": False},
            {"type": "object", "properties": route, "required": ["asOf", "legs"], "additionalProperties": False},
        ],
        "$defs": definitions,
    }


_HOW_TO_READ: Json = {key: {"description": "How the description is to be read; it says nothing of the flow."} for key in NOT_OF_THE_FLOW}


def _positions(program: ProgramText) -> Json:
    """Return the schema of the positions that are taken on unsettled questions."""
    taken = {question: {"enum": text["positions"]} for question, text in sorted(program["questions"].items())}
    return {"type": "object", "description": "Positions taken on unsettled questions.", "properties": taken, "additionalProperties": False}


_OPERATION: Json = {
    "type": "object",
    "properties": {"op": {"enum": ["add", "replace", "remove"]}, "path": {"type": "string"}, "value": {}},
    "required": ["op", "path"],
}
_VARIANTS: Json = {
    "type": "array",
    "description": "Named changes (JSON Patch) of the description, judged side by side.",
    "maxItems": 100,
    "items": {
        "type": "object",
        "properties": {"name": {"type": "string"}, "patch": {"type": "array", "items": _OPERATION}},
        "required": ["name"],
        "additionalProperties": False,
    },
}
_INFORMATIVE = "It describes the flow and decides nothing: no norm reads it."


def _ranged(number: Json) -> Json:
    ends = {"atLeast": number, "atMost": number}
    return {"anyOf": [number, {"type": "object", "properties": ends, "minProperties": 1, "additionalProperties": False}]}


def _node(entries: dict[str, KeyEntry]) -> Json:
    return {"type": "object", "properties": {key: _key(entry) for key, entry in entries.items()}, "additionalProperties": False}


def _key(entry: KeyEntry) -> Json:
    value = _value(entry)
    if entry.get("nullable"):
        value = {"anyOf": [value, {"type": "null"}]}
    label, question = entry.get("label", {}), entry.get("question", {})
    value = dict(value) | {"title": label.get("en", "")}
    if entry.get("description"):
        value["description"] = entry["description"].get("en", "")
    if entry.get("informative"):
        value["description"] = f"{value.get('description', '')} {_INFORMATIVE}".strip()
        value["x-informative"] = True
    if codes := entry.get("informative_codes"):
        value["x-informativeCodes"] = codes
    if question:
        value["x-question"] = question
    value["x-label"] = label
    return value


def _value(entry: KeyEntry) -> Json:
    kind = entry["kind"]
    if kind in ("code", "ref"):
        return _code(entry)
    if kind in ("codes", "refs", "norms", "taxonomy"):
        return _list(_code(entry))
    if kind == "place":
        return {"$ref": _REF + "Place"}
    if kind == "places":
        return _list({"$ref": _REF + "Place"})
    if kind in ("party", "partyOrPlace"):
        return _party(kind)
    if kind in ("parties", "partiesOrPlaces"):
        return _list(_party(kind), denied=False)
    if kind == "node":
        return {"$ref": _REF + entry["node"]}
    if kind == "legs":
        return {"type": "array", "items": {"$ref": _REF + entry["node"]}}
    if kind == "nodes":
        return _list({"$ref": _REF + entry["node"]})
    plain: dict[str, Json] = {
        "boolean": {"type": "boolean"},
        "text": {"type": "string", "maxLength": 200},
        "date": {"type": "string", "format": "date"},
        "count": {"$ref": _REF + "Count"},
        "number": {"$ref": _REF + "Number"},
        "percent": {"$ref": _REF + "Percent"},
    }
    return plain[kind]


def _list(item: Json, denied: bool = True) -> Json:
    """Return the form of a list that may be stated in part; parties can be named, but not ruled out."""
    many: Json = {"type": "array", "items": item}
    sides = {"yes": many, "no": many} if denied else {"yes": many}
    return {"anyOf": [many, {"type": "object", "properties": sides, "minProperties": 1, "additionalProperties": False}]}


def _code(entry: KeyEntry) -> Json:
    return {"enum": entry["codes"]} if entry.get("codes") else {"type": "string"}


def _party(kind: str) -> Json:
    forms: list[Json] = [{"$ref": _REF + "Party"}, {"type": "string", "description": "the id of a party"}]
    return {"anyOf": [*forms, {"$ref": _REF + "Place"}] if "Place" in kind else forms}
