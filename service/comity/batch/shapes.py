"""Shapes: the text of a flow without its figures and its day. Flows of one shape differ in nothing else.

DuckDB takes the figures out, on all cores, and numbers the shapes; nothing of a flow but numbers comes back to Python, and the text of
each shape once. A figure that is written in another way than digits stays in the text, so that it makes another shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from comity.batch.blocks import Block

__all__ = ["Shape", "Shaped", "Shaper", "parts_of_day"]

Numbers = npt.NDArray[np.int64]

_GAP, _DIGITS, _END = "\x01", "\x02", "\x03"  # no text of JSON holds these characters as they are
_WIDEST = 24  # figures of one flow; flows with more are read one by one
_LARGEST = 10**15  # figures from here on are refused by the reader, which then says so
_MOST_SHAPES = 200_000
# Texts are kept of flows of new shapes only, and of those that are read one by one: to keep all of them takes as long as all the rest.
_BLOCK = """
CREATE OR REPLACE TEMP TABLE block AS
SELECT nr, id, vals, CASE WHEN id IS NULL THEN shape END AS fresh,
    CASE WHEN vals IS NULL OR len(vals) > $widest OR list_max(vals) >= $largest OR len(vals) <> count_of_gaps THEN flow END AS whole
FROM (
    SELECT nr, flow, around || chr(3) || regexp_replace(gaps, '[0-9]+(-[0-9]+)*', chr(2), 'g') AS shape, count_of_gaps,
        TRY_CAST(regexp_extract_all(replace(gaps, '-', ''), '[0-9]+') AS BIGINT[]) AS vals
    FROM (
        SELECT nr, flow, regexp_replace(flow, $gap, chr(1), 'g') AS around, array_to_string(found, '') AS gaps, len(found) AS count_of_gaps
        FROM (SELECT nr, flow, regexp_extract_all(flow, $gap) AS found FROM ({source}) WHERE flow IS NOT NULL)
    )
) LEFT JOIN shapes USING (shape)
"""
_NAME = re.compile(r'"(\w+)":\s*(?:\x02[,}\s]|"\x02")')


def parts_of_day(digits: int) -> tuple[int, int, int]:
    """Return year, month and day of a day that is written without hyphens."""
    months, day = divmod(digits, 100)
    year, month = divmod(months, 100)
    return year, month, day


class Shape:
    """The text of flows that differ in their figures and their day only: ``keys`` of what was taken out, in the order of the text."""

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        around, _, names = text.rpartition(_END)
        self._pieces = around.split(_GAP)
        found = list(_NAME.finditer(names))
        self._names = [name[0] for name in found]
        self.keys = [name[1] for name in found]
        self.is_sound = len(self._pieces) == len(self._names) + 1

    def filled(self, values: Iterable[int]) -> str:
        """Return the text of a flow of this shape."""
        text = [self._pieces[0]]
        for key, name, value, piece in zip(self.keys, self._names, values, self._pieces[1:]):
            digits = str(value)
            if key == "asOf":
                year, month, day = parts_of_day(value)
                digits = f"{year:04}-{month:02}-{day:02}"
            text += [name.replace(_DIGITS, digits), piece]
        return "".join(text)


class Shaped(NamedTuple):
    """The flows of a block: their ``numbers``, ascending, the number of the shape of each, and what stood in its gaps.

    ``whole`` has the text of flows, by their place among the others, that have to be read one by one; ``known`` the shapes by number.
    """

    numbers: Numbers
    shapes: Numbers
    values: list[Numbers]
    whole: dict[int, str]
    known: dict[int, Shape]


class Shaper:
    """Finds the shapes of flows. One thread may use it at a time."""

    def __init__(self, connection: Any, keys: Iterable[str]) -> None:
        """``keys`` are those whose values are figures."""
        names = sorted(keys)
        self._connection = connection
        self._gap = rf'"(?:{"|".join(names)})":\s*(?:0|[1-9][0-9]*)[,}}\s]|"asOf":\s*"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}"'
        self._next = 0
        self._forget()

    def _forget(self) -> None:
        self._connection.execute("CREATE OR REPLACE TEMP TABLE shapes (id BIGINT, shape VARCHAR)")
        self._shapes: dict[int, Shape] = {}  # a new one, since a block that was shaped before may still be dealt with

    def shape(self, block: Block) -> Shaped:
        """Return the flows of a block; rows of which a flow is missing are left out."""
        run = self._connection
        source = block.query
        if not source:
            run.register("given", {"nr": np.array(block.numbers, np.int64), "flow": np.array(block.texts, dtype=object)})
            source = "SELECT nr, flow FROM given"
            if not block.numbers:
                none = np.empty(0, np.int64)
                return Shaped(none, none, [], {}, {})
        if len(self._shapes) > _MOST_SHAPES:
            self._forget()
        run.execute(_BLOCK.format(source=source), {"gap": self._gap, "widest": _WIDEST, "largest": _LARGEST})
        self._number_new_shapes()
        width = min(_WIDEST, run.execute("SELECT coalesce(max(len(vals)), 0) FROM block").fetchone()[0])
        columns = "".join(f", coalesce(vals[{place + 1}], 0) AS v{place}" for place in range(width))
        rows = run.execute(f"SELECT nr, id{columns} FROM block ORDER BY nr").fetchnumpy()
        numbers = np.asarray(rows["nr"], np.int64)
        apart = run.execute("SELECT nr, whole FROM block WHERE whole IS NOT NULL").fetchall()
        whole = {int(np.searchsorted(numbers, number)): text for number, text in apart}
        values = [np.asarray(rows[f"v{place}"], np.int64) for place in range(width)]
        return Shaped(numbers, np.asarray(rows["id"], np.int64), values, whole, self._shapes)

    def _number_new_shapes(self) -> None:
        run = self._connection
        new = run.execute("SELECT fresh, min(nr) AS first FROM block WHERE fresh IS NOT NULL GROUP BY fresh ORDER BY first").fetchall()
        if not new:
            return
        numbers = list(range(self._next, self._next + len(new)))
        self._next += len(new)
        for number, (text, _) in zip(numbers, new):
            self._shapes[number] = Shape(number, text)
        run.register("new", {"id": np.array(numbers, np.int64), "shape": np.array([text for text, _ in new], dtype=object)})
        run.execute("CREATE OR REPLACE TEMP TABLE latest AS SELECT id, shape FROM new")
        run.unregister("new")
        run.execute("INSERT INTO shapes SELECT id, shape FROM latest")
        run.execute("UPDATE block SET id = latest.id FROM latest WHERE block.fresh = latest.shape")
