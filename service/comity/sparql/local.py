"""The project's own queries, run in this process: trusted text, no limits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from comity.sparql.execution import BASE_IRI, dataset_file, open_source


class LocalDataset:
    """The N-Quads dataset at ``dataset_path`` (a file, or a build directory), in memory. Its default graph is the union of all graphs.

    Raises ``OSError`` or ``SyntaxError`` where the dataset cannot be read.
    """

    def __init__(self, dataset_path: str | Path) -> None:
        self._source = open_source(str(dataset_file(dataset_path)), BASE_IRI)

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of the SELECT ``query``, each from column to IRI or lexical form; ``""`` where a variable is unbound.

        Raises ``SyntaxError`` for a query that is none, ``ValueError`` for one of another form.
        """
        results: Any = self._source.store.query(query, base_iri=BASE_IRI)
        if not hasattr(results, "variables"):
            raise ValueError("The query is not a SELECT; only SELECT has rows.")
        names = [variable.value for variable in results.variables]
        return [{name: "" if row[name] is None else row[name].value for name in names} for row in results]
