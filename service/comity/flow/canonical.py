"""The canonical form of a request: the same description, however its keys are ordered, has one digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import orjson

__all__ = ["MAX_DEPTH", "TooDeep", "canonical_text", "digest", "in_order"]

MAX_DEPTH = 120
_NESTED = (dict, list)
_TEXT = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=repr)
_STRICT = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS


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


def canonical_text(description: Any) -> bytes:
    """Return the description as JSON with sorted keys and no white space."""
    try:
        return orjson.dumps(description, option=_STRICT)
    except TypeError:  # what JSON text cannot hold and a Python caller can: such a description is refused when it is read
        return _TEXT.encode(description).encode("utf-8", "surrogatepass")


def digest(canonical: bytes) -> str:
    """Return ``sha256:`` and the hexadecimal digest of a canonical text."""
    return "sha256:" + hashlib.sha256(canonical).hexdigest()
