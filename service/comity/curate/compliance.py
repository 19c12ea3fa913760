"""Demands that an omission meets: an act of compliance that a demand, a permission or an exemption reads as absent.

A measure, an assessment, a consent, a notice, a record or a term of a contract can only help the parties. Where a norm asks that
there is none, or none of some kind, whoever states that nothing was done meets it. Such a condition is harmless beside one that
asks for an act of the same kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from comity.law.program_text import ProgramText
from comity.logic.expression import Expression
from comity.rdf.fault import Fault
from comity.rdf.names import C

__all__ = ["compliance_keys", "omissions_that_help"]

_GRANTS = ("Exemption", "Permission", "RecognitionNorm")
_READING = frozenset(("some", "has", "present", "num", "place", "count"))


def compliance_keys(program: ProgramText) -> frozenset[str]:
    """Return the keys of a description that the schema marks as acts of compliance."""
    return frozenset(key for keys in program["schema"]["nodes"].values() for key, entry in keys.items() if entry.get("compliance"))


def omissions_that_help(program: ProgramText) -> Iterator[Fault]:
    """Yield each place of a definition where the absence of an act of compliance meets a demand or gives a ground, with the norms."""
    search = _Search(
        program["classes_compiled"], compliance_keys(program), {n["situation"] for n in program["norms"] if n["kind"] in _GRANTS}
    )
    found: dict[tuple[str, str], set[str]] = {}
    for norm in program["norms"]:
        expressions = [norm["demand"]] if norm["demand"] else []
        if norm["kind"] in _GRANTS:
            expressions.append(program["classes_compiled"][norm["situation"]])
        for expression in expressions:
            for name, key in search.omissions(expression):
                found.setdefault((name or norm["iri"], key), set()).add(norm["id"])
    for (where, key), norms in sorted(found.items()):
        told = ", ".join(sorted(norms))
        yield Fault(
            "",
            where if "/" in where else str(C[where]),
            f"the condition on c:{key} is met where it is stated that there is none, which serves {told}",
            f"Ask for what the law wants of c:{key} beside it (some, not only), or ask in another class for the failing itself.",
            f"陈述没有 c:{key} 时该条件即告成立，从而有利于 {'、'.join(sorted(norms))}",
            f"同时写明法律对 c:{key} 的要求（不能仅以排除方式表述），或者另以一个类表述该项不合规。",
            rule="omission-helps",
            level="warning",
        )


class _Search:
    """Finds the readings of keys that hold where the key is stated to be empty.

    ``apart`` are the situations of permissions and exemptions: that one does not apply is no omission, and is not looked into.
    """

    def __init__(self, classes: Mapping[str, Expression], keys: frozenset[str], apart: set[str]) -> None:
        self._classes, self._keys, self._apart = classes, keys, apart

    def omissions(self, expression: Expression) -> set[tuple[str, str]]:
        """Return the innermost named class (empty: none) and the key of each such reading in an expression that has to hold."""
        found: set[tuple[str, str]] = set()
        self._walk(expression, True, "", frozenset(), found, set())
        return found

    def _walk(
        self, part: Expression, wanted: bool, name: str, asked: frozenset[str], found: set[tuple[str, str]], seen: set[tuple[str, bool]]
    ) -> None:
        """Look into a part that has to hold, or (not *wanted*) to fail; *asked* are the keys that conditions beside it ask for."""
        form = part[0]
        if form in ("and", "or"):
            beside = asked | self._required(part, frozenset()) if wanted and form == "and" else asked
            for inner in part[1:]:
                self._walk(inner, wanted, name, beside, found, seen)
        elif form == "not":
            self._walk(part[1], not wanted, name, asked, found, seen)
        elif form == "is":
            if (part[1], wanted) not in seen and (wanted or part[1] not in self._apart):
                self._walk(self._classes[part[1]], wanted, part[1], asked, found, seen | {(part[1], wanted)})
        elif form in _READING:
            if part[1] in self._keys - asked and self._holds_of_none(part, wanted):
                found.add((name, part[1]))
            if form in ("some", "count"):
                self._walk(part[2], wanted, name, frozenset(), found, seen)
        elif form == "ownersum":
            self._walk(part[2], wanted, name, frozenset(), found, seen)

    @staticmethod
    def _holds_of_none(part: Expression, wanted: bool) -> bool:
        return not part[3] if part[0] == "count" and wanted else not wanted

    def _required(self, part: Expression, seen: frozenset[str]) -> frozenset[str]:
        """Return the keys that are not empty wherever an expression holds."""
        if part[0] == "and":
            return frozenset().union(*(self._required(inner, seen) for inner in part[1:]))
        if part[0] == "is":
            return frozenset() if part[1] in seen else self._required(self._classes[part[1]], seen | {part[1]})
        if part[0] in _READING and (part[0] != "count" or part[3]):
            return frozenset((part[1],))
        return frozenset()
