"""The files that a batch reads: what kind each is, and whether it still is what it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comity.batch.blocks import BatchStopped, Source
from comity.batch.columns import Columns
from comity.batch.lines import Lines
from comity.batch.mapped_table import MappedTable
from comity.batch.mapping import Mapping
from comity.batch.words import Places
from comity.flow.schema import Schema

__all__ = ["identities", "opened"]

_KINDS = {".ndjson": "lines", ".jsonl": "lines", ".parquet": "columns", ".csv": "table", ".tsv": "table"}


def identities(paths: Sequence[Path]) -> list[list[Any]]:
    """Return what tells whether files were changed since. Raises :class:`BatchStopped` for one that cannot be read."""
    found = []
    for path in paths:
        if path.suffix not in _KINDS:
            raise BatchStopped(f"{path} is of no known kind; a file of flows ends with {', '.join(_KINDS)}")
        try:
            state = path.stat()
            with path.open("rb"):
                pass
        except OSError as fault:
            raise BatchStopped(f"{path}: {fault.strerror}") from None
        found.append([str(path.resolve()), state.st_size, state.st_mtime_ns])
    return found


def opened(path: Path, connection: Any, schema: Schema, mapping: Mapping | None, needs_day: bool, places: Places) -> Source:
    """Return a file of flows, ready to be read. Raises :class:`BatchStopped` for one that has not what is needed."""
    kind = _KINDS[path.suffix]
    if kind == "lines":
        return Lines(path)
    if kind == "columns" and mapping is None:
        return Columns(path, connection, schema, needs_day)
    return MappedTable(path, connection if kind == "columns" else None, schema, mapping, needs_day, places)
