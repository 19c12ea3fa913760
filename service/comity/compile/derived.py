"""Derived facts: which there are, by which operator, with which parameters, and which node classes carry them."""

from __future__ import annotations

from typing import cast

from rdflib import Graph
from rdflib.term import Node as Term

from comity.compile.statements import number, object_of
from comity.law.program_text import DerivedRule, KeyEntry
from comity.rdf.names import C, code, local, words

__all__ = ["OPERATOR_KINDS", "derived_facts", "derived_keys"]


_KEYS = (C.ofKey, C.fromKey, C.toKey, C.stateKey, C.ownerKey, C.shareKey, C.controlKey, C.groupKey)
#: What each operator yields, as ``shapes/flow.ttl`` spells the kinds of values.
OPERATOR_KINDS = {
    "op-count": "count",
    "op-daysBetween": "count",
    "op-dateTime": "dateTime",
    "op-validOn": "boolean",
    "op-begun": "boolean",
    "op-within": "boolean",
    "op-sameLegalPerson": "boolean",
    "op-sameGroup": "boolean",
    "op-partyAmong": "boolean",
    "op-nextLeg": "nodes",
    "op-ownerBlocks": "nodes",
}


def derived_keys(graph: Graph, nodes: dict[str, dict[str, KeyEntry]]) -> dict[str, dict[str, KeyEntry]]:
    """Return the node classes of a schema with the derived keys added to those that carry them."""
    keys = {name: dict(entries) for name, entries in nodes.items()}
    derived_facts(graph, keys)
    return keys


def derived_facts(graph: Graph, keys: dict[str, dict[str, KeyEntry]]) -> list[DerivedRule]:
    """Return the rules of the derived facts, and add their keys to the node classes where they stand."""
    rules: list[DerivedRule] = []
    for term in sorted(graph.subjects(C.derivedBy), key=str):
        op, key = local(object_of(graph, term, C.derivedBy)), local(term)
        rule: DerivedRule = {"key": key, "op": op, "label": words(graph, term), "question": words(graph, term, C.question)}
        entry: KeyEntry = {"kind": OPERATOR_KINDS[op], "label": rule["label"]}
        if op == "op-count":
            rule |= {
                "class": local(object_of(graph, term, C.countsClass)),
                "units": _codes(graph, term, C.countsUnit),
                "scope": _codes(graph, term, C.countsOver)[0],
                "windows": _codes(graph, term, C.countsWindow),
                "counted": _codes(graph, term, C.countsCounted),
                "notCounted": _codes(graph, term, C.countsNotCounted),
                "withoutExempt": graph.value(term, C.countsWithoutExempt) is not None,
            }
            if (persons := graph.value(term, C.countsPersonsOf)) is not None:
                rule["persons"] = local(persons)
        keys_of = {local(word): local(value) for word in _KEYS if (value := graph.value(term, word)) is not None}
        rule |= cast(DerivedRule, keys_of)
        if (above := graph.value(term, C.shareAbove)) is not None:
            rule["shareAbove"] = float(number(above))
        if denied := _codes(graph, term, C.deniedBy):
            rule["deniedBy"] = denied
        if graph.value(term, C.background) is not None:
            rule["background"] = True
        if op == "op-nextLeg":
            entry["node"] = "DataFlow"
        elif op == "op-ownerBlocks" and "ofKey" in rule:
            entry["holdings"] = [rule["ofKey"], rule["ownerKey"], rule["shareKey"]]
        for node in _bearers(op, rule, keys):
            keys[node].setdefault(key, entry)
            rules.append({**rule, "node": node})
    return rules


def _bearers(op: str, rule: DerivedRule, keys: dict[str, dict[str, KeyEntry]]) -> list[str]:
    """Return the node classes that carry a derived fact: those that have the facts it is made from."""
    if op == "op-validOn":
        return sorted(node for node, entries in keys.items() if "validFrom" in entries)
    if op in ("op-begun", "op-within"):
        named = rule["fromKey"] if "fromKey" in rule else rule["ofKey"]
        return sorted(node for node, entries in keys.items() if named in entries)
    if op in ("op-dateTime", "op-partyAmong"):
        return sorted(node for node, entries in keys.items() if rule["ofKey"] in entries)
    if op == "op-daysBetween":
        wanted = {rule["fromKey"], rule["toKey"]} - {"asOf"}
        return sorted(node for node, entries in keys.items() if wanted <= set(entries))
    if op == "op-ownerBlocks":  # the facts of a block itself have no bearer: nobody states them
        return sorted(node for node, entries in keys.items() if rule.get("ofKey") in entries)
    return ["DataFlow"]


def _codes(graph: Graph, term: Term, predicate: Term) -> list[str]:
    return sorted(str(code(graph, value)) for value in graph.objects(term, predicate))
