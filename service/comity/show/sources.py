"""The sources in a store, read at once so that a command can answer about them in a second."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from comity.iris import DCTERMS, RDF
from comity.rdf.fault import Fault
from comity.rdf.load import TurtleError, load_sources, module_of, turtle_files
from comity.readings.record import read_readings
from comity.readings.statements import reading_lines

__all__ = ["open_sources"]


def open_sources(root: Path) -> Store:
    """Return a store that holds each Turtle file below ``root`` in the graph of its module.

    Raises `TurtleError`, which lists every file that cannot be read.
    """
    store = Store()
    files = turtle_files(root)
    if not files:
        fault = Fault(
            str(root),
            "",
            "there are no Turtle files here",
            "Name the folder that holds ontology/, data/ and shapes/.",
            "此处没有 Turtle 文件",
            "指明含有 ontology/、data/ 和 shapes/ 的文件夹。",
        )
        raise TurtleError([fault])
    try:
        for path in files:
            store.bulk_load(path=str(path), format=RdfFormat.TURTLE, to_graph=NamedNode(module_of(path.relative_to(root).as_posix())))
    except (SyntaxError, OSError):
        load_sources(root)  # slower, and tells file, line and remedy of every fault
        raise
    _add_readings(store, root)
    return store


def _add_readings(store: Store, root: Path) -> None:
    """Add the second readings, of which nothing tells here whether they are stale: that needs the law compiled."""
    readings = [reading for file in read_readings(root) for reading in file.readings]
    pairs = [(quad.subject, quad.object) for quad in store.quads_for_pattern(None, NamedNode(DCTERMS + "identifier"), None, None)]
    norms = {name.value: iri.value for iri, name in pairs if isinstance(iri, NamedNode) and isinstance(name, Literal)}
    words = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, NamedNode(RDF + "type"), None, None)
        if isinstance(quad.subject, NamedNode)
    }
    store.bulk_load("\n".join(reading_lines(readings, norms, words)).encode(), format=RdfFormat.N_QUADS)
