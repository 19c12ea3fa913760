"""The built dataset, opened for reading: graph, program and manifest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from pyoxigraph import NamedNode, RdfFormat, Store, Variable

import comity

_PARTS = ("dataset.nq", "program.json", "manifest.json")


class DatasetError(Exception):
    """The directory holds no dataset that the service can read; the message says what to do."""


@dataclass(frozen=True)
class Dataset:
    """One build of the graph. Nothing here changes after :meth:`open`.

    ``store`` holds every triple (each source module in a named graph), ``program`` the compiled norms, ``version`` and
    ``digest`` say which graph it is, ``counts`` how much is in it.
    """

    path: Path
    store: Store
    program: dict[str, Any]
    manifest: dict[str, Any]

    @classmethod
    def open(cls, path: Path) -> Dataset:
        """Read the build product in ``path``. Raises :class:`DatasetError` where a part is missing or unreadable."""
        for name in _PARTS:
            if not (path / name).is_file():
                raise DatasetError(f"{path} holds no {name}. Run `comity build`, or point COMITY_DATASET at a built dataset.")
        try:
            manifest = orjson.loads((path / "manifest.json").read_bytes())
            program = orjson.loads((path / "program.json").read_bytes())
            store = Store()
            store.bulk_load(path=str(path / "dataset.nq"), format=RdfFormat.N_QUADS)
        except (orjson.JSONDecodeError, SyntaxError, OSError) as exc:
            raise DatasetError(f"{path} cannot be read ({exc}). Run `comity build` again.") from exc
        return cls(path, store, program, manifest)

    @property
    def version(self) -> str:
        """The version of the graph, as the build wrote it."""
        return str(self.manifest.get("version", ""))

    @property
    def digest(self) -> str:
        """The digest of the graph; equal digests mean equal answers."""
        return str(self.manifest.get("digest", ""))

    @property
    def counts(self) -> dict[str, int]:
        """How many norms, instruments and the like the graph holds."""
        return {key: value for key, value in self.manifest.items() if isinstance(value, int) and not isinstance(value, bool)}

    def select(self, query: str, **values: NamedNode) -> list[dict[str, Any]]:
        """Rows of the SELECT query stored as ``queries/api/<query>.rq``, with ``values`` bound; unbound variables are absent."""
        bound = {Variable(name): value for name, value in values.items()}
        solutions = self.store.query(query_text(query), use_default_graph_as_union=True, substitutions=bound)
        names = [variable.value for variable in solutions.variables]
        return [{name: row[name] for name in names if row[name] is not None} for row in solutions]


def query_text(name: str) -> str:
    """The text of ``queries/api/<name>.rq``, from the installed package or from a source checkout."""
    package = Path(comity.__file__).parent
    for folder in (package / "queries", package.parents[1] / "queries"):
        if (folder / "api" / f"{name}.rq").is_file():
            return (folder / "api" / f"{name}.rq").read_text("utf-8")
    raise FileNotFoundError(f"queries/api/{name}.rq is not part of this installation")
