"""Which norms read which facts: for each key of a description, the norms whose situation, reach or demand speaks of it.

A norm reads a key where the expressions of its situation, of the reach of its law (``nexus``) or of its demand name it, at once or
through the classes that they name. A derived fact is read through the stated facts that it is made from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from comity.law.program_text import DerivedRule, NormText, ProgramText
from comity.logic.expression import Expression

__all__ = ["Readers"]

FLOW, ITEM, PARTY = "DataFlow", "DataItem", "Party"
_OF_NODE = ("ofKey", "fromKey", "toKey", "stateKey", "groupKey", "controlKey")
"""Parameters of a derived fact that name keys of its own node."""
_BY_OPERATOR = {
    "op-count": (
        (FLOW, "totals"),
        *(("Total", key) for key in ("counted", "notCounted", "unit", "countedOver", "window", "count", "exemptFlowsRemoved")),
        *((ITEM, key) for key in ("persons", "personsByPlace", "devices")),
        ("PersonsOfPlace", "persons"),
    ),
    "op-sameLegalPerson": ((PARTY, "branchOf"), (PARTY, "employedBy"), (PARTY, "actsFor")),
    "op-sameGroup": ((PARTY, "group"), (PARTY, "ownedBy"), (PARTY, "controlledBy")),
    "op-partyAmong": ((FLOW, "demand"), ("Demand", "addressee"), (PARTY, "branchOf"), (PARTY, "employedBy"), (PARTY, "actsFor")),
}
"""Facts that an operator reads beside the parameters of its rule."""

Fact = tuple[str, str]
"""A node class and one of its keys."""


class Readers:
    """The norms of a program by the facts that they read."""

    def __init__(self, program: ProgramText) -> None:
        self._nodes = program["schema"]["nodes"]
        self._domains = program["domains"]
        self._rules = {(rule.get("node", FLOW), rule["key"]): rule for rule in program["derived"]}
        self._of_class = {name: self._direct(program["classes_compiled"][name], node) for name, node in self._domains.items()}
        self._overriding = {key for key, entry in self._nodes[FLOW].items() if entry.get("overrides")}
        self._norms: dict[Fact, list[NormText]] = defaultdict(list)
        for norm in program["norms"]:
            for fact in sorted(self._read_by(norm)):
                self._norms[fact].append(norm)

    def of(self, node: str, key: str) -> list[NormText]:
        """Return the norms that read a key of a node class, each once, in the order of the program."""
        found = {norm["id"]: norm for norm in self._norms.get((node, key), ())}
        if node == ITEM and key in self._overriding:  # the fact of an item stands in for that of the flow
            found |= {norm["id"]: norm for norm in self._norms.get((FLOW, key), ())}
        return list(found.values())

    def _read_by(self, norm: NormText) -> set[Fact]:
        facts: set[Fact] = set()
        waiting = [name for name in (norm["situation"], norm["nexus"]) if name]
        if norm["demand"]:
            own, named = self._direct(norm["demand"], FLOW)
            facts |= own
            waiting += named
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                own, named = self._of_class[name]
                facts |= own
                waiting += named
        return facts

    def _direct(self, expression: Expression, node: str) -> tuple[set[Fact], set[str]]:
        """Return the facts that an expression over a node class names itself, and the classes that it names."""
        facts: set[Fact] = set()
        named: set[str] = set()
        waiting = [(expression, node)]
        while waiting:
            part, here = waiting.pop()
            form = part[0]
            if form in ("and", "or", "not"):
                waiting += [(inner, here) for inner in part[1:]]
            elif form == "is":
                named.add(part[1])
            elif form == "ownersum":
                facts |= {(here, part[3]), *(("Ownership", key) for key in part[4:])}
                waiting.append((part[2], PARTY))
            elif form in ("some", "count", "has", "present", "num", "place"):
                facts |= set(self._stated(here, part[1]))
                if form in ("some", "count"):
                    waiting.append((part[2], self._below(here, part[1])))
                rule = self._rules.get((here, part[1]))
                if rule is not None:
                    named |= {str(rule[word]) for word in ("class", "persons") if word in rule}
        return facts, named

    def _below(self, node: str, key: str) -> str:
        entry = self._nodes.get(node, {}).get(key)
        return FLOW if entry is None else entry.get("node", PARTY)

    def _stated(self, node: str, key: str) -> Iterator[Fact]:
        """Yield the stated facts for which a key stands: itself, or what a derived fact is made from."""
        rule = self._rules.get((node, key))
        if rule is None:
            yield node, key
            return
        yield from self._behind(node, rule)

    def _behind(self, node: str, rule: DerivedRule) -> Iterator[Fact]:
        keys = [str(rule[word]) for word in _OF_NODE if word in rule]  # type: ignore[literal-required]
        yield from ((node, key) for key in keys if key in self._nodes.get(node, {}))
        yield from _BY_OPERATOR.get(rule["op"], ())
        if "asOf" in keys:
            yield "Description", "asOf"
        if rule["op"] == "op-validOn":
            yield from ((node, key) for key in ("validFrom", "validUntil") if key in self._nodes[node])
        if rule["op"] == "op-within":  # what was approved is compared with the flow, key by key
            yield from ((self._nodes[node][rule["ofKey"]]["node"], key) for key in self._nodes[self._nodes[node][rule["ofKey"]]["node"]])
        if rule["op"] == "op-begun" and "fromKey" in rule:
            yield self._below(node, rule["fromKey"]), rule["ofKey"]
