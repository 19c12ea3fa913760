"""Parties by name: one object describes a party, others mention it by its id and may repeat plain facts of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.flow.problems import Problem, problem

__all__ = ["MAX_PARTIES", "PartyNames"]

MAX_PARTIES = 500
_NESTED = (dict, list)


class PartyNames:
    """Where the parties of a description are described, and what is wrong with their names.

    ``described`` holds by id the pointer and the object that describes the party: the one of those with that id that says most.
    """

    def __init__(self, data: dict[str, Any], party_keys: frozenset[str]) -> None:
        self._party_keys = party_keys
        self._told: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self._find(data, "", "")
        self.described = {name: max(told, key=lambda each: len(each[1])) for name, told in self._told.items()}
        self._mentions = {pointer for name, told in self._told.items() for pointer, raw in told if len(raw) < len(self.described[name][1])}

    def problems(self) -> Iterator[Problem]:
        """Yield a fault for each party of which two objects say unlike things."""
        for name, told in self._told.items():
            home, described = self.described[name]
            for pointer, raw in told:
                if raw == described:
                    continue
                for fact, value in raw.items():
                    if described.get(fact) != value or _has_objects(value):
                        yield problem(
                            f"{pointer}/{fact}",
                            f"the party {name!r} is described at {home} and only mentioned here; if it is the same party, "
                            "say this there and only its id here, otherwise give it another id",
                            f"主体 {name!r} 已在 {home} 描述，此处仅为提及；如为同一主体，请在该处写明，此处只写 id，否则请另取 id",
                        )
                        break

    def said_once(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the description with the id alone where a party is mentioned, so that a change need be made only once."""
        return self._said_once(data, "") if self._mentions else data

    def _find(self, data: Any, pointer: str, key: str) -> None:
        """Find every object that stands in the position of a party, under *key*, and carries an id."""
        if type(data) is list:
            for index, item in enumerate(data[:MAX_PARTIES]):
                if type(item) in _NESTED:
                    self._find(item, f"{pointer}/{index}", key)
            return
        name = data.get("id")
        if isinstance(name, str) and key in self._party_keys:
            self._told.setdefault(name, []).append((pointer, data))
        for word, value in data.items():
            if type(value) in _NESTED:
                self._find(value, f"{pointer}/{word}", word)

    def _said_once(self, data: Any, pointer: str) -> Any:
        if pointer in self._mentions:
            return data["id"]
        entries = enumerate(data) if type(data) is list else data.items()
        said = {key: self._said_once(value, f"{pointer}/{key}") if type(value) in _NESTED else value for key, value in entries}
        return list(said.values()) if type(data) is list else said


def _has_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict) for each in value))
