"""The stated facts behind a derived one: what has to be told so that it can be derived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from comity.flow.schema import Schema
from comity.law.program_text import DerivedRule
from comity.logic.node import Node, OpenNodes, reachable

__all__ = ["Behind", "Wanted"]


class Wanted(NamedTuple):
    """A fact to be stated: its pointer, the class of its node, its key; ``total`` is the derived count for which a total is wanted."""

    pointer: str
    kind: str
    key: str
    total: str = ""


class Behind:
    """Finds the stated facts behind the derived facts of one leg."""

    def __init__(self, schema: Schema, rules: list[DerivedRule], leg: Node) -> None:
        self._schema = schema
        self._rules = {(rule.get("node", leg.kind), rule["key"]): rule for rule in rules}
        self._leg = leg
        self._nodes = {node.path: node for node in reachable([leg])}

    def of(self, pointer: str, kind: str, key: str) -> list[Wanted]:
        """Return the stated facts to ask for in the place of a fact; a stated fact stands for itself."""
        if self._schema.find(kind, key) is not None:
            return [Wanted(pointer, kind, key)]
        rule = self._rules.get((kind, key))
        if rule is None:
            return []
        place = pointer.removesuffix(f"/{key}")
        node = self._nodes.get(place, self._leg)
        return list(dict.fromkeys(_BEHIND[rule["op"]](self, node, rule)))

    def _silent(self, node: Node, *keys: str) -> Iterator[Wanted]:
        """Yield the keys of a node that are not stated, or only in part."""
        for key in keys:
            if key not in node or type(node[key]) is OpenNodes:
                yield Wanted(f"{node.path}/{key}", node.kind, key)

    def _count(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        """Yield how many people each item is about, for a count over this flow alone; else the total that is wanted."""
        units = [unit for unit in rule["units"] if self._schema.find("DataItem", unit) is not None]
        items = self._leg.get("dataItems") or ()
        unsized = [item for item in items if units and not any(unit in item for unit in units)]
        if rule["scope"] == "thisFlow" and unsized:
            for item in unsized:
                yield Wanted(f"{item.path}/{units[-1]}", item.kind, units[-1])
            return
        yield Wanted(f"{self._leg.path}/totals", self._leg.kind, "totals", rule["key"])

    def _days(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        yield from self._silent(node, *(key for key in (rule["fromKey"], rule["toKey"]) if key != "asOf"))

    def _source(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        yield from self._silent(node, rule["ofKey"])

    def _begun(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        if "fromKey" not in rule:
            yield from self._silent(node, rule["ofKey"])
            return
        yield from self._silent(node, rule["fromKey"])
        for holder in node.get(rule["fromKey"]) or ():
            yield from self._silent(holder, rule["ofKey"])

    def _within(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        """Yield the scope that was approved, or, where that is told, what the flow does not tell of the same."""
        yield from self._silent(node, rule["ofKey"])
        for scope in node.get(rule["ofKey"]) or ():
            for key in scope:
                holders = [self._leg] if self._schema.find(self._leg.kind, key) else self._leg.get("dataItems") or ()
                for holder in holders:
                    yield from self._silent(holder, key)

    def _parties(self) -> Iterator[Node]:
        for place in ("exporter", "importer"):
            yield from self._leg.get(place) or ()

    def _same_person(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        """Yield the parties that are not told, and for whom a natural person works."""
        yield from (wanted for place in ("exporter", "importer") for wanted in self._silent(self._leg, place))
        for party in self._parties():
            yield from self._silent(party, "kind")
            if party.get("kind") == frozenset(("individual",)):
                yield from self._silent(party, "employedBy")

    def _same_group(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        yield from (wanted for place in ("exporter", "importer") for wanted in self._silent(self._leg, place))
        named = [wanted for party in self._parties() for wanted in self._silent(party, rule["groupKey"])]
        yield from named or (wanted for party in self._parties() for wanted in self._silent(party, rule["ofKey"], rule["controlKey"]))

    def _among(self, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
        """Yield the list of parties, and the party that is looked for in it, where they are not told."""
        yield from self._silent(node, rule["ofKey"])
        yield from self._silent(self._leg, rule["fromKey"])
        for naming in self._leg.get(rule["fromKey"]) or ():
            yield from self._silent(naming, rule["toKey"])


def _nothing(behind: Behind, node: Node, rule: DerivedRule) -> Iterator[Wanted]:
    """Yield nothing: such a fact is always decided."""
    return iter(())


_BEHIND: dict[str, Callable[[Behind, Node, DerivedRule], Iterator[Wanted]]] = {
    "op-count": Behind._count,
    "op-daysBetween": Behind._days,
    "op-dateTime": Behind._source,
    "op-begun": Behind._begun,
    "op-within": Behind._within,
    "op-sameLegalPerson": Behind._same_person,
    "op-sameGroup": Behind._same_group,
    "op-partyAmong": Behind._among,
    "op-ownerBlocks": Behind._source,
    "op-validOn": _nothing,
    "op-nextLeg": _nothing,
}
