"""What silence stands for: a few facts are read as "none" when nothing is said of them, and the answer says so.

A thing that is told without the day on which it begins or ends, or without the scope that was approved, is read as having no such
limit; the answer says that too.
No assumption may hide a graver answer: one is not made where a class of its guards holds, nor may one place stand for another
where what is told of the party's owners, controllers or employers leads to other places and these would make an answer graver.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.check.guard import StandIn, withdraw
from comity.flow.reading import Description
from comity.flow.schema import KeySchema, Schema
from comity.law.application import Application
from comity.law.grounds import VALIDITY
from comity.law.program import Program
from comity.law.program_text import DerivedRule
from comity.logic.node import Node, reachable, unremembered

__all__ = ["Assumptions"]

_NONE_NUMBER = (1, 0)  # an interval without a number: stated that there is none


class Assumptions:
    """Reads silence as the shape of descriptions allows. Keeps nothing of a description; safe to share between threads."""

    def __init__(self, schema: Schema, program: Program) -> None:
        self._schema = schema
        self._program = program
        self._assumed = {
            kind: entries for kind, keys in schema.nodes.items() if (entries := [k for k in keys.values() if k.assumed or k.assumed_from])
        }
        self._from = schema.find("DataFlow", "from")
        limits = {limit for rule in program.arithmetic for limit in _limits(rule, schema)}
        self._limits = {kind: [entry for entry in keys.values() if (kind, entry.key) in limits] for kind, keys in schema.nodes.items()}

    def make(self, read: Description, apply: Callable[[Node], Application]) -> None:
        """Write the assumptions into the nodes of a description that was read, and list them in it.

        ``apply`` brings the norms of the day to a leg.
        """
        limited: set[Node] = set()  # legs may share nodes
        for leg in read.legs:
            self._start(read, leg)
            lifted = self._lifted(leg, apply)
            made: list[StandIn] = []
            for node in reachable([leg]):
                for entry in self._assumed.get(node.kind, ()):
                    if not _is_silent(node, entry) or (node, entry.key) in lifted:
                        continue
                    if entry.assumed_from:
                        if _stand_in(read, node, entry):
                            made.append(StandIn(node, entry))
                        continue
                    node[entry.key] = _none(entry)
                    read.assumed.append(_read_as_none(node, entry))
                if node not in limited:
                    limited.add(node)
                    read.assumed += [_read_as_none(node, limit) for limit in self._limits.get(node.kind, ()) if limit.key not in node]
            withdraw(read, leg, made, self._schema, apply)

    def _lifted(self, leg: Node, apply: Callable[[Node], Application]) -> set[tuple[Node, str]]:
        """Return the nodes and keys for which nothing is assumed: a class that rules it out holds, or one that it needs does not."""
        asked = [
            (node, entry.key, name, lifting)
            for node in reachable([leg])
            for entry in self._assumed.get(node.kind, ())
            if (entry.unless or entry.only_for) and _is_silent(node, entry)
            for names, lifting in ((entry.unless, True), (entry.only_for, False))
            for name in names
        ]
        if not asked:
            return set()
        named, domains = self._program.compiler.named, self._program.data["domains"]
        with unremembered([leg]):  # more facts are still to be written
            application = apply(leg)
            return {
                (node, key)
                for node, key, name, lifting in asked
                if (named(name)(node if domains[name] == node.kind else leg, application) is True)
                is lifting  # a class of another kind is one of flows
            }

    def _start(self, read: Description, leg: Node) -> None:
        """Let the exporter's only place stand for the place where the data start, if that is not stated."""
        exporters = leg.get("exporter")
        if "from" in leg or not exporters or self._from is None:
            return
        for key in ("establishedIn", "residentIn"):
            if (value := _only_place(exporters[0], key)) is not None:
                _assume(read, leg, self._from, exporters[0][key], value)
                return


def _limits(rule: DerivedRule, schema: Schema) -> set[tuple[str, str]]:
    """Return the kinds of things, with the keys under which they state limits that a rule compares with the flow or its day."""
    if rule["op"] == "op-within":
        scope = schema.nodes[rule["node"]][rule["ofKey"]]
        return {(rule["node"], scope.key), *((scope.node, key) for key in schema.nodes[scope.node])}
    if rule["op"] == "op-begun":
        holder = schema.nodes[rule["node"]][rule["fromKey"]].node if "fromKey" in rule else rule["node"]
        return {(holder, rule["ofKey"])}
    return {(rule["node"], key) for key in VALIDITY} if rule["op"] == "op-validOn" else set()


def _is_silent(node: Node, entry: KeySchema) -> bool:
    return entry.key not in node and not (entry.kind == "partyOrPlace" and node.kind == "Place")


def _stand_in(read: Description, node: Node, entry: KeySchema) -> bool:
    """Let the one place that the node's other facts agree on stand for a place that is not stated; say whether there is one."""
    found = {repr(value): (node[key], value) for key in entry.assumed_from if (value := _only_place(node, key)) is not None}
    several = any(len(node.get(key) or ()) > 1 for key in entry.assumed_from)
    if len(found) != 1 or several:
        return False
    places, value = next(iter(found.values()))
    _assume(read, node, entry, places, value)
    return True


def _only_place(node: Node, key: str) -> Any:
    places = node.get(key)
    if not places or len(places) != 1:
        return None
    raw = node.raw.get(key)
    return raw[0] if isinstance(raw, list) else raw


def _assume(read: Description, node: Node, entry: KeySchema, places: Any, value: Any) -> None:
    node[entry.key] = places
    node.raw = {**node.raw, entry.key: value if entry.one else [value]}
    read.assumed.append({"pointer": f"{node.path}/{entry.key}", "value": value, "label": entry.label})


def _read_as_none(node: Node, entry: KeySchema) -> dict[str, Any]:
    return {"pointer": f"{node.path}/{entry.key}", "value": None, "label": entry.label}


def _none(entry: KeySchema) -> object:
    if entry.kind in ("node", "nodes", "party", "parties", "partyOrPlace", "partiesOrPlaces"):
        return []
    if entry.kind in ("place", "places"):
        return ()
    return _NONE_NUMBER if entry.kind in ("count", "number", "percent") else frozenset()
