"""The register of released names: ``python -m comity.curate.released [ROOT]`` adds what is new; nothing is ever taken out.

``data/released.txt`` holds one name a line, sorted: words as ``c:DataFlow``, things by their path as ``id:xx/act/norm-1``,
identifiers as ``identifier:ACT-1``. Others cite these, so each stays in the sources; one that is no longer used keeps its
description with ``dcterms:isReplacedBy``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import DCTERMS

from comity.rdf.load import Sources, load_sources
from comity.rdf.names import ID, C

__all__ = ["REGISTER", "add_new", "missing", "names"]

REGISTER = Path("data") / "released.txt"


def names(sources: Sources) -> set[str]:
    """Return the names that the sources describe, as the register writes them."""
    found = {_written(iri) for iri in sources.described()} - {""}
    for file in sources.files:
        found |= {
            f"identifier:{value.value}"
            for _, predicate, value in file.triples
            if predicate.value == str(DCTERMS.identifier) and isinstance(value, ox.Literal)
        }
    return found


def missing(sources: Sources) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each entry of the register that the sources no longer have; a tree without one has none."""
    register = sources.root / REGISTER
    known = names(sources)
    for number, line in enumerate(register.read_text(encoding="utf-8").splitlines() if register.exists() else (), 1):
        if line and line not in known:
            yield number, line


def add_new(root: Path) -> list[str]:
    """Add to the register what the sources below ``root`` have and it has not, and return that. Raises as `load_sources` does."""
    register = root / REGISTER
    before = set(register.read_text(encoding="utf-8").split("\n")) - {""} if register.exists() else set()
    found = names(load_sources(root))
    if found - before:
        register.write_text("".join(f"{name}\n" for name in sorted(before | found)), encoding="utf-8", newline="\n")
    return sorted(found - before)


def _written(iri: str) -> str:
    for space, short in ((str(C), "c:"), (str(ID), "id:")):
        if iri.startswith(space):
            return short + iri.removeprefix(space)
    return ""


def main(arguments: list[str]) -> int:
    """Add new names to the register of a folder (default: here)."""
    added = add_new(Path(arguments[0] if arguments else "."))
    print(f"{REGISTER}: {len(added)} names added")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
