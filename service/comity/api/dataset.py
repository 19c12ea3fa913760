"""The built dataset, opened for reading: graph, program and manifest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from comity.check.dataset import DatasetError, program_of
from comity.law.program_text import ProgramText
from comity.manifest import FILES, Manifest, read_dataset, remedy
from comity.paths import source_root

__all__ = ["Dataset", "DatasetError"]


@dataclass(frozen=True)
class Dataset:
    """One build of the graph. Nothing here changes after :meth:`open`.

    ``store`` holds every triple (each source module in a named graph), ``program`` the compiled norms, ``manifest`` the
    version, the digests and the counts. With ``endpoint`` the queries of the lists run on that SPARQL server instead of
    ``store``.
    """

    store: Store
    program: ProgramText
    manifest: Manifest
    endpoint: str | None = None

    @classmethod
    def open(cls, path: Path, endpoint: str | None = None) -> Dataset:
        """Read the build product in ``path``. Raises :class:`DatasetError` where a part is missing, damaged or of another version."""
        manifest, content = read_dataset(path, *FILES)
        program = program_of(content["program.json"], path)
        store = Store()
        try:
            store.bulk_load(input=content["dataset.nq"], format=RdfFormat.N_QUADS)
        except SyntaxError as fault:
            raise DatasetError(f"{path / 'dataset.nq'} is no N-Quads ({fault}); {remedy(path)}") from None
        return cls(store, program, manifest, endpoint)

    @property
    def graph(self) -> dict[str, str]:
        """Return the version and the digest of the graph; equal digests mean equal answers."""
        return {"version": self.manifest.version, "digest": self.manifest.digest}

    @property
    def edition(self) -> str:
        """Return what lists and pages are made from: the graph, and the witnesses beside it."""
        return ":".join((*self.graph.values(), self.manifest.witnesses))

    @property
    def counts(self) -> dict[str, int]:
        """Return how many norms, instruments and the like the graph holds."""
        return self.manifest.counts

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of ``queries/api/<name>.rq`` as texts; "" where a variable is unbound."""
        return self.select((source_root() / "queries" / "api" / f"{name}.rq").read_text("utf-8"))

    def select(self, text: str) -> list[dict[str, str]]:
        """Return the rows of a query of the project as texts; "" where a variable is unbound."""
        if self.endpoint:
            from comity.queries.remote import select

            return select(text, self.endpoint)
        found: Any = self.store.query(text, use_default_graph_as_union=True)
        names = [variable.value for variable in found.variables]
        return [{name: "" if row[name] is None else row[name].value for name in names} for row in found]
