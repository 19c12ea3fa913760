"""The figures of a description: the counts that differ from one flow to the next where all else is alike.

In the canonical text of a description each figure leaves a gap. Descriptions with the same text around the gaps read the
same, and what the figures decide, they decide by the thresholds that the law sets.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

import orjson

from comity.flow.counting import Range
from comity.flow.schema import Schema
from comity.flow.values import count_range

__all__ = ["FigureReader", "Stated", "cell"]

_DATE = re.compile(rb'"[0-9]{4}-[0-9]{2}-[0-9]{2}"')


class Stated:
    """The figures of one description, in the order of its canonical text.

    ``around`` is that text without them; ``keys`` has the key of each, ``values`` what was stated (a number, or a dict with
    ``atLeast`` and ``atMost``), ``ranges`` the same as bounds.
    """

    __slots__ = ("around", "keys", "ranges", "values")

    def __init__(self, around: bytes, keys: list[bytes], texts: list[bytes]) -> None:
        """Read the figures. Raises :class:`comity.flow.values.Refusal` for one that is no count."""
        self.around = around
        self.keys = keys
        self.values: list[Any] = [orjson.loads(text) for text in texts]
        self.ranges: list[Range] = [count_range(value, "") for value in self.values]


class FigureReader:
    """Finds the figures in canonical text, by the ``keys`` that the schema says are counts."""

    def __init__(self, schema: Schema) -> None:
        kinds: dict[str, set[str]] = {}
        for keys in schema.nodes.values():
            for entry in keys.values():
                kinds.setdefault(entry.key, set()).add(entry.kind)
        # A party may be written out more than once, and then says the same each time; its figures stay in the text.
        of_parties = {key for name in schema.reached_from("Party") for key in schema.nodes[name]}
        self.keys = frozenset(key for key, found in kinds.items() if found == {"count"} and key not in of_parties)
        # a quotation mark inside a text is escaped, so that only a key can follow a brace or a comma
        either = "|".join(map(re.escape, sorted(self.keys)))
        self._figure = re.compile(rf'"(?<=[{{,]")({either})":(\{{[^{{}}]*\}}|[^,{{}}\[\]"]+)'.encode())

    def read(self, canonical: bytes) -> Stated:
        """Return the figures of a description. Raises :class:`comity.flow.values.Refusal` for one that is no count."""
        pieces = self._figure.split(canonical)
        return Stated(b"\0".join([*pieces[0::3], *pieces[1::3]]), pieces[1::3], pieces[2::3])

    def has_dates(self, canonical: bytes) -> bool:
        """Say whether the description states a date, or what looks like one, beside the day for which it asks."""
        return len(_DATE.findall(canonical)) > 1

    def pointers(self, description: Any, pointer: str = "") -> Iterator[str]:
        """Yield the pointers of the figures of a description that was read without fault, in the order of its canonical text."""
        if isinstance(description, list):
            for index, value in enumerate(description):
                if isinstance(value, dict | list):
                    yield from self.pointers(value, f"{pointer}/{index}")
            return
        for key in sorted(description):
            if key in self.keys:
                yield f"{pointer}/{key}"
            elif isinstance(description[key], dict | list):
                yield from self.pointers(description[key], f"{pointer}/{key}")


def cell(bounds: Range, thresholds: list[float]) -> tuple[int, int]:
    """Say between which thresholds, or on which, the two bounds of a number lie."""
    low, high = bounds
    return (bisect_left(thresholds, low) + bisect_right(thresholds, low), bisect_left(thresholds, high) + bisect_right(thresholds, high))
