"""A law that has grown: the sources with copies of every instrument under new names."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox

from comity.rdf.load import SourceFile, load_sources

__all__ = ["multiply"]

_NAMED = ("http://purl.org/dc/terms/identifier", "http://www.w3.org/2004/02/skos/core#notation")
_SHARED = ("queries", "ontology", "data", "shapes")


def multiply(root: Path, target: Path, copies: int) -> int:
    """Write the sources below *root* to *target* with ``copies`` copies of each instrument beside it; return the number of files written.

    A copy has classes, norms, provisions and demands of its own; the words, the places and the bodies are shared.
    """
    for folder in _SHARED:
        shutil.copytree(root / folder, target / folder)
    sources = load_sources(root)
    law = [
        file
        for file in sources.files
        if file.path.startswith("ontology/law/") or (file.path.startswith(("data/", "shapes/")) and file.path.count("/") > 1)
    ]
    homes = {file.path for file in law}
    born = {
        triple.subject.value
        for file in law
        for triple in file.triples
        if isinstance(triple.subject, ox.NamedNode) and sources.file_of(triple.subject.value) in homes
    } | {file.module for file in law}
    for copy in range(1, copies + 1):
        for file in law:
            path = target / file.path.replace(".ttl", f"-copy{copy}.ttl")
            path.write_bytes(ox.serialize(_renamed(file, born, f"-copy{copy}"), format=ox.RdfFormat.TURTLE) or b"")
    return copies * len(law)


def _renamed(file: SourceFile, born: set[str], suffix: str) -> list[ox.Triple]:
    def name(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        return ox.NamedNode(term.value + suffix) if isinstance(term, ox.NamedNode) and term.value in born else term

    found = []
    for subject, predicate, value in file.triples:
        fresh = name(value)
        if predicate.value in _NAMED and isinstance(value, ox.Literal) and name(subject) != subject:
            fresh = ox.Literal(value.value + suffix)
        found.append(ox.Triple(name(subject), name(predicate), fresh))
    return found
