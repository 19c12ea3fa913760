"""Named queries: the SPARQL files below ``queries/``, run over the dataset or over another endpoint.

A query that needs values says so in its head, one line for each: ``# bind day date: the day asked``. The kinds are ``date``
(YYYY-MM-DD) and ``code`` (a notation or identifier of the graph). Values reach the query as terms, never as text.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from comity.flow.problems import nearest

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["QueryError", "as_csv", "declared", "find_query", "print_rows", "read_pairs", "run_query", "terms"]

Rows = list[dict[str, str]]
_DECLARED = re.compile(r"^# bind (\w+) (date|code): *(.*)$", re.MULTILINE)
_DATE = "http://www.w3.org/2001/XMLSchema#date"


class QueryError(ValueError):
    """A query that is not there or cannot be run; says what to do."""


def find_query(name: str, root: Path) -> str:
    """Return the text of a query: of a file, or of the query of that name below ``queries/``.

    A query at the top or in ``competency/``, written to be read, goes before one of the same name that serves the machine.
    """
    if Path(name).is_file():
        return Path(name).read_text(encoding="utf-8")
    folder = root / "queries"
    named = {path.stem: path for path in [*sorted(folder.rglob("*.rq")), *sorted(folder.glob("competency/*.rq")), *sorted(folder.glob("*.rq"))]}
    if name not in named:
        near = nearest(name, named)
        raise QueryError(f"there is no query {name!r}" + (f"; nearest: {', '.join(near)}" if near else f"; there are: {', '.join(named)}"))
    return named[name].read_text(encoding="utf-8")


def declared(text: str) -> dict[str, tuple[str, str]]:
    """Return the values that a query asks for: from variable to kind and meaning."""
    return {name: (kind, meaning) for name, kind, meaning in _DECLARED.findall(text)}


def read_pairs(pairs: list[str]) -> dict[str, str]:
    """Return the values of texts such as ``day=2024-04-01``. Raises :class:`QueryError`."""
    for pair in pairs:
        if not re.fullmatch(r"\w+=.+", pair):
            raise QueryError(f"{pair!r} is no value for a query; write variable=value, as in day=2024-04-01")
    return dict(pair.split("=", 1) for pair in pairs)


def terms(text: str, values: Mapping[str, object]) -> dict[str, ox.Literal]:
    """Return the terms for the variables of a query. Raises :class:`QueryError` for one that lacks, is not asked for, or is no date."""
    import pyoxigraph as ox

    asked = declared(text)
    for name in values:
        if name not in asked:
            raise QueryError(f"the query takes no value {name!r}; it takes: {', '.join(asked) or 'none'}")
    lacking = [f"-b {name}=… ({meaning})" for name, (_, meaning) in asked.items() if name not in values]
    if lacking:
        raise QueryError(f"the query needs {', '.join(lacking)}")
    return {name: ox.Literal(_day(name, value), datatype=ox.NamedNode(_DATE)) if asked[name][0] == "date" else ox.Literal(str(value))
            for name, value in values.items()}


def _day(name: str, value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise QueryError(f"{name}={value} is no day; write YYYY-MM-DD") from None


def run_query(text: str, dataset: Path, values: Mapping[str, object] | None = None) -> Rows:
    """Return the rows of a SELECT query as texts, from ``COMITY_SPARQL_ENDPOINT`` or from the dataset.

    ``values`` goes to the variables that the query declares; their columns are left out. Raises :class:`QueryError`.
    """
    endpoint = os.environ.get("COMITY_SPARQL_ENDPOINT")
    bound = terms(text, values or {})
    if endpoint:
        if bound:
            raise QueryError("values can only be given to a query over the local dataset: the SPARQL protocol sends none beside the text, "
                             "and none are written into it; unset COMITY_SPARQL_ENDPOINT")
        from comity.sparql.remote import select

        return select(text, endpoint)
    from comity.sparql.local import LocalDataset

    try:
        return LocalDataset(dataset).select(text, bound)
    except (SyntaxError, ValueError) as fault:
        raise QueryError(str(fault)) from None
    except OSError as fault:
        raise QueryError(f"no dataset can be read in {dataset} ({fault}); 'comity build' writes it") from None


def print_rows(rows: Rows, form: str) -> None:
    """Print rows as a ``table``, as ``csv`` or as ``json``."""
    names = list(rows[0]) if rows else []
    if form == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "csv":
        print(as_csv(rows), end="")
    else:
        _table(rows, names)


def as_csv(rows: Rows) -> str:
    """Return rows as CSV with a head; nothing where there are none."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def _table(rows: Rows, names: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table: Any = Table(*names, title=None, show_lines=False)
    for row in rows:
        table.add_row(*(row.get(name, "").removeprefix("https://w3id.org/comity/") for name in names))
    Console().print(table)
