"""Named queries: the SPARQL files below ``queries/`` and the values that they ask for.

A query that takes values says so in its :mod:`head <comity.queries.head>`. Values reach the query as terms, never as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from comity.iris import IDS
from comity.queries.head import DATE, Parameter, read_head
from comity.queries.vocabularies import labelled
from comity.spelling import nearest

__all__ = ["QueryError", "declared", "find_query", "read_pairs", "refuse_unknown", "select_rows", "terms"]

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
    paths = [*sorted(folder.rglob("*.rq")), *sorted(folder.glob("competency/*.rq")), *sorted(folder.glob("*.rq"))]
    named = {path.stem: path for path in paths}
    if name not in named:
        near = nearest(name, named)
        raise QueryError(f"there is no query {name!r}" + (f"; nearest: {', '.join(near)}" if near else f"; there are: {', '.join(named)}"))
    return named[name].read_text(encoding="utf-8")


def declared(text: str) -> dict[str, Parameter]:
    """Return the values that a query takes, by variable."""
    return {parameter.name: parameter for parameter in read_head(text).parameters}


def read_pairs(pairs: list[str]) -> dict[str, str]:
    """Return the values of texts such as ``day=2024-04-01``. Raises :class:`QueryError`."""
    for pair in pairs:
        if not re.fullmatch(r"\w+=.+", pair):
            raise QueryError(f"{pair!r} is no value for a query; write variable=value, as in day=2024-04-01")
    return dict(pair.split("=", 1) for pair in pairs)


def terms(text: str, values: Mapping[str, object]) -> dict[str, ox.Literal]:
    """Return the terms for the variables of a query; an open one may be left out.

    Raises :class:`QueryError` for one that lacks, is not asked for, or is no date.
    """
    asked = declared(text)
    for name in values:
        if name not in asked:
            near = nearest(name, asked)
            meant = f"; nearest: {', '.join(near)}" if near else ""
            raise QueryError(f"the query takes no value {name!r}; it takes: {', '.join(asked) or 'none'}{meant}")
    lacking = [f"{name}=… ({asked[name].meaning['en']})" for name in asked if not asked[name].open and name not in values]
    if lacking:
        raise QueryError(f"the query needs {', '.join(lacking)}")
    return {
        name: ox.Literal(_day(name, value), datatype=ox.NamedNode(_DATE)) if asked[name].vocabulary == DATE else ox.Literal(str(value))
        for name, value in values.items()
    }


def refuse_unknown(store: ox.Store, text: str, bound: Mapping[str, ox.Literal | ox.NamedNode]) -> None:
    """Raise :class:`QueryError` for a code that its vocabulary does not have, with the nearest that it has.

    Otherwise a typing error would have no rows, and read as if the law had nothing to say.
    """
    told = []
    for name, parameter in declared(text).items():
        if parameter.vocabulary == DATE or name not in bound:
            continue
        code, known = bound[name].value, labelled(lambda query: select_rows(store, query), parameter.vocabulary)
        if code not in known:
            near = nearest(code, known)
            told.append(f"{name}: the graph knows no {code[:120]!r}" + (f"; nearest: {', '.join(near)}" if near else ""))
    if told:
        raise QueryError("; ".join(told))


def _day(name: str, value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise QueryError(f"{name}={value} is no day; write YYYY-MM-DD") from None


def select_rows(store: ox.Store, query: str, bound: Mapping[str, ox.Literal | ox.NamedNode] | None = None) -> list[dict[str, str]]:
    """Return the rows of the SELECT ``query``, each from column to IRI or lexical form; ``""`` where a variable is unbound.

    ``bound`` gives terms to variables of the query; their columns are left out of the rows, for they hold one value only.
    Raises ``SyntaxError`` for a query that is none, ``ValueError`` for one of another form or without a bound variable in its head.
    """
    bound = bound or {}
    try:
        results: Any = store.query(query, base_iri=IDS, substitutions={ox.Variable(name): term for name, term in bound.items()})
    except RuntimeError as fault:  # so the store says that a substituted variable is not projected
        raise ValueError(f"{fault}; a value can only be given to a variable that the SELECT names") from None
    if not hasattr(results, "variables"):
        raise ValueError("The query is not a SELECT; only SELECT has rows.")
    names = [variable.value for variable in results.variables if variable.value not in bound]
    return [{name: "" if row[name] is None else row[name].value for name in names} for row in results]
