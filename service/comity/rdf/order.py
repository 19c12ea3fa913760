"""The order of house Turtle: which statements, subjects and prefixes come first.

Changing this file reformats the whole graph, so it changes rarely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from rdflib import URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS
from rdflib.term import Node as Term

from comity.iris import PREFIXES
from comity.rdf.names import ID, C

#: Predicates that come first, in this order; all others follow by IRI.
FIRST_PREDICATES = (
    RDF.type,
    DCTERMS.identifier,
    SKOS.notation,
    RDFS.label,
    SKOS.prefLabel,
    SKOS.altLabel,
    DCTERMS.title,
    SKOS.definition,
    SH.name,
    SH.description,
    C.question,
    C.describes,
    SH.path,
    SH.order,
    OWL.onProperty,
    OWL.onDatatype,
    RDFS.subClassOf,
    OWL.equivalentClass,
)
_PREDICATE_RANK = {p: i for i, p in enumerate(FIRST_PREDICATES)}

#: Types whose subjects come first, in this order; subjects of other types follow, grouped by type.
FIRST_TYPES = (
    OWL.Ontology,
    OWL.AnnotationProperty,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.Class,
    RDFS.Datatype,
    SH.NodeShape,
    SH.PropertyShape,
)
_TYPE_RANK = {t: i for i, t in enumerate(FIRST_TYPES)}
_INSTRUMENT_SPACE = re.compile(re.escape(str(ID)) + r"([A-Za-z0-9._-]+)/([A-Za-z0-9._-]+)/")
_PREFIX = re.compile(r"[A-Za-z]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$")
LANGUAGES = {"en": 0, "zh": 1}


Natural: TypeAlias = tuple[tuple[tuple[int, int, str], ...], str]
"""A sort key: numbers and the text between them, then the text itself."""


def natural(text: str) -> Natural:
    """Return a sort key that puts ``art-2`` before ``art-10``; the text itself breaks ties."""
    parts = re.split(r"(\d+)", text)
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts), text


def predicate_key(predicate: URIRef) -> tuple[int, str]:
    """Return the place of a predicate among those of one subject."""
    return _PREDICATE_RANK.get(predicate, len(_PREDICATE_RANK)), str(predicate)


def subject_key(subject: str, pairs: Iterable[tuple[URIRef, Term]]) -> tuple[int, tuple[str, ...], Natural]:
    """Return the place of a subject in its file from its (predicate, object) pairs.

    The header, then words by kind, then the instrument, its provisions, its norms, and the rest grouped by type.
    """
    types = [o for p, o in pairs if p == RDF.type and isinstance(o, URIRef)]
    ranked = [_TYPE_RANK[t] for t in types if t in _TYPE_RANK]
    predicates = {p for p, _ in pairs}
    if ranked:
        group = min(ranked)
    elif C.Provision in types:
        group = 51
    elif C.bearer in predicates:
        group = 52
    elif DCTERMS.title in predicates:
        group = 50
    else:
        return 53, tuple(sorted(map(str, types))), natural(subject)
    return group, (), natural(subject)


def with_own(prefixes: dict[str, str]) -> dict[str, str]:
    """Return the project's prefixes and those of a file that name other vocabularies."""
    known, spaces = dict(PREFIXES), set(PREFIXES.values())
    for prefix, space in sorted(prefixes.items()):
        if _PREFIX.match(prefix) and prefix not in known and space not in spaces and not space.startswith(ID):
            known[prefix] = space
            spaces.add(space)
    return known


def prefixes_for(iris: set[str], base: dict[str, str] | None = None) -> dict[str, str]:
    """Return prefix → namespace: the known ones, and one for each instrument whose things are named in ``iris``.

    An instrument's prefix is its last path segment; where two instruments share it, both carry their place as well.
    """
    out = dict(PREFIXES if base is None else base)
    spaces: dict[str, set[tuple[str, str]]] = {}
    for iri in iris:
        found = _INSTRUMENT_SPACE.match(iri)
        if found:
            spaces.setdefault(found[2], set()).add((found[1], found[2]))
    for pairs in spaces.values():
        for where, name in pairs:
            prefix = name if len(pairs) == 1 and name not in out else f"{where}-{name}"
            if _PREFIX.match(prefix) or _PREFIX.match(prefix := f"{where}-{name}"):
                out[prefix] = f"{ID}{where}/{name}/"
    return out
