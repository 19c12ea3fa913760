"""Flows made from scenarios by changing one fact: random flows almost never fire a norm, neighbours of firing ones do."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

Flow = dict[str, Any]
_KEPT = {"asOf", "id", "legs", "parties", "group"}


def facts(flow: Flow, schema: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the path and the schema of every stated fact of a flow or route."""
    legs = [(("legs", i), leg) for i, leg in enumerate(flow["legs"])] if "legs" in flow else [((), flow)]
    for path, leg in legs:
        yield from _facts(leg, "DataFlow", path, schema)
    for index, party in enumerate(flow.get("parties", ())):
        yield from _facts(party, "Party", ("parties", index), schema)


def _facts(node: Any, kind: str, path: tuple[Any, ...], schema: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for key, value in node.items():
        entry = schema.find(kind, key)
        if entry is None or key in _KEPT:
            continue
        yield (*path, key), entry
        if entry.node:
            children = enumerate(value) if isinstance(value, list) else [(None, value)]
            for index, child in children:
                if isinstance(child, dict) and not set(child) & {"in", "outside"}:
                    yield from _facts(child, entry.node, (*path, key) if index is None else (*path, key, index), schema)


def alternatives(entry: Any, value: Any) -> list[Any]:
    """Return other values that a fact may have; ``ABSENT`` leaves it out."""
    others: list[Any] = [ABSENT]
    if entry.kind == "boolean":
        others.append(not value)
    elif entry.kind in ("code", "taxonomy", "codes"):
        codes = sorted(entry.codes - entry.none_codes)
        others += codes if entry.kind == "code" else [[code] for code in codes] + [[]]
    elif entry.kind in ("count", "number", "percent") and isinstance(value, int | float):
        others += [n for n in (value - 1, value + 1, value * 10, value // 10, 0) if n >= 0 and (entry.kind != "percent" or n <= 100)]
    elif entry.kind == "place":
        others += ["CN", "US", "DE", "SG", "HK", {"outside": "EEA"}]
    elif entry.kind == "places":
        others += [["CN"], ["US"], ["DE"], ["CN", "US"], [], [{"in": "EU"}]]
    elif entry.kind in ("nodes", "parties"):
        others.append([])
    elif entry.kind in ("node", "party") and entry.nullable:
        others.append(None)
    return [other for other in others if other is ABSENT or other != value]


ABSENT = object()


def flipped(flow: Flow, path: tuple[Any, ...], value: Any) -> Flow:
    """Return the flow with one fact changed."""
    result = copy.deepcopy(flow)
    home: Any = result
    for step in path[:-1]:
        home = home[step]
    if value is ABSENT:
        del home[path[-1]]
    else:
        home[path[-1]] = value
    return result


def at(flow: Flow, path: tuple[Any, ...]) -> Any:
    """Return the value of a fact."""
    for step in path:
        flow = flow[step]
    return flow
