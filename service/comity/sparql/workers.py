"""The pool of processes that answer SPARQL queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comity.iris import IDS
from comity.processes.pool import ProcessPool
from comity.processes.runs import Run
from comity.sparql import refusals
from comity.sparql.execution import dataset_file
from comity.sparql.refusals import Refused

__all__ = ["Job", "Loaded", "Result", "WorkerPool"]

_PROGRAM = "comity.sparql.loader"


@dataclass(frozen=True)
class Job:
    """A query as it came: its text, the dataset of the protocol's parameters, and the media type wanted for each form of query.

    ``bound`` gives literals to variables that the query names in its head, each as its lexical form and its datatype.
    """

    text: str
    formats: dict[str, str | None]
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()
    bound: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def header(self) -> dict[str, Any]:
        """Return all but the text, as a worker process is told it."""
        return {
            "formats": self.formats,
            "default_graphs": list(self.default_graphs),
            "named_graphs": list(self.named_graphs),
            "bound": dict(self.bound),
        }


@dataclass(frozen=True)
class Result:
    """A whole result: the form of the query and the bytes, in the format wanted for that form; no body where it has none (406).

    ``hints`` say, by language, what in the query may have kept rows away.
    """

    form: str
    body: bytes | None
    hints: Sequence[dict[str, str]] = ()


@dataclass(frozen=True)
class Loaded:
    """What the processes hold: the triples of each named graph by its IRI, and how many distinct triples all graphs have together."""

    graphs: dict[str, int]
    triples: int


class WorkerPool(ProcessPool):
    """``size`` processes that answer queries about the N-Quads dataset at ``dataset_path`` (a file, or a build directory).

    ``sha256`` is that of its content, which every loading must find again: a service that began with one dataset never answers from
    another. ``wall_seconds`` and ``memory_mb`` (beside the loaded dataset) bound one query, ``max_results_bytes`` its result. Relative IRIs
    are read against ``base_iri``. What is not answered is raised as :class:`Refused`.
    """

    def __init__(
        self,
        dataset_path: str | Path,
        size: int = 2,
        wall_seconds: float = 10.0,
        memory_mb: int = 256,
        max_results_bytes: int = 16 * 1024 * 1024,
        *,
        queue: int = 16,
        sha256: str | None = None,
        base_iri: str = IDS,
    ) -> None:
        settings = {"path": str(dataset_file(dataset_path)), "sha256": sha256, "base_iri": base_iri, "max_result_bytes": max_results_bytes}
        super().__init__(
            _PROGRAM, settings, size=size, wall_seconds=wall_seconds, memory_mb=memory_mb, queue=queue, failed=refusals.of_failure
        )

    def load(self) -> Loaded:
        """Start the processes if that is not done, and say what they hold; takes about a second per 200,000 quads."""
        loaded = self.start()
        return Loaded(loaded["graphs"], loaded["triples"])

    def ask(self, job: Job) -> Run[Result]:
        """Queue a query; never blocks. The future of what is returned gives its :class:`Result` or raises :class:`Refused`."""
        return self.submit(job.header(), job.text.encode(), _result)


def _result(header: dict[str, Any], body: bytes) -> Result:
    if header["status"] == 406 and "title" not in header:
        return Result(header["form"], None)
    if header["status"] != 200:
        raise Refused(header["status"], header["title"], header["detail"], **header["extra"])
    return Result(header["form"], body, header.get("hints", ()))
