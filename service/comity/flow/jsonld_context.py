"""The JSON-LD context of a description, generated from the schema of its shape.

Read with it, a description is RDF in the words of the ontology: keys are properties, codes are the individuals of their
vocabulary, categories are classes, places are the places of the graph. Ranges of numbers, ``{"in": …}`` places and open
lists are forms of JSON only and stay unread.
"""

from __future__ import annotations

from typing import Any

from comity.law.program_text import KeyEntry, ProgramText

__all__ = ["jsonld_context"]

Json = dict[str, Any]
_DATATYPES = {"count": "xsd:integer", "number": "xsd:decimal", "percent": "xsd:decimal", "boolean": "xsd:boolean", "date": "xsd:date"}


def jsonld_context(program: ProgramText, words: str, things: str) -> Json:
    """Return the context for a program; *words* and *things* are the namespaces of the vocabulary and of the graph's things."""
    nodes = program["schema"]["nodes"]
    terms: Json = {}
    for entries in nodes.values():
        for key, entry in entries.items():
            terms.setdefault(key, _term(key, entry, things))
    for entries in nodes.values():
        for key, entry in entries.items():
            own = _own_terms(nodes.get(entry.get("node", ""), {}), terms, things)
            if own:
                terms[key] = terms[key] | {"@context": own}
    return {
        "@context": {
            "@version": 1.1,
            "c": words,
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "id": {"@id": "c:id"},
            **dict(sorted(terms.items())),
        }
    }


def _own_terms(entries: dict[str, KeyEntry], terms: Json, things: str) -> Json:
    """Return the terms of a node class that mean something else there than elsewhere, such as a status."""
    own: Json = {}
    for key, entry in entries.items():
        term = _term(key, entry, things)
        shared = {name: value for name, value in terms[key].items() if name != "@context" or "@context" in term}
        if term != shared:
            own[key] = term
    return own


def _term(key: str, entry: KeyEntry, things: str) -> Json:
    kind = entry["kind"]
    term: Json = {"@id": f"c:{key}"}
    if kind in _DATATYPES:
        return term | {"@type": _DATATYPES[kind]}
    if kind in ("code", "codes"):
        codes = {code: f"c:{_stem(entry)}-{code}" for code in entry["codes"]}
        return term | {"@type": "@vocab", "@context": codes}
    if kind == "taxonomy":
        return term | {"@type": "@vocab", "@context": {"@vocab": "c:"}}
    if kind in ("place", "places"):
        return term | {"@type": "@vocab", "@context": {"@vocab": f"{things}place/"}}
    if kind in ("ref", "refs"):
        return term | {"@type": "@vocab", "@context": {"@vocab": things}}
    return term


def _stem(entry: KeyEntry) -> str:
    """Return the name of a vocabulary as its values carry it: the class ``ActValue`` has values ``act-…``."""
    name = str(entry["vocabulary"]).removesuffix("Value")
    return name[:1].lower() + name[1:]
