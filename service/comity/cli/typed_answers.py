"""What a person types in answer to a question, as the value that stands in a description."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from comity.check.question_form import MOST_CODES
from comity.flow.schema import KeySchema, Schema

__all__ = ["NotAnswered", "value_of"]

Json = dict[str, Any]

_NONE = ("none", "无", "没有")
_YES, _NO = ("y", "yes", "true", "是"), ("n", "no", "false", "否")
_SEVERAL = ("codes", "places", "references", "parties", "objects", "parties or places")
_FAULTS = {
    "boolean": ("answer y or n", "请回答“是”或“否”"),
    "code": ("one code is wanted", "应为一个代码"),
    "number": ("a number is wanted, such as 1200, 1000-5000, >1000 or <5000", "应为数字，如 1200、1000-5000、>1000 或 <5000"),
    "json": ("this is no JSON", "这不是 JSON"),
}
_RANGE = re.compile(r"(?P<low>\d[\d,]*(?:\.\d+)?)\s*-\s*(?P<high>\d[\d,]*(?:\.\d+)?)")


class NotAnswered(ValueError):
    """What was typed is no answer to the question; says what is wanted."""


def value_of(schema: Schema, question: Json, line: Callable[[str], str], language: str) -> Any:
    """Return the value that is typed in answer to a question, or ``None`` where the question is left open.

    ``line`` asks for a line after a prompt. Raises :class:`NotAnswered`.
    """
    form = question["form"]
    typed = line("")
    if typed == "+" and form["type"] in ("object", "objects", "party", "parties"):
        return _described(schema, question, line, language)
    if not typed and "count" in form.get("lacks", ()):
        return None
    if "count" in form.get("lacks", ()) and form["type"] == "objects":
        return _total(schema, form, typed, line, language)
    return _value(form["type"], [code["code"] for code in form.get("codes", ())], typed, language)


def _value(kind: str, codes: list[str], typed: str, language: str) -> Any:
    if not typed:
        return None
    if typed[0] in "{[":
        try:
            return json.loads(typed)
        except json.JSONDecodeError:
            raise _fault("json", language) from None
    if typed in _NONE:
        return [] if kind in _SEVERAL else False if kind == "boolean" else "none"
    if kind == "boolean":
        if typed.lower() not in (*_YES, *_NO):
            raise _fault("boolean", language)
        return typed.lower() in _YES
    if kind in ("count", "number", "percent"):
        return _number(typed, language)
    named = [_code(word.strip(), codes) for word in re.split("[,，、]", typed) if word.strip()]
    if kind in _SEVERAL:
        return named
    if len(named) != 1 and kind in ("code", "place", "reference"):
        raise _fault("code", language)
    return named[0] if kind in ("code", "place", "reference", "party") else typed


def _code(word: str, codes: list[str]) -> str:
    return codes[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(codes) else word


def _number(typed: str, language: str) -> Any:
    if (found := _RANGE.fullmatch(typed)) is not None:
        return {"atLeast": _figure(found["low"], language), "atMost": _figure(found["high"], language)}
    for sign, end in ((">", "atLeast"), ("<", "atMost")):
        if typed.startswith(sign):
            return {end: _figure(typed[1:].strip(), language)}
    return _figure(typed, language)


def _figure(typed: str, language: str) -> int | float:
    try:
        number = float(typed.replace(",", ""))
    except ValueError:
        raise _fault("number", language) from None
    return int(number) if number.is_integer() else number


def _total(schema: Schema, form: Json, typed: str, line: Callable[[str], str], language: str) -> Any:
    """Return the total that is asked for, with the number that was typed and with what else its entry lacks."""
    if typed[0] in "{[":
        return _value("objects", [], typed, language)
    entry = {**form["value"][0], "count": _number(typed, language)}
    for key in form["lacks"]:
        if key != "count":
            told = schema.nodes["Total"][key]
            entry[key] = _value("codes", sorted(told.codes), line(_prompt(told, language)), language) or []
    return [entry]


def _described(schema: Schema, question: Json, line: Callable[[str], str], language: str) -> Any:
    """Return an object that is described key by key, as far as its blank form goes."""
    value = question["form"]["value"]
    blank = value[0] if isinstance(value, list) else value
    kind = _node_of(schema, question["fact"], blank)
    found = {}
    for key in blank:
        told = schema.nodes[kind][key]
        answer = _value(_type(told), sorted(told.codes), line(_prompt(told, language)), language)
        if answer is not None:
            found[key] = answer
    return [found] if isinstance(value, list) else found


def _node_of(schema: Schema, key: str, blank: Json) -> str:
    """Return the class of the objects that stand under a key."""
    below = {entry.node or "Party" for keys in schema.nodes.values() for entry in keys.values() if entry.key == key}
    return next(name for name in sorted(below) if blank.keys() <= schema.nodes[name].keys())


def _prompt(told: KeySchema, language: str) -> str:
    codes = sorted(told.codes)
    listed = f" ({', '.join(codes)})" if 0 < len(codes) <= MOST_CODES else ""
    return f"  {told.question[language]}{listed}"


def _type(told: KeySchema) -> str:
    if told.kind in ("code", "ref", "place", "party"):
        return "code"
    return {"taxonomy": "codes", "refs": "codes", "parties": "codes", "partyOrPlace": "party"}.get(told.kind, told.kind)


def _fault(name: str, language: str) -> NotAnswered:
    return NotAnswered(_FAULTS[name][language == "zh"])
