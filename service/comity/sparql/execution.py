"""Runs one guarded query on the store and writes its whole result, or says why not.

This is what a worker process does; it is also the only code that a stranger's query reaches after the guard.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from comity.iris import PREFIXES
from comity.sparql import refusals
from comity.sparql.guard import Query

# What a relative IRI in a query is relative to: <cn/x> is the thing of that path.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# The name at the end of an IRI, for the IRI read backwards: sought forwards, each letter of a long IRI would read on to the end.
_XML_NAME_BACKWARDS = re.compile(r"[\w.-]*[^\W\d]")


@dataclass(frozen=True)
class LoadedDataset:
    """The dataset in a process: its store, whose default graph is the union of all graphs, and its named graphs."""

    store: ox.Store
    graphs: dict[str, int]
    triples: int
    base_iri: str


@dataclass
class _Bounded:
    """A buffer that holds at most ``limit`` bytes; ``full`` says that more came."""

    limit: int
    full: bool = False
    size: int = 0
    parts: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self.limit:
            self.full = True
            self.parts.clear()
            raise OSError("the result is longer than is allowed")
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None: ...


def dataset_file(path: str | Path) -> Path:
    """Return the N-Quads file at ``path``, which is the file itself or a build directory."""
    path = Path(path)
    return path / "dataset.nq" if path.is_dir() else path


def open_source(path: str, base_iri: str, sha256: str | None = None) -> LoadedDataset:
    """Load the N-Quads file ``path``, whose content has the SHA-256 ``sha256`` where that is known.

    Raises ``OSError``, ``ValueError`` or ``SyntaxError`` for a file that cannot be read, is another one, or is no N-Quads.
    """
    content = Path(path).read_bytes()
    if sha256 is not None and hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError("it is damaged, or was replaced after this service had started, which must then start anew")
    return source_of(content, base_iri)


def source_of(content: bytes, base_iri: str) -> LoadedDataset:
    """Load N-Quads.

    The default graph becomes the set union of all graphs. (The store can also look up all graphs at query time, but then gives a
    triple once for each graph that states it, and counts come out wrong.) Raises ``SyntaxError`` for a bad statement.
    """
    store = ox.Store()
    store.load(input=content, format=ox.RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    counts: Any = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    graphs = {row["g"].value: int(row["n"].value) for row in counts if isinstance(row["g"], ox.NamedNode)}
    total: Any = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return LoadedDataset(store, dict(sorted(graphs.items())), int(next(total)["n"].value), base_iri)


Bound = Mapping[str, tuple[str, str]]
"""Literals for variables that a query names in its head: lexical form and datatype."""


def run(source: LoadedDataset, query: Query, format_name: str, max_result_bytes: int, bound: Bound | None = None) -> bytes:
    """Return the result of ``query``, whole, in the format of media type ``format_name``, with ``bound`` given to its variables.

    Raises :class:`comity.sparql.refusals.Refused`: 400 where the text is no query, 406 where the
    format cannot express the result, 422 for a result over ``max_result_bytes`` or for want of memory.
    """
    output = _Bounded(max_result_bytes)
    try:
        results = source.store.query(
            query.text, base_iri=source.base_iri, prefixes=_assumed(query), substitutions=_terms(bound or {}), **_dataset(query)
        )
    except SyntaxError as error:
        raise _malformed(error) from None
    except (RuntimeError, ValueError, OSError) as error:
        raise refusals.failed(error) from None
    try:
        _write(results, output, format_name, query.prefixes)
    except MemoryError:
        raise refusals.out_of_memory() from None
    except (RuntimeError, ValueError, OSError) as error:
        if output.full:
            raise refusals.too_large(max_result_bytes) from None
        raise refusals.failed(error) from None
    written = b"".join(output.parts)
    if format_name.endswith("+xml") and _NOT_XML.search(written):
        raise refusals.not_xml("a character that XML cannot carry")
    return written


def _malformed(error: SyntaxError) -> refusals.Refused:
    """Return the refusal of a text that the store cannot read, with the place from which on it cannot."""
    place = re.match(r"error at (\d+):(\d+)", str(error))
    if place is None:
        return refusals.malformed(f"The query cannot be read: {error}.")
    line, column = map(int, place.groups())
    return refusals.malformed(f"This is no query of SPARQL 1.1 from line {line}, column {column} on.", line=line, column=column)


def _dataset(query: Query) -> dict[str, Any]:
    """Return the dataset clause as arguments. Both are always given together: the store takes a missing one for "all"."""
    if query.default_graphs is None or query.named_graphs is None:
        return {}
    return {"default_graph": _nodes(query.default_graphs), "named_graphs": _nodes(query.named_graphs)}


def _assumed(query: Query) -> dict[str, str]:
    """Return the prefixes of the project that the query may use without declaring them."""
    return {name: iri for name, iri in query.prefixes.items() if PREFIXES.get(name) == iri}


def _terms(bound: Bound) -> dict[Any, Any]:
    return {ox.Variable(name): ox.Literal(value, datatype=ox.NamedNode(kind)) for name, (value, kind) in bound.items()}


def _nodes(graphs: Iterable[str]) -> list[ox.NamedNode]:
    return [ox.NamedNode(graph) for graph in graphs]


def _write(results: Any, output: Any, format_name: str, prefixes: dict[str, str]) -> None:
    if not isinstance(results, ox.QueryTriples):
        results.serialize(output, format=ox.QueryResultsFormat.from_media_type(format_name))
    elif format_name == ox.RdfFormat.TURTLE.media_type and prefixes:
        ox.serialize(results, output, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    elif format_name == ox.RdfFormat.RDF_XML.media_type:
        ox.serialize(_with_xml_names(results), output, format=ox.RdfFormat.RDF_XML, prefixes=prefixes)
    else:
        results.serialize(output, format=ox.RdfFormat.from_media_type(format_name))


def _with_xml_names(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Return ``triples`` as they are; RDF/XML writes a predicate as an element, and the store's writer does not check that it can."""
    for triple in triples:
        if not _XML_NAME_BACKWARDS.match(triple.predicate.value[::-1]):
            raise refusals.not_xml(f"the predicate <{triple.predicate.value}>, which does not end in a name")
        yield triple
