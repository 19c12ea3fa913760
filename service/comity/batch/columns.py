"""Flows in Parquet: the description as JSON in one column, or the keys of a description as columns."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comity.batch.blocks import BatchStopped, Block, Place, Sizes
from comity.flow.schema import Schema
from comity.spelling import did_you_mean

__all__ = ["TEXT_COLUMNS", "Columns", "columns_of", "quoted"]

TEXT_COLUMNS = ("flow", "description", "json")
"""Names of the column that holds whole descriptions."""


def quoted(name: str) -> str:
    """Return a name or a path as SQL text writes it between single quotes."""
    return name.replace("'", "''")


def columns_of(connection: Any, path: Path) -> dict[str, str]:
    """Return the columns of a Parquet file with their types. Raises :class:`BatchStopped`."""
    import duckdb

    try:
        return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM read_parquet('{quoted(str(path))}')").fetchall()}
    except duckdb.Error as fault:
        raise BatchStopped(f"{path} is no Parquet file that can be read: {str(fault).splitlines()[0]}") from None


class Columns:
    """A Parquet file of flows."""

    def __init__(self, path: Path, connection: Any, schema: Schema, needs_day: bool) -> None:
        """Look at the columns. ``needs_day`` says that each flow must say its day. Raises :class:`BatchStopped` for other columns."""
        self._path = path
        columns = columns_of(connection, path)
        text = next((name for name in TEXT_COLUMNS if columns.get(name) in ("VARCHAR", "JSON")), None)
        self.gaps = text is None
        self._flow = f'CAST("{text}" AS VARCHAR)' if text else _as_json(path, columns, schema, needs_day)
        count = connection.execute(f"SELECT coalesce(sum(num_rows), 0) FROM parquet_file_metadata('{quoted(str(path))}')").fetchone()
        self.total = int(count[0])

    def recall(self, report: dict[str, Any]) -> None:
        """Nothing of such a file is mapped."""

    def blocks(self, file: int, start: Place, sizes: Sizes) -> Iterator[Block]:
        """Yield the rows from a place on; DuckDB reads them when they are asked for."""
        first = start.record
        while first <= self.total:
            count = min(sizes(), self.total - first + 1)
            query = (
                f"SELECT file_row_number + 1 AS nr, {self._flow} AS flow "
                f"FROM read_parquet('{quoted(str(self._path))}', file_row_number = true) "
                f"WHERE file_row_number >= {first - 1} AND file_row_number < {first - 1 + count}"
            )
            yield Block(file, first, count, {}, [], [], query, count, Place(file, first + count, 0))
            first += count


def _as_json(path: Path, columns: dict[str, str], schema: Schema, needs_day: bool) -> str:
    """Return the SQL that makes a description of the columns, whose names are keys of one."""
    known = [*schema.nodes["Description"], *schema.nodes["DataFlow"]]
    strange = [name for name in columns if name not in known]
    needed = [*(["asOf"] if needs_day else []), *([] if "legs" in columns else _core(schema))]
    missing = [name for name in needed if name not in columns]
    told = [f"{name!r} is no fact of a flow{did_you_mean(name, known)}" for name in strange[:5]]
    told += [f"there is no column {name!r}{did_you_mean(name, columns)}" for name in missing]
    if told:
        either = f"a column {' or '.join(TEXT_COLUMNS)} with descriptions in JSON, or columns that are keys of a description"
        raise BatchStopped(f"{path} has another schema: {'; '.join(told)}. Wanted is {either}, or a mapping (--mapping)")
    return "CAST(to_json(struct_pack({})) AS VARCHAR)".format(", ".join(f'"{name}" := "{name}"' for name in columns))


def _core(schema: Schema) -> list[str]:
    return [entry.key for entry in schema.nodes["DataFlow"].values() if entry.core]
