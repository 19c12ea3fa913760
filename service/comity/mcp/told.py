"""Answers as a model reads them: in one language, with every norm that they name cited, and bounded in length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from comity.http.problems import Problem
from comity.law.program_text import ProgramText

__all__ = ["MOST_BYTES", "Citations", "bounded", "in_words"]

Json = dict[str, Any]

MOST_BYTES = 160_000
"""Bytes of the longest answer, as JSON: what a model can be given at once."""
MOST_CITED = 120
"""The most citations of one answer."""

_NAMING = ("norm", "norms", "cures", "exceptions")  # keys under which an answer names norms by their identifiers


def in_words(value: Any, lang: str) -> Any:
    """Return ``value`` with the text of ``lang`` in the place of every ``{"en": …, "zh": …}`` map."""
    if isinstance(value, dict):
        if value and value.keys() <= {"en", "zh"}:
            return value.get(lang) or next(iter(value.values()))
        return {key: in_words(item, lang) for key, item in value.items()}
    if isinstance(value, list):
        return [in_words(item, lang) for item in value]
    return value


def bounded(answer: Json, advice: str) -> Json:
    """Return an answer that is short enough; raise a 413 :class:`Problem` with ``advice`` for one that is not."""
    length = len(orjson.dumps(answer))
    if length > MOST_BYTES:
        raise Problem(413, "Answer too large", f"The answer has {length} bytes, and at most {MOST_BYTES} are given. {advice}")
    return answer


class Citations:
    """Cites norms by what the program says of them."""

    def __init__(self, program: ProgramText) -> None:
        self._program = program
        self._norms = {norm["id"]: norm for norm in program["norms"]}

    def of(self, answer: Any) -> Json:
        """Return ``citations`` of the norms that an answer names, in the order in which it does, and how many more there are."""
        names = [name for name in dict.fromkeys(_named(answer, "")) if name in self._norms]
        more = {"citationsMore": len(names) - MOST_CITED} if len(names) > MOST_CITED else {}
        return {"citations": [self.norm(name) for name in names[:MOST_CITED]], **more}

    def norm(self, name: str) -> Json:
        """Return where a norm stands: identifier, label, articles with the official page and the IRI, instrument, days."""
        norm = self._norms[name]
        told: Json = {"norm": name, "iri": norm["iri"], "label": norm["label"], "kind": norm["kind"]}
        told["articles"] = [self._article(iri) for iri in norm["provisions"]]
        told["instrument"] = norm["instrument"]
        told["title"] = self._program["instruments"][norm["instrument"]]["label"]
        return told | {"inForceFrom": norm["from"], "inForceUntil": norm["until"]}

    def _article(self, iri: str) -> Json:
        provision = self._program["provisions"][iri]
        return {"article": provision["label"], "official": provision["url"], "iri": iri}


def _named(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, str):
        if key in _NAMING:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _named(item, key)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if key == "norms" and not isinstance(item, str | list):
                yield name  # a map by identifier
            yield from _named(item, name)
