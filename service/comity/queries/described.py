"""The catalogue of questions as statements: each question a ``sh:SPARQLSelectExecutable`` with its text and its parameters.

A parameter is identified by ``…/id/query/<question>/<variable>``; its path ends in the name of the variable, as SHACL demands. The
prefixes that the text declares are written into it, so that it runs as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from comity.iris import CATALOGUE, DCTERMS, IDS, QUERIES, RDF, SH, SKOS, XSD
from comity.queries.catalogue import Question, questions
from comity.queries.head import DATE, Parameter, Words

__all__ = ["catalogue_lines"]


def catalogue_lines(root: Path) -> list[str]:
    """Return the catalogue of the questions below *root* as sorted lines of N-Quads."""
    return sorted(line for question in questions(root).values() for line in _question(question))


def _question(question: Question) -> Iterator[str]:
    subject = QUERIES + question.name
    yield _quad(subject, RDF + "type", _iri(SH + "SPARQLExecutable"))
    yield _quad(subject, RDF + "type", _iri(SH + "SPARQLSelectExecutable"))
    yield _quad(subject, DCTERMS + "identifier", _text(question.name))
    yield from _texts(subject, SKOS + "prefLabel", question.head.text)
    yield from _texts(subject, SKOS + "definition", question.head.notes)
    yield _quad(subject, SH + "select", _text(question.query))
    for number, parameter in enumerate(question.head.parameters):
        yield from _parameter(subject, number, parameter)


def _parameter(question: str, number: int, parameter: Parameter) -> Iterator[str]:
    subject = f"{question}/{parameter.name}"
    yield _quad(question, SH + "parameter", _iri(subject))
    yield _quad(subject, RDF + "type", _iri(SH + "Parameter"))
    yield _quad(subject, SH + "path", _iri(f"{IDS}query-parameter/{parameter.name}"))
    yield from _texts(subject, SH + "name", {language: parameter.name for language in parameter.meaning})
    yield from _texts(subject, SH + "description", parameter.meaning)
    yield _quad(subject, SH + "datatype", _iri(XSD + ("date" if parameter.vocabulary == DATE else "string")))
    yield _quad(subject, SH + "optional", f'"{str(parameter.open).lower()}"^^{_iri(XSD + "boolean")}')
    yield _quad(subject, SH + "order", f'"{number}"^^{_iri(XSD + "integer")}')


def _texts(subject: str, predicate: str, words: Words) -> Iterable[str]:
    return (_quad(subject, predicate, _text(text, language)) for language, text in words.items() if text)


def _quad(subject: str, predicate: str, value: str) -> str:
    return f"{_iri(subject)} {_iri(predicate)} {value} {_iri(CATALOGUE)} ."


def _iri(text: str) -> str:
    return f"<{text}>"


def _text(text: str, language: str = "") -> str:
    return json.dumps(text, ensure_ascii=False) + (f"@{language}" if language else "")
