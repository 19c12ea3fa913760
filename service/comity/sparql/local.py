"""The project's own queries, run in this process: trusted text, no limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from comity.graph.named_queries import select_rows
from comity.sparql.execution import BASE_IRI, dataset_file, open_source

__all__ = ["LocalDataset"]


class LocalDataset:
    """The N-Quads dataset at ``dataset_path`` (a file, or a build directory), in memory. Its default graph is the union of all graphs.

    Raises ``OSError`` or ``SyntaxError`` where the dataset cannot be read.
    """

    def __init__(self, dataset_path: str | Path) -> None:
        self.store = open_source(str(dataset_file(dataset_path)), BASE_IRI).store

    def select(self, query: str, bound: Mapping[str, ox.Literal | ox.NamedNode] | None = None) -> list[dict[str, str]]:
        """The rows of the SELECT ``query``, as :func:`select_rows` gives them."""
        return select_rows(self.store, query, bound)
