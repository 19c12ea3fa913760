"""A leg that was read, written back as a description with its derived facts among its keys, for HermiT.

Each party gets an id, so that a party met in two places is one individual. Shares become *owner blocks*: the smallest
sets of holdings that reach a threshold which some class names.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import combinations
from typing import Any

from comity.law.application import Application
from comity.logic.node import HOLDER_PLACE, Node, OpenCodes

__all__ = ["stated_leg", "stated_schema", "thresholds"]

Json = dict[str, Any]
MAX_OWNERS = 12
_PARTY_KINDS = ("party", "parties", "partyOrPlace", "partiesOrPlaces")


def stated_schema(keys: dict[str, Json]) -> dict[str, Json]:
    """Return the schema of node classes with owner blocks."""
    schema: dict[str, Json] = {}
    for node, entries in keys.items():
        schema[node] = {}
        for key, entry in entries.items():
            single = entry["kind"] not in ("codes", "places", "parties", "partiesOrPlaces", "nodes", "refs", "taxonomy", "legs")
            schema[node][key] = {**entry, "one": single}
    for entry in schema["Party"].values():
        if "holdings" in entry:
            entry |= {"kind": "nodes", "node": "OwnerBlock"}
    schema["OwnerBlock"] = {"blockPercent": {"kind": "percent", "one": True}, "blockMember": {"kind": "partiesOrPlaces", "node": "Party"}}
    return schema


def thresholds(expressions: dict[str, Any]) -> list[float]:
    """Return the shares that the classes' owner blocks ask for."""
    found: set[float] = set()

    def search(part: Any) -> None:
        if isinstance(part, list):
            if part and part[0] == "ownersum":
                found.add(part[1])
            for inner in part:
                search(inner)

    for expression in expressions.values():
        search(expression)
    return sorted(found)


class _Stater:
    def __init__(self, schema: dict[str, Json], moments: set[str], shares: list[float]) -> None:
        self._schema = schema
        self._moments = moments
        self._shares = shares
        self._blocks_of = [(key, entry["holdings"]) for key, entry in schema["Party"].items() if "holdings" in entry]
        self._ids: dict[int, str] = {}
        self.parties: list[Json] = []

    def node(self, node: Node) -> Json:
        result: Json = {}
        for key, value in node.items():
            entry = self._schema.get(node.kind, {}).get(key)
            if entry is not None:
                result[key] = self._value(node, key, entry, value)
        for key, (holdings, owner, share) in self._blocks_of if node.kind == "Party" else ():
            if holdings in node and (blocks := self._blocks(node[holdings], owner, share)) is not None:
                result[key] = blocks
        return result

    def _value(self, node: Node, key: str, entry: Json, value: Any) -> Any:
        if isinstance(value, list):
            each = [self._party(item) if entry["kind"] in _PARTY_KINDS else self.node(item) for item in value]
            return (each[0] if each else None) if entry["one"] else each
        if key in self._moments:
            return datetime.fromtimestamp(value[0], UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if key in node.raw:
            return node.raw[key]
        if isinstance(value, tuple):
            if entry["kind"] in ("place", "places"):  # assumed, hence none
                return None if entry["one"] else []
            return None if value[0] > value[1] else _range(value)
        if isinstance(value, OpenCodes):
            return {"yes": sorted(value.yes), "no": sorted(value.no)}
        return (next(iter(value)) if value else None) if entry["one"] else sorted(value)

    def _party(self, node: Node) -> Any:
        if HOLDER_PLACE in node:
            return node.raw["place"]
        if id(node) not in self._ids:
            name = self._ids[id(node)] = f"party{len(self._ids)}"
            written = self.node(node)
            self.parties.append({**written, "id": name})
        return self._ids[id(node)]

    def _blocks(self, holdings: list[Node], owner: str, share: str) -> list[Json] | None:
        stated = [holding.get(share, (0, 1)) for holding in holdings]
        if len(holdings) > MAX_OWNERS or any(low != high for low, high in stated) or any(owner not in holding for holding in holdings):
            return None
        blocks: list[tuple[Node, ...]] = []
        for enough in self._shares:
            found: list[tuple[Node, ...]] = []
            for size in range(1, len(holdings) + 1):
                for group in combinations(holdings, size):
                    smaller = any(set(map(id, other)) <= set(map(id, group)) for other in found)
                    if not smaller and round(sum(h[share][0] for h in group) * 100) >= round(enough * 100):
                        found.append(group)
            blocks += [group for group in found if group not in blocks]
        return [
            {
                "blockPercent": round(sum(h[share][0] for h in group), 2),
                "blockMember": [self._party(h[owner][0]) for h in group if h[owner]],
            }
            for group in blocks
        ]


def _range(value: tuple[float, float]) -> Any:
    low, high = value
    if low == high:
        return low
    return {"atLeast": low} if high == float("inf") else {"atLeast": low, "atMost": high}


def stated_leg(application: Application, node: Node, schema: dict[str, Json], counts: set[str], shares: list[float]) -> Json:
    """Return a leg, or a part of it, as a description with its derived facts.

    *counts* are the counts to include, *shares* the :func:`thresholds` of the classes.
    """
    moments = {rule["key"] for rule in application.program.derived if rule["op"] == "op-dateTime"}
    stater = _Stater(schema, moments, shares)
    flow = stater.node(node)
    for key in sorted(counts):
        flow[key] = _range(application.derived(key))
    return {**flow, "parties": stater.parties}
