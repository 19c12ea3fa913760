"""The project's own queries, run in this process: trusted text, no limits."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from comity.iris import IDS
from comity.manifest import DatasetError, read_dataset, remedy
from comity.queries.named import refuse_unknown, select_rows
from comity.sparql.execution import source_of

__all__ = ["LocalDataset"]


class LocalDataset:
    """The built dataset in ``folder``, in memory. Its default graph is the union of all graphs.

    Raises :class:`comity.manifest.DatasetError` where it is absent, damaged or of another version.
    """

    def __init__(self, folder: Path) -> None:
        _, content = read_dataset(folder, "dataset.nq")
        try:
            self.store = source_of(content["dataset.nq"], IDS).store
        except SyntaxError as fault:
            raise DatasetError(f"{folder / 'dataset.nq'} is no N-Quads ({fault}); {remedy(folder)}") from None

    def select(self, query: str, bound: Mapping[str, ox.Literal | ox.NamedNode] | None = None) -> list[dict[str, str]]:
        """Return the rows of the SELECT ``query``, as :func:`select_rows` gives them.

        Raises :class:`comity.queries.named.QueryError` for a code that the graph does not know.
        """
        refuse_unknown(self.store, query, bound or {})
        return select_rows(self.store, query, bound)
