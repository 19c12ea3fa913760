"""Ways to say more of a flow: the facts that a description leaves out, and values that they may turn out to have."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from comity.flow.reading import Description
from comity.flow.schema import KeySchema, Schema
from comity.logic.node import reachable

__all__ = ["completed", "unstated", "values"]

PLACES = ("CN", "US", "DE", "SG", "HK", "IN", {"in": "EU"}, {"outside": "EEA"})
COUNTS = (0, 1, 99, 9_999, 10_000, 100_000, 1_000_000, 10_000_000)
DAYS = ("2015-01-01", "2024-01-01", "2026-01-01", "2030-01-01")
NAMES = frozenset(("id", "legs", "parties", "asOf", "follows"))
VALIDITY = frozenset(("validFrom", "validUntil"))
"""What is told of without dates is told as of the day asked, so that a date is no completion but another story."""


def unstated(read: Description, schema: Schema) -> Iterator[tuple[str, KeySchema]]:
    """Yield the pointer of an object and the schema of a key, for each fact on which nothing is said and nothing assumed."""
    assumed = {entry["pointer"] for entry in read.assumed}
    for leg in read.legs:
        for node in reachable([leg]):
            for key, entry in schema.nodes.get(node.kind, {}).items():
                if key in node.raw or key in NAMES or key in VALIDITY or f"{node.path}/{key}" in assumed:
                    continue
                if node.kind == "DataItem" and key in schema.overriding and key in leg:
                    continue  # the flow says it for its items
                yield node.path, entry


def values(entry: KeySchema, schema: Schema) -> st.SearchStrategy[Any]:
    """Return values for a key; references are left alone, since they lead out of the description."""
    codes = sorted(entry.codes)
    if entry.kind in ("nodes", "parties", "partiesOrPlaces"):
        return st.one_of(st.just([]), objects(entry.node, schema).map(lambda each: [each]))
    if entry.kind in ("node", "party", "partyOrPlace"):
        return st.one_of(*[st.none()] * entry.nullable, objects(entry.node, schema))
    return {
        "boolean": st.booleans(),
        "code": st.sampled_from(codes or [None]),
        "codes": st.sampled_from([[code] for code in codes] + [[]]),
        "taxonomy": st.sampled_from([[code] for code in codes] or [None]),
        "place": st.sampled_from(PLACES),
        "places": st.sampled_from([*([place] for place in PLACES), ["CN", "US"], []]),
        "date": st.sampled_from(DAYS),
        "count": st.sampled_from(COUNTS),
        "number": st.sampled_from((0, 1, 20, 100)),
        "percent": st.sampled_from((0, 20, 50, 100)),
    }.get(entry.kind, st.nothing())


@st.composite
def objects(draw, kind: str, schema: Schema) -> dict[str, Any]:
    """Return an object of which a few plain facts are said."""
    plain = [entry for entry in schema.nodes.get(kind, {}).values() if entry.kind in ("code", "codes", "boolean", "place", "places")]
    chosen = draw(st.lists(st.sampled_from(plain), max_size=5, unique_by=lambda entry: entry.key)) if plain else []
    return {entry.key: draw(values(entry, schema)) for entry in chosen}


def completed(flow: dict[str, Any], pointer: str, key: str, value: Any) -> dict[str, Any]:
    """Return the flow with one more fact said."""
    flow = copy.deepcopy(flow)
    node: Any = flow
    for step in pointer.split("/")[1:]:
        node = node[int(step)] if isinstance(node, list) else node[step]
    node[key] = value
    return flow
