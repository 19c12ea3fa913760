"""What was filled in on a page, put into the description: the answers to its questions, and the steps that were taken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from comity.flow.json_text import NotJson, parse_json
from comity.flow.patch import patched
from comity.flow.pointers import at, known_key
from comity.flow.problems import DescriptionError, problem
from comity.flow.schema import KeySchema, Schema
from comity.web.check.inputs import ANSWER, WITH
from comity.web.check.putting import put

__all__ = ["NONE", "answered", "pretty", "softened", "stepped"]

NONE = "none:"
"""The value of a field which says that there is none of what is asked for."""

_SEVERAL = ("codes", "taxonomy", "places", "refs", "norms", "parties", "partiesOrPlaces")
_PLACES = ("place", "places", "partyOrPlace", "partiesOrPlaces")
_RANGE = re.compile(r"(?P<low>\d[\d,]*(?:\.\d+)?)\s*[-–]\s*(?P<high>\d[\d,]*(?:\.\d+)?)")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DEPTH = 16
_MOST_CHANGES = 400  # of one patch; each copies what it passes through


def answered(schema: Schema, description: Any, fields: Sequence[tuple[str, str]], besides: Iterable[str] = ()) -> Any:
    """Return a description with the answers among posted fields; empty ones leave it as it is.

    ``besides`` are pointers at or under which nothing is put, since a step has told what is there.
    Raises :class:`DescriptionError` for an answer for which there is no place.
    """
    told: dict[str, list[str]] = {}
    for name, value in fields:
        if name.startswith(ANSWER) and value.strip():
            told.setdefault(name.removeprefix(ANSWER), []).append(value.strip())
    along = {name.removeprefix(WITH): value for name, value in fields if name.startswith(WITH)}
    taken = [*besides]
    settled: dict[str, str] = {}  # where things went that the page had placed behind others, which were left open
    for asked, values in told.items():
        pointer = asked
        if any(_meet(pointer, each) for each in taken):
            continue
        found = known_key(schema, pointer)
        if found is None:
            continue
        for place, text in along.items():
            if pointer.startswith(f"{place}/"):
                if place not in settled:
                    settled[place] = _settled(description, place)
                    if at(description, settled[place]) is None:
                        description = put(description, settled[place], _read(text))
                pointer = settled[place] + pointer.removeprefix(place)
        description = put(description, pointer, _value(schema, found[1], values))
    return description


def stepped(description: Any, text: str) -> tuple[Any, list[str]]:
    """Return a description changed by the patch in a field, and the pointers that it touches.

    Raises :class:`DescriptionError` for a patch that cannot be applied.
    """
    operations = _read(text)
    if isinstance(operations, list) and len(operations) > _MOST_CHANGES:
        en, zh = f"a step has at most {_MOST_CHANGES} changes", f"一个步骤至多{_MOST_CHANGES}项改动"
        raise DescriptionError([problem("", en, zh)])
    if isinstance(operations, list):
        for operation in operations:
            description = patched(description, [softened(description, operation)], "")
        return description, [str(each.get("path", "")) for each in operations if isinstance(each, dict)]
    return patched(description, operations, ""), []


def softened(description: Any, operation: Any) -> Any:
    """Return an operation such that it can be applied to a description to which the steps before it were not: a list begins with it."""
    if not isinstance(operation, dict) or not isinstance(path := operation.get("path"), str):
        return operation
    parent, _, last = path.rpartition("/")
    if last == "-" and operation.get("op") == "add" and at(description, parent) is None:
        return {**operation, "path": parent, "value": [operation.get("value")]}
    if operation.get("op") == "replace" and at(description, path) is None and (not parent or at(description, parent) is not None):
        return {**operation, "op": "add"}
    return operation


def _settled(description: Any, place: str) -> str:
    """Return the place of a new thing: in a list, behind the last that is there."""
    holder, _, last = place.rpartition("/")
    there = at(description, holder)
    if last.isdecimal() and (there is None or isinstance(there, list)):
        return f"{holder}/{min(int(last), len(there or ()))}"
    return place


def _meet(first: str, second: str) -> bool:
    one, other = f"{first}/", f"{second.removesuffix('/-')}/"
    return one.startswith(other) or other.startswith(one)


def _read(text: str) -> Any:
    try:
        return parse_json(text.encode(), _DEPTH)
    except (NotJson, RecursionError):
        return text


def _value(schema: Schema, entry: KeySchema, values: list[str]) -> Any:
    """Return what was filled in as a value of a key; what cannot be read stays as it is, so that the check says what is wrong."""
    first = values[0]
    if first[0] in "{[":
        return _read(first)
    if entry.kind in _SEVERAL:
        if NONE in values:
            return []
        split = entry.kind not in ("codes", "taxonomy")
        words = [word.strip() for value in values for word in (re.split("[,，、;；\n]", value) if split else [value]) if word.strip()]
        return [_place(schema, word) for word in words] if entry.kind in _PLACES else words
    if entry.kind in _PLACES:
        return _place(schema, first)
    if entry.kind == "boolean":
        return {"true": True, "false": False}.get(first, first)
    if entry.kind in ("count", "number", "percent"):
        return _number(first)
    return first


def _place(schema: Schema, word: str) -> str:
    return schema.place_names.get(word.casefold(), schema.place_names.get(word, word))


def _number(text: str) -> Any:
    """Return a number, or a range of numbers."""
    if (found := _RANGE.fullmatch(text)) is not None:
        return {"atLeast": _figure(found["low"]), "atMost": _figure(found["high"])}
    for sign, end in ((">", "atLeast"), ("<", "atMost")):
        if text.startswith(sign) and _FIGURE.fullmatch(text[1:].strip()):
            return {end: _figure(text[1:].strip())}
    return _figure(text) if _FIGURE.fullmatch(text) else text


def _figure(text: str) -> int | float:
    number = float(text.replace(",", ""))
    return int(number) if number.is_integer() else number


def pretty(description: Any) -> str:
    """Return a description as a person reads it."""
    return json.dumps(description, ensure_ascii=False, indent=2)
