"""Named queries: the SPARQL files below ``queries/``, run over the dataset or over another endpoint."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

from comity.flow.problems import nearest

__all__ = ["QueryError", "find_query", "print_rows", "run_query"]

Rows = list[dict[str, str]]


class QueryError(ValueError):
    """A query that is not there or cannot be run; says what to do."""


def find_query(name: str, root: Path) -> str:
    """Return the text of a query: of a file, or of the query of that name below ``queries/``."""
    if Path(name).is_file():
        return Path(name).read_text(encoding="utf-8")
    named = {path.stem: path for path in sorted((root / "queries").rglob("*.rq"))}
    if name not in named:
        near = nearest(name, named)
        raise QueryError(f"there is no query {name!r}" + (f"; nearest: {', '.join(near)}" if near else f"; there are: {', '.join(named)}"))
    return named[name].read_text(encoding="utf-8")


def run_query(text: str, dataset: Path) -> Rows:
    """Return the rows of a SELECT query as texts, from ``COMITY_SPARQL_ENDPOINT`` or from the dataset."""
    endpoint = os.environ.get("COMITY_SPARQL_ENDPOINT")
    if endpoint:
        from comity.sparql.remote import select

        return select(text, endpoint)
    from comity.sparql.local import LocalDataset

    return LocalDataset(dataset).select(text)


def print_rows(rows: Rows, form: str) -> None:
    """Print rows as a ``table``, as ``csv`` or as ``json``."""
    names = list(rows[0]) if rows else []
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        print(out.getvalue(), end="")
    else:
        _table(rows, names)


def _table(rows: Rows, names: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table: Any = Table(*names, title=None, show_lines=False)
    for row in rows:
        table.add_row(*(row.get(name, "").removeprefix("https://w3id.org/comity/") for name in names))
    Console().print(table)
