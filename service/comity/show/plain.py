"""What is told of a thing as plain JSON: texts, lists and objects, expressions as text, links as IRIs."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from comity.web.expression import Token
from comity.web.tree import Tree

__all__ = ["plain"]

_PAGE_ONLY = {"href", "outside", "json", "lang", "hidden"}
_RENAMED = {"tokens": "expression", "logic": "defined", "reversed": "named_in", "rows": "about"}


def plain(value: Any) -> Any:
    """Return ``value`` (a dataclass, a list or a text) as JSON; what is empty or of use to a page only is left out."""
    if isinstance(value, Tree):
        return None  # the shape is told as Turtle
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((_RENAMED.get(f.name, f.name), plain(getattr(value, f.name))) for f in fields(value) if f.name not in _PAGE_ONLY)
        return {name: inner for name, inner in pairs if inner not in (None, "", [], {})}
    if isinstance(value, list | tuple) and value and all(isinstance(item, Token) for item in value):
        return "".join(token.text for token in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return value
