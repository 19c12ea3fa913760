"""The project's own queries, run in this process: trusted text, no limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from comity.sparql.execution import BASE_IRI, dataset_file, open_source

__all__ = ["LocalDataset", "select_rows"]


class LocalDataset:
    """The N-Quads dataset at ``dataset_path`` (a file, or a build directory), in memory. Its default graph is the union of all graphs.

    Raises ``OSError`` or ``SyntaxError`` where the dataset cannot be read.
    """

    def __init__(self, dataset_path: str | Path) -> None:
        self.store = open_source(str(dataset_file(dataset_path)), BASE_IRI).store

    def select(self, query: str, bound: Mapping[str, ox.Literal | ox.NamedNode] | None = None) -> list[dict[str, str]]:
        """The rows of the SELECT ``query``, as :func:`select_rows` gives them."""
        return select_rows(self.store, query, bound)


def select_rows(store: ox.Store, query: str, bound: Mapping[str, ox.Literal | ox.NamedNode] | None = None) -> list[dict[str, str]]:
    """The rows of the SELECT ``query``, each from column to IRI or lexical form; ``""`` where a variable is unbound.

    ``bound`` gives terms to variables of the query; their columns are left out of the rows, for they hold one value only.
    Raises ``SyntaxError`` for a query that is none, ``ValueError`` for one of another form or without a bound variable in its head.
    """
    bound = bound or {}
    try:
        results: Any = store.query(query, base_iri=BASE_IRI, substitutions={ox.Variable(name): term for name, term in bound.items()})
    except RuntimeError as fault:  # so the store says that a substituted variable is not projected
        raise ValueError(f"{fault}; a value can only be given to a variable that the SELECT names") from None
    if not hasattr(results, "variables"):
        raise ValueError("The query is not a SELECT; only SELECT has rows.")
    names = [variable.value for variable in results.variables if variable.value not in bound]
    return [{name: "" if row[name] is None else row[name].value for name in names} for row in results]
