"""The canonical form of a request: the same description, however its keys are ordered, has one digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

__all__ = ["MAX_DEPTH", "TooDeep", "digest", "in_order"]

MAX_DEPTH = 120
_NESTED = (dict, list)
_TEXT = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class TooDeep(ValueError):
    """A description nested too deeply to be read."""


def in_order(data: Any, depth: int = 0) -> Any:
    """Return the description with the keys of every object sorted, so that their order shows nowhere in an answer.

    Raises :class:`TooDeep`.
    """
    if depth > MAX_DEPTH:
        raise TooDeep
    if isinstance(data, dict):
        return {key: in_order(value, depth + 1) if isinstance(value := data[key], _NESTED) else value for key in sorted(data)}
    return [in_order(value, depth + 1) if isinstance(value, _NESTED) else value for value in data]


def digest(description: dict[str, Any]) -> str:
    """Return ``sha256:`` and the hexadecimal digest of the description with sorted keys and no white space."""
    text = _TEXT.encode(description)
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
