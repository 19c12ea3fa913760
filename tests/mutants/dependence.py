"""What rests on what: the classes on a class, the norms on their situations, demands and exceptions, the answers on norms."""

from __future__ import annotations

from functools import cached_property
from typing import Any

__all__ = ["Dependence"]

Json = dict[str, Any]
OVERALL = "overall"


class Dependence:
    """The dependences of a program, and the parts of an answer by name: a norm, an instrument, a term, or the whole.

    ``at_best`` names the class of a demand at its best, by norm.
    """

    def __init__(self, program: Json, at_best: dict[str, str]) -> None:
        self._at_best = at_best
        self._norms = {norm["id"]: norm for norm in program["norms"]}
        self._terms = program["reported"]
        self._counts = {
            rule["key"]: {rule[word] for word in ("class", "persons") if word in rule} for rule in program["derived"] if "class" in rule
        }
        self._unless = {entry["unless"] for keys in program["schema"]["nodes"].values() for entry in keys.values() if entry.get("unless")}
        self._mentioned = {name: self._names(expression) for name, expression in program["classes_compiled"].items()}
        self._found: dict[str, frozenset[str]] = {}
        self._answers: dict[str, frozenset[str]] = {}
        self._everything = frozenset({OVERALL, *self._norms, *program["instruments"], *(term["notation"] for term in self._terms)})

    @cached_property
    def first(self) -> set[str]:
        """Return the classes that an answer asks for by itself."""
        asked = {term["name"] for term in self._terms} | {norm["when"] for norm in self._norms.values()}
        return asked | self._unless | set().union(*self._counts.values())

    def classes(self, name: str) -> frozenset[str]:
        """Return the classes that rest on a class, itself among them."""
        if name not in self._found:
            reached, waiting = {name}, [name]
            while waiting:
                fresh = self._above.get(waiting.pop(), set()) - reached
                reached |= fresh
                waiting += fresh
            self._found[name] = frozenset(reached)
        return self._found[name]

    def demands(self, norm: str) -> frozenset[str]:
        """Return the classes that the demand of a norm mentions, and that of the best that the parties can make of it."""
        return self._demanded[norm]

    def answers(self, name: str) -> frozenset[str]:
        """Return the parts of an answer that rest on a class: norms and their instruments, terms, the whole."""
        if name not in self._answers:
            affected = self.classes(name)
            norms = self._spread({n for n, norm in self._norms.items() if self._touches(norm, affected)})
            whole = {self._norms[norm]["instrument"] for norm in norms} | ({OVERALL} if norms else set())
            terms = {term["notation"] for term in self._terms if term["name"] in affected}
            self._answers[name] = self._everything if affected & self._unless else frozenset(norms | whole | terms)
        return self._answers[name]

    def named(self, name: str) -> frozenset[str]:
        """Return the norms and terms nearest to a class or a norm: those that a scenario about it would assert."""
        affected = self.classes(name)
        norms = {n for n, norm in self._norms.items() if n == name or self._touches(norm, affected)}
        return frozenset(norms | {term["notation"] for term in self._terms if term["name"] in affected})

    def asserted(self, expect: Json) -> frozenset[str]:
        """Return the parts of an answer on which a scenario insists."""
        classes = expect.get("classes") or {}
        named = {name for entry in ([classes] if isinstance(classes, dict) else classes) for name in entry}
        found = {*(expect.get("verdict") or ()), *(entry["norm"] for entry in expect.get("findings") or ()), *named}
        return self._everything if expect.get("conflicts") else frozenset(found)

    def _touches(self, norm: Json, affected: frozenset[str]) -> bool:
        return norm["when"] in affected or bool(self._demanded[norm["id"]] & affected)

    def _spread(self, norms: set[str]) -> set[str]:
        """Add the norms to which those are exceptions, the norms to which these are, and so on."""
        while more := {n for n, norm in self._norms.items() if n not in norms and not norms.isdisjoint(norm["exceptions"])}:
            norms = norms | more
        return norms

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        above: dict[str, set[str]] = {}
        for name, mentioned in self._mentioned.items():
            for other in mentioned:
                above.setdefault(other, set()).add(name)
        return above

    @cached_property
    def _demanded(self) -> dict[str, frozenset[str]]:
        return {
            name: frozenset({*self._names(norm["demand"]), *filter(None, [self._at_best.get(name)])}) for name, norm in self._norms.items()
        }

    def _names(self, expression: Any) -> set[str]:
        """Return the classes that an expression mentions, those that it counts among them."""
        if not isinstance(expression, list) or not expression:
            return set()
        if expression[0] == "is":
            return {expression[1]}
        counted = self._counts.get(expression[1], set()) if expression[0] == "num" else set()
        return counted.union(*map(self._names, expression))
