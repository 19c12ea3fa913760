"""Things that help out of their time: an expired certificate, a consent still to be given, a contract that begins next year.

What is told of such things has dates, and a derived fact says whether the thing is in force, was done or has begun on the day of the
check. Where a demand, a permission or an exemption asks for such a thing and reads neither that fact nor a time that is reckoned from
its dates, one of any time meets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rdflib import Graph, URIRef

from comity.law.program_text import NormText, ProgramText
from comity.logic.expression import Expression, parts_of
from comity.rdf.fault import Fault
from comity.rdf.names import C

__all__ = ["untimely"]

_GRANTS = ("Exemption", "Permission", "RecognitionNorm")
_IN_TIME = ("op-validOn", "op-begun")
_RECKONED = ("op-daysBetween", "op-dateTime")


def untimely(graph: Graph, program: ProgramText) -> Iterator[Fault]:
    """Yield each place of a definition where a thing with dates helps whatever its dates, with the norms that it serves."""
    search = _Search(program)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for norm in program["norms"]:
        for where, key in search.places(norm):
            found[where, key].add(norm["id"])
    for (where, key), norms in sorted(found.items()):
        iri = where if "/" in where else str(C[where])
        if graph.value(URIRef(iri), C.whateverItsDates) is not None:
            continue
        told = sorted(norms)
        yield Fault(
            "",
            iri,
            f"c:{key} is read whatever its dates, which serves {', '.join(told)}: one that has ended, or is still to come, would do",
            f"Ask beside it for {search.in_time(key)}, or say in c:whateverItsDates, in both languages, why its dates do not matter here.",
            f"读取 c:{key} 而不问其日期，从而有利于 {'、'.join(told)}：已终止或者尚未开始的亦被计入",
            f"同时要求 {search.in_time(key)}，或者以 c:whateverItsDates（中英文）说明此处为何不问日期。",
            rule="time-unread",
            level="warning",
        )


class _Search:
    """Finds the readings of things with dates that ask nothing of their time."""

    def __init__(self, program: ProgramText) -> None:
        self._classes: Mapping[str, Expression] = program["classes_compiled"]
        self._domains = program["domains"]
        self._nodes = program["schema"]["nodes"]
        self._facts: dict[str, set[str]] = defaultdict(set)  # of a kind of thing: what says whether one is in its time
        self._times: dict[str, set[str]] = defaultdict(set)  # of a kind of thing: that, its dates, and what is reckoned from these
        self._beside: dict[tuple[str, str], set[str]] = defaultdict(set)  # of the key of a thing: the facts beside it that say so
        for rule in program["derived"]:
            if rule["op"] in _IN_TIME and "fromKey" in rule:
                self._beside[rule["node"], rule["fromKey"]].add(rule["key"])
            elif rule["op"] in _IN_TIME:
                self._facts[rule["node"]].add(rule["key"])
            if rule["op"] in _IN_TIME or rule["op"] in _RECKONED:
                self._times[rule["node"]] |= {rule["key"], rule.get("ofKey", "")}

    def in_time(self, key: str) -> str:
        """Return the facts that say whether a thing under a key is in its time."""
        kinds = {entry.get("node", "") for keys in self._nodes.values() for name, entry in keys.items() if name == key}
        facts = {fact for kind in kinds for fact in self._facts.get(kind, ())}
        facts |= {fact for (_, name), beside in self._beside.items() if name == key for fact in beside}
        return " / ".join(f"c:{fact}" for fact in sorted(facts))

    def places(self, norm: NormText) -> set[tuple[str, str]]:
        """Return the innermost named class (or the norm) and the key of each such reading; what a demand asks for may be scope before."""
        found: set[tuple[str, str]] = set()
        demand = norm["demand"]
        if demand:
            self._walk(demand, "DataFlow", True, norm["iri"], frozenset(), found, set())
        if norm["kind"] in _GRANTS:
            situation = norm["situation"]
            scope: set[tuple[str, str]] = set()
            self._walk(self._classes[situation], self._domains[situation], True, situation, frozenset(), scope, set())
            timed = self._timed(demand) if demand else set()
            found |= {(where, key) for where, key in scope if key not in timed}
        return found

    def _timed(self, expression: Expression) -> set[str]:
        """Return the keys of things whose time a demand asks for somewhere."""
        return {
            part[1]
            for written in self._written_out(expression, set())
            for part in parts_of(written)
            if part[0] in ("some", "count") and any(self._is_timed(kind, part[2]) for kind in self._facts)
        }

    def _written_out(self, expression: Expression, seen: set[str]) -> Iterator[Expression]:
        yield expression
        for part in parts_of(expression):
            if part[0] == "is" and part[1] not in seen:
                seen.add(part[1])
                yield from self._written_out(self._classes[part[1]], seen)

    def _walk(
        self, part: Expression, kind: str, wanted: bool, name: str, beside: frozenset[str], found: set[tuple[str, str]], seen: set[str]
    ) -> None:
        """Look into a part that has to hold, or (not *wanted*) to fail, of a thing of a kind; *beside* are the keys read beside it."""
        form = part[0]
        if form in ("and", "or"):
            read = beside | self._read(part, set()) if wanted and form == "and" else beside
            for inner in part[1:]:
                self._walk(inner, kind, wanted, name, read, found, seen)
        elif form == "not":
            self._walk(part[1], kind, not wanted, name, frozenset(), found, seen)
        elif form == "is" and f"{part[1]} {wanted}" not in seen:
            of = self._domains[part[1]]
            self._walk(self._classes[part[1]], of, wanted, part[1], beside, found, seen | {f"{part[1]} {wanted}"})
        elif form in ("some", "count"):
            inside = self._nodes.get(kind, {}).get(part[1], {}).get("node", "")
            if wanted and inside in self._facts and not (form == "count" and not part[3]) and not self._is_timed(inside, part[2]):
                found.add((name, part[1]))
            said = self._beside.get((kind, part[1]))
            if wanted and said and said.isdisjoint(beside) and not self._is_timed(inside, part[2]):
                found.add((name, part[1]))
            self._walk(part[2], inside, wanted, name, frozenset(), found, seen)

    def _is_timed(self, kind: str, condition: Expression, seen: frozenset[str] = frozenset()) -> bool:
        """Say whether a condition asks for a time of a thing in each of its ways to hold; that a date is not stated is one as well."""
        form = condition[0]
        if form in ("and", "or"):
            asked = (self._is_timed(kind, inner, seen) for inner in condition[1:])
            return any(asked) if form == "and" else all(asked)
        if form == "not":
            return condition[1][0] == "present" and condition[1][1] in self._times[kind]
        if form == "is":
            return condition[1] not in seen and self._is_timed(kind, self._classes[condition[1]], seen | {condition[1]})
        return form in ("has", "num") and condition[1] in self._times[kind]

    def _read(self, part: Expression, seen: set[str]) -> frozenset[str]:
        """Return the keys that are read wherever a condition holds."""
        form = part[0]
        if form == "and":
            return frozenset().union(*(self._read(inner, seen) for inner in part[1:]))
        if form == "or":
            return frozenset.intersection(*(self._read(inner, seen) for inner in part[1:]))
        if form == "is":
            return frozenset() if part[1] in seen else self._read(self._classes[part[1]], seen | {part[1]})
        return frozenset((part[1],)) if form in ("has", "num", "some", "place") else frozenset()
