"""The rows of the output: one for each record of the files, as lines of JSON or of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from comity.batch.profiles import Found

__all__ = ["Rows", "columns"]


def columns(over_time: bool, several_files: bool) -> dict[str, str]:
    """Return the columns of the rows with their types as DuckDB names them."""
    more = {"changes": "BIGINT", "next": "VARCHAR"} if over_time else {}
    named = {"verdict": "VARCHAR", "asDescribed": "VARCHAR", **more, "profile": "BIGINT", "problem": "VARCHAR"}
    return {**({"file": "VARCHAR"} if several_files else {}), "line": "BIGINT", **named}


class Rows:
    """Writes rows as text. What all rows of a profile share is written once."""

    def __init__(self, names: Sequence[str], files: Sequence[str], as_lines: bool) -> None:
        self._files = files if "file" in names else []
        self._told = [name for name in names if name not in ("file", "line", "problem")]
        self._names = names
        self._as_lines = as_lines
        self._ends: dict[int, bytes] = {}

    def head(self) -> bytes:
        """Return what stands above all rows."""
        return b"" if self._as_lines else _csv_line(self._names)

    def text(self, file: int, first: int, found: Iterable[int], faults: dict[int, str], known: Sequence[Found]) -> bytes:
        """Return the rows of records from number *first* on, given the place of what was found of each; ``faults`` are by number."""
        ends, begin = self._ends, self._begin(file)
        lines = []
        for number, place in enumerate(found, start=first):
            if place < 0:
                lines.append(b"%b%d%b" % (begin, number, self._end({}, None, faults[number])))
                continue
            end = ends.get(place)
            if end is None:
                each = known[place]
                end = ends[place] = self._end(each.told, each.number, each.fault)
            lines.append(b"%b%d%b" % (begin, number, end))
        return b"".join(lines)

    def _begin(self, file: int) -> bytes:
        if self._as_lines:
            return b'{"file":%b,"line":' % orjson.dumps(self._files[file]) if self._files else b'{"line":'
        return _csv_line([self._files[file]]).rstrip(b"\n") + b"," if self._files else b""

    def _end(self, told: dict[str, Any], number: int | None, fault: str | None) -> bytes:
        values = {**dict.fromkeys(self._told), **told, "profile": number}
        if self._as_lines:
            return b"," + orjson.dumps(values | ({"problem": fault} if fault else {}))[1:] + b"\n"
        return b"," + _csv_line([*("" if value is None else value for value in values.values()), fault or ""])


def _csv_line(values: Iterable[Any]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow([str(value).replace("\n", " ").replace("\r", " ") for value in values])
    return written.getvalue().encode("utf-8", "surrogatepass")
