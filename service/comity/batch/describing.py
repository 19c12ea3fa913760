"""From the text of a flow in a file to the description that is judged."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.flow.json_text import parse_json

__all__ = ["Describer"]


class Describer:
    """Reads the text of flows; ``on`` is the day for which all are asked, ``gaps`` says that ``null`` means that nothing was stated."""

    def __init__(self, on: date | None = None) -> None:
        self._on = on.isoformat() if on else None

    @property
    def has_day(self) -> bool:
        """Say whether all flows are asked about for one day."""
        return self._on is not None

    def description(self, text: str, gaps: bool) -> Any:
        """Return the description. Raises what :func:`comity.flow.json_text.parse_json` does."""
        found = parse_json(text.encode("utf-8", "surrogatepass"))
        if gaps:
            found = _stated(found)
        if self._on is not None and isinstance(found, dict):
            found = {**found, "asOf": self._on}
        return found


def _stated(value: Any) -> Any:
    """Return a value without the keys that a table leaves empty."""
    if isinstance(value, dict):
        return {key: _stated(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_stated(inner) for inner in value if inner is not None]
    return value
