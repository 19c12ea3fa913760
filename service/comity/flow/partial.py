"""Lists of things that are stated in part: what is known of those that are not listed.

``{"yes": […], "no": […]}`` names things that exist and kinds of things that do not. A list whose things are told apart by one of
their keys (such as the set of requirements that each is about) says nothing of things with another value there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.flow.problems import problem
from comity.flow.schema import KeySchema, Schema
from comity.flow.values import Refusal, ValueReader
from comity.logic.node import Node, OpenCodes

__all__ = ["denied", "none_beside_others", "of_other_kind"]

_CODED = ("code", "ref")


def of_other_kind(entry: KeySchema, stated: Sequence[Node], pointer: str) -> Node | None:
    """Return what is known of a thing that is not in a list whose things are told apart by a key: its value there is another."""
    key = entry.apart_by or ""
    if not all(key in node for node in stated):
        return None
    return _lacking(entry, pointer, key, [value for node in stated for value in node[key]])


def denied(entry: KeySchema, raw: Any, pointer: str, schema: Schema, values: ValueReader) -> Node | None:
    """Return what is known of a thing that is not listed, where ``no`` lists values of one key that no thing has.

    Raises :class:`Refusal` for whatever cannot be denied so.
    """
    if raw == []:
        return None
    keys = {key for each in raw if isinstance(each, dict) for key in each} if isinstance(raw, list) else set()
    key = next(iter(keys), "")
    told = schema.find(entry.node, key)
    if len(keys) != 1 or told is None or told.kind not in _CODED or not all(isinstance(each, dict) for each in raw):
        raise Refusal(
            problem(
                pointer,
                "here 'no' lists things of which one code or reference is named, under the same key each time; leave out what is not known",
                "此处的 no 应逐项写明同一键下的一个代码或引用；未知者请勿填写",
            )
        )
    return _lacking(
        entry, pointer, key, [value for i, each in enumerate(raw) for value in values.read(told, each[key], f"{pointer}/{i}/{key}")]
    )


def _lacking(entry: KeySchema, pointer: str, key: str, codes: Sequence[Any]) -> Node:
    rest = Node(entry.node, pointer)
    rest[key] = OpenCodes(frozenset(), frozenset(codes))
    return rest


def none_beside_others(schema: Schema, nodes: Sequence[Node]) -> tuple[Node, str] | None:
    """Return a thing that is said not to be, with the key that says so, though more is said of it or another is listed beside it."""
    for node in nodes:
        for key, entry in schema.nodes[node.kind].items():
            if entry.kind == "code" and node.raw.get(key) in entry.none_codes and (len(node) > 1 or len(nodes) > 1):
                return node, key
    return None
