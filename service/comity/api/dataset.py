"""The built dataset, opened for reading: graph, program and manifest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from comity.dataset import DatasetError, read_json
from comity.paths import source_root

__all__ = ["Dataset", "DatasetError"]


@dataclass(frozen=True)
class Dataset:
    """One build of the graph. Nothing here changes after :meth:`open`.

    ``store`` holds every triple (each source module in a named graph), ``program`` the compiled norms, ``manifest`` the
    version, the digest and the counts. With ``endpoint`` the queries of the lists run on that SPARQL server instead of
    ``store``.
    """

    store: Store
    program: dict[str, Any]
    manifest: dict[str, Any]
    endpoint: str | None = None

    @classmethod
    def open(cls, path: Path, endpoint: str | None = None) -> Dataset:
        """Read the build product in ``path``. Raises :class:`DatasetError` where a part is missing or damaged."""
        manifest, program = read_json(path, "manifest.json"), read_json(path, "program.json")
        store = Store()
        try:
            store.bulk_load(path=str(path / "dataset.nq"), format=RdfFormat.N_QUADS)
        except FileNotFoundError:
            raise DatasetError(f"there is no dataset in {path}; run 'comity build' first") from None
        except (SyntaxError, OSError) as fault:
            raise DatasetError(f"{path / 'dataset.nq'} is damaged ({fault}); run 'comity build' again") from None
        return cls(store, program, manifest, endpoint)

    @property
    def graph(self) -> dict[str, str]:
        """The version and the digest of the graph; equal digests mean equal answers."""
        return {"version": str(self.manifest["version"]), "digest": str(self.manifest["digest"])}

    @property
    def edition(self) -> str:
        """What lists and pages are made from: the graph, and the witnesses beside it."""
        return ":".join((*self.graph.values(), str(self.manifest.get("witnesses", ""))))

    @property
    def counts(self) -> dict[str, int]:
        """How many norms, instruments and the like the graph holds."""
        return {key: value for key, value in self.manifest.items() if isinstance(value, int) and not isinstance(value, bool)}

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of ``queries/api/<name>.rq`` as texts; "" where a variable is unbound."""
        text = (source_root() / "queries" / "api" / f"{name}.rq").read_text("utf-8")
        if self.endpoint:
            from comity.sparql.remote import select

            return select(text, self.endpoint)
        found: Any = self.store.query(text, use_default_graph_as_union=True)
        names = [variable.value for variable in found.variables]
        return [{name: "" if row[name] is None else row[name].value for name in names} for row in found]
