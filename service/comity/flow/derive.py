"""Derived facts: arithmetic over stated facts that classes cannot express, by a closed list of operators.

Which facts are derived, and by which operator with which parameters, is declared in the ontology; the operators know
no law. They run before any class is tested, except ``op-count``, which counts over the items of a class on demand.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from comity.flow.reading import Description
from comity.flow.schema import Schema
from comity.flow.scope import within
from comity.law.grounds import VALIDITY
from comity.law.program_text import DerivedRule
from comity.logic.kleene import Truth, any_of
from comity.logic.node import Node, OpenNodes, reachable

__all__ = ["derive"]


def derive(description: Description, rules: list[DerivedRule], schema: Schema) -> None:
    """Write the derived facts (all but the counts) into the nodes of a description."""
    for position, leg in enumerate(description.legs):
        leg["nextLeg"] = _next_legs(description.legs, position)
        for rule in rules:
            if rule["op"] == "op-sameLegalPerson":
                _write_truth(leg, rule["key"], _both(leg, same_legal_person))
            elif rule["op"] == "op-sameGroup":
                _write_truth(leg, rule["key"], _both(leg, same_group, rule))
    by_kind: dict[str, list[DerivedRule]] = {}
    for rule in rules:
        if rule["op"] in _NODE_OPERATORS:
            by_kind.setdefault(rule["node"], []).append(rule)
    for node in reachable([*description.legs, *description.parties]):
        for rule in by_kind.get(node.kind, ()):
            value = _NODE_OPERATORS[rule["op"]](node, rule, description.day)
            if value is not None:
                node[rule["key"]] = value
    for rule in rules:
        if rule["op"] == "op-within":
            _write_within(description, rule, schema)
        elif rule["op"] == "op-partyAmong":
            _write_among(description, rule)


def _write_among(description: Description, rule: DerivedRule) -> None:
    """Write into each bearer of a list of parties whether the party that its leg names is one of them; open where legs differ."""
    found: dict[Node, list[Truth]] = {}
    for leg in description.legs:
        for values in [*leg.values()]:
            for node in values:
                if isinstance(node, Node) and node.kind == rule["node"]:
                    found.setdefault(node, []).append(_among(leg, node, rule))
    for node, truths in found.items():
        _write_truth(node, rule["key"], truths[0] if len(set(truths)) == 1 else None)


def _among(leg: Node, node: Node, rule: DerivedRule) -> Truth:
    naming, listed = leg.get(rule["fromKey"]), node.get(rule["ofKey"])
    named = naming[0].get(rule["toKey"]) if naming else naming
    if named is None or listed is None:
        return None
    if not named:
        return False
    truths = [same_legal_person(named[0], each) for each in listed]
    return any_of([*truths, None] if type(listed) is OpenNodes else truths)


def _write_within(description: Description, rule: DerivedRule, schema: Schema) -> None:
    """Write into each bearer of a scope whether the legs that reach it lie within; open where they differ."""
    found: dict[Node, list[Truth]] = {}
    for leg in description.legs:
        for node in reachable([leg]):
            if node.kind == rule["node"]:
                found.setdefault(node, []).append(within(leg, node.get(rule["ofKey"]), schema))
    for node, values in found.items():
        _write_truth(node, rule["key"], values[0] if len(set(values)) == 1 else None)


def _next_legs(legs: list[Node], position: int) -> list[Node]:
    own = next(iter(legs[position].get("id", ())), None)
    following = [leg for leg in legs if own is not None and own in leg.get("follows", ())]
    if not following and position + 1 < len(legs) and "follows" not in legs[position + 1]:
        following = [legs[position + 1]]
    return following


def _both(leg: Node, relation: Callable[..., Truth], *more: DerivedRule) -> Truth:
    exporters, importers = leg.get("exporter"), leg.get("importer")
    if exporters is None or importers is None:
        return None
    return relation(exporters[0], importers[0], *more) if exporters and importers else False


def _write_truth(node: Node, key: str, value: Truth) -> None:
    if value is not None:
        node[key] = frozenset((value,))


def same_legal_person(a: Node, b: Node) -> Truth:
    """Say whether two parties are one legal person: the same, a branch of it, or its employee acting for it.

    Two organisations described as two parties are two persons unless ``branchOf`` joins them.
    """
    return any_of((a is b, _part_of(a, b), _part_of(b, a)))


def _part_of(part: Node, whole: Node) -> Truth:
    values: list[Truth] = []
    for branch in part.get("branchOf") or ():
        values.append(branch is whole or _part_of(branch, whole))
    if part.get("kind") == frozenset(("individual",)):
        employers = part.get("employedBy")
        acts_for = part.get("actsFor")
        if employers is None:
            values.append(None)
        elif any(employer is whole for employer in employers):
            values.append(not acts_for or acts_for[0] is whole)
        elif type(employers) is OpenNodes:
            values.append(None)
    return any_of(values)


def same_group(a: Node, b: Node, rule: DerivedRule) -> Truth:
    """Say whether two parties belong to one corporate group: one name of the group, or a chain of control.

    The rule names the facts to look at, and the share above which a holder controls what it holds.
    """
    if a is b:
        return True
    named = a.get(rule["groupKey"]), b.get(rule["groupKey"])
    if named[0] and named[0] == named[1]:
        return True
    chain = any_of((_held_by(a, b, rule), _held_by(b, a, rule)))
    if chain is None and all(named):
        return False
    return chain


def _held_by(held: Node, holder: Node, rule: DerivedRule) -> Truth:
    if rule["ofKey"] not in held and rule["controlKey"] not in held:
        return None
    above = {id(held): held}
    waiting = _holders(held, rule)
    while waiting:
        node = waiting.pop()
        if id(node) not in above:
            above[id(node)] = node
            waiting.extend(_holders(node, rule))
    if holder is not held and id(holder) in above:
        return True
    more = any(type(node.get(key)) is OpenNodes for node in above.values() for key in (rule["ofKey"], rule["controlKey"]))
    return None if more else False


def _holders(held: Node, rule: DerivedRule) -> list[Node]:
    """Return who holds a controlling share of a party or controls it otherwise."""
    owner, share, enough = rule["ownerKey"], rule["shareKey"], rule["shareAbove"]
    holders = [
        holding[owner][0] for holding in held.get(rule["ofKey"]) or () if holding.get(owner) and holding.get(share, (0, 0))[0] > enough
    ]
    return holders + list(held.get(rule["controlKey"]) or ())


def _valid_on(node: Node, rule: DerivedRule, day: date) -> frozenset[bool]:
    start, until = (node.get(key) for key in VALIDITY)
    begun = not start or next(iter(start)) <= day
    ended = until and next(iter(until)) <= day
    return frozenset((bool(begun and not ended),))


def _date_time(node: Node, rule: DerivedRule, day: date) -> tuple[float, float] | None:
    stated = node.get(rule["ofKey"])
    if not stated:
        return None
    moment = datetime.combine(next(iter(stated)), datetime.min.time(), UTC).timestamp()
    return moment, moment


def _begun(node: Node, rule: DerivedRule, day: date) -> frozenset[bool]:
    named = node.get(rule["fromKey"], ()) if "fromKey" in rule else (node,)
    absent = "fromKey" in rule and rule["fromKey"] in node and not named  # what is stated not to be there has not begun
    to_come = any(next(iter(holder[rule["ofKey"]])) > day for holder in named if holder.get(rule["ofKey"]))
    denied = any(not frozenset(rule["deniedBy"]).isdisjoint(holder.get(rule["stateKey"]) or ()) for holder in named if "deniedBy" in rule)
    return frozenset((not absent and not to_come and not denied,))


def _days_between(node: Node, rule: DerivedRule, day: date) -> tuple[float, float] | None:
    ends = []
    for key in (rule["fromKey"], rule["toKey"]):
        stated = frozenset((day,)) if key == "asOf" else node.get(key)
        if not stated:
            return None
        ends.append(next(iter(stated)))
    days = (ends[1] - ends[0]).days
    return days, days


_NODE_OPERATORS: dict[str, Callable[[Node, DerivedRule, date], Any]] = {
    "op-validOn": _valid_on,
    "op-dateTime": _date_time,
    "op-daysBetween": _days_between,
    "op-begun": _begun,
}
