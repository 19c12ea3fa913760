"""Protégé's catalogues: ``python -m comity.curate.catalog [--root DIR] [--check]`` writes ``ontology/catalog-v001.xml`` and the others.

It maps the IRI of every module of ``ontology/`` and ``data/`` to its file, so that imports open without the web. Protégé
looks for a catalogue in the folder of the file that is opened, so every folder with modules has one that leads to it.
``ontology/comity.ttl`` is made to import every module of ``ontology/`` but the alignments, so that one file opens the whole.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from comity.rdf.house_turtle import format_graph
from comity.rdf.names import module_of
from comity.rdf.order import natural
from comity.rdf.turtle import read

FILE = Path("ontology") / "catalog-v001.xml"
WHOLE = Path("ontology") / "comity.ttl"
_LEAVES = "align/"


def entries(root: Path) -> dict[str, str]:
    """Return module IRI → file, relative to the catalogue.

    Raises ValueError where a file has no header or its IRI is not that of its place.
    """
    root = Path(root).resolve()
    out = {}
    for folder in ("ontology", "data"):
        for path in sorted((root / folder).rglob("*.ttl")):
            headers = {str(s) for s, p, o in read(path) if p == RDF.type and o == OWL.Ontology}
            expected = str(module_of(path, root))
            if headers != {expected}:
                found = ", ".join(sorted(headers)) or "none"
                raise ValueError(f"{path.relative_to(root)}: the header of this file should be <{expected}>, found {found}")
            out[expected] = Path(os.path.relpath(path, root / FILE.parent)).as_posix()
    return out


def catalog(root: Path) -> str:
    """Return the text of the catalogue."""
    rows = sorted(entries(root).items(), key=lambda row: natural(row[0]))
    return _document("".join(f"    <uri name={quoteattr(iri)} uri={quoteattr(file)}/>\n" for iri, file in rows))


def leading_catalogs(root: Path) -> dict[Path, str]:
    """Return path → text of the catalogues that lead to the one that lists the modules, for every other folder with modules."""
    root = Path(root)
    folders = {path.parent.relative_to(root) for folder in ("ontology", "data") for path in (root / folder).rglob("*.ttl")}
    return {
        folder / FILE.name: _document(f"    <nextCatalog catalog={quoteattr(Path(os.path.relpath(FILE, folder)).as_posix())}/>\n")
        for folder in sorted(folders - {FILE.parent})
    }


def _document(lines: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f"{lines}</catalog>\n"
    )


def whole(root: Path) -> str:
    """Return the text of the module that imports all others of the ontology."""
    path = Path(root) / WHOLE
    graph = Graph().parse(path, format="turtle")
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    graph.remove((header, OWL.imports, None))
    for iri, file in entries(root).items():
        if not file.startswith(("..", _LEAVES)) and iri != str(header):
            graph.add((header, OWL.imports, URIRef(iri)))
    return format_graph(graph)


def write(root: Path, check: bool = False) -> bool:
    """Write the catalogues and the imports of the whole, or with ``check`` only compare; tell whether they were out of date."""
    texts = {FILE: catalog(root), **leading_catalogs(root)}
    if (Path(root) / WHOLE).exists():
        texts[WHOLE] = whole(root)
    stale = {
        Path(root) / name: text
        for name, text in texts.items()
        if not (Path(root) / name).exists() or (Path(root) / name).read_text(encoding="utf-8") != text
    }
    for path, text in stale.items():
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return bool(stale)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns 1 where ``--check`` finds the catalogue out of date."""
    parser = argparse.ArgumentParser(prog="comity catalog", description="Write the catalogue of modules for Protégé.")
    parser.add_argument("--root", type=Path, default=Path("."), help="the project folder (default: here)")
    parser.add_argument("--check", action="store_true", help="only tell whether it is out of date")
    options = parser.parse_args(arguments)
    try:
        stale = write(options.root, options.check)
    except (ValueError, SyntaxError) as fault:
        print(fault, file=sys.stderr)
        return 1
    if stale:
        print(f"{'out of date' if options.check else 'wrote'} {options.root / FILE}")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
