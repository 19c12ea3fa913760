"""A description in words: each fact with what its key and its values are called, as a paper tells it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity.flow.pointers import escaped, known_key
from comity.flow.schema import KeySchema, Schema

__all__ = ["Fact", "Facts"]

_MOST = 400  # facts that are told in words; the description itself has all of them


@dataclass(slots=True)
class Fact:
    """One fact: where it stands, how deep, what the key is called, and its value in words; a thing that holds others has none."""

    pointer: str
    depth: int
    label: str
    value: str


class Facts:
    """Tells descriptions in one language."""

    def __init__(self, schema: Schema, places: Mapping[str, Mapping[str, str]], words: Mapping[str, str], lang: str) -> None:
        self._schema, self._places, self._w, self._lang = schema, places, words, lang

    def of(self, description: Any) -> list[Fact]:
        """Return the facts of a description in its order, as far as they can be told."""
        found = []
        for fact in self._below(description, "", 0) if isinstance(description, dict) else ():
            found.append(fact)
            if len(found) == _MOST:
                break
        return found

    def value(self, node: str, key: str, code: str) -> str:
        """Return what a code under a key is called."""
        entry = self._schema.find(node, key)
        return self._called(entry, code) if entry is not None else code

    def _below(self, value: Any, pointer: str, depth: int) -> Iterator[Fact]:
        for key, inner in value.items():
            place = f"{pointer}/{escaped(key)}"
            found = known_key(self._schema, place)
            label = found[1].label.get(self._lang, key) if found else key
            entry = found[1] if found else None
            if isinstance(inner, dict) and inner and not inner.keys() & {"atLeast", "atMost", "yes", "no", "outside"}:
                yield Fact(place, depth, label, "")
                yield from self._below(inner, place, depth + 1)
            elif isinstance(inner, list) and any(isinstance(each, dict) for each in inner):
                for number, each in enumerate(inner):
                    at = f"{place}/{number}"
                    title = f"{label} {number + 1}" if len(inner) > 1 else label
                    yield Fact(at, depth, title, "" if isinstance(each, dict) else self._told(entry, each))
                    if isinstance(each, dict):
                        yield from self._below(each, at, depth + 1)
            else:
                yield Fact(place, depth, label, self._told(entry, inner))

    def _told(self, entry: KeySchema | None, value: Any) -> str:
        if isinstance(value, bool):
            return self._w["yes"] if value else self._w["no"]
        if value is None or value == []:
            return "—"
        if isinstance(value, list):
            return self._w["comma"].join(self._told(entry, each) for each in value)
        if isinstance(value, dict):
            return self._w["comma"].join(f"{key}{self._w['colon']}{self._told(entry, inner)}" for key, inner in value.items())
        if isinstance(value, int):
            return f"{value:,}" if entry is not None and entry.kind == "count" else str(value)
        return self._called(entry, value) if entry is not None and isinstance(value, str) else str(value)

    def _called(self, entry: KeySchema, code: str) -> str:
        known = self._schema.labels.get(f"{entry.vocabulary}/{code}") or self._places.get(code, {})
        return known.get(self._lang, code)
