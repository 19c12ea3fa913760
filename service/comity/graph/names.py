"""Namespaces, and the short names that the program uses for things of the graph."""

from __future__ import annotations

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node as Term

__all__ = ["BASE", "ELI", "FOAF", "ID", "C", "code", "first", "local", "short", "words"]

BASE = "https://w3id.org/comity/"
C = Namespace(BASE + "ns#")
ID = Namespace(BASE + "id/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")


def local(term: Term) -> str:
    """Return the local name of a word: ``c:DataFlow`` is ``DataFlow``."""
    return str(term).removeprefix(str(C))


def short(term: Term) -> str:
    """Return the path of a thing: ``…/id/xx/act`` is ``xx/act``."""
    return str(term).removeprefix(str(ID))


def first(graph: Graph, subject: Term, predicate: URIRef) -> Term | None:
    """Return the least value of a property, so that the choice does not hang on the order of reading."""
    return min(graph.objects(subject, predicate), default=None, key=str)


def code(graph: Graph, term: Term) -> object:
    """Return what a description writes for a term: a notation, a boolean, a number, or the path of a thing."""
    if isinstance(term, Literal):
        return term.toPython()
    notation = first(graph, term, SKOS.notation)
    return str(notation) if notation is not None else short(term)


def words(graph: Graph, subject: Term, predicate: URIRef = SKOS.prefLabel) -> dict[str, str]:
    """Return the texts of a property by language, English and Chinese."""
    texts = {o.language: str(o) for o in sorted(graph.objects(subject, predicate)) if isinstance(o, Literal) and o.language}
    return {language: texts[language] for language in ("en", "zh") if language in texts}
