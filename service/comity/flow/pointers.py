"""JSON pointers (RFC 6901) into a description: their steps, what stands at one, and to which key of the vocabulary it leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from comity.flow.schema import KeySchema, Schema

__all__ = ["NEW", "NoKey", "at", "escaped", "key_at", "known_key", "steps_of"]

NEW = "-"
"""The step to the place behind the last entry of a list."""


class NoKey(LookupError):
    """A step of a pointer that is no key where it stands; ``known`` are the keys that may stand there."""

    def __init__(self, step: str, known: Mapping[str, KeySchema]) -> None:
        super().__init__(step)
        self.step, self.known = step, known


def steps_of(pointer: str) -> list[str]:
    """Return the steps of a pointer, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def escaped(step: str) -> str:
    """Return a key as a step of a pointer."""
    return step.replace("~", "~0").replace("/", "~1")


def at(description: Any, pointer: str) -> Any:
    """Return the value at a pointer; ``None`` where there is none."""
    value = description
    for step in steps_of(pointer):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def key_at(schema: Schema, pointer: str) -> tuple[str, KeySchema]:
    """Return the node class and the key to which a pointer leads. Raises :class:`NoKey`."""
    found: tuple[str, KeySchema] | None = None
    for step in steps_of(pointer):
        if found is not None and not found[1].one and (step.isdecimal() or step == NEW):
            continue
        nodes = ("DataFlow", "Description") if found is None else (schema.below(found[1]),)
        node = next((node for node in nodes if schema.find(node, step) is not None), None)
        if node is None:
            raise NoKey(step, {key: entry for each in nodes for key, entry in schema.nodes.get(each, {}).items()})
        found = node, schema.nodes[node][step]
    if found is None:
        raise NoKey("", {})
    return found


def known_key(schema: Schema, pointer: str) -> tuple[str, KeySchema] | None:
    """Return what :func:`key_at` does; ``None`` where the vocabulary has no such key."""
    try:
        return key_at(schema, pointer)
    except NoKey:
        return None
