"""How a value is put at a JSON pointer of a description that may not hold it yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.flow.pointers import NEW, escaped, steps_of
from comity.flow.problems import DescriptionError, problem

__all__ = ["put"]


def put(description: Any, pointer: str, value: Any) -> Any:
    """Return a description with a value at a pointer; what the pointer passes through is made where it is not there.

    A party that is named by its id only is looked up, and the fact is told of it. Raises :class:`DescriptionError` where the pointer
    passes through a value that can hold nothing.
    """
    whole = description if description is not None else {}
    try:
        return _put(whole, steps_of(pointer), value, "", whole)
    except _Elsewhere as elsewhere:
        return _put(whole, steps_of(str(elsewhere)), value, "", {})


def _put(here: Any, steps: list[str], value: Any, path: str, whole: Any) -> Any:
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(here, str) and (place := _party(whole, here)) is not None:
        raise _Elsewhere(f"{place}/{'/'.join(escaped(each) for each in steps)}")
    if here is None:
        here = [] if step.isdecimal() or step == NEW else {}
    if isinstance(here, dict):
        return {**here, step: _put(here.get(step), rest, value, f"{path}/{step}", whole)}
    if isinstance(here, list) and (step == NEW or (step.isdecimal() and int(step) <= len(here))):
        index = len(here) if step == NEW else int(step)
        below = here[index] if index < len(here) else None
        return [*here[:index], _put(below, rest, value, f"{path}/{step}", whole), *here[index + 1 :]]
    raise DescriptionError([problem(path, "what stands here can hold no other facts", "此处的值不能再包含其他事实")])


class _Elsewhere(Exception):
    """The fact belongs at another pointer."""


def _party(whole: Any, name: str) -> str | None:
    """Return the pointer to the object that has a name."""
    return next((pointer for pointer, each in _objects(whole, "") if each.get("id") == name), None)


def _objects(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _objects(inner, f"{path}/{escaped(key)}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _objects(inner, f"{path}/{number}")
