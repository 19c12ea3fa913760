"""Whether a leg lies within a scope that somebody approved: purposes, categories of data, numbers, parties.

A limit that is not stated is none; what is stated is compared with what the leg states under the same key, and where the leg
has no such key, with what its data items state together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comity.flow.schema import KeySchema, Schema
from comity.logic.kleene import Truth, all_of, any_of
from comity.logic.node import Node, OpenCodes, OpenNodes

__all__ = ["within"]


def within(leg: Node, scopes: Sequence[Node] | None, schema: Schema) -> Truth:
    """Say whether a leg lies within every scope; true where none is stated, open where a compared fact is."""
    if isinstance(scopes, OpenNodes):
        return None
    return all_of(_within(leg, scope, schema) for scope in scopes or ())


def _within(leg: Node, scope: Node, schema: Schema) -> Truth:
    keys = schema.nodes[scope.kind]
    return all_of(_key_within(leg, keys[key], allowed, schema) for key, allowed in scope.items() if key in keys)


def _key_within(leg: Node, entry: KeySchema, allowed: Any, schema: Schema) -> Truth:
    if entry.kind == "party":
        return any_of(_same_party(leg.get(entry.key), party) for party in allowed) if allowed else True
    stated = [holder.get(entry.key) for holder in ([leg] if entry.key in schema.nodes[leg.kind] else leg.get("dataItems") or [leg])]
    if entry.kind in ("count", "number"):
        return _number_within(stated, allowed)
    return all_of(_codes_within(codes, allowed, schema) for codes in stated)


def _codes_within(stated: Any, allowed: Any, schema: Schema) -> Truth:
    """Say whether all stated codes, or what they are kinds of, are among the allowed ones."""
    if stated is None:
        return None
    named, more = (stated.yes, True) if isinstance(stated, OpenCodes) else (stated, False)
    granted = allowed.yes if isinstance(allowed, OpenCodes) else allowed
    inside = all(granted & {code, *schema.ancestors.get(code, ())} for code in named)
    if not inside:
        return None if isinstance(allowed, OpenCodes) else False
    return None if more else True


def _number_within(stated: Sequence[tuple[float, float] | None], allowed: tuple[float, float]) -> Truth:
    known = [figure for figure in stated if figure is not None]
    # The people of two items may be the same people: as many as the largest item has are certain, and no more than the sum.
    if any(least > allowed[1] for least, _ in known):
        return False
    return True if len(known) == len(stated) and sum(most for _, most in known) <= allowed[0] else None


def _same_party(stated: Sequence[Node] | None, approved: Node) -> Truth:
    """Say whether a party is the approved one: described as one and the same, or in places that exclude each other."""
    if not stated:
        return None
    party = stated[0]
    if party is approved:
        return True
    for key in ("establishedIn", "organisedUnder", "residentIn"):
        here, there = party.get(key), approved.get(key)
        if here and there and not set().union(*here) & set().union(*there):
            return False
    return None
