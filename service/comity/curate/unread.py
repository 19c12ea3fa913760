"""Facts that users tell in vain: keys and codes of the vocabulary on which no norm, class or derived fact rests.

A fact that decides nothing is marked ``c:informative``, so that the schema says so; one that is marked and read after all is told too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from comity.law.program_text import ProgramText
from comity.logic.expression import Expression
from comity.rdf.fault import Fault
from comity.rdf.names import C

__all__ = ["unread_vocabulary"]

_STRUCTURE = frozenset(("id", "follows", "parties", "legs", "asOf", "pleaded"))
"""Keys that hold a description together, and the pleas, which no condition may read."""
_BY_OPERATOR = {
    "op-count": frozenset(
        (
            "persons",
            "personsByPlace",
            "devices",
            "totals",
            "counted",
            "notCounted",
            "unit",
            "countedOver",
            "window",
            "count",
            "exemptFlowsRemoved",
        )
    ),
    "op-sameLegalPerson": frozenset(("branchOf", "employedBy", "actsFor")),
    "op-partyAmong": frozenset(("branchOf", "employedBy", "actsFor")),
    "op-validOn": frozenset(("validFrom", "validUntil")),
}
"""Keys that an operator reads by itself; the others are parameters of its rules."""
_PARAMETERS = ("ofKey", "fromKey", "toKey", "ownerKey", "shareKey", "controlKey", "groupKey", "stateKey")


def unread_vocabulary(program: ProgramText) -> Iterator[Fault]:
    """Yield the keys that nothing reads, with the codes of read keys that nothing names, and marks that are no longer true."""
    readers = _Readers(program)
    for node, keys in program["schema"]["nodes"].items():
        for key, entry in keys.items():
            focus = str(C[f"{node}Shape-{key}"])
            informative = bool(entry.get("informative"))
            if not readers.reads(node, key):
                if not informative:
                    yield _unread(focus, f"{node}.{key}", ())
            elif informative:
                yield _read(focus, f"{node}.{key}")
            elif entry["kind"] != "taxonomy" and not readers.by_operator(node, key):
                marked = set(entry.get("informative_codes", ()))
                named = readers.codes(node, key)
                unread = {code for code in entry.get("codes", ()) if code not in named} - set(entry.get("none_codes", ()))
                if rest := sorted(unread - marked):
                    yield _unread(focus, f"{node}.{key}", rest)


def _unread(focus: str, name: str, codes: tuple[str, ...] | list[str]) -> Fault:
    what, what_zh = (f"the codes {', '.join(codes)} of {name}", f"{name} 的代码 {'、'.join(codes)}") if codes else (name, name)
    return Fault(
        "",
        focus,
        f"no norm, class or derived fact reads {what}, so that users tell it in vain",
        "Read it where the law does, or mark it c:informative true (a code: on the value itself); never drop it.",
        f"没有规范、类或者推导事实读取 {what_zh}，使用者的陈述不起作用",
        "在法律有此要求之处读取，或者标记 c:informative true（代码则标记于该值）；不得删除。",
        rule="vocabulary-unread",
        level="warning",
    )


def _read(focus: str, name: str) -> Fault:
    return Fault(
        "",
        focus,
        f"{name} is marked as informative, but the law reads it",
        "Take c:informative off the key.",
        f"{name} 标记为仅供参考，但法律读取该事实",
        "删除该键的 c:informative。",
        rule="vocabulary-informative",
        level="warning",
    )


class _Readers:
    """What the expressions, derived facts and operators of a program read, by node class and key."""

    def __init__(self, program: ProgramText) -> None:
        self._nodes = program["schema"]["nodes"]
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._codes: dict[tuple[str, str], set[Any]] = defaultdict(set)
        self._anywhere = set(_STRUCTURE)
        self._compared: set[tuple[str, str]] = set()
        self._overriding = {key for key, entry in self._nodes["DataFlow"].items() if entry.get("overrides")}
        for rule in program["derived"]:
            self._anywhere |= {str(value) for word, value in rule.items() if word in _PARAMETERS}
            self._anywhere |= _BY_OPERATOR.get(rule["op"], frozenset())
            if rule["op"] == "op-within":  # what is stated of a scope is compared with the flow, key by key
                scope = self._nodes[rule["node"]][rule["ofKey"]]["node"]
                self._compared |= {(scope, key) for key in self._nodes[scope]}
        for name, domain in program["domains"].items():
            self._walk(program["classes_compiled"][name], domain)
        for norm in program["norms"]:
            if norm["demand"]:
                self._walk(norm["demand"], "DataFlow")

    def reads(self, node: str, key: str) -> bool:
        """Say whether a key is read; one of an item that stands in for the flow's own is read with that."""
        stands_in = node == "DataItem" and key in self._overriding and key in self._keys["DataFlow"]
        return key in self._keys[node] or self.by_operator(node, key) or stands_in

    def by_operator(self, node: str, key: str) -> bool:
        """Say whether an operator reads a key, which then reads its codes too."""
        return key in self._anywhere or (node, key) in self._compared

    def codes(self, node: str, key: str) -> set[Any]:
        """Return the codes of a key that are named; those of an item and of the flow count together where one overrides the other."""
        nodes = ("DataFlow", "DataItem") if key in self._overriding and node in ("DataFlow", "DataItem") else (node,)
        return set().union(*(self._codes[each, key] for each in nodes))

    def _walk(self, part: Expression, node: str) -> None:
        form = part[0]
        if form in ("and", "or", "not"):
            for inner in part[1:]:
                self._walk(inner, node)
        elif form == "ownersum":
            self._keys["Ownership"] |= set(part[4:])
            self._keys[node].add(part[3])
            self._walk(part[2], "Party")
        elif form in ("some", "count", "has", "present", "num", "place"):
            self._keys[node].add(part[1])
            if form in ("some", "count"):
                below = self._nodes.get(node, {}).get(part[1], {}).get("node")
                self._walk(part[2], below or ("DataFlow" if part[1] not in self._nodes.get(node, {}) else "Party"))
            elif form == "has":
                self._codes[node, part[1]] |= set(part[2])
