"""Namespaces, and the short names that the program uses for things of the graph."""

from __future__ import annotations

from pathlib import Path

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDFS, SKOS
from rdflib.term import Node as Term

from comity import iris

__all__ = ["ELI", "FOAF", "ID", "PLACE", "C", "above", "below", "code", "first", "local", "module_of", "short", "thing", "words"]

C = Namespace(iris.NS)
ID = Namespace(iris.IDS)
PLACE = Namespace(iris.PLACES)
ELI = Namespace(iris.ELI)
FOAF = Namespace(iris.PREFIXES["foaf"])


def local(term: Term) -> str:
    """Return the local name of a word: ``c:DataFlow`` is ``DataFlow``."""
    return str(term).removeprefix(str(C))


def short(term: Term) -> str:
    """Return the path of a thing: ``…/id/xx/act`` is ``xx/act``."""
    return str(term).removeprefix(str(ID))


def first(graph: Graph, subject: Term, predicate: URIRef) -> Term | None:
    """Return the least value of a property, so that the choice does not depend on the order of reading."""
    return min(graph.objects(subject, predicate), default=None, key=str)


def above(graph: Graph, term: Term, predicate: URIRef = RDFS.subClassOf) -> list[Term]:
    """Return *term* and all that is reached from it along a property."""
    return [each for each in graph.transitive_objects(term, predicate) if each is not None]


def below(graph: Graph, term: Term, predicate: URIRef = RDFS.subClassOf) -> list[Term]:
    """Return *term* and all that reaches it along a property."""
    return [each for each in graph.transitive_subjects(predicate, term) if each is not None]


def code(graph: Graph, term: Term) -> object:
    """Return what a description writes for a term: a notation, a boolean, a number, or the path of a thing."""
    if isinstance(term, Literal):
        return term.toPython()
    notation = first(graph, term, SKOS.notation)
    return str(notation) if notation is not None else short(term)


def words(graph: Graph, subject: Term, predicate: URIRef = SKOS.prefLabel) -> dict[str, str]:
    """Return the texts of a property by language, English and Chinese."""
    texts = {o.language: str(o) for o in sorted(graph.objects(subject, predicate), key=str) if isinstance(o, Literal) and o.language}
    return {language: texts[language] for language in ("en", "zh") if language in texts}


def module_of(path: Path, root: Path) -> URIRef:
    """Return the IRI of the module kept in ``path``: ``ontology/law/xx/act.ttl`` is ``…/ontology/law/xx/act``."""
    return URIRef(iris.BASE + path.resolve().relative_to(root.resolve()).with_suffix("").as_posix())


def thing(path: str) -> URIRef:
    """Return the IRI of a thing from its path after ``id/``, such as ``xx/act/art-38-1``."""
    return ID[path]
