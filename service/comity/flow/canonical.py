"""The canonical form of a request: the same description, however its keys are ordered, has one digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

__all__ = ["digest"]


def digest(description: dict[str, Any]) -> str:
    """Return ``sha256:`` and the hexadecimal digest of the description with sorted keys and no white space."""
    text = json.dumps(description, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
