"""Tables of flows, such as a register of processing activities: a row is a flow, and a mapping says what its columns mean."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from comity.batch.blocks import BatchStopped, Block, Place, Sizes
from comity.batch.columns import TEXT_COLUMNS, columns_of, quoted
from comity.batch.mapping import Mapping, same
from comity.batch.words import Places, Unmapped, put, said
from comity.flow.pointers import key_at
from comity.flow.schema import Schema
from comity.spelling import nearest

__all__ = ["MappedTable"]

_PEEK = 65_536
_MOST_TOLD = 200  # words of one column that a report names


class MappedTable:
    """A table in CSV or Parquet, read row by row. ``report`` says what could not be mapped."""

    gaps = False

    def __init__(self, path: Path, connection: Any, schema: Schema, mapping: Mapping | None, needs_day: bool, places: Places) -> None:
        """Read the header. Raises :class:`BatchStopped` where needed columns are not there; a connection is given for Parquet only."""
        self._path, self._connection, self._schema, self._places = path, connection, schema, places
        header = list(columns_of(connection, path)) if connection else self._header(mapping)
        self._texts = next((name for name in header if name in TEXT_COLUMNS), None) if mapping is None else None
        self._mapping = Mapping.of_header(header) if mapping is None else mapping
        if self._texts is None:
            self._mapping.check(schema, needs_day)
        self._columns = self._found(header)
        self.total = self._rows() if connection else path.stat().st_size
        self._unused = [name for name in header if same(name) not in self._mapping.ignored and name not in self._columns.values()]
        self._words: dict[str, Counter[str]] = {}
        self._near: dict[str, list[str]] = {}
        self._several: Counter[str] = Counter()

    @property
    def report(self) -> dict[str, Any]:
        """What of the table says nothing of a flow: columns, and words with the number of rows that have them."""
        if self._texts is not None:
            return {}
        lacking = [name for name in self._mapping.columns if name not in self._columns]
        words = [
            {"column": column, "value": word, "rows": number, "nearest": self._near.get(f"{column}\0{word}", [])}
            for column, counted in self._words.items()
            for word, number in counted.most_common(_MOST_TOLD)
        ]
        several = [{"column": column, "rows": number} for column, number in self._several.items()]
        return {"columnsNotMapped": self._unused, "columnsNotThere": lacking, "valuesNotMapped": words, "severalWhereOneStands": several}

    def recall(self, report: dict[str, Any]) -> None:
        """Take up the report of an earlier run of the same job."""
        for entry in report.get("valuesNotMapped", ()):
            self._words.setdefault(entry["column"], Counter())[entry["value"]] += entry["rows"]
            self._near[f"{entry['column']}\0{entry['value']}"] = entry["nearest"]
        self._several.update({entry["column"]: entry["rows"] for entry in report.get("severalWhereOneStands", ())})

    def blocks(self, file: int, start: Place, sizes: Sizes) -> Iterator[Block]:
        """Yield the rows from a place on, each as a description."""
        number, waiting, faults = 0, [], {}
        numbers: list[int] = []
        count, size, first = 0, 0, start.record
        for number, (row, length) in enumerate(self._records(), start=1):
            if number < start.record:
                continue
            count, size = count + 1, size + length
            if isinstance(row, str):
                faults[number] = row
            else:
                numbers.append(number)
                waiting.append(self._description(row))
            if count >= sizes():
                yield Block(file, first, count, faults, numbers, waiting, "", size, Place(file, number + 1), self.report)
                waiting, numbers, faults, count, size, first = [], [], {}, 0, 0, number + 1
        if count:
            yield Block(file, first, count, faults, numbers, waiting, "", size, Place(file, number + 1), self.report)

    def _description(self, row: dict[str, str]) -> str:
        if self._texts is not None:
            return row[self._texts]
        flow: dict[str, Any] = {}
        for pointer, value in self._mapping.always.items():
            put(flow, pointer, value)
        for name, column in self._columns.items():
            cell = row[column].strip()
            if cell:
                rule = self._mapping.columns[name]
                entry = key_at(self._schema, rule.to)[1]
                value, lost = said(cell, rule, entry, self._places)
                for each in lost:
                    self._note(column, each)
                if isinstance(value, list) and entry.one:
                    self._several[column] += 1
                if value is not None:
                    put(flow, rule.to, value)
        return orjson.dumps(flow).decode()

    def _note(self, column: str, lost: Unmapped) -> None:
        counted = self._words.setdefault(column, Counter())
        if lost.word not in counted:
            self._near[f"{column}\0{lost.word}"] = nearest(lost.word, lost.known)
        counted[lost.word] += 1

    def _records(self) -> Iterator[tuple[dict[str, str] | str, int]]:
        """Yield each row with what it adds to the progress; a text says why a row cannot be read."""
        if self._connection:
            cursor = self._connection.cursor().execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet('{quoted(str(self._path))}')")
            names = [column[0] for column in cursor.description]
            while row := cursor.fetchone():
                yield dict(zip(names, ("" if value is None else value for value in row))), 1
            return
        with self._path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
            read = csv.reader(text, delimiter=self._separator, strict=False)
            header = [name.strip() for name in next(read)]
            while True:
                try:
                    row = next(read)
                except StopIteration:
                    return
                except csv.Error as fault:
                    yield f"the row cannot be read: {fault}", 1
                    continue
                length = sum(map(len, row)) + len(row)
                if not _is_text("".join(row)):
                    yield "the row is not UTF-8", length
                elif len(row) != len(header):
                    yield f"the row has {len(row)} cells, and the table {len(header)} columns", length
                else:
                    yield dict(zip(header, row)), length

    def _header(self, mapping: Mapping | None) -> list[str]:
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            line = text.readline(_PEEK)
        if not line.strip():
            raise BatchStopped(f"{self._path} is empty; its first row has the names of the columns")
        told = mapping.separator if mapping else None
        self._separator = told or max((",", ";", "\t"), key=line.count)
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            return [name.strip() for name in next(csv.reader(text, delimiter=self._separator))]

    def _found(self, header: Sequence[str]) -> dict[str, str]:
        """Return the column of the table for each of the mapping. Raises :class:`BatchStopped` where one that is needed is not there."""
        by_name = {same(name): name for name in header}
        found = {name: by_name[same(name)] for name in self._mapping.columns if same(name) in by_name}
        missing = []
        for name, rule in self._mapping.columns.items():
            if rule.needed and name not in found:
                near = nearest(name, header, most=1, likeness=0.4)
                missing.append(f"{name!r}{f' (the nearest is {near[0]!r})' if near else ''}")
        if self._texts is None:
            stated = {self._mapping.columns[name].to for name in found} | set(self._mapping.always)
            for entry in self._schema.nodes["DataFlow"].values():
                if entry.core and not any(pointer.split("/")[1] in (entry.key, "legs") for pointer in stated):
                    near = nearest(entry.key, header, most=1, likeness=0.3)
                    missing.append(f"one for /{entry.key}{f' (the nearest is {near[0]!r})' if near else ''}")
        if missing:
            raise BatchStopped(f"{self._path} lacks needed columns: {', '.join(missing)}; it has {', '.join(map(repr, header))}")
        return found

    def _rows(self) -> int:
        query = f"SELECT coalesce(sum(num_rows), 0) FROM parquet_file_metadata('{quoted(str(self._path))}')"
        return int(self._connection.execute(query).fetchone()[0])


def _is_text(cells: str) -> bool:
    try:
        cells.encode()
    except UnicodeEncodeError:  # a byte that was no UTF-8 was read as half of a pair
        return False
    return True
