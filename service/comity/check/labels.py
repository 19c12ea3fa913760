"""The words of an answer: what keys, values, positions of parties and provisions are called."""

from __future__ import annotations

from comity.flow.schema import Schema
from comity.law.program import Program
from comity.law.reasons import Words
from comity.logic.explain import Fact

__all__ = ["Labels"]

_PLACE_KINDS = ("place", "places", "partyOrPlace", "partiesOrPlaces")


class Labels:
    """Finds labels in the schema of descriptions and in the program; what has none is called by its code."""

    def __init__(self, schema: Schema, program: Program) -> None:
        self._schema = schema
        self._program = program

    def key(self, kind: str, key: str) -> Words:
        """Return what a key of a node class is called, stated or derived."""
        entry = self._schema.find(kind, key)
        if entry is not None:
            return entry.label
        if kind == "Place":
            return {"en": "place", "zh": "地方"}
        rule = next((r for r in self._program.derived if r["key"] == key), None)
        return rule["label"] if rule else {"en": key, "zh": key}

    def value(self, kind: str, key: str, value: str) -> Words:
        """Return what a code under a key is called."""
        entry = self._schema.find(kind, key)
        if (entry is not None and entry.kind in _PLACE_KINDS) or kind == "Place":
            return self._program.data["placeLabels"].get(value, {"en": value, "zh": value})
        vocabulary = entry.vocabulary if entry is not None else ""
        return self._schema.labels.get(f"{vocabulary}/{value}", {"en": value, "zh": value})

    def position(self, key: str) -> Words | None:
        """Return what the position of a party in a flow is called, if ``key`` is one."""
        entry = self._schema.find("DataFlow", key)
        return None if entry is None else entry.label

    def provision(self, iri: str) -> Words:
        """Return how a provision is cited."""
        return self._program.data["provisions"][iri]["label"]

    def is_evaluative(self, fact: Fact) -> bool:
        """Say whether a fact is a judgement of whoever states it."""
        entry = self._schema.find(fact.kind, fact.key)
        return entry is not None and entry.evaluative
