"""Declarations of words that belong to another module, which some OWL tools write into every file that uses them.

A file of the graph declares what it defines and imports the rest. A statement such as ``c:Transfer a owl:Class``, alone
in a file that imports the module where the class is declared, says nothing new.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path

from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS

from comity.iris import BASE
from comity.rdf.turtle import Triple, Unwritable, read

_DECLARATIONS = frozenset(
    {OWL.Ontology, OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual, RDFS.Datatype}
)


def without_imported(triples: list[Triple], path: Path) -> list[Triple]:
    """Return the triples of the file ``path`` without bare declarations that a module which it imports makes as well.

    A declaration is bare if the file says no more of its subject. Imports are looked up below the same root, as far as
    their files are there and can be read.
    """
    described = {s for s, p, o in triples if p != RDF.type or o not in _DECLARATIONS}
    bare = {t for t in triples if isinstance(t[0], URIRef) and t[0] not in described}
    header = next((s for s, p, _ in triples if p == OWL.imports and isinstance(s, URIRef)), None)
    if not bare or header is None:
        return triples
    foreign: set[Triple] = set()
    for module, told in _imported(triples, header, path):
        typed = {s for s, p, _ in told if p == RDF.type} | {module}
        same = set(told)
        # An individual has the type that its own module gives it; that it is one need not be said again.
        foreign |= {t for t in bare if t in same or (t[0] in typed and t[2] in (OWL.NamedIndividual, OWL.Ontology))}
        if foreign == bare:
            break
    return [t for t in triples if t not in foreign]


def _imported(triples: list[Triple], header: URIRef, path: Path) -> Iterator[tuple[URIRef, list[Triple]]]:
    """Yield each module that the file imports, directly or not, with its triples."""
    place = header.removeprefix(BASE)
    whole = path.resolve().with_suffix("").as_posix()
    if not whole.endswith(f"/{place}"):
        return
    root = Path(whole.removesuffix(place))
    waiting = deque(_imports(triples))
    seen = {header}
    while waiting:
        module = waiting.popleft()
        file = root / f"{module.removeprefix(BASE)}.ttl"
        if module in seen or not module.startswith(BASE) or not file.is_file():
            continue
        seen.add(module)
        try:
            told = read(file)
        except (SyntaxError, Unwritable):
            continue  # its own fault, told when that file is formatted
        waiting += _imports(told)
        yield module, told


def _imports(triples: list[Triple]) -> list[URIRef]:
    return sorted(o for _, p, o in triples if p == OWL.imports and isinstance(o, URIRef))
