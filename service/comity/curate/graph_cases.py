"""Graph cases: questions about the graph itself (memberships, recognitions, norms by date) with the rows that answer them.

A file ``tests/scenarios/<place>/<instrument>/graph-<topic>.yaml`` holds a list. Each case names a query of
``queries/competency``, gives values to the variables it asks for, and states its ``rows`` (lists in the order of the
remaining columns, or maps from column to value where only some matter), or ``{ask: true}`` / ``{ask: false}`` where it only
matters whether there is a row.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from comity.paths import source_root
from comity.queries.named import QueryError, find_query, refuse_unknown, select_rows, terms
from comity.yaml_text import TextLoader

__all__ = ["GraphCase", "GraphCaseError", "read_graph_cases", "run_graph_case"]

_KEYS = {"name", "case", "source", "note", "query", "bind", "rows"}


class GraphCaseError(ValueError):
    """A graph case that cannot be read; says where and why."""


@dataclass(frozen=True, slots=True)
class GraphCase:
    """One question: its name and file, the query with its values, the expected rows, and the official case it is made from."""

    name: str
    file: Path
    query: str
    bind: dict[str, Any]
    rows: Any
    case: str | None = None


def read_graph_cases(folder: Path) -> list[GraphCase]:
    """Return every graph case below a folder, in the order of paths. Raises :class:`GraphCaseError`."""
    return [
        _read(path, entry)
        for path in sorted(folder.rglob("graph-*.yaml"))
        for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=TextLoader) or ()
    ]


def _read(path: Path, entry: Any) -> GraphCase:
    if not isinstance(entry, dict) or set(entry) - _KEYS or not {"name", "query", "rows"} <= set(entry):
        raise GraphCaseError(f"{path}: a graph case needs name, query and rows, and may have {', '.join(sorted(_KEYS))}; here: {entry}")
    return GraphCase(entry["name"], path, entry["query"], entry.get("bind") or {}, entry["rows"], entry.get("case"))


def run_graph_case(store: ox.Store, case: GraphCase, root: Path | None = None) -> list[str]:
    """Return what the graph answers otherwise than the case expects; an empty list means that it holds.

    ``store`` has every triple in its default graph. A code that the graph does not know is a difference too, for
    otherwise a typing error would pass where no row is expected.
    """
    try:
        text = find_query(case.query, root or source_root())
        values = terms(text, case.bind)
        refuse_unknown(store, text, values)
    except QueryError as fault:
        return [str(fault)]
    found = select_rows(store, text, values)
    if isinstance(case.rows, dict):
        return [] if bool(found) is case.rows["ask"] else [f"{len(found)} rows, expected {'some' if case.rows['ask'] else 'none'}: {found}"]
    if len(found) != len(case.rows):
        return [f"{len(found)} rows, expected {len(case.rows)}: {found}"]
    return [difference for row, wanted in zip(found, case.rows, strict=True) for difference in _differences(row, wanted)]


def _differences(row: dict[str, str], wanted: Any) -> list[str]:
    expected = wanted if isinstance(wanted, dict) else dict(zip(row, wanted, strict=False))
    if not isinstance(wanted, dict) and len(wanted) != len(row):
        return [f"a row has the columns {', '.join(row)}; the case gives {len(wanted)} values"]
    return [
        f"{column}: {row.get(column, 'no such column')!r}, expected {_text(value)!r}"
        for column, value in expected.items()
        if row.get(column) != _text(value)
    ]


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
