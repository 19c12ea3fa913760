"""Changes of a description: the operations ``add``, ``replace`` and ``remove`` of JSON Patch (RFC 6902)."""

from __future__ import annotations

from typing import Any

from comity.flow.pointers import NEW, steps_of
from comity.flow.problems import DescriptionError, problem

__all__ = ["OPERATIONS", "patched"]

OPERATIONS = ("add", "replace", "remove")


class _Astray(Exception):
    """A pointer that leads nowhere; says where it leaves the description."""


def patched(description: Any, operations: Any, at: str) -> Any:
    """Return a description changed by *operations*; what they do not touch is shared with the original, which stays as it is.

    ``at`` is the pointer under which the operations stand in what was sent, so that a fault can be found.
    Raises :class:`DescriptionError` for an operation that is none, or whose pointer leads nowhere.
    """
    if not isinstance(operations, list):
        raise _fault(at, "a patch is a list of operations {op, path, value}", "补丁应为操作 {op, path, value} 的列表")
    for number, operation in enumerate(operations):
        description = _one(description, operation, f"{at}/{number}")
    return description


def _one(description: Any, operation: Any, at: str) -> Any:
    if not isinstance(operation, dict) or operation.get("op") not in OPERATIONS:
        named = operation.get("op") if isinstance(operation, dict) else operation
        told = ", ".join(OPERATIONS)
        raise _fault(f"{at}/op", f"{named!r:.60} is no operation; use one of: {told}", f"{named!r:.60} 不是可用的操作；可用：{told}")
    path = operation.get("path")
    if not isinstance(path, str) or (path and not path.startswith("/")):
        raise _fault(f"{at}/path", "a path is a JSON pointer, such as /importer/kind", "path 应为 JSON 指针，例如 /importer/kind")
    if operation["op"] != "remove" and "value" not in operation:
        raise _fault(f"{at}/value", "the operation has no value; state it", "该操作缺少 value")
    steps = steps_of(path)
    try:
        return _at(description, steps, operation["op"], operation.get("value"), "")
    except _Astray as astray:
        en = f"{path} leads nowhere: there is no {astray} in the description"
        raise _fault(f"{at}/path", en, f"{path} 无所指：描述中没有 {astray}") from None


def _at(value: Any, steps: list[str], operation: str, new: Any, here: str) -> Any:
    """Return *value* with what stands at *steps* below it changed."""
    if not steps:
        return new
    step, rest = steps[0], steps[1:]
    place = f"{here}/{step}"
    if isinstance(value, dict):
        if step not in value and (rest or operation != "add"):
            raise _Astray(place)
        if not rest and operation == "remove":
            return {key: inner for key, inner in value.items() if key != step}
        return {**value, step: _at(value.get(step), rest, operation, new, place)}
    if isinstance(value, list):
        return _in_list(value, step, rest, operation, new, place)
    raise _Astray(place)


def _in_list(entries: list[Any], step: str, rest: list[str], operation: str, new: Any, place: str) -> list[Any]:
    adds = operation == "add" and not rest
    index = len(entries) if step == NEW and adds else int(step) if step.isdecimal() else -1
    if not 0 <= index < len(entries) + adds:
        raise _Astray(place)
    if adds:
        return [*entries[:index], new, *entries[index:]]
    if not rest and operation == "remove":
        return [*entries[:index], *entries[index + 1 :]]
    return [*entries[:index], _at(entries[index], rest, operation, new, place), *entries[index + 1 :]]


def _fault(pointer: str, en: str, zh: str) -> DescriptionError:
    return DescriptionError([problem(pointer, en, zh)])
