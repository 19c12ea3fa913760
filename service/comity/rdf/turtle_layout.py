"""The layout of Turtle: what stands on one line, and where longer nodes and lists break.

A value is written on one line where it fits into `WIDTH` characters. A longer list has a line for each member. A longer
node that ends in a list or another node opens on the same line as that (``[ a owl:Class ; owl:intersectionOf (``) and
closes on the same line (``) ]``); any other has a line for each statement. Terms come as text, so that this module
serves every store of triples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

__all__ = ["WIDTH", "Members", "Node", "Value", "literal", "members", "node", "one_line", "statement_lines", "value_lines"]

WIDTH = 140
"""The longest line, in characters, that is not one single term."""

_STEP = 4
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{_XSD}boolean": re.compile("true|false"),
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})
_TEXT = re.compile(r'"@[A-Za-z0-9-]+$')


class Node(NamedTuple):
    """An anonymous node: its statements as (verb, value), in their order, and the node on one line."""

    statements: tuple[tuple[str, Value], ...]
    text: str


class Members(NamedTuple):
    """A list: its members in their order, and the list on one line."""

    items: tuple[Value, ...]
    text: str


Value: TypeAlias = str | Node | Members
"""What stands after a verb: a term as it is spelled, a node or a list."""


def node(statements: Iterable[tuple[str, Value]]) -> Node:
    """Return an anonymous node with ``statements``."""
    pairs = tuple(statements)
    inner = " ; ".join(f"{verb} {one_line(value)}" for verb, value in pairs)
    return Node(pairs, f"[ {inner} ]" if pairs else "[]")


def members(items: Iterable[Value]) -> Members:
    """Return a list of ``items``."""
    kept = tuple(items)
    inner = " ".join(map(one_line, kept))
    return Members(kept, f"( {inner} )" if kept else "()")


def one_line(value: Value) -> str:
    """Return the value on one line, however long."""
    return value if isinstance(value, str) else value.text


def literal(lexical: str, language: str | None, datatype: str | None, name: Callable[[str], str]) -> str:
    """Return a literal as Turtle spells it: numbers and truth values bare, all else quoted.

    ``datatype`` is an IRI, or None for plain text; ``name`` spells it.
    """
    bare = _BARE.get(datatype or "")
    if bare and bare.fullmatch(lexical):
        return lexical
    quoted = f'"{lexical.translate(_ESCAPES)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^{name(datatype)}" if datatype and datatype != f"{_XSD}string" else quoted


def statement_lines(statements: Iterable[tuple[str, Value]], indent: int) -> str:
    """Return one statement after the other, each begun on a line of its own at column ``indent``; no end mark."""
    space = " " * indent
    return " ;\n".join(f"{space}{verb} {value_lines(value, indent, indent + len(verb) + 1, 2)}" for verb, value in statements)


def value_lines(value: Value, indent: int, column: int, after: int) -> str:
    """Return ``value`` as it is written from ``column`` on, in a line that begins at ``indent``.

    ``after`` is the number of characters that follow it on its last line.
    """
    text = one_line(value)
    if isinstance(value, str) or column + len(text) + after <= WIDTH:
        return text
    inner = indent + _STEP
    if isinstance(value, Members):
        lines = "".join(f"{' ' * inner}{value_lines(item, inner, inner, 0)}\n" for item in value.items)
        return f"(\n{lines}{' ' * indent})"
    verb, last = value.statements[-1]
    opening = "[ " + "".join(f"{v} {one_line(o)} ; " for v, o in value.statements[:-1]) + f"{verb} "
    if not isinstance(last, str) and column + len(opening) < WIDTH and not _has_text(value):
        return f"{opening}{value_lines(last, indent, column + len(opening), after + 2)} ]"
    together = text[2:-2]
    apart = _has_text(value) or inner + len(together) > WIDTH
    return f"[\n{statement_lines(value.statements, inner) if apart else ' ' * inner + together}\n{' ' * indent}]"


def _has_text(value: Node) -> bool:
    """Tell whether a node has a text for people: it reads better with the text on a line of its own."""
    return any(isinstance(o, str) and _TEXT.search(o) for _, o in value.statements)
