"""Named queries run over the dataset or over another endpoint, and their rows printed."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.iris import BASE
from comity.queries.columns import heading, in_language
from comity.queries.named import QueryError, declared, find_query, read_pairs, terms

__all__ = ["QueryError", "as_csv", "declared", "find_query", "print_rows", "read_pairs", "run_query", "terms"]

Rows = list[dict[str, str]]


def run_query(text: str, dataset: Path, values: Mapping[str, object] | None = None) -> Rows:
    """Return the rows of a SELECT query as texts, from ``COMITY_SPARQL_ENDPOINT`` or from the dataset.

    ``values`` goes to the variables that the query declares; their columns are left out. Raises :class:`QueryError`, and
    :class:`comity.manifest.DatasetError` where there is no dataset to be read.
    """
    endpoint = os.environ.get("COMITY_SPARQL_ENDPOINT")
    bound = terms(text, values or {})
    if endpoint:
        if bound:
            raise QueryError(
                "values can only be given to a query over the local dataset: the SPARQL protocol sends none beside the text, "
                "and none are written into it; unset COMITY_SPARQL_ENDPOINT"
            )
        from comity.queries.remote import select

        return select(text, endpoint)
    from comity.queries.local import LocalDataset

    local = LocalDataset(dataset)
    try:
        return local.select(text, bound)
    except (SyntaxError, ValueError) as fault:
        raise QueryError(str(fault)) from None


def print_rows(rows: Rows, form: str, lang: str | None = None) -> None:
    """Print rows as a ``table``, as ``csv`` or as ``json``; a table has the columns of *lang* where it is given, under their names."""
    names = list(rows[0]) if rows else []
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        print(as_csv(rows), end="")
    else:
        _table(rows, names, lang)


def as_csv(rows: Rows, columns: Sequence[str] | None = None) -> str:
    """Return rows as CSV with a head; nothing where there are none and no *columns* are named."""
    out = io.StringIO()
    if rows or columns:
        writer = csv.DictWriter(out, list(columns or rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def _table(rows: Rows, names: list[str], lang: str | None) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = in_language(names, lang) if lang else names
    headings = [heading(name, names, lang) for name in shown] if lang else shown
    table: Any = Table(*headings, title=None, show_lines=False)
    for row in rows:
        table.add_row(*(row.get(name, "").removeprefix(BASE) for name in shown))
    Console().print(table)
