"""The sources in a store, read at once so that a command can answer about them in a second."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from comity.rdf.load import ParseFault, TurtleError, load_sources, module_of, turtle_files

__all__ = ["open_sources"]


def open_sources(root: Path) -> Store:
    """Return a store that holds each Turtle file below ``root`` in the graph of its module.

    Raises `TurtleError`, which lists every file that cannot be read.
    """
    store = Store()
    files = turtle_files(root)
    if not files:
        fault = ParseFault(
            str(root),
            None,
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
    return store
