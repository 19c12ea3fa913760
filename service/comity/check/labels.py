"""The words of an answer: what keys, values, positions of parties and provisions are called."""

from __future__ import annotations

from typing import Any

from comity.flow.schema import Schema
from comity.law.program import Program
from comity.law.program_text import DerivedRule, TermText, Words
from comity.logic.facts import Fact

__all__ = ["Labels"]

_REFERENCES = ("ref", "refs")
_PLACE_KINDS = ("place", "places", "partyOrPlace", "partiesOrPlaces")


class Labels:
    """Finds labels in the schema of descriptions and in the program; what has none is called by its code."""

    def __init__(self, schema: Schema, program: Program) -> None:
        self._schema = schema
        self._program = program

        self._derived: dict[str, DerivedRule] = {rule["key"]: rule for rule in program.derived}
        self._terms: dict[str, TermText] = {term["name"]: term for term in program.data["reported"]}

    def key(self, kind: str, key: str) -> Words:
        """Return what a key of a node class is called, stated or derived."""
        entry = self._schema.find(kind, key)
        if entry is not None:
            return entry.label
        if kind == "Place":
            return {"en": "place", "zh": "地方"}
        rule = self._derived.get(key)
        return rule["label"] if rule else {"en": key, "zh": key}

    def value(self, kind: str, key: str, value: str) -> Words:
        """Return what a code under a key is called."""
        entry = self._schema.find(kind, key)
        if (entry is not None and entry.kind in _PLACE_KINDS) or kind == "Place":
            return self._program.data["placeLabels"].get(value, {"en": value, "zh": value})
        if entry is not None and entry.kind in _REFERENCES and value in self._program.data["instruments"]:
            return self._program.data["instruments"][value]["label"]
        vocabulary = entry.vocabulary if entry is not None else ""
        return self._schema.labels.get(f"{vocabulary}/{value}", {"en": value, "zh": value})

    def thing(self, kind: str, key: str, raw: dict[str, Any]) -> tuple[str, Words]:
        """Return by what an object under a key is known, and what that is called: its name, or what it is, or the key."""
        entry = self._schema.find(kind, key)
        if isinstance(name := raw.get("id"), str):
            return name, {"en": name, "zh": name}
        if entry is not None:
            for inner in self._schema.nodes.get(entry.node, {}).values():
                if inner.names_kind and isinstance(code := raw.get(inner.key), str):
                    return code, self.value(entry.node, inner.key, code)
        return key, self.key(kind, key)

    def value_kind(self, kind: str, key: str) -> str:
        """Return the kind of value under a key: a kind of the schema, or the operator by which the fact is derived."""
        entry = self._schema.find(kind, key)
        if entry is not None:
            return entry.kind
        rule = self._derived.get(key)
        return rule["op"] if rule else ""

    def unit(self, kind: str, key: str) -> Words:
        """Return in what a number under a key is counted; nothing where that goes without saying."""
        entry = self._schema.find(kind, key)
        return {} if entry is None else entry.unit

    def stance(self, position: str) -> Words:
        """Return what a position on an open question says."""
        return self._program.data["positions"][position]["label"]

    def term(self, name: str) -> TermText:
        """Return the reported term that a class stands for."""
        return self._terms[name]

    def position(self, key: str) -> Words | None:
        """Return what the position of a party in a flow is called, if ``key`` is one."""
        entry = self._schema.find("DataFlow", key)
        return None if entry is None else entry.label

    def standing(self, path: str) -> Words | None:
        """Return what the key is called under which the thing at a place of the description stands."""
        kind, label = "DataFlow", None
        for step in path.split("/"):
            if step and not step.isdecimal():
                entry = self._schema.find(kind, step) or self._schema.find("Description", step)
                if entry is None:
                    return None
                kind, label = entry.node or kind, entry.label
        return label

    def provision(self, iri: str) -> Words:
        """Return how a provision is cited."""
        return self._program.data["provisions"][iri]["label"]

    def is_evaluative(self, fact: Fact) -> bool:
        """Say whether a fact is a judgement of whoever states it."""
        entry = self._schema.find(fact.kind, fact.key)
        return entry is not None and entry.evaluative
