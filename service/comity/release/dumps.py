"""The graph as files that others load: N-Quads as it was built, and merged as Turtle and as JSON-LD. All are packed with gzip."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from comity.iris import IDS, NS, PREFIXES, RDF

__all__ = ["Counts", "Dump", "count", "dump"]

_SOURCE = "dataset.nq"
_TYPE = RDF + "type"


@dataclass(frozen=True)
class Dump:
    """A file of a release: its name, its media type without the packing, its size and SHA-256, and its size unpacked."""

    name: str
    media: str
    bytes: int
    sha256: str
    unpacked: int


@dataclass(frozen=True)
class Counts:
    """How many triples, subjects, properties, classes and things of the graph's own there are in the merged graph."""

    triples: int
    subjects: int
    properties: int
    classes: int
    entities: int


def dump(dataset: Path, folder: Path, stem: str) -> list[Dump]:
    """Write the dumps of a built dataset into ``folder`` under names that begin with ``stem``; return what was written.

    The same dataset gives the same bytes.
    """
    return [
        _packed(folder / f"{stem}.nq.gz", "application/n-quads", lambda out: _copied(dataset / _SOURCE, out)),
        _packed(folder / f"{stem}.ttl.gz", "text/turtle", lambda out: _written(dataset, out, ox.RdfFormat.TURTLE)),
        _packed(folder / f"{stem}.jsonld.gz", "application/ld+json", lambda out: _written(dataset, out, ox.RdfFormat.JSON_LD)),
    ]


def count(dataset: Path) -> Counts:
    """Return the counts of the merged graph of a built dataset."""
    subjects: set[Any] = set()
    properties, classes, entities = set[str](), set[str](), set[str]()
    triples = 0
    for triple in _merged(dataset):
        triples += 1
        subjects.add(triple.subject)
        properties.add(triple.predicate.value)
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.startswith((IDS, NS)):
            entities.add(triple.subject.value)
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            classes.add(triple.object.value)
    return Counts(triples, len(subjects), len(properties), len(classes), len(entities))


def _merged(dataset: Path) -> Iterator[ox.Triple]:
    """Yield each triple once, in the order of the file, in which the quads of one triple stand together."""
    last = None
    for quad in ox.parse(path=str(dataset / _SOURCE), format=ox.RdfFormat.N_QUADS):
        triple = quad.triple
        if triple != last:
            yield triple
        last = triple


def _written(dataset: Path, out: IO[bytes], form: ox.RdfFormat) -> None:
    """Write the merged graph, its prefixes in order: the library writes them in another one each time."""
    content = ox.serialize(_merged(dataset), format=form, prefixes=PREFIXES) or b""
    head, rest = [], content
    while rest.startswith(b"@prefix "):
        line, _, rest = rest.partition(b"\n")
        head.append(line + b"\n")
    out.write(b"".join(sorted(head)))
    out.write(rest)


def _copied(source: Path, out: IO[bytes]) -> None:
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            out.write(block)


class _Counting:
    """Passes on what is written to it, and counts it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.bytes = out, 0

    def write(self, block: bytes) -> int:
        self.bytes += len(block)
        return self._out.write(block)

    def flush(self) -> None:
        self._out.flush()


def _packed(path: Path, media: str, write: Callable[[Any], None]) -> Dump:
    with path.open("wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed:
        counting = _Counting(packed)  # type: ignore[arg-type]
        write(counting)
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return Dump(path.name, media, path.stat().st_size, digest, counting.bytes)
