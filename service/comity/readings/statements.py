"""The readings as statements for SPARQL and for the pages: ``c:Reading``, its elements, what holds each and when it was made."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping

from comity.iris import DCTERMS, IDS, NS, PROV, RDF, READINGS, XSD
from comity.readings.record import Element, Reading

__all__ = ["reading_lines"]


def reading_lines(
    readings: Iterable[Reading], norms: Mapping[str, str], words: Container[str], current: Mapping[str, bool] | None = None
) -> Iterator[str]:
    """Yield the readings as N-Quads.

    ``norms`` maps identifiers to IRIs, ``words`` holds the IRIs of the vocabulary, ``current`` says of each norm whether its
    reading still stands, where that is known.
    """
    for reading in readings:
        if reading.norm in norms:
            yield from _reading(reading, norms, words, current or {})


def _reading(reading: Reading, norms: Mapping[str, str], words: Container[str], current: Mapping[str, bool]) -> Iterator[str]:
    subject = f"<{IDS}reading/{reading.norm}>"
    text = reading.text
    yield _quad(subject, RDF + "type", f"<{NS}Reading>")
    yield _quad(subject, NS + "readingOf", f"<{norms[reading.norm]}>")
    yield _quad(subject, PROV + "generatedAtTime", f'"{reading.read}T00:00:00Z"^^<{XSD}dateTime>')
    yield _quad(subject, DCTERMS + "source", f"<{text['url']}>")
    yield _quad(subject, NS + "edition", _text(str(text["edition"])))
    yield _quad(subject, NS + "readAs", f"<{NS}read-{text['how']}>")
    if text.get("where"):
        yield _quad(subject, NS + "readIn", _text(str(text["where"])))
    if reading.norm in current:
        yield _quad(subject, NS + "currentReading", f'"{str(current[reading.norm]).lower()}"^^<{XSD}boolean>')
    for number, element in enumerate(reading.elements, 1):
        yield from _element(subject, number, element, norms, words)


def _element(reading: str, number: int, element: Element, norms: Mapping[str, str], words: Container[str]) -> Iterator[str]:
    subject = f"{reading[:-1]}/{number}>"
    yield _quad(reading, NS + "element", subject)
    yield _quad(subject, RDF + "type", f"<{NS}Element>")
    for language, text in element.says.items():
        yield _quad(subject, NS + "says", _text(text, language))
    for language, text in element.left.items():
        yield _quad(subject, NS + "leftOut", _text(text, language))
    for name in element.held:
        word = norms.get(name) or (NS + name if NS + name in words else None)
        yield _quad(subject, NS + "heldBy", f"<{word}>" if word else _text(name))


def _quad(subject: str, predicate: str, value: str) -> str:
    return f"{subject} <{predicate}> {value} <{READINGS}> ."


def _text(text: str, language: str = "") -> str:
    return json.dumps(text, ensure_ascii=False) + (f"@{language}" if language else "")
